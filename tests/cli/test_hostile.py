"""Whatever was typed, imported or written into the record by other means: printed as text, obeyed by nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duty_tui.cli.moving import agreed
from duty_tui.clock import system_clock
from duty_tui.opening import key_of, opening
from duty_tui.store.journal import new_id
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import open_desk
from tests.cli.conftest import Run, running
from tests.hostile import MARK, TEXTS, calculated, fill, obeyed, read_json, spoilt

#: Everything that prints what was typed, with the form it prints.
LINES = (
    *(("queue",), ("queue", "--json"), ("queue", "--csv"), ("queue", "--find", "z0q")),
    *(("why", "C1"), ("why", "C1", "--json"), ("show", "C1"), ("show", "C1", "--json"), ("show", "C1", "--child", "1")),
    *(("log", "C1"), ("log", "C1", "--json"), ("obligations",), ("obligations", "--json"), ("obligations", "C1")),
    *(("actions",), ("actions", "--json"), ("escalations",), ("escalations", "--json"), ("escalation", "C1", "1")),
    *(("escalation", "C1", "1", "--json"), ("handover",), ("handover", "--json"), ("board", "--once"), ("moved",)),
    *(("breaches", "--from", "2020-01-01", form) for form in ("--json", "--csv")),
    *(("stats",), ("stats", "--json"), ("stats", "--csv"), ("breaches", "--from", "2020-01-01"), ("service", "show")),
    *(("export", "data", "C1"), ("export", "data", "C1", "--csv"), ("export", "data", "--all", "--csv")),
    *(("export", "case-note", "C1"), ("circulate", "C1", "--status"), ("circulate", "C1", "--json"), ("verify",)),
)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose record has every typed word marked; to be spoilt."""
    home = tmp_path_factory.mktemp("marked") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUTY_TUI_HOME", str(home))
        assert running("init").status == 0
        with (desk := open_desk(opening(None, None, system_clock()))).store:
            fill(desk, system_clock(), new_id())
        yield home


Spoil = Callable[[Sequence[str]], None]


@pytest.fixture
def spoil(marked: Path, home: Path) -> Spoil:
    """Puts the marked record with these texts in it where the desk of this home is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUTY_TUI_HOME", str(marked))
        how = opening(None, None, system_clock())
        key = key_of(how)
        with SqliteStore(how.database, key) as store:
            entries = store.since(0)
    place = home / "data" / "desks" / "desk.db"
    (home / "config" / "keys").mkdir(parents=True)
    file = home / "config" / "keys" / "desk.key"
    file.write_text(key.hex() + "\n")
    file.chmod(0o600)

    def put(texts: Sequence[str]) -> None:
        place.unlink(missing_ok=True)
        with SqliteStore(place, key, create=True) as store:
            store.adopt(spoilt(entries, texts), database=new_id())

    return put


def nothing_is_obeyed(lines: Sequence[tuple[str, ...]]) -> None:
    found = 0
    for line in lines:
        ended = running(*line)
        assert ended.status == 0, (line, ended.err)
        assert "incident" not in ended.err
        assert obeyed(ended.out) == obeyed(ended.err) == [], line
        if "--csv" in line:
            assert calculated(ended.out) == [], line
        if "--json" in line:
            read_json(ended.out)
        found += MARK in ended.out
    assert found > len(lines) // 2, "the words are there, made harmless"


@pytest.mark.parametrize("turn", range(0, len(TEXTS), 11))
def test_nothing_that_is_printed_is_obeyed(spoil: Spoil, turn: int) -> None:
    spoil(TEXTS[turn:] + TEXTS[:turn])
    nothing_is_obeyed(LINES)


def test_nor_is_any_text_there_is(spoil: Spoil) -> None:
    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=9, max_size=9))
    def any_text(texts: list[str]) -> None:
        spoil(texts)
        nothing_is_obeyed([line for line in LINES if line[0] in ("queue", "log", "export")])

    any_text()


def test_nor_what_comes_in_by_a_file(run: Run, tmp_path: Path) -> None:
    assert run("init").status == 0
    headings = ("reference", "received", "family", "child name", "source", "what happened", "owner", "caller", "note")
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(headings)
        for number, text in enumerate(text.replace("\0", "") for text in TEXTS):
            out.writerow([f"{text}R{number}", "2026-11-20", *[f"{text}{MARK}"] * (len(headings) - 2)])
    ended = run("import", "in.csv")
    assert (ended.status, ended.lines[2]) == (0, f"added {len(TEXTS)}"), ended.err
    nothing_is_obeyed(
        [("queue", "--csv"), ("queue",), ("handover",), ("export", "data", "--all", "--csv"), ("log", "C9")]
    )


def test_nor_the_names_of_files_and_people(desk: Run, tmp_path: Path) -> None:
    bad = "\x1b]0;x\x07[bold]\u202e"
    (tmp_path / f"{bad}.csv").write_text("received\nnonsense\n")
    (tmp_path / bad).mkdir()
    for line in (
        *(("import", f"{bad}.csv"), ("import", f"{bad}no"), ("--database", f"{bad}.db", "queue"), ("why", bad)),
        *(("--key-file", bad, "queue"), ("policy", "check", bad), ("policy", "show", bad), ("backup", f"{bad}/x/y")),
        *(("service", "person", f"Jo {bad}", "--role", bad), ("closure", "add", "2026-12-24", bad), ("queue", bad)),
        *(
            ("export", "record", "C1", "--md", "-o", bad),
            ("queue", "--view", bad),
            (bad,),
            ("restrict", "C1", "--to", bad),
        ),
        *(("database", "copy", bad, bad), ("restore", bad), ("checkpoint", "--check", bad), ("due", "--policy", bad)),
        *(("circulate", "C1", "--received", bad), ("workday", bad, "3"), ("--passphrase-file", bad, "queue")),
    ):
        ended = desk(*line)
        assert obeyed(ended.out) == obeyed(ended.err) == [], line
        assert "incident" not in ended.err, line


@pytest.mark.parametrize("turn", range(0, len(TEXTS), 15))
def test_files_are_named_by_reference_and_lie_where_they_were_asked_for(
    spoil: Spoil, tmp_path: Path, turn: int
) -> None:
    spoil(TEXTS[turn:] + TEXTS[:turn])
    before, out = {*tmp_path.rglob("*")}, tmp_path / "out"
    out.mkdir()
    for line in (
        *(("record", "C1", form) for form in ("--pdf", "--docx", "--md")),
        *(("set", "C1", "--md"), ("handover", "--md"), ("breaches", "--from", "2020-01-01", "--md")),
    ):
        ended = running("export", *line, "-o", out)
        assert (ended.status, obeyed(ended.out), obeyed(ended.err)) == (0, [], []), (line, ended.err)
    made = [file for file in {*tmp_path.rglob("*")} - before if file.is_file() and "witness" not in file.parts]
    assert len(made) >= 6
    assert {file.parent for file in made} == {out}
    assert [file.name for file in made if not re.fullmatch(r"[A-Za-z0-9-]+\.(pdf|docx|md)", file.name)] == []


def test_a_question_at_the_terminal_is_clean_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.confirm", lambda question, **_: asked.append(question))
    agreed("Write to \x1b[2JJo\u202e there?")
    assert obeyed(asked[0]) == []


# -- that it would be seen


def test_it_would_be_seen() -> None:
    assert obeyed("fine\nA\x1b[2J\n") == ["A\x1b[2J"]
    assert obeyed("a\u202eb") != []
    assert calculated("a, =1\r\n'=1,x\r\n") == [" =1"]
