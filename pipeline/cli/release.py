"""Verbs of the staged rollout: audit draws a sample, release rules on it, rollback calls back what left."""

from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from pipeline.cli.desk import Desk
from pipeline.cli.desk import console
from pipeline.cli.desk import print_json
from pipeline.errors import KnownError
from pipeline.model import Judgement
from pipeline.model import Wave
from pipeline.model import WaveState
from pipeline.run.audit import draw_sample
from pipeline.run.release import judgements
from pipeline.run.release import rule
from pipeline.run.rollback import roll_back

BY = click.option("--by", "person", required=True, help="Who does this; it stands on record.")


@click.command()
@click.argument("batch")
@click.option("--by", "person", help="Who draws the sample of the next wave; without it the waves are only shown.")
@click.option("--seed", type=int, help="Draw by this number instead of by lot, to draw the same again.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def audit(desk: Desk, batch: str, person: str | None, seed: int | None, as_json: bool) -> None:
    """Draw the next wave of BATCH and the sample that people must look at before it leaves.

    The sample waits in the audit queue of the review window, images among it that nobody had to look at so far.
    """
    name = desk.store.batch(batch).name
    if person is not None:
        draw_sample(desk.store, name, desk.settings, by=person, seed=seed)
    _show(desk, name, as_json=as_json)


@click.command()
@click.argument("batch")
@click.option("--next", "go_on", is_flag=True, help="Draw the next wave, too, where this one may leave.")
@BY
@click.pass_context
def release(context: click.Context, batch: str, go_on: bool, person: str) -> None:
    """Let the audited wave of BATCH leave, or stop the batch, as its sample says; exit status 1 when nothing may leave.

    What is released leaves with export.
    """
    desk: Desk = context.obj
    name = desk.store.batch(batch).name
    wave, said = rule(desk.store, name, desk.settings, by=person)
    click.echo(_sentence(wave, said))
    if go_on and wave.state is WaveState.RELEASED:
        drawn = draw_sample(desk.store, name, desk.settings, by=person)
        click.echo(f"wave {drawn.number}: {drawn.images} images, {drawn.drawn} of them wait for the audit")
    context.exit(0 if wave.state is WaveState.RELEASED else 1)


@click.command()
@click.argument("batch")
@click.option("--wave", type=click.IntRange(1, 10_000), help="Only this wave; without it the whole batch.")
@click.option("--reason", default="", help="Why, for the recall list.")
@click.option("--to", "target", type=click.Path(path_type=Path, file_okay=False), help="Where the files go.")
@click.option("--yes", is_flag=True, help="Really do it.")
@BY
@click.pass_context
def rollback(
    context: click.Context, batch: str, wave: int | None, reason: str, target: Path | None, yes: bool, person: str
) -> None:
    """Call back what left of BATCH: restore the earlier files byte for byte, list what must be taken down.

    Nothing is deleted; the images wait again in the queue they came from. Exit status 1 when an earlier file is lost.
    """
    desk: Desk = context.obj
    name = desk.store.batch(batch).name
    if not yes:
        which = f"batch “{name}”" if wave is None else f"wave {wave} of batch “{name}”"
        raise KnownError(f"This calls {which} back; give --yes if you mean it.")
    done = roll_back(desk.store, name, wave=wave, by=person, reason=reason, to=target)
    click.echo(done.sentence())
    for problem in done.problems:
        click.echo(problem, err=True)
    context.exit(1 if done.problems else 0)


def _show(desk: Desk, batch: str, *, as_json: bool) -> None:
    told = judgements(desk.store, batch, desk.settings)
    if as_json:
        print_json([asdict(wave) | {"judgement": asdict(said)} for wave, said in told])
        return
    if not told:
        click.echo(f"Batch “{batch}” has no wave yet; draw the first one's sample with --by NAME.")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("wave", "of the batch", "images", "sample", "to look at", "state", "what the sample says"):
        table.add_column(title)
    for wave, judged in told:
        said = wave.reason or judged.sentence
        counts = (str(wave.images), str(wave.drawn), str(wave.to_look))
        state = wave.state.value.replace("_", " ")
        table.add_row(str(wave.number), f"{wave.share:.0%}", *counts, state, said)
    console().print(table)


def _sentence(wave: Wave, said: Judgement) -> str:
    states = {WaveState.RELEASED: "released", WaveState.STOPPED: "stopped, and the batch with it"}
    return f"wave {wave.number} of “{wave.batch}”: {states.get(wave.state, 'not ruled on')}; {said.sentence}"
