"""Verbs of people: decide, undo and edit, the same the window uses."""

from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from pipeline.cli.desk import Desk
from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.model import Action
from pipeline.model import Role
from pipeline.paths import Path as ClippingPath
from pipeline.photo_io.clipping_path import read_clipping_path
from pipeline.photo_io.svg_path import read_svg
from pipeline.run.clean_up import clean_up_by_hand
from pipeline.run.edit import Edit
from pipeline.run.edit import edit as edit_image
from pipeline.run.pictures import read_mask
from pipeline.run.transfer import copy_repair
from pipeline.run.verifying import read_file
from pipeline.settings import Settings
from pipeline.settings import nearest
from pipeline.tools.fill import FILLERS
from pipeline.tools.toolbox import open_toolbox

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
ACTIONS = {
    "approve": Action.APPROVE,
    "reject": Action.REJECT,
    "redo": Action.REDO,
    "sign-off": Action.SIGN_OFF,
}


@click.command()
@click.argument("image")
@click.argument("action", type=click.Choice(list(ACTIONS)))
@click.option("--by", "person", required=True, help="Who decides.")
@click.option("--reason", default="", help="A code of resources/reasons.toml.")
@click.option("--note", default="", help="Words for the next person.")
@click.pass_obj
def decide(desk: Desk, image: str, action: str, person: str, reason: str, note: str) -> None:
    """Decide about IMAGE (its number or file name): approve, reject, redo or sign-off."""
    _check_reason(reason, action, desk.settings)
    entry = desk.store.find(image)
    role = Role.SENIOR if action == "sign-off" else Role.EDITOR
    version = entry.version.id if entry.version else None
    desk.store.decide(
        entry.record.id, ACTIONS[action], person=person, role=role, version=version, reason=reason, note=note
    )
    click.echo(f"{entry.record.file}: {desk.store.entry(entry.record.id).state.value}")


@click.command()
@click.option("--by", "person", required=True, help="Whose newest decision is taken back.")
@click.pass_obj
def undo(desk: Desk, person: str) -> None:
    """Take back the newest decision of a person; it stays in the record as retracted."""
    decision = desk.store.undo(person)
    entry = desk.store.entry(decision.image)
    click.echo(f"{entry.record.file}: {entry.state.value}")


@click.command()
@click.argument("image")
@click.option("--mask", type=FILE, help="The product in white on black, as large as the original.")
@click.option("--inpaint", "hole", type=FILE, help="What to fill anew, in white on black, as large as the original.")
@click.option("--engine", default="best", show_default=True, help=f"The fill: {', '.join(FILLERS)}, or a network.")
@click.option("--path", "path", type=FILE, help="A clipping path: SVG, or the one in a TIFF or JPEG.")
@click.option("--hair", type=FILE, help="Where hair is solved again, in white on black, as large as the original.")
@click.option("--clean-up", "clean", is_flag=True, help="Take away stamps, tags and watermarks beside the product.")
@click.option("--like", "other", help="Repair it as that image of the same camera position was.")
@click.option("--by", "person", required=True, help="Who made this.")
@click.pass_obj
def edit(
    desk: Desk,
    image: str,
    mask: Path | None,
    hole: Path | None,
    engine: str,
    path: Path | None,
    hair: Path | None,
    clean: bool,
    other: str | None,
    person: str,
) -> None:
    """Repair IMAGE (its number or file name): a new version through the same stages, for another person to sign off."""
    entry = desk.store.find(image)
    change = Edit(
        mask=None if mask is None else np.rint(_plane(mask) * 255).astype(np.uint8),
        hole=None if hole is None else _plane(hole) >= SOLID,
        engine=engine,
        path=None if path is None else _path(path, (entry.record.width, entry.record.height)),
        hair=None if hair is None else _plane(hair) >= SOLID,
    )
    toolbox = open_toolbox(desk.settings, desk.folder)
    by = {"by": person, "settings": desk.settings, "toolbox": toolbox}
    if clean:
        found = clean_up_by_hand(entry, desk.store.files, toolbox, desk.settings)
        change = replace(change, photo=(*change.photo, found))
    if other is not None:
        made = copy_repair(desk.store, desk.store.find(other, entry.record.batch), entry, **by)
    else:
        made = edit_image(desk.store, entry.record.id, change, **by)
    total = made.outcome.score.total if made.outcome.score else 0.0
    state = desk.store.entry(entry.record.id).state.value
    click.echo(f"{entry.record.file}: version {made.id}, {total:.1f} points, {state}")


def _plane(file: Path) -> Matte:
    try:
        return read_mask(read_file(file))
    except BadImageError as error:
        raise KnownError(f"{file.name} is no picture that can be a mask; give a grey PNG.") from error


def _path(file: Path, size: tuple[int, int]) -> ClippingPath:
    read = read_svg if file.suffix.lower() == ".svg" else read_clipping_path
    return read(read_file(file), size, name=file.name)


def _check_reason(reason: str, action: str, settings: Settings) -> None:
    if reason and reason not in settings.reasons:
        raise NotFoundError(f"There is no reason “{reason}”{nearest(reason, settings.reasons)}.")
    if reason and action.replace("-", "_") not in settings.reasons[reason].actions:
        allowed = ", ".join(settings.reasons[reason].actions)
        raise NotFoundError(f"The reason “{reason}” is for {allowed}, not for {action}; choose another.")
