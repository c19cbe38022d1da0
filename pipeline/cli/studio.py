"""Verbs of the studio itself: check, backup, restore, rebuild."""

from collections import Counter
from pathlib import Path

import click

from pipeline.cli.desk import Desk
from pipeline.cli.desk import print_json
from pipeline.cli.desk import progress_bar
from pipeline.cli.look import plain
from pipeline.store.rebuild import rebuild as rebuild_studio
from pipeline.store.records import Finding
from pipeline.store.safekeeping import Kept
from pipeline.store.safekeeping import restore as restore_studio

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--mend-from", "source", type=FOLDER, help="A backup from which damaged and missing files come back.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def check(context: click.Context, source: Path | None, as_json: bool) -> None:
    """Read the whole studio again: database, audit trail and every file's hash; exit status 1 when something is wrong.

    Every finding says what to do.
    """
    desk: Desk = context.obj
    with progress_bar(desk, "check") as said:
        findings = desk.store.check(said)
    if source is not None and findings:
        for sha256 in desk.store.mend(findings, source):
            click.echo(f"{sha256[:16]}… came back from {source}.", err=True)
        with progress_bar(desk, "check") as said:
            findings = desk.store.check(said)
    wrong = [finding for finding in findings if not finding.harmless]
    if as_json:
        print_json({"passed": not wrong, "findings": [plain(finding) for finding in findings]})
    else:
        _say_findings(findings)
        seq, head = desk.store.head()
        trail = f"the audit trail has {seq:,} events and ends in {head[:16]}…"
        click.echo(f"{desk.place.shown}: {_counted(findings)}; {trail}")
    context.exit(1 if wrong else 0)


@click.command()
@click.argument("target", metavar="DIR", type=FOLDER)
@click.option("--reread", is_flag=True, help="Hash again what the backup holds already.")
@click.pass_context
def backup(context: click.Context, target: Path, reread: bool) -> None:
    """Copy the studio to DIR while others go on working; the second time only what is new."""
    desk: Desk = context.obj
    with progress_bar(desk, "backup") as said:
        kept = desk.store.backup(target, reread=reread, on_progress=said)
    _finish(context, kept, f"{target} holds the studio as of {kept.manifest.made_at}")


@click.command()
@click.argument("source", metavar="DIR", type=FOLDER)
@click.option("--catalogue", "name", default="", help="An older one of the backup, by its name; else the newest.")
@click.pass_context
def restore(context: click.Context, source: Path, name: str) -> None:
    """Bring a backup back into a folder or a server (--studio) that holds no studio yet."""
    desk: Desk = context.obj
    desk.settle_files()
    with progress_bar(desk, "restore") as said:
        kept = restore_studio(source, desk.place, name=name, on_progress=said)
    _finish(context, kept, f"{desk.place.shown} is the studio as of {kept.manifest.made_at}")


@click.command()
@click.pass_context
def rebuild(context: click.Context) -> None:
    """Make a lost catalogue again from the originals and the sidecars beside them."""
    desk: Desk = context.obj
    desk.settle_files()
    rebuilt = rebuild_studio(desk.place)
    for sentence in rebuilt.problems:
        click.echo(sentence)
    click.echo(f"{desk.place.shown}: {rebuilt.images:,} images and {rebuilt.decisions:,} decisions are back")
    context.exit(1 if rebuilt.problems else 0)


def _finish(context: click.Context, kept: Kept, sentence: str) -> None:
    _say_findings(kept.problems)
    click.echo(f"{sentence}: {kept.manifest.files:,} files, {kept.copied:,} of them new; {_counted(kept.problems)}")
    context.exit(1 if kept.problems else 0)


def _say_findings(findings: tuple[Finding, ...] | list[Finding]) -> None:
    for finding in findings:
        click.echo(finding.sentence)


def _counted(findings: tuple[Finding, ...] | list[Finding]) -> str:
    counts = Counter(finding.kind.replace("_", " ") for finding in findings)
    return ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items())) or "all is well"
