"""Verbs of retention: what may go, what must stay."""

import click

from pipeline.cli.desk import Desk
from pipeline.cli.desk import print_json
from pipeline.errors import KnownError
from pipeline.run.purge import terms

MEGABYTE = 2**20


@click.command()
@click.option("--apply", "really", is_flag=True, help="Really remove them; without it nothing is changed.")
@click.option("--over-limit", is_flag=True, help="Also where that is more than the settings' share of all files.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def purge(desk: Desk, really: bool, over_limit: bool, as_json: bool) -> None:
    """List files whose time is over, and with --apply remove them: originals, edits and viewing copies after delivery.

    Nothing goes that an undelivered batch, a legal hold or a file on sale still needs. Every file removed is on record.
    """
    limits = terms(desk.settings, over_limit=over_limit)
    found = desk.store.purge(limits) if really else desk.store.expired(limits)
    if as_json:
        print_json([vars(one) for one in found])
        return
    for one in found:
        whose = f"image {one.image}" if one.image else "nobody's"
        click.echo(f"{one.sha256[:16]}…  {one.bytes:>12,} bytes  {whose}  {one.reason}")
    size = sum(one.bytes for one in found) / MEGABYTE
    did = "removed" if really else "may go; nothing was removed, --apply removes them"
    click.echo(f"{len(found)} files, {size:,.1f} MB: {did}")


@click.command("legal-hold")
@click.argument("batch", required=False)
@click.option("--client", default="", help="Hold everything of this client instead of one batch.")
@click.option("--lift", is_flag=True, help="Let it expire again.")
@click.option("--reason", default="", help="Why.")
@click.option("--by", "person", help="Who holds or lifts; without it all holds are listed.")
@click.pass_obj
def legal_hold(desk: Desk, batch: str | None, client: str, lift: bool, reason: str, person: str | None) -> None:
    """Keep all files of BATCH or of a client, whatever the settings say, until the hold is lifted."""
    if person is None:
        holds = desk.store.legal_holds()
        for one in holds:
            which = f"batch “{one.batch}”" if one.batch else f"client “{one.client}”"
            click.echo(f"{which}: {one.reason} ({one.person})")
        if not holds:
            click.echo("Nothing is on legal hold.")
        return
    if bool(batch) == bool(client):
        raise KnownError("A legal hold is of one batch or of one client; name one of them.")
    change = desk.store.lift_legal_hold if lift else desk.store.hold_legally
    change(batch=batch or "", client=client, reason=reason, person=person)
    which = f"batch “{batch}”" if batch else f"client “{client}”"
    click.echo(f"{which}: {'the hold is lifted' if lift else 'on legal hold'}")
