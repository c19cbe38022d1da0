"""Verbs of people: decide and undo, the same the window uses."""

import click

from pipeline.cli.desk import Desk
from pipeline.errors import NotFoundError
from pipeline.model import Action
from pipeline.model import Role
from pipeline.settings import Settings
from pipeline.settings import nearest

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


def _check_reason(reason: str, action: str, settings: Settings) -> None:
    if reason and reason not in settings.reasons:
        raise NotFoundError(f"There is no reason “{reason}”{nearest(reason, settings.reasons)}.")
    if reason and action.replace("-", "_") not in settings.reasons[reason].actions:
        allowed = ", ".join(settings.reasons[reason].actions)
        raise NotFoundError(f"The reason “{reason}” is for {allowed}, not for {action}; choose another.")
