"""Whatever bytes come in: a file of referrals or a sentence, never any other error, and no cell in a message."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duty_tui.domain.concern import Concern
from duty_tui.domain.history import fold, read_event, write_event
from duty_tui.errors import BadFile, DutyError
from duty_tui.exchange.census_file import read_census
from duty_tui.exchange.referrals import ReferralFile
from tests.builders import FRIDAY_SIX, happened
from tests.exchange.files import CENSUS, QUESTIONS, TABLE, census, child, read, referral, table

WHOLE_CENSUS = b"".join(CENSUS.read_bytes().partition(b"</Child>")[:2]) + b"</Children></Message>"
WHOLE_TABLE = TABLE.read_bytes()

#: Cuts, copies and replacements somewhere in a good file.
changes = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.binary(max_size=8) | st.sampled_from([b'"', b"<", b">", b"&x;", b"\xff\xfe", b"\r"]),
    ),
    min_size=1,
    max_size=4,
)
cells = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["2026-11-20", "20/11/2026 18:00", "yes", "?", "F", "=1+1", "R1", "9990000018", "01:30", "25/10/2026"]
    ),
)
headings = st.sampled_from(
    [
        "received",
        "time",
        "reference",
        "family",
        "child",
        "dob",
        "edd",
        "sex",
        "nhs",
        "what",
        "owner",
        "reasonable_cause",
        "note",
    ]
)


def changed(whole: bytes, steps: list[tuple[float, int, bytes]]) -> bytes:
    """The file after each step: some bytes at a place replaced by others."""
    for place, length, new in steps:
        at = int(place * len(whole))
        whole = whole[:at] + new + whole[at + length :]
    return whole


def read_or_refused(data: bytes) -> ReferralFile | None:
    """The file, or None where it was refused in words with what to do. Any other error fails the test."""
    try:
        file = read(data)
    except BadFile:
        return None
    assert file.referrals or file.problems
    for one in file.referrals:
        raised_and_read_again(one.command.events(Concern(one.concern_id), FRIDAY_SIX))
    return file


def raised_and_read_again(events: object) -> None:
    """A referral that was read can be recorded, and read back from the record as it was."""
    made = list(events)  # type: ignore[call-overload]
    concern = happened(Concern("c"), made)
    again = [
        item._replace(event=read_event(item.event.kind, write_event(item.event)))
        for item in concern.history
        if item.event
    ]
    assert fold("c", again) == concern


@given(st.binary(max_size=300))
@example(b"<")
@example(b"\xff\xfe<")
@example(b"received\n\x8d")
def test_any_bytes_are_referrals_or_a_sentence(data: bytes) -> None:
    read_or_refused(data)


@given(st.binary(max_size=300))
def test_any_bytes_called_a_census_are_refused(data: bytes) -> None:
    with pytest.raises(DutyError):
        read_census(io.BytesIO(data), "x")


@given(st.text(max_size=300))
def test_any_text_called_a_table_is_read_or_refused(text: str) -> None:
    read_or_refused(("received\n" + text).encode("utf-8", "replace"))


@given(changes)
def test_a_changed_census_is_read_or_refused(steps: list[tuple[float, int, bytes]]) -> None:
    read_or_refused(changed(WHOLE_CENSUS, steps))


@given(changes)
def test_a_changed_table_is_read_or_refused(steps: list[tuple[float, int, bytes]]) -> None:
    read_or_refused(changed(WHOLE_TABLE, steps))


@given(
    st.text(st.characters(exclude_characters="<&]", exclude_categories=["Cs", "Cc"]), max_size=30),
    st.sampled_from(
        ["LAchildID", "UPN", "PersonBirthDate", "ExpectedPersonBirthDate", "GenderCurrent", "Sex", "PersonDeathDate"]
    ),
)
def test_any_text_in_any_element_of_a_child_is_read_or_told(text: str, name: str) -> None:
    read_or_refused(census(child(**{name: text}) if name != "LAchildID" else child(identifier=text)).encode())


@given(
    st.text(st.characters(exclude_characters="<&]", exclude_categories=["Cs", "Cc"]), max_size=30),
    st.sampled_from(
        ["ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure", "DateOfInitialCPC", "ReferralNFA"]
    ),
)
def test_any_text_in_any_element_of_a_referral_is_read_or_told(text: str, name: str) -> None:
    file = read_or_refused(census(child(referral(**{name: text}))).encode())
    assert file is not None


@given(st.lists(headings, unique=True, max_size=8), st.lists(st.lists(cells, max_size=9), max_size=5))
def test_any_cells_under_good_headings_are_read_or_told(heading: list[str], rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    file = read_or_refused(
        table(",".join(["received", *(set(heading) - {"received"})]), *quoted).encode("utf-8", "replace")
    )
    if file is not None:
        assert {question for one in file.referrals for question in one.command.answers} <= set(QUESTIONS)
        assert len({one.concern_id for one in file.referrals}) == len(file.referrals)


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll"]), min_size=6, max_size=12), min_size=3, max_size=3))
def test_no_cell_is_ever_said_back(secrets: list[str]) -> None:
    marked = [f"QQ{secret}QQ" for secret in secrets]
    content = table(
        "received,dob,sex,time,child,what", f"{marked[0]},{marked[1]},{marked[2]},{marked[0]},{marked[1]},{marked[2]}"
    )
    for said in map(str, read(content).problems):
        assert "QQ" not in said
