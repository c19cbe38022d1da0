"""Verbs of delivery: verify any file or package, export a batch."""

from concurrent.futures import Executor
from contextlib import AbstractContextManager
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click

from pipeline.cli.desk import Desk
from pipeline.cli.desk import plain_line
from pipeline.cli.desk import print_json
from pipeline.cli.desk import progress_bar
from pipeline.errors import KnownError
from pipeline.run.deliver import export as export_batch
from pipeline.run.package_reader import is_package
from pipeline.run.release import released
from pipeline.run.verifying import verify_file
from pipeline.run.verifying import verify_package
from pipeline.run.workers import open_executor

WORTH_WORKERS: Final = 16
"""Images of a batch from which on worker processes are begun for an export; each of them takes a second to begin."""


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--platform", "platform_name", help="A profile of resources/platforms.toml; a package brings its own.")
@click.option("--mask", type=click.Path(path_type=Path), help="The product's mask in the file's own geometry.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def verify(
    context: click.Context, paths: tuple[Path, ...], platform_name: str | None, mask: Path | None, as_json: bool
) -> None:
    """Judge any FILE as delivered, or a whole package (folder or ZIP), from decoded bytes; exit status 1 on failure."""
    desk: Desk = context.obj
    if platform_name is not None:
        desk.settings.platform(platform_name)
    # Judging a stranger's file must not make a studio.
    store = desk.store if desk.has_studio else None
    passed, documents = True, []
    for path in paths:
        if is_package(path):
            package = verify_package(path, desk.settings)
            passed, lines = passed and package.passed, package.sentences()
            documents.append(package.document())
        elif platform_name is None:
            raise KnownError(f"{path} is no package, so say for which place of sale it is; give --platform.")
        else:
            report = verify_file(path, platform=platform_name, settings=desk.settings, mask=mask, store=store)
            passed, lines = passed and report.passed, [report.sentence()]
            documents.append(report.document())
        for line in () if as_json else lines:
            click.echo(plain_line(line))
    if as_json:
        print_json(documents)
    context.exit(0 if passed else 1)


@click.command()
@click.argument("batch")
@click.option("--platform", "platforms", multiple=True, required=True, help="May be given more than once.")
@click.option("--to", "target", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--zip", "archive", is_flag=True, help="One ZIP for each client and platform instead of folders.")
@click.option("--close-by", "closer", help="Who closes the batch first, so that the newest decisions count at once.")
@click.pass_context
def export(
    context: click.Context, batch: str, platforms: tuple[str, ...], target: Path, archive: bool, closer: str | None
) -> None:
    """Render the approved images of BATCH, verify the written bytes, pack them, and say what did not pass and why."""
    desk: Desk = context.obj
    desk.check_outside(target)
    for name in platforms:
        desk.settings.check_platform(name)
    if closer:
        desk.store.close_batch(batch, closer)
    found = desk.store.batch(batch).name
    with progress_bar(desk, "exporting") as progress, _makers(desk, found) as executor:
        report = export_batch(
            desk.store,
            found,
            list(dict.fromkeys(platforms)),
            to=target,
            settings=desk.settings,
            on_progress=progress,
            only=released(desk.store, found, desk.settings),
            archive=archive,
            executor=executor,
        )
    for line in report.sentences():
        click.echo(plain_line(line))
    context.exit(0 if report.passed else 1)


def _makers(desk: Desk, batch: str) -> AbstractContextManager[Executor | None]:
    """Worker processes for a batch that is worth their start; fewer images are made here."""
    if sum(desk.store.counts(batch).values()) < WORTH_WORKERS:
        return nullcontext()
    return open_executor("processes", None, desk.settings)
