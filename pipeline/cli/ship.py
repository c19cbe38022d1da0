"""Verbs of delivery: verify any file, export a batch."""

from pathlib import Path

import click

from pipeline.cli.desk import Desk
from pipeline.cli.desk import print_json
from pipeline.run.deliver import export as export_batch
from pipeline.run.deliver import verify_file
from pipeline.store.catalog import FILE_NAME


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--platform", "platform_name", required=True, help="A profile of resources/platforms.toml.")
@click.option("--mask", type=click.Path(path_type=Path), help="The product's mask in the file's own geometry.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def verify(
    context: click.Context, paths: tuple[Path, ...], platform_name: str, mask: Path | None, as_json: bool
) -> None:
    """Judge any FILE as delivered, from its decoded bytes; exit status 1 when one fails."""
    desk: Desk = context.obj
    desk.settings.platform(platform_name)
    # Judging a stranger's file must not make a studio.
    store = desk.store if (desk.folder / FILE_NAME).is_file() else None
    reports = [
        verify_file(path, platform=platform_name, settings=desk.settings, mask=mask, store=store) for path in paths
    ]
    if as_json:
        print_json([report.document() for report in reports])
    else:
        for report in reports:
            click.echo(report.sentence())
    context.exit(0 if all(report.passed for report in reports) else 1)


@click.command()
@click.argument("batch")
@click.option("--platform", "platforms", multiple=True, required=True, help="May be given more than once.")
@click.option("--to", "target", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--close-by", "closer", help="Who closes the batch first, so that the newest decisions count at once.")
@click.pass_context
def export(context: click.Context, batch: str, platforms: tuple[str, ...], target: Path, closer: str | None) -> None:
    """Render the approved images of BATCH, verify the written bytes, and say what did not pass and why."""
    desk: Desk = context.obj
    for name in platforms:
        desk.settings.platform(name)
    if closer:
        desk.store.close_batch(batch, closer)
    report = export_batch(desk.store, desk.store.batch(batch).name, platforms, to=target, settings=desk.settings)
    for line in report.sentences():
        click.echo(line)
    context.exit(0 if report.passed else 1)
