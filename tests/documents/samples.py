"""Documents to render, with something of everything in them; the people are invented."""

from __future__ import annotations

from datetime import UTC, datetime

from duty_tui.documents.blocks import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Tick,
    Ticks,
    facts,
    table,
)
from duty_tui.domain.service_state import Letterhead

MADE = datetime(2026, 11, 17, 11, 12, tzinfo=UTC)
HEAD = Letterhead("Northshire Council — Children's Services", "N | C", "OFFICIAL-SENSITIVE")
COLUMNS = [("Action", 40), ("Person", 30), ("By", 30)]
EVERY_KIND: tuple[Block, ...] = (
    Heading("Record of Strategy Discussion", 1),
    Note("Not signed.\nIt may change."),
    Heading("Child's details"),
    facts("Child's details", [("Name", "Łukasz Wiśniewski"), ("Address", " ")]),
    Heading("Actions", 3),
    table("Actions", COLUMNS, [("See him\nalone", "Tom Reid", "")], "No action."),
    table("Nothing", COLUMNS, [], "No action."),
    Ticks("Decision", (Tick("Section 47 enquiries", True, "A bruise"), Tick("No further action", False))),
    Items(("One", "Two\nlines")),
    PageBreak(),
    Paragraph("Signed by Ann Osei", strong=True),
    Paragraph("The end.\n\nReally."),
)
#: What other programs take for instructions, and what turns lines round or is not a character at all.
HOSTILE = (
    '#eval("1") $x^2$ [link](x) \\ @ref <label> `code` *bold* _em_ = head\n- list\n+ enum\n/ term: x // x /* y */',
    ']) #import "x" ; #{ panic() } \'" \\u{41} &amp; <w:t>x</w:t> ]]> <!-- --> {{x}} %s {0}',
    "left\u202eright\u202c \u2066isolate\u2069 \u200b\u200f \x00\x1b[31m\x07 \ufffe\uffff \ud800 tab\tend",
    "| a | b |\n|---|---|\n> quote\n1. one\n2) two\n    code\n~~x~~ **y** ![i](j) <script>alert(1)</script> &nbsp;",
)
#: Forty names in twelve scripts.
NAMES = (
    *(
        "Łukasz Wiśniewski",
        "Zoë O'Súilleabháin",
        "Nguyễn Thị Hồng",
        "Oluwaseun Adéwálé",
        "Þórdís Ægisdóttir",
        "Ángel Ñíguez",
    ),
    *("Şeyma Yıldız", "Māra Kalniņa", "Čeněk Dvořák", "Siân ap Llŷr", "Ștefan Țânțar", "Ifeọma Ńwá"),
    *("Айша Магомедова", "Юлія Ґалаґан", "Ђорђе Њежић", "Ѓорѓи Ќосев"),
    *("Ελένη Παπαδοπούλου", "Γιώργος Ξανθός"),
    *("محمد العلي", "زهرا حسینی", "پروین گل", "فاطمہ ٹوانہ"),
    *("יוסף כהן", "שרה לוי"),
    *("ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "ਹਰਜੀਤ ਸਿੰਘ"),
    *("রহিমা বেগম", "শফিক মিয়া", "অনিন্দিতা সেন"),
    *("अनीता शर्मा", "राजेश कुमार", "सुनीता श्रेष्ठ"),
    *("કિરણ પટેલ", "હેતલ શાહ"),
    *("தமிழ்செல்வி முருகன்", "கார்த்திக் ராஜா"),
    *("ትዕግስት አበበ", "ሃይለ ገብረ"),
    *("ნინო ბერიძე", "გიორგი კაპანაძე"),
)


def a_document(*blocks: Block, draft: bool = False, parts: int = 1) -> Document:
    """A document of these blocks, or of one of every kind; several parts are drafts and signed in turn."""
    each = tuple(
        Part(f"C12, discussion 1, child {number + 1}", blocks or EVERY_KIND, draft and number % 2 == 0)
        for number in range(parts)
    )
    return Document("Record of Strategy Discussion", "C12", "C12-record", HEAD, each, MADE, "Keep it safe.")


def names_document() -> Document:
    """Forty names, each in a cell of its own."""
    return a_document(Heading("Names", 1), Facts("Names", tuple((str(at), name) for at, name in enumerate(NAMES, 1))))
