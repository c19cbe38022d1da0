"""The verb report: the provenance of a batch as one page."""

from pathlib import Path

import click

from pipeline.cli.desk import Desk
from pipeline.run.provenance_report import provenance_page
from pipeline.run.writing import write_whole


@click.command()
@click.argument("batch", required=False)
@click.option(
    "--html", "--to", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The page's file."
)
@click.pass_obj
def report(desk: Desk, batch: str | None, target: Path) -> None:
    """Write what made every result of BATCH (the newest without a name), its readings, decisions and deliveries."""
    desk.check_outside(target)
    found = desk.store.batch(batch)
    write_whole(target, provenance_page(desk.store, found.name))
    click.echo(str(target))
