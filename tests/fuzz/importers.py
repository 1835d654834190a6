"""Everything that reads what others wrote: good files to begin with, and how each is read as the program reads it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from duty_tui.domain.times import london_date
from duty_tui.errors import Refused
from duty_tui.rules.bank_holidays import read_published
from duty_tui.rules.loader import load_pack, load_vocabulary
from duty_tui.rules.try_examples import Workbench, run_examples
from duty_tui.screens.dialogue_draft import typed_of
from duty_tui.screens.intake_draft import draft_words, readable
from duty_tui.settings import read_settings
from duty_tui.store import keyfile
from duty_tui.store.checkpoint import checkpoint_of, read_checkpoint
from duty_tui.store.journal import Head
from duty_tui.store.memory import MemoryStore
from duty_tui.store.recovery import read_recovery_code, recovery_code
from duty_tui.store.witness import Witness
from duty_tui.store.wrapping import STRENGTH, Strength
from duty_tui.wiring import POLICIES
from tests.builders import FRIDAY_SIX
from tests.exchange.files import CENSUS, TABLE, census, child, referral
from tests.fuzz import desks
from tests.store.examples import KEY, draft

#: Words of the samples that stand for all that is personal or secret: no error may repeat them.
SECRETS = ("quillon", "brambleworth", "qq9f3e", "999 000 0018", "a123456789012")


class Importer(NamedTuple):
    """A door files come in by. `take` reads bytes and returns, or raises a DutyError."""

    name: str
    samples: tuple[bytes, ...]
    take: Callable[[bytes], object]


@contextmanager
def importers() -> Iterator[list[Importer]]:
    """All of them, with a folder of their own for those that read by name."""
    with TemporaryDirectory() as folder:
        yield list(_all(Path(folder)))


def _all(folder: Path) -> Iterator[Importer]:
    receipts, answers = _emails()
    into, out_of = desks.all_or_nothing(desks.empty_desk, desks.import_into), desks.all_or_nothing
    yield Importer("table", (TABLE.read_bytes(), _table()), into)
    yield Importer(
        "census", (_census(), b"".join(CENSUS.read_bytes().partition(b"</Child>")[:2]) + b"</Children></Message>"), into
    )
    yield Importer("receipt", receipts, out_of(desks.circulated_desk, desks.take_receipts))
    yield Importer("answer", answers, out_of(desks.booked_desk, desks.take_answers))
    yield Importer("settings", (_SETTINGS,), _by_name(folder / "settings.toml", read_settings))
    for name in ("pack.toml", "examples.toml"):
        yield Importer(name, ((_PACK / name).read_bytes(),), _policy(folder / name.removesuffix(".toml"), name))
    yield Importer("key file", _keys(), _by_name(folder / "desk.key", _read_key))
    yield Importer("recovery code", (recovery_code(KEY).encode(),), lambda data: read_recovery_code(_text(data)))
    yield Importer("checkpoint", (_checkpoint(),), lambda data: read_checkpoint(_text(data)))
    yield Importer("witness", (b'[7, "%s"]' % (b"ab" * 32),), _witness(folder / "witness"))
    yield Importer("draft", (_draft(), b'{"fields": {"what": "Quillon"}, "mark": "m"}'), _read_draft)


def _text(data: bytes) -> str:
    """As the terminal hands it on: bytes that are no text come as lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def _by_name(place: Path, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    def take(data: bytes) -> object:
        place.write_bytes(data)
        place.chmod(0o600)
        return read(place)

    return take


# -- referrals

_HEADING = (
    "reference,received,received time,family,child name,date of birth,sex,nhs,upn,what happened,owner,reasonable_cause"
)


def _table() -> bytes:
    return f"""{_HEADING}
QQ9F3E,20/11/2026,18:00,Brambleworth,Quillon Brambleworth,2022-08-01,f,999 000 0018,A123456789012,"Quillon has
a bruise",Ann Osei,yes
QQ9F3E,20/11/2026,18:00,Brambleworth,Quillette Brambleworth,,m,,,,,
""".encode()


def _census() -> bytes:
    named = child(
        referral(ReferralSource="1A", PrimaryNeedCode="N1", CINclosureDate="2026-11-21", ReasonForClosure="RC1"),
        identifier="QQ9F3E",
        UPN="A123456789012",
        PersonBirthDate="2020-02-29",
        Sex="F",
    )
    return census(named, child(referral(), identifier="Brambleworth", ExpectedPersonBirthDate="2027-01-01")).encode()


# -- emails


def _emails() -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    from tests.documents.test_invitation import reply
    from tests.documents.test_receipt import HEADERS, WHOLE, delivery, reading, report

    why = delivery("failed", more="Diagnostic-Code: smtp; 550 Quillon Brambleworth is unknown\r\n")
    receipts: tuple[bytes, ...] = (
        report("delivery-status", delivery("delivered"), HEADERS),
        report("delivery-status", why, WHOLE),
        reading("manual-action/MDN-sent-manually; displayed"),
    )
    receipts = tuple(one.replace(b"18:00:00", b"23:00:00") for one in receipts)  # the record was sent before
    answer = (
        reply().replace(b"c1-1@duty-\r\n tui.invalid", desks.uid_asked().encode()).replace(b"SEQUENCE:2", b"SEQUENCE:0")
    )
    mailed = b"MIME-Version: 1.0\r\nSubject: Quillon\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n" + answer
    return receipts, (answer, answer.replace(b"ACCEPTED", b"DECLINED"), mailed)


# -- what a person or a service wrote for the program

_SETTINGS = b"""name = "Ann Osei"
theme = "dark"
lock_after = 10
documents = "letters"

[keys]
"concern.new" = "f5"
"""


_PACK = POLICIES / "seven-minute-briefing"


def _policy(folder: Path, spoilt: str) -> Callable[[bytes], object]:
    """A policy with one file of it spoilt, loaded and its examples tried."""
    shutil.copytree(_PACK, folder)
    vocabulary = load_vocabulary()
    published = read_published(POLICIES / "bank_holidays.toml")
    bench = Workbench(vocabulary, published.amend({}), published.published_until)

    def take(data: bytes) -> object:
        (folder / spoilt).write_bytes(data)
        return run_examples(load_pack(folder, vocabulary), bench)

    return take


# -- keys, and what is remembered of the record


def _keys() -> tuple[bytes, ...]:
    from duty_tui.store import wrapping

    weak, usual = Strength(1 << 4, 8, 1), wrapping.STRENGTH
    wrapping.STRENGTH = weak
    try:
        locked = keyfile.as_passphrase(KEY, "Quillon Brambleworth", FRIDAY_SIX)
    finally:
        wrapping.STRENGTH = usual
    return keyfile.as_file(KEY).encode(), locked.encode(), keyfile.as_keyring("qq9f3e", FRIDAY_SIX).encode()


def _read_key(path: Path) -> object:
    """The key, where opening it costs no more than it does in earnest; a keyring there is not."""
    found = keyfile.look_at(path)
    if found.kind == "keyring":
        return found
    if found.wrapped and found.wrapped.strength.n * found.wrapped.strength.r > STRENGTH.n * STRENGTH.r:
        return found
    return keyfile.read_key(path, lambda _path, opens: opens("Quillon Brambleworth"))


def _checkpoint() -> bytes:
    return checkpoint_of(KEY, "d" * 32, Head(7, "ab" * 32), FRIDAY_SIX).line().encode()


def _witness(folder: Path) -> Callable[[bytes], object]:
    folder.mkdir()
    store = MemoryStore()
    return _by_name(folder / f"{store.meta('database')}.json", lambda _path: Witness(folder).seen(store))


# -- drafts


def _draft() -> bytes:
    from duty_tui.screens.intake_form import IntakeForm

    form = IntakeForm(opened=FRIDAY_SIX, children="Quillon Brambleworth 1/8/2022 f", what="A bruise", received="18:00")
    return json.dumps(form.body()).encode()


def _read_draft(data: bytes) -> object:
    """As the store hands it on: any JSON object may stand there."""
    try:
        body: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise Refused("The store holds JSON.") from None
    if not isinstance(body, dict):
        raise Refused("The store holds an object.")
    kept = draft(body=body)
    form = readable(kept)
    if form is not None:
        draft_words(kept, FRIDAY_SIX)
        assert list(form.problems()) is not None
        assert london_date(form.received_at).year
        assert form.body()
    return form, typed_of(kept)
