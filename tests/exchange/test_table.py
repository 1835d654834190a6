"""A table of referrals: encodings, separators, quotation marks, and rows that do not fit their headings."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest

from duty_tui.exchange import table_file
from duty_tui.exchange.reading import open_referrals
from tests.exchange.files import DATA, QUESTIONS, TABLE, problems_of, read, read_one, table, why_not


def test_the_example_table_is_read_in_full() -> None:
    file = open_referrals(TABLE, questions=QUESTIONS)
    assert (file.kind, file.problems, file.warnings, file.children) == ("table", (), (), 4)
    siblings, unborn, formula = file.referrals
    assert siblings.command.received == datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
    assert siblings.command.identified == datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert siblings.command.what == 'A bruise seen on the arm.\nShe said "he pushed me".'
    assert siblings.command.answers == {"reasonable_cause": "yes", "serious_risk_of_harm": "unknown"}
    assert siblings.command.caller.name == "Ms P. Lund"
    assert siblings.notes == ("Uncle works at the school",)
    assert [(child.name, child.sex) for child in siblings.command.children] == [
        ("Zoë Ní Bhriain", "female"),
        ("Fionn Ní Bhriain", "male"),
    ]
    assert unborn.command.children[0].expected == date(2027, 1, 18)
    assert (unborn.command.owner, unborn.command.answers) == ("Priya", {"serious_risk_of_harm": "no"})
    assert (formula.row, formula.command.received_precision) == ("row 5", "day")
    assert formula.command.what == '=HYPERLINK("x")'
    assert formula.command.children[0].name == "Kofi O'Neill [Jay]"


def test_what_excel_saves_in_england_is_read_and_its_encoding_said() -> None:
    file = open_referrals(DATA / "referrals_excel.csv")
    first, second = file.referrals
    assert first.command.children[0].name == "Zoë Ní Bhriain"
    assert first.command.what == "Heard shouting – “again”"
    assert second.command.received == datetime(2026, 11, 19, tzinfo=UTC)
    assert file.warnings == ("The file is not UTF-8; it was read as Windows text (cp1252). Look at the accents.",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_way_to_save_a_table_is_understood(encoding: str, separator: str, end: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerows(
        [["received", "child", "what"], ["20/11/2026 18:00", "Zoë, of “Hollin”; Lane", f"one{end}two\tthree"]]
    )
    found = read_one(out.getvalue().encode(encoding))
    assert found.command.children[0].name == "Zoë, of “Hollin”; Lane"
    assert found.command.what == "one\ntwo three"


def test_damaged_text_is_not_guessed_at() -> None:
    assert "mixes two encodings, or is damaged (line 3)" in why_not(
        b"received,name\n2026-11-20,Zo\xc3\xab\n2026-11-20,Zo\xeb\n"
    )
    assert "cannot be read (line 2)" in why_not(b"received,name\n2026-11-20,\x81\n")
    assert "cannot be read (line 2)" in why_not(b"\xef\xbb\xbfreceived,name\n2026-11-20,Zo\xeb\n")
    assert "cannot be read" in why_not("received".encode("utf-16") + b"x")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (('2026-11-20,"Amara',), "A quotation mark opened in row 2 is never closed."),
        (("2026-11-20,Amara", '2026-11-20,"Amara" Okoye'), "The quotation marks of row 3 do not match."),
        ((), "headings and no rows"),
        (("", " , "), "headings and no rows"),
        ((f"2026-11-20,{'x' * 140_000}",), "A cell of row 2 is longer than 131,072 characters."),
    ],
)
def test_a_table_without_clear_rows_is_refused(rows: tuple[str, ...], why: str) -> None:
    assert why in why_not(table("received,name", *rows))


def test_blank_lines_count_as_rows_and_are_passed_over() -> None:
    assert problems_of(table("received,name", "", ",", "soon,A"))[0].startswith("row 4: received is not a date.")
    assert read_one("\n\n" + table("received,name", "2026-11-20,A")).row == "row 4"


def test_a_row_after_a_cell_of_many_lines_has_the_number_a_spreadsheet_gives_it() -> None:
    assert problems_of(table("received,what", '2026-11-20,"one', 'two"', "soon,three"))[0].startswith("row 3:")


@pytest.mark.parametrize("row", ["2026-11-20", "2026-11-20,A,B"])
def test_a_row_that_does_not_fit_its_headings_is_a_problem(row: str) -> None:
    (problem,) = problems_of(table("received,name", row))
    assert problem.startswith(f"row 2: The row has {row.count(',') + 1} cells, the headings are 2.")


def test_empty_cells_beyond_the_headings_do_no_harm() -> None:
    assert read_one(table("received,name", "2026-11-20,A,,")).command.children[0].name == "A"


def test_long_names_and_long_texts_are_kept_whole() -> None:
    name, told = "Ní " * 99 + "Bhriain", "She said. " * 5_000
    found = read_one(table("received,name,what", f"2026-11-20,{name},{told}"))
    assert found.command.children[0].name == name
    assert found.command.what == told.strip()


def test_a_name_that_swallowed_its_neighbours_is_a_problem() -> None:
    (problem,) = problems_of(table("received,name", f"2026-11-20,{'x' * 1_001}"))
    assert problem.startswith("row 2: child name is longer than 1,000 characters.")


@pytest.mark.parametrize("text", ["=1+1", "+44 1632", "-2", "@home", "\t=x"])
def test_what_a_spreadsheet_would_calculate_is_kept_as_text(text: str) -> None:
    found = read_one(table("received,name,telephone", f"2026-11-20,{text},{text}"))
    assert found.command.children[0].name == found.command.caller.telephone == text.strip()


def test_what_a_terminal_would_obey_is_taken_out() -> None:
    found = read_one(table("received,name,what", "2026-11-20,A\x1b[2Jmara\u202e,\x9bred\x07"))
    assert found.command.children[0].name == "A[2Jmara"
    assert found.command.what == "red"


def test_every_bad_cell_of_a_row_is_told_at_once() -> None:
    said = problems_of(
        table("received,dob,sex,reasonable_cause,name", "soon,never,maybe,perhaps,A", "2026-11-20,2019-03-04,F,y,B")
    )
    assert [problem.split(". ")[0] for problem in said] == [
        "row 2: received is not a date",
        "row 2: date of birth is not a date",
        "row 2: sex is none of the answers it can have",
        "row 2: reasonable_cause is none of the answers it can have",
    ]


def test_a_row_without_its_date_of_receipt_is_a_problem() -> None:
    assert problems_of(table("received,name", ",A")) == [
        "row 2: received is empty. Write when the referral was received."
    ]


def test_a_time_of_receipt_without_its_day_is_a_problem() -> None:
    (said,) = problems_of(table("received,time,name", ",18:00,A"))
    assert said == "row 2: A time of receipt stands without its day. Add the day."


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "MAX_REFERRALS", 3)
    assert "more than 3 rows" in why_not(table("received,name", *["2026-11-20,A"] * 4))


def test_nothing_a_person_typed_is_said_in_a_problem_or_a_warning() -> None:
    secret = "Zyx Wvut"
    fields = (
        "received",
        "time",
        "dob",
        "edd",
        "sex",
        "nhs",
        "upn",
        "identified",
        "reasonable_cause",
        "child",
        "name x",
    )
    for field in fields:
        heading = ["received", *(name for name in fields if name != "received")]
        row = ["2026-11-20", *([""] * (len(heading) - 1))]
        row[heading.index(field)] = secret
        file = read(table(",".join(heading), ",".join(row), f'{secret},"{secret}"'))
        for said in (*map(str, file.problems), *file.warnings):
            assert "Zyx" not in said
            assert "Wvut" not in said
