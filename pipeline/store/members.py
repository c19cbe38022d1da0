"""Members: who works in this studio, as what, and the PIN they may sign in with (scrypt, RFC 7914)."""

import hashlib
import hmac
import secrets

from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.model import Member
from pipeline.model import Role
from pipeline.store import chain
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.people import known_person
from pipeline.store.people import person_id
from pipeline.store.people import tidy_name

COST, BLOCK, PARALLEL = 2**14, 8, 1
"""About 16 MiB and a twentieth of a second for every guess."""

LEAST_DIGITS = 4

NEWEST = """
SELECT p.name, m.role, m.salt, m.pin FROM member AS m JOIN person AS p ON p.id = m.person
WHERE m.id IN (SELECT max(n.id) FROM member AS n GROUP BY n.person)
"""


def members(catalog: Catalog) -> list[Member]:
    """Return everybody who works here, by name."""
    found = [Member(row["name"], Role(row["role"]), bool(row["pin"])) for row in catalog.rows(NEWEST)]
    return sorted(found, key=lambda member: member.name.casefold())


def sign_in(catalog: Catalog, name: str, role: Role, *, pin: str, voucher: str, voucher_pin: str) -> Member:
    """Let a person sit down in a role, making them known at their first time.

    A known person needs their PIN if they have one. An editor becomes a senior when a senior with a PIN, `voucher`,
    vouches for them; in a studio without such a senior nobody has to.
    Raises ConflictError with one sentence for a wrong PIN or a missing voucher.
    """
    with catalog.writing():
        row = _newest(catalog, name)
        _check_pin(row, tidy_name(name), pin)
        if row is None or (Role(row["role"]) is not role and role is Role.SENIOR):
            vouches = _vouched(catalog, voucher, voucher_pin) if role is Role.SENIOR and voucher else None
            kept = {"salt": row["salt"], "pin": row["pin"]} if row else {"salt": "", "pin": ""}
            _add(catalog, name, role, voucher=vouches, **kept)
        known = _newest(catalog, name)
        if known is None:
            raise ConflictError(f"{tidy_name(name)} is not known here; sign in first.")
        return Member(known["name"], role, bool(known["pin"]))


def set_pin(catalog: Catalog, name: str, *, old: str, new: str) -> None:
    """Give a person a PIN, or none for "". Raises ConflictError for a wrong old one, KnownError for a short new one."""
    if new and len(new) < LEAST_DIGITS:
        raise KnownError(f"A PIN needs at least {LEAST_DIGITS} characters; choose a longer one.")
    with catalog.writing():
        row = _newest(catalog, name)
        if row is None:
            raise ConflictError(f"{tidy_name(name)} is not known here; sign in first.")
        _check_pin(row, row["name"], old)
        salt = secrets.token_hex(16) if new else ""
        _add(catalog, name, Role(row["role"]), voucher=None, salt=salt, pin=_hash(new, salt) if new else "")


def know_senior(catalog: Catalog, person: int) -> None:
    """Make a person who signs off for the first time known as a senior, where nobody has to vouch for one."""
    known = catalog.row("SELECT role FROM member WHERE person = ? ORDER BY id DESC LIMIT 1", [person])
    if known is None:
        at = chain.stamp(catalog)
        catalog.add("member", person=person, role=Role.SENIOR.value, salt="", pin="", voucher=None, at=at)


def _vouched(catalog: Catalog, voucher: str, pin: str) -> int | None:
    row = _newest(catalog, voucher)
    if row is None or Role(row["role"]) is not Role.SENIOR:
        raise ConflictError(f"{tidy_name(voucher)} is not known here as a senior and cannot vouch for one.")
    _check_pin(row, row["name"], pin)
    return known_person(catalog, voucher)


def _check_pin(row: Row | None, name: str, pin: str) -> None:
    if row is None or not row["pin"]:
        return
    if not pin:
        raise ConflictError(f"{name} signs in with a PIN; type it.")
    if not hmac.compare_digest(row["pin"], _hash(pin, row["salt"])):
        raise ConflictError(f"That is not the PIN of {name}; type it again.")


def _hash(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=COST, r=BLOCK, p=PARALLEL).hex()


def _newest(catalog: Catalog, name: str) -> Row | None:
    person = known_person(catalog, name)
    sql = f"{NEWEST} AND m.person = ?"
    return None if person is None else catalog.row(sql, [person])


def _add(catalog: Catalog, name: str, role: Role, *, voucher: int | None, salt: str, pin: str) -> None:
    person, at = person_id(catalog, name), chain.stamp(catalog)
    catalog.add("member", person=person, role=role.value, salt=salt, pin=pin, voucher=voucher, at=at)
