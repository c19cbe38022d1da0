"""HTML pages from the templates in resources/, everything escaped that comes from outside."""

from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment
from jinja2 import FunctionLoader
from jinja2 import StrictUndefined


def page(template: str, **values: Any) -> bytes:
    """Return `resources/templates/TEMPLATE` filled in, as UTF-8; a value the template lacks is a mistake of ours."""
    return _environment().get_template(template).render(**values).encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _source(name: str) -> str:
    return resources.files("resources").joinpath("templates", name).read_text("utf-8")
