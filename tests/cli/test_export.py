"""`duty-tui export`: documents into folders, text to paste, everything recorded as data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duty_tui.documents import pdf
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import PersonListed
from duty_tui.opening import open_store, opening
from duty_tui.wiring import desk_of
from tests.cli.conftest import Ended, Run
from tests.cli.test_records import hold
from tests.desk.conftest import Hands
from tests.desk.documented import went_up
from tests.discussions import CONCERN, siblings

START = datetime(2026, 11, 20, 18, 15, tzinfo=UTC)
ME = 'name = "Ann Osei"\n'


@pytest.fixture
def called(desk: Run, home: Path) -> Run:
    """The desk of three concerns and a fourth whose discussion was held."""
    (home / "config" / "settings.toml").write_text(ME, "utf-8")
    hands = Hands(START)
    with open_store(opening(None, None, START)) as store:
        made = desk_of(store, "Ann Osei", hands)
        made.do(CONCERN, siblings())
        hands.on(hours=1)
        hold(made)
    return desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def files(ended: Ended) -> list[Path]:
    """The files a command says it wrote, after its SHA-256 of each was checked."""
    assert ended.status == 0, ended.err
    found = [line.split("  ", 1) for line in ended.lines]
    assert [hashlib.sha256(Path(place).read_bytes()).hexdigest() for _, place in found] == [sha for sha, _ in found]
    return [Path(place) for _, place in found]


def test_each_record_is_a_file_named_by_reference(called: Run, folder: Path) -> None:
    names = [path.name for path in files(called("export", "record", "C4", "-o", folder))]
    assert names == [
        "C4-discussion-1-child-1-record.pdf",
        "C4-discussion-1-child-2-record-DRAFT.pdf",
        "C4-discussion-1-child-3-record-DRAFT.pdf",
    ]
    assert {path.name for path in folder.iterdir()} == set(names)
    assert all(path.read_bytes().startswith(b"%PDF") for path in folder.iterdir())


def test_one_child_in_several_forms(called: Run, folder: Path) -> None:
    written = files(called("export", "record", "4", "--child", "1", "--md", "--docx", "--pdf", "-o", folder))
    assert {path.suffix for path in written} == {".md", ".docx", ".pdf"}
    assert "Amara Okoye" in (folder / "C4-discussion-1-child-1-record.md").read_text("utf-8")


def test_each_agency_has_a_note_of_its_own(called: Run, folder: Path) -> None:
    ended = called("export", "actions", "C4", "--txt", "--docx", "-o", folder)
    agencies = [line.partition(": ")[2] for line in ended.err.splitlines() if "actions-" in line]
    assert len(files(ended)) == 2 * len(agencies) > 1
    said = folder / f"C4-discussion-1-actions-{agencies.index('Health Trust') + 1}-DRAFT.txt"
    assert "ACTIONS AGREED: HEALTH TRUST" in said.read_text("utf-8")
    [only] = files(
        called("export", "actions", "C4", "--agency", "health trust", "--discussion", "1", "--md", "-o", folder)
    )
    assert "Health Trust" in only.read_text("utf-8")
    refused = called("export", "actions", "C4", "--agency", "Fire", "-o", folder)
    assert (refused.status, "Actions were agreed by: " in refused.err) == (1, True)


def test_the_set_is_one_file(called: Run, folder: Path) -> None:
    for words in ((), ("--discussion", "1")):
        [path] = files(called("export", "set", "C4", "--md", "--replace", "-o", folder, *words))
        assert path.name == "C4-discussion-1-records-DRAFT.md"
    assert "Kofi Okoye" in path.read_text("utf-8")


def test_nothing_is_replaced_unless_that_is_said(called: Run, folder: Path) -> None:
    once = ("export", "record", "C4", "--child", "1", "-o", folder)
    files(called(*once))
    again = called(*once)
    assert (again.status, again.out) == (1, "")
    assert "is there already." in again.err
    assert len(files(called(*once, "--replace"))) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("record", "C4", "--child", "9"), "There is no such record."),
        (("record", "C1"), "No discussion of this concern was recorded here"),
        (("set", "C1"), "No discussion of this concern was recorded here"),
        (("set", "C4", "--discussion", "2"), "has not begun"),
        (("need-to-know", "C4"), "Nothing was submitted on this concern as: 'Need to Know' form, Notice"),
        (("disagreement", "C4"), "Nothing was submitted on this concern as: "),
        (("interim-note", "C4"), "No management note"),
        (("record", "C9"), "There is no concern with that number."),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(called: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
    ended = called("export", *words, "-o", folder)
    assert (ended.status, ended.out) == (1, "")
    assert said in ended.err
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_sentence(called: Run, tmp_path: Path) -> None:
    ended = called("export", "handover", "-o", tmp_path / "nowhere")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"duty-tui: There is no folder {tmp_path / 'nowhere'}.")


def test_without_a_folder_documents_go_to_that_of_the_settings(called: Run, home: Path, folder: Path) -> None:
    [path] = files(called("export", "handover", "--at", "2026-11-20T20:00"))
    assert path == home / "data" / "documents" / "handover-2026-11-20-2000.pdf"
    (home / "config" / "settings.toml").write_text(ME + f'documents = "{folder}"\n', "utf-8")
    assert files(called("export", "handover", "--at", "2026-11-20T20:00"))[0].parent == folder


def test_forms_that_went_up_and_sheets_over_the_desk(desk: Run, home: Path, folder: Path) -> None:
    (home / "config" / "settings.toml").write_text(ME, "utf-8")
    hands = Hands(START)
    with open_store(opening(None, None, START)) as store:
        made = desk_of(store, "Ann Osei", hands)
        went_up(made, hands)
    for words, name in (
        (("need-to-know", "C4"), "C4-escalation-1-need-to-know.md"),
        (("disagreement", "C4"), "C4-escalation-2-disagreement.md"),
        (("handover", "--at", "2026-11-23T09:00"), "handover-2026-11-23-0900.md"),
        (
            ("breaches", "--from", "2026-11-01", "--to", "2026-12-01", "--at", "2026-12-02"),
            "breaches-2026-11-01-to-2026-12-01.md",
        ),
    ):
        [path] = files(desk("export", *words, "--md", "-o", folder))
        assert path.name == name


def test_a_case_note_is_plain_text_that_keeps_its_lines(called: Run) -> None:
    note = called("export", "case-note", "C4", "--child", "1")
    assert note.status == 0
    assert "NAME: " not in note.out
    assert "Name: Amara Okoye\n" in note.out
    assert "DECISIONS\n" in note.out
    both = called("export", "case-note", "C4", "--discussion", "1")
    assert both.out.count("RECORD OF STRATEGY DISCUSSION") == 3


def test_everything_about_a_concern_as_an_object(called: Run) -> None:
    found = called("export", "data", "C4").json
    assert found == called("export", "data", "C4", "--json").json
    assert (found["reference"], found["restricted"], found["state"]["family"]) == ("C4", False, "Okoye")
    assert found["state"]["children"][0]["name"] == "Amara Okoye"
    assert found["state"]["discussions"][0]["people"][0]["name"] == "PC Hale"
    assert found["state"]["discussions"][0]["signatures"]["1"]["by"] == "Ann Osei"
    assert [one["number"] for one in found["entries"]] == list(range(1, len(found["entries"]) + 1))
    first, withdrawn = found["entries"][0], [one for one in found["entries"] if one["withdrawn"]]
    assert first["data"]["children"][0]["born"] == "2019-03-04"
    assert [one["data"]["text"] for one in withdrawn] == ["A slip"]
    assert len(first["hash"]) == 64


def test_everything_about_all_concerns(called: Run) -> None:
    found = called("export", "data", "--all").json
    assert [one["reference"] for one in found] == ["C1", "C2", "C3", "C4"]
    rows = list(csv.DictReader(io.StringIO(called("export", "data", "--all", "--csv").out)))
    assert len(rows) == sum(len(one["entries"]) for one in found)
    assert json.loads(rows[-1]["data"]) == found[3]["entries"][-1]["data"]
    of_one = csv.DictReader(io.StringIO(called("export", "data", "1", "--csv").out))
    assert {row["reference"] for row in of_one} == {"C1"}


def test_of_a_restricted_concern_others_get_its_number(called: Run, home: Path, folder: Path) -> None:
    with open_store(opening(None, None, START)) as store:
        desk_of(store, "Ann Osei", lambda: START).do(CONCERN, RestrictConcern(names=("Ann Osei",), reason="Family"))
    (home / "config" / "settings.toml").write_text('name = "Tom Reid"\n', "utf-8")
    for words in (("record", "C4", "-o", folder), ("set", "C4", "-o", folder), ("case-note", "C4"), ("data", "C4")):
        ended = called("export", *words)
        assert (ended.status, ended.out) == (1, "")
        assert "restricted to named people" in ended.err
    last = called("export", "data", "--all").json[3]
    assert last == {"reference": "C4", "concern": None, "restricted": True, "state": None, "entries": []}
    rows = list(csv.DictReader(io.StringIO(called("export", "data", "--all", "--csv").out)))
    assert [row["number"] for row in rows if row["restricted"] == "yes"] == [""]
    assert "Okoye" not in called("export", "data", "--all").out


def test_exporting_is_an_act_that_not_everybody_may_do(called: Run, home: Path, folder: Path) -> None:
    with open_store(opening(None, None, START)) as store:
        desk_of(store, "Ann Osei", lambda: START).decide([PersonListed(name="Ann Osei", roles=("duty_manager",))])
    assert called("export", "data", "--all").status == 0
    (home / "config" / "settings.toml").write_text('name = "Tom Reid"\n', "utf-8")
    for words in (("record", "C4", "-o", folder), ("handover", "-o", folder), ("data", "C4"), ("data", "--all")):
        ended = called("export", *words)
        assert (ended.status, ended.out) == (1, "")
        assert "Making documents and copies of the record is for" in ended.err


@pytest.mark.parametrize("words", ["data", "data C4 --all", "data C4 --json --csv", "tape C4"])
def test_words_that_make_no_sense_are_told(called: Run, words: str) -> None:
    assert called("export", *words.split()).status == 2


def test_what_no_font_shows_is_told_beside_the_file(called: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_strict", lambda *_: (None, ("\ue123",)))
    ended = called("export", "record", "C4", "--child", "1", "-o", folder)
    assert len(files(ended)) == 1
    assert "C4-discussion-1-child-1-record.pdf: No font here has a sign for U+E123" in ended.err
    assert "signs-not-shown" in called("log", "C4").lines[-1]


def test_every_key_of_the_data_is_on_the_page_of_commands(called: Run) -> None:
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
    section = page.partition("## duty-tui export")[2].partition("\n## ")[0]
    found = called("export", "data", "C4").json
    assert not {key for key in (*found, *found["entries"][0]) if f"`{key}`" not in section}


@pytest.mark.parametrize("words", [("data", "--all"), ("record", "C4", "--md", "-o", "out"), ("case-note", "C4")])
def test_what_makes_a_form_is_imported_for_that_form_alone(called: Run, folder: Path, words: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom duty_tui.cli.root import root\n"
        f"try:\n    root({['export', *words]!r}, prog_name='duty-tui')\n"
        "finally:\n    print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert "Amara" in ended.stdout or len(list(folder.iterdir())) == 3
    assert set(ended.stderr.split()) & {"typst", "docx", "lxml", "textual"} == set()
