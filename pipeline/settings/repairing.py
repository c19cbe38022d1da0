"""Settings of repairs by hand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hair:
    """How the matte of a painted region is solved again; lengths in pixels of the original, colours in linear light.

    Attributes:
        around: what is looked at beside the region.
        colours: how many of the product's colours are tried; passes: how often both sides are looked up again.
        tolerance: multiplies the noise's variance, which is at least `least_noise`, in judging what a colour explains.
        weight: what such an explanation counts against the neighbours, where product and backdrop differ clearly, and
            `least_weight` where they do not.
        smooth: variance of colour below which a window says nothing; rounds: of the solver, at most.
    """

    around: int
    colours: int
    passes: int
    tolerance: float
    least_noise: float
    weight: float
    least_weight: float
    smooth: float
    rounds: int
