"""Content Credentials: signed last with the client's own certificate, offline, and broken by any byte that changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.errors import KnownError
from pipeline.errors import SettingsError
from pipeline.model import WorkItem
from pipeline.run.compose import Renditions
from pipeline.run.compose import make_deliverable
from pipeline.settings import Client
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.tools.signing import read_credentials
from pipeline.tools.toolbox import Toolbox

pytest.importorskip("c2pa", reason="the extra c2pa is not installed")
x509 = pytest.importorskip("cryptography.x509")


@pytest.fixture(scope="module")
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with chain.pem and key.pem: a signer of documents and the authority that vouches for it."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    named = {who: x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, who)]) for who in ("Root", "Studio")}
    usage = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )

    def certified(who: str, key: ec.EllipticCurvePrivateKey, *, authority: bool) -> bytes:
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(named[who])
            .issuer_name(named["Root"])
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(digital_signature=not authority, key_cert_sign=authority, crl_sign=authority, **usage),
                critical=True,
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
        )
        if not authority:
            mail = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.EMAIL_PROTECTION])
            made = made.add_extension(mail, critical=False)
        return made.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    folder = tmp_path_factory.mktemp("credentials")
    (folder / "chain.pem").write_bytes(
        certified("Studio", leaf, authority=False) + certified("Root", root, authority=True)
    )
    (folder / "key.pem").write_bytes(
        leaf.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder


def test_a_client_with_a_certificate_gets_files_whose_making_is_signed(
    credentials: Path, build_item: Callable[..., WorkItem], toolbox: Toolbox, small_settings: Settings
) -> None:
    client = Client(c2pa_certificate=str(credentials / "chain.pem"), c2pa_key=str(credentials / "key.pem"))
    settings = replace(small_settings, clients={"Acme": client})
    item = correct_color(frame(build_item(), toolbox, settings), toolbox, settings)
    plain = make_deliverable(Renditions(item, toolbox=toolbox, settings=settings), name="A", platform="amazon_main")
    assert read_credentials(plain.data, "jpeg") is None
    acme = replace(item, record=replace(item.record, client="Acme"))
    of = Renditions(acme, toolbox=toolbox, settings=settings)
    for platform, format in (("amazon_main", "jpeg"), ("print_catalog", "tiff"), ("google_shopping", "webp")):
        made = make_deliverable(of, name="B0TEST0001", platform=platform)
        assert made.report.passed, made.report.sentence()
        found = read_credentials(made.data, format)
        assert found["validation_state"] == "Valid"
        statement = found["manifests"][found["active_manifest"]]
        assert statement["title"] == made.name
        assert "algorithmicallyEnhanced" in str(statement["assertions"])
        assert statement["signature_info"]["issuer"] == "Studio"
        changed = bytearray(made.data)
        changed[-40] ^= 1
        assert read_credentials(bytes(changed), format)["validation_state"] == "Invalid"

    wrong = Client(c2pa_certificate=str(credentials / "key.pem"), c2pa_key=str(credentials / "key.pem"))
    of = Renditions(acme, toolbox=toolbox, settings=replace(settings, clients={"Acme": wrong}))
    with pytest.raises(KnownError, match=r"B0TEST0001\.jpg cannot be signed with .*key\.pem"):
        make_deliverable(of, name="B0TEST0001", platform="amazon_main")


def test_certificate_and_key_stand_in_the_clients_file_both_or_neither(credentials: Path, tmp_path: Path) -> None:
    (tmp_path / "clients").mkdir()
    file = tmp_path / "clients" / "Acme.toml"
    file.write_text(f'c2pa_certificate = "{credentials}/chain.pem"\nc2pa_key = "{credentials}/key.pem"\n')
    assert load_settings(tmp_path).client("acme").c2pa_key == str(credentials / "key.pem")
    file.write_text(f'c2pa_certificate = "{credentials}/chain.pem"\n')
    with pytest.raises(SettingsError, match="c2pa_key of client “Acme” is no file"):
        load_settings(tmp_path)
