"""Files to read, made in the tests that read them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from duty_tui.errors import BadFile
from duty_tui.exchange.reading import open_referrals
from duty_tui.exchange.referrals import Referral, ReferralFile

DATA = Path(__file__).parent / "data"
CENSUS = DATA / "census.xml"
TABLE = DATA / "referrals.csv"
QUESTIONS = ("reasonable_cause", "serious_risk_of_harm")

_COLLECTION = "<CollectionDetails><Collection>CIN</Collection></CollectionDetails>"
_HEADER = f"<Header>{_COLLECTION}<Source><LEA>975</LEA></Source></Header>"


def read(content: bytes | str) -> ReferralFile:
    """What comes in by standard input, read."""
    data = content.encode() if isinstance(content, str) else content
    return open_referrals(io.BytesIO(data), questions=QUESTIONS)


def read_one(content: bytes | str) -> Referral:
    """The only referral of a file without problems."""
    file = read(content)
    assert file.problems == ()
    (referral,) = file.referrals
    return referral


def why_not(content: bytes | str) -> str:
    """What is said to a file that cannot be read at all."""
    with pytest.raises(BadFile) as refused:
        read(content)
    assert "Nothing was imported." in refused.value.entry
    assert refused.value.do
    return str(refused.value)


def problems_of(content: bytes | str) -> list[str]:
    """The problems of a file, as they are shown."""
    return [str(problem) for problem in read(content).problems]


def table(heading: str, *rows: str) -> str:
    """A table of one heading and its rows."""
    return "\n".join((heading, *rows)) + "\n"


def element(name: str, text: str) -> str:
    """One simple element."""
    return f"<{name}>{text}</{name}>"


def referral(on: str = "2026-11-20", **more: str) -> str:
    """A CINdetails element, with `more` simple elements in it."""
    inner = element("CINreferralDate", on) if on else ""
    return element("CINdetails", inner + "".join(element(name, text) for name, text in more.items()))


def child(*referrals: str, identifier: str = "L1", **more: str) -> str:
    """A Child element with its referrals, one on 20 November 2026 where none is given."""
    identifiers = element("LAchildID", identifier) if identifier else ""
    identifiers += "".join(element(name, text) for name, text in more.items())
    return element("Child", element("ChildIdentifiers", identifiers) + "".join(referrals or (referral(),)))


def census(*children: str, header: str = _HEADER) -> str:
    """A census of these children."""
    return element("Message", header + element("Children", "".join(children)))
