"""Verbs of returns: take a shop's table in, and say what its numbers prove."""

from dataclasses import asdict
from pathlib import Path

import click

from pipeline.batch.returns import WANTED
from pipeline.cli.desk import Desk
from pipeline.cli.desk import print_json
from pipeline.errors import KnownError
from pipeline.run.returns import import_sales
from pipeline.run.returns import return_report

DAYS = {"iso": "%Y-%m-%d", "dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}


@click.group()
def returns() -> None:
    """Return rates of products before and after their new pictures, from a shop's own table."""


@returns.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--column", "columns", multiple=True, help="sku=NAME, date=NAME, sold=NAME or returned=NAME; remembered.")
@click.option("--days", type=click.Choice(list(DAYS)), help="How days are written, where that is not plain.")
@click.pass_obj
def import_file(desk: Desk, file: Path, columns: tuple[str, ...], days: str | None) -> None:
    """Take FILE.csv in: product, day, how many were sold and how many came back."""
    table = import_sales(desk.store, file, columns=_named(columns), format=DAYS[days] if days else "")
    for problem in table.problems:
        click.echo(problem, err=True)
    click.echo(f"{len(table.rows)} rows of {len({row.sku for row in table.rows})} products from {file.name}")


@returns.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def report(desk: Desk, as_json: bool) -> None:
    """Say whether less comes back since products have new pictures, with what the numbers cannot prove."""
    found = return_report(desk.store)
    if as_json:
        print_json(asdict(found))
        return
    for sentence in found.sentences():
        click.echo(sentence)
    click.echo(f"{found.controls} products without new pictures to compare with")


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    named = {}
    for text in columns:
        what, equals, column = text.partition("=")
        if what not in WANTED or not equals or not column:
            raise KnownError(f"--column {text} is none of {', '.join(f'{one}=NAME' for one in WANTED)}.")
        named[what] = column
    return named
