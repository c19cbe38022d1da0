"""Verbs that learn: train."""

import dataclasses
from typing import TYPE_CHECKING

import click
from rich.table import Table

from pipeline.cli.desk import Desk
from pipeline.cli.desk import console
from pipeline.cli.desk import print_json
from pipeline.measure.difficulty import CLASSES

if TYPE_CHECKING:
    from pipeline.run.train import Trial


@click.group()
def train() -> None:
    """Refit a model from the editors' own decisions."""


@train.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def complexity(context: click.Context, as_json: bool) -> None:
    """Refit how difficulty is judged; both models are tried on held-back decisions, and the better one is used."""
    # Late: scikit-learn takes a second to import, and no other verb needs it.
    from pipeline.run.train import train_complexity

    desk: Desk = context.obj
    training = train_complexity(desk.store, desk.settings)
    if as_json:
        print_json(dataclasses.asdict(training) | {"file": training.file and str(training.file)})
    else:
        for trial in (training.old, training.new):
            total = sum(map(sum, trial.confusion))
            click.echo(
                f"{trial.name}: {trial.right:,} of {total:,} right, {trial.missed:,} taken for easier than they were"
            )
            console().print(_confusion(trial))
        kept = "is used from now on" if training.file else "is worse, so the old one stays"
        click.echo(f"Refitted from {training.decisions:,} decided images: {training.new.name} {kept}.")
    context.exit(0 if training.file else 1)


def _confusion(trial: "Trial") -> Table:
    table = Table(header_style="bold")
    table.add_column("turned out")
    for item in CLASSES:
        table.add_column(f"says {item.value}", justify="right")
    for item, row in zip(CLASSES, trial.confusion, strict=True):
        table.add_row(item.value, *(f"{count:,}" for count in row))
    return table
