"""Verbs that learn: train."""

import dataclasses
from typing import TYPE_CHECKING

import click
from rich.table import Table

from pipeline.cli.desk import Desk
from pipeline.cli.desk import console
from pipeline.cli.desk import print_json

if TYPE_CHECKING:
    from pipeline.run.train import Subject
    from pipeline.run.train import Trial


@click.group()
def train() -> None:
    """Refit a model from the editors' own decisions; the better one on held-back decisions is used."""


@train.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def complexity(context: click.Context, as_json: bool) -> None:
    """Refit how difficulty is judged."""
    # Late: scikit-learn takes a second to import, and no other verb needs it.
    from pipeline.run.train import DIFFICULTY

    _train(context, DIFFICULTY, "taken for easier than they were", as_json=as_json)


@train.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def artifacts(context: click.Context, as_json: bool) -> None:
    """Refit how likely a result has a fault."""
    from pipeline.run.train import ARTIFACTS

    _train(context, ARTIFACTS, "with a fault taken for clean", as_json=as_json)


def _train(context: click.Context, subject: "Subject", missed: str, *, as_json: bool) -> None:
    from pipeline.run import train as training_room

    desk: Desk = context.obj
    training = training_room.train(desk.store, desk.settings, subject)
    if as_json:
        print_json(dataclasses.asdict(training) | {"file": training.file and str(training.file)})
    else:
        for trial in (training.old, training.new):
            total = sum(map(sum, trial.confusion))
            click.echo(f"{trial.name}: {trial.right:,} of {total:,} right, {trial.missed:,} {missed}")
            console().print(_confusion(trial, subject.classes))
        kept = "is used from now on" if training.file else "is worse, so the old one stays"
        click.echo(f"Refitted from {training.decisions:,} decided images: {training.new.name} {kept}.")
    context.exit(0 if training.file else 1)


def _confusion(trial: "Trial", classes: tuple[str, ...]) -> Table:
    table = Table(header_style="bold")
    table.add_column("turned out")
    for name in classes:
        table.add_column(f"says {name}", justify="right")
    for name, row in zip(classes, trial.confusion, strict=True):
        table.add_row(name, *(f"{count:,}" for count in row))
    return table
