"""Verbs of the cut-out networks: models list, install, verify."""

import re
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from pipeline.cli.desk import Desk
from pipeline.cli.desk import console
from pipeline.cli.desk import print_json
from pipeline.tools import catalogue
from pipeline.tools.catalogue import Weights


def sha256_text(text: str) -> str:
    """Return a SHA-256 as typed, in small letters. Raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise ValueError("A SHA-256 has 64 hexadecimal digits.")
    return text.lower()


HASH = click.types.FuncParamType(sha256_text)


@click.group()
def models() -> None:
    """Show, install and check the networks that cut out."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_models(desk: Desk, as_json: bool) -> None:
    """Show every known network: licence, size, SHA-256, installed or not, where, and what for."""
    found = [catalogue.look_up(model, desk.settings) for model in catalogue.known_models(desk.settings)]
    if as_json:
        print_json([document(weights) for weights in found])
        return
    table = Table(header_style="bold")
    for heading in ("name", "installed", "size", "licence", "SHA-256", "for", "where"):
        table.add_column(heading, justify="right" if heading == "size" else "left", overflow="fold")
    for weights in found:
        table.add_row(*map(Text, _cells(weights)))
    console().print(table)


@models.command()
@click.argument("name")
@click.option("--from", "source", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of a download.")
@click.option("--sha256", type=HASH, default="", help="The right file's SHA-256, where you know it better.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def install(desk: Desk, name: str, source: Path | None, sha256: str, as_json: bool) -> None:
    """Bring in the weights of NAME, by rembg's downloader or from a file, and check them."""
    weights = catalogue.install(catalogue.known_model(name, desk.settings), desk.settings, source=source, sha256=sha256)
    if as_json:
        print_json(document(weights))
    else:
        click.echo(f"{name} is installed: {weights.path}, SHA-256 {weights.sha256}.")
        click.echo(f"Its licence: {weights.model.licence}.")


@models.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """Hash every installed file again; exit status 1 when one is not what its publisher names."""
    desk: Desk = context.obj
    looked = [catalogue.look_up(model, desk.settings) for model in catalogue.known_models(desk.settings)]
    found = [(weights, catalogue.trouble(weights)) for weights in looked if weights.path is not None]
    if as_json:
        print_json([document(weights) | {"passed": not said, "detail": said} for weights, said in found])
    else:
        for weights, said in found:
            published = "as published" if weights.model.checksum else "its publisher names no checksum"
            click.echo(f"{weights.model.name}: {said or published}, SHA-256 {weights.sha256}")
    context.exit(1 if any(said for _, said in found) else 0)


def document(weights: Weights) -> dict[str, Any]:
    """Return one network of `models list --json`."""
    model = weights.model
    return {
        "name": model.name,
        "kind": model.kind,
        "engine": model.engine,
        "licence": model.licence,
        "bytes": weights.bytes or None,
        "megabytes": model.megabytes or None,
        "sha256": weights.sha256 or None,
        "checksum": model.checksum or None,
        "installed": weights.path is not None,
        "path": None if weights.path is None else str(weights.path),
        "place": None if weights.place is None else str(weights.place),
        "source": model.source,
        "use": model.use,
    }


def _cells(weights: Weights) -> list[str]:
    model = weights.model
    size = f"{weights.bytes / 1e6:,.1f} MB" if weights.bytes else f"{model.megabytes:,} MB" if model.megabytes else ""
    return [
        model.name,
        "yes" if weights.path else "no",
        size,
        model.licence,
        f"{weights.sha256[:12]}…" if weights.sha256 else "unknown",
        model.use,
        str(weights.path or ""),
    ]
