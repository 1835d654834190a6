"""A record of three pages as PDF and as Word, and a set of twenty records, warm.

In processor time of all threads: nothing is waited for, and what else the machine does is not what is measured. Every
document measured is another one: what typst keeps of the one before must not be what is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from statistics import median
from time import process_time

from bench.table import Row, against, plain
from duty_tui.documents.blocks import Block, Document, Heading, Paragraph, Part, Tick, Ticks, facts, table
from duty_tui.documents.rendering import Form, rendered
from duty_tui.domain.service_state import Letterhead

PDF_MS, WORD_MS, SET_MS = 60.0, 150.0, 1500.0
ROUNDS, RECORDS = 15, 20
MADE = datetime(2026, 11, 20, 18, tzinfo=UTC)
HEAD = Letterhead("Northshire Council", "", "OFFICIAL-SENSITIVE")
NAMES = ("Łukasz Wiśniewski", "Айша Магомедова", "محمد العلي", "ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "ትዕግስት አበበ", "Zoë O'Súilleabháin")
SAID = "What was said about the family at some length, and what each agency knew of it before the discussion began. "


def blocks(number: int) -> Iterator[Block]:
    """The blocks of a record of three pages, unlike those of any other number."""
    yield Heading("Record of Strategy Discussion", 1)
    yield facts("Child's details", [(f"Fact {at}", f"{NAMES[at % len(NAMES)]} {number}") for at in range(22)])
    yield Heading("Everyone involved")
    columns = [("Name", 20), ("Job", 20), ("Agency", 20), ("Part", 20), ("Present", 20)]
    people = [(f"{name} {number}", "Team manager", "Police", "Chair", "present") for name in NAMES]
    yield table("Everyone involved", columns, people, "")
    for at in range(8):
        yield Heading(f"Part {at}")
        yield Paragraph(f"{number}.{at} " + SAID * 5)
    yield Ticks("Decision", tuple(Tick(f"Box {at}", at % 2 == 0, f"Reason {number}") for at in range(8)))
    columns = [("Action", 40), ("Person", 30), ("By", 30)]
    yield table("Actions", columns, [(f"See child {at}", f"Tom Reid {number}", "tomorrow") for at in range(12)], "")


def document(number: int, records: int = 1) -> Document:
    """A document of so many records."""
    parts = tuple(Part(f"C{number}, child {at}", tuple(blocks(number * 100 + at))) for at in range(records))
    return Document("Record of Strategy Discussion", f"C{number}", f"C{number}", HEAD, parts, MADE, "Keep it safe.")


def _timed(make: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """The median of what making several documents takes, in milliseconds, after one that is not counted."""
    make(0)
    taken = []
    for number in range(1, rounds + 1):
        begins = process_time()
        make(number)
        taken.append((process_time() - begins) * 1000)
    return median(taken)


def _form(form: Form, records: int = 1) -> Callable[[int], object]:
    return lambda number: rendered(document(number, records), form)


def measure() -> Iterator[Row]:
    """A row for each budget."""
    assert b"/Count 3" in rendered(document(999), "pdf").data, "the record measured has three pages"
    ours = _timed(_form("pdf"))
    yield plain("record of 3 pages as PDF, warm", ours, PDF_MS, "ms")
    if find_spec("reportlab"):
        from bench.reportlab_record import reportlab_pdf

        theirs = _timed(lambda number: reportlab_pdf(document(number)))
        yield against("  beside reportlab, untagged and in Latin letters alone", ours, theirs, None)
    yield plain("record of 3 pages as Word, warm", _timed(_form("docx")), WORD_MS, "ms")
    yield plain(f"{RECORDS} records of a set as PDF", _timed(_form("pdf", RECORDS), 3), SET_MS, "ms")
    yield plain(f"{RECORDS} records of a set as Word", _timed(_form("docx", RECORDS), 3), SET_MS, "ms")
