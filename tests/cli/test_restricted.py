"""What no command may print: anything of a restricted concern, for somebody who is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from duty_tui.cli.root import COMMANDS
from duty_tui.clock import system_clock
from duty_tui.domain.commands import AddNote, AnswerQuestions, RaiseConcern
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted, LineNoted, PersonInvited
from duty_tui.domain.escalation_commands import SubmitEscalation
from duty_tui.domain.escalation_events import To
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.times import london_date
from duty_tui.opening import Opening, opening
from duty_tui.store.journal import new_id
from duty_tui.wiring import open_desk
from tests.cli.conftest import Ended, Run, running
from tests.discussions import action, decided, person

ME, JO, BO = "Ann Osei", "Z0qjo Park", "Bo Lind"
#: Every word of the concern holds this; nobody else's does.
MARK = "z0q"
#: What commands are tried with, to the last word; a command that is not here is found missing.
LINES: dict[str, tuple[tuple[str, ...], ...]] = {
    "queue": (
        *((), ("--json",), ("--csv",), ("--find", "z0qfamily"), ("--find", "z0qamara", "--json"), ("--find", "c1")),
        *(("--view", view) for view in ("mine", "unowned", "today", "overdue")),
    ),
    "why": (("C1",), ("C1", "--json"), ("C4",), ("C4", "--json"), ("C2",), ("C3", "--json")),
    "show": (("C1",), ("C1", "--json"), ("C1", "--child", "1"), ("1",)),
    "log": (("C1",), ("C1", "--json"), ("ID",)),
    "obligations": ((), ("--json",), ("C1",), ("C1", "--json"), ("--late",), ("--owner", "z0qjo")),
    "actions": ((), ("--json",), ("--agency", "Z0qforce"), ("--overdue",), ("--mine",)),
    "escalations": ((), ("--json",), ("--all", "--json")),
    "escalation": (("C1", "1"), ("C1", "1", "--json")),
    "breaches": (("--from", "2020-01-01"), ("--from", "2020-01-01", "--json"), ("--from", "2020-01-01", "--csv")),
    "stats": ((), ("--json",), ("--csv",)),
    "handover": ((), ("--json",), ("--since", "2020-01-01")),
    "board": ((), ("--once",)),
    "export": (
        *(("case-note", "C1"), ("data", "C1"), ("data", "--all"), ("data", "--all", "--csv"), ("data", "ID", "--csv")),
        *(("record", "C1", "--md"), ("set", "C1", "--md"), ("need-to-know", "C1", "--md"), ("interim-note", "C1")),
        *(
            ("disagreement", "C1", "--md"),
            ("actions", "C1", "--md"),
            ("handover", "--md"),
            ("breaches", "--from", "2020-01-01", "--md"),
        ),
    ),
    "circulate": (
        *(("C1",), ("C1", "--status"), ("C1", "--json"), ("C1", "--smtp"), ("C1", "--drafts"), ("C1", "--sent")),
        ("C1", "--by-hand", "Bo Lind", "--how", "on paper"),
    ),
    "invite": (("C1",), ("C1", "--discussion", "1", "--yes")),
    "restrict": (("C1", "--to", BO, "--reason", "Curious"), ("C1", "--lift", "--reason", "Curious")),
    "import": (("twin.csv", "--dry-run"), ("twin.csv", "--dry-run", "--json"), ("twin.csv",)),
    "init": ((),),
    "demo": (("--help",),),
    "outbox": ((), ("--json",)),
    "verify": ((), ("--json",)),
    "checkpoint": ((), ("--json",)),
    "backup": (("copy.db",),),
    "database": (("copy", "none.db", "copy.db"),),
    "restore": (("none.db",),),
    "destroy": (("C1", "--authority", "Board", "--rule", "R1", "--confirm", "C1"),),
    "key": (("show",), ("show", "--json"), ("export-recovery",)),
    "due": (("--policy", "action-note-003", "--received", "2026-11-20"),),
    "workday": (("2026-12-24", "3"),),
    "policy": (("list",), ("check",)),
    "closure": (("list",), ("add", "DAY", "Staff day"), ("remove", "DAY", "--reason", "Called off")),
    "moved": ((), ("--json",)),
    "service": (("show",), ("show", "--json")),
}
#: Those that say nothing of any concern by name, nor of what was written on it.
NAMELESS = frozenset(
    (
        "init",
        "demo",
        "board",
        "import",
        "invite",  # nothing is booked on it
        "outbox",  # nothing waits
        "verify",
        "checkpoint",
        "backup",
        "database",
        "restore",
        "destroy",
        "key",
        "due",
        "workday",
        "policy",
        "closure",
        "moved",
        "service",
        "stats",
        "restrict",
    )
)
TWIN = "reference,received,source,family,child name,date of birth,upn,what happened\nR9,2026-11-20,School,Okafor,Z0qamara Z0qfamily,2019-03-04,,Seen\n"  # noqa: E501 - a line of the file is a line


def work_as(home: Path, name: str) -> None:
    """From here on somebody of this name sits at the terminal."""
    settings = opening(None, None, system_clock()).places.settings_file
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f'name = "{name}"\n', encoding="utf-8")
    assert str(settings).startswith(str(home))


def how() -> Opening:
    return opening(None, None, system_clock())


def _said(now: datetime) -> Iterator[AtDiscussion]:
    start = now - timedelta(days=1)
    events = (
        PersonInvited(discussion=1, name="Z0qhale", agency="Z0qforce", role="police", contact="z0q 0117"),
        DiscussionStarted(discussion=1, at=start, chair="Z0qchair", format="telephone", children=(1,)),
        person("Z0qhale", agency="Z0qforce", job="Z0qdetective"),
        LineNoted(discussion=1, text="Z0qline"),
        decided(1, label="Z0qlabel", reason="Z0qdecided"),
        action(1, what="Z0qaction", who=BO, agency="Z0qforce", due=start + timedelta(hours=2)),
        DiscussionEnded(discussion=1, at=start + timedelta(hours=1)),
    )
    return (AtDiscussion(event=event) for event in events)


@pytest.fixture
def marked(run: Run, home: Path) -> Iterator[Path]:
    """A desk whose first concern is full of marked words and restricted; the second and third are as any other."""
    work_as(home, ME)
    assert run("init").status == 0
    now, concern = system_clock(), new_id()
    long_ago = now - timedelta(days=9)
    with (desk := open_desk(how())).store:
        child = Child(number=1, name="Z0qamara Z0qfamily", born=date(2019, 3, 4), school="Z0qschool", note="Z0qnote")
        told = Caller(name="Z0qcaller", role="Z0qrole", agency="Z0qagency", telephone="0117 z0q")
        raised = RaiseConcern(
            received=long_ago, caller=told, source="Z0qsource", family="Z0qfamily", children=(child,), what="Z0qwhat",
            happened="Z0qhappened", reference="Z0qreference", owner=JO,
            answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes", "allegation_against_staff": "yes"},
        )  # fmt: skip
        desk.do(concern, raised)
        for act in _said(now):
            desk.do(concern, act)
        desk.do(concern, AddNote(text="Z0qnoted"))
        desk.do(concern, AnswerQuestions(answers={"actual_harm_evidenced": "yes"}, child=1, reason="Z0qbecause"))
        submitted = SubmitEscalation(
            ladder="pack/z0q", label="Z0qladder", at=now, recipients=(To(name="Z0qmanager", role="manager"),),
            facts=("Z0qfact",), fields={"why": "Z0qfield"},
        )  # fmt: skip
        desk.do(concern, submitted)
        for number, name in enumerate(("Kofi", "Esi", "Jay"), 1):
            other = RaiseConcern(received=long_ago + timedelta(days=number), children=(Child(number=1, name=name),))
            desk.do(new_id(), other)
        desk.do(concern, RestrictConcern(names=(ME, JO), reason="Z0qreason"))
    (home.parent / "twin.csv").write_text(TWIN, encoding="utf-8")
    work_as(home, BO)
    yield home
    work_as(home, ME)


def words(*line: str) -> list[str]:
    with (desk := open_desk(how())).store as store:
        [found] = [row.id for row in store.rows() if row.restricted]
        del desk
    today = london_date(system_clock())
    ahead = next(day for at in range(1, 9) if (day := today + timedelta(days=at)).weekday() < 5)
    return [found[:9] if word == "ID" else ahead.isoformat() if word == "DAY" else word for word in line]


def test_every_command_is_tried() -> None:
    assert set(LINES) == set(COMMANDS)


def printed(command: str, *line: str) -> tuple[Ended, str]:
    ended = running(command, *words(*line))
    assert "incident" not in ended.err
    return ended, (ended.out + ended.err).casefold()


@pytest.mark.parametrize("command", LINES)
def test_nothing_of_a_restricted_concern_is_printed_for_somebody_not_named(command: str, marked: Path) -> None:
    assert marked.exists()
    for line in LINES[command]:
        _, found = printed(command, *line)
        assert MARK not in found.replace(" ".join(line).casefold(), ""), (command, line)


@pytest.mark.parametrize("command", LINES)
def test_and_all_of_it_for_those_who_are(command: str, marked: Path) -> None:
    """What the test above looks for is there: it would be found."""
    work_as(marked, ME)
    found = "".join(printed(command, *line)[1] for line in LINES[command])
    assert (MARK in found) == (command not in NAMELESS)


def test_it_is_refused_with_whom_to_ask_and_listed_by_number_alone(marked: Path) -> None:
    assert marked.exists()
    for line in (
        ("why", "C1"),
        ("show", "1"),
        ("log", "C1", "--json"),
        ("obligations", "C1"),
        ("escalation", "C1", "1"),
        ("circulate", "C1"),
        ("invite", "C1"),
    ):
        ended, _ = printed(*line)
        assert (ended.status, ended.out) == (1, ""), line
        assert "C1 is restricted to named people, and you are not one of them." in ended.err
        assert "ask Ann Osei, who restricted it." in ended.err
    rows = running("queue", "--json").json
    assert [row["reference"] for row in rows][-1] == "C1"
    assert {key: value for key, value in rows[-1].items() if value is not None} == {
        "reference": "C1",
        "place": 4,
        "restricted": True,
    }
    assert [line.split() for line in running("queue").lines if "C1" in line] == [["C1", "RESTRICTED"]]
    twin = running("import", "twin.csv", "--dry-run", "--json").json
    shared = {"row": "row 2", "other": "a restricted concern (ask Ann Osei)", "shares": "name+born"}
    assert twin["possible_duplicates"] == [shared]
    assert running("queue", "--csv").lines[-1] == "4,C1" + "," * 20 + "yes"


@pytest.mark.parametrize("line", [*LINES["breaches"], *LINES["stats"], *LINES["handover"]])
def test_sheets_and_figures_have_not_even_its_number(line: tuple[str, ...], marked: Path) -> None:
    """Where only what was late, or new, is listed, the number alone tells."""
    assert marked.exists()
    command = next(name for name in ("breaches", "stats", "handover") if line in LINES[name])
    assert not re.search(r"\bc1\b", printed(command, *line)[1])


def test_sheets_say_that_something_is_left_out_and_files_for_programs_nothing(marked: Path) -> None:
    assert marked.exists()
    assert "Restricted concerns are not on this sheet." in running("handover").lines
    every, one_day = ("--from", "2020-01-01"), ("--from", "2020-01-01", "--to", "2020-01-02")
    for days in (every, one_day):
        assert running("breaches", *days).lines[1] == "1 restricted concern not shown, late or not"
    assert "restricted" not in running("breaches", *every, "--json").out + running("breaches", *every, "--csv").out
    work_as(marked, ME)
    assert "Restricted concerns" not in running("handover").out
    assert "not shown" not in running("breaches", *every).out


def test_who_alone_could_let_others_see_it_stays_in_the_list(marked: Path) -> None:
    for name, role in ((BO, "senior_manager"), (ME, "team_manager"), (JO, "social_worker")):
        assert running("service", "person", name, "--role", role).status == 0
    for change in (("--remove",), ("--role", "read_only")):
        ended = running("service", "person", ME.upper(), *change)
        assert ended.status == 1
        assert "nobody could let anybody else see C1" in ended.err
    assert running("service", "person", JO, "--remove").status == 0
    work_as(marked, ME)
    assert running("restrict", "C1", "--to", ME, "--to", BO, "--reason", "Ann leaves").status == 0
    work_as(marked, BO)
    assert running("service", "person", ME, "--remove").status == 0


def test_the_look_of_somebody_named_is_an_entry_each_time(marked: Path) -> None:
    work_as(marked, "Z0QJO PARK")
    running("why", "C1")
    running("show", "C1")
    running("show", "C2")
    kinds = [(line["actor"], line["words"]) for line in running("log", "C1", "--json").json]
    assert kinds[-3:] == [("Z0QJO PARK", f"Viewed while restricted ({how})") for how in ("why", "show", "log")]
    assert "record-viewed" not in running("log", "C2").out


def test_it_is_restricted_and_lifted_from_the_command_line(marked: Path) -> None:
    ended = running("restrict", "C2", "--to", BO, "--to", "Jo Park", "--reason", "Somebody here is named")
    assert (ended.status, ended.out, ended.err) == (0, "C2 is restricted to Bo Lind, Jo Park.\n", "")
    alone = running("restrict", "C2", "--to", BO, "--reason", "Fewer")
    assert alone.err == "Only one person is named: when they are away nobody can work on it.\n"
    work_as(marked, ME)
    assert running("restrict", "C2", "--lift", "--reason", "x").status == 1
    shut_out = running("restrict", "C3", "--to", BO, "--reason", "x")
    assert shut_out.status == 1
    assert "You are not among those named" in shut_out.err
    work_as(marked, BO)
    assert running("restrict", "C2", "--lift", "--reason", "Not so").out == "C2 is not restricted.\n"
    assert running("restrict", "C2", "--lift", "--reason", "Not so").status == 1
    assert running("restrict", "C2", "--reason", "x").status == 2
    assert running("restrict", "C2", "--lift", "--to", BO, "--reason", "x").status == 2
    kinds = [line["kind"] for line in running("log", "C2", "--json").json]
    assert kinds == ["concern-raised", "concern-restricted", "concern-restricted", "restriction-lifted"]
