"""`show`, `log` and `actions`: what was recorded at discussions, without a screen."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import Withdraw
from duty_tui.domain.decision_events import (
    ActionDone,
    ChildPlaced,
    DissentRecorded,
    RecordAddedTo,
    RecordSigned,
    SharingDecided,
)
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import (
    DiscussionAgreed,
    HeldInquorate,
    LineNoted,
    PointAnswered,
    RoleInformed,
)
from duty_tui.opening import open_store, opening
from duty_tui.store.presence import Presence
from duty_tui.store.rows import Draft
from duty_tui.wiring import desk_of
from tests.cli.conftest import Run
from tests.discussions import CONCERN, action, began, decided, ended, person, siblings

START = datetime(2026, 11, 20, 18, 15, tzinfo=UTC)
DUE = START + timedelta(days=1)


@pytest.fixture
def called(desk: Run, home: Path) -> Run:
    """The desk of three concerns and a fourth about siblings: their discussion was held, the eldest's record signed."""
    moment = [START]
    (home / "config").mkdir(exist_ok=True)
    store = open_store(opening(None, None, START))
    with store:
        made = desk_of(store, "Ann Osei", lambda: moment[0])
        made.do(CONCERN, siblings())
        moment[0] += timedelta(hours=1)
        hold(made)
    return desk


def hold(desk: Desk) -> None:
    def say(event: object) -> None:
        desk.do(CONCERN, AtDiscussion.model_validate({"event": event}))

    say(DiscussionAgreed(discussion=1, format="telephone", reason="Two bruises"))
    say(began(at=START))
    say(HeldInquorate(discussion=1, reason="Hospital will not wait"))
    say(person("PC Hale", senior=True))
    say(person("Di Ray", "health", job="", agency="NHS", standing="apologies", reason="ill"))
    lado = {"role": "lado", "title": "Designated Officer (LADO)", "who": "Jo Hart", "note": "by phone"}
    say(RoleInformed.model_validate({"discussion": 1, "at": START, **lado}))
    say(LineNoted(discussion=1, text="Grandmother can help\nand will"))
    say(LineNoted(discussion=1, text="A slip"))
    desk.do(CONCERN, Withdraw(entry=desk.concern(CONCERN).history[-1].stamp.entry))
    say(decided(1, 2))
    say(DissentRecorded(discussion=1, who="PC Hale", text="Too early", outcome="Heard"))
    say(action(1, 2, who="Di Ray", agency="Health Trust", due=DUE))
    say(action(2, what="Ring"))
    say(SharingDecided(discussion=1, children=(1,), what="The visit", when="today"))
    say(SharingDecided(discussion=1, children=(1,), withheld="Where they stay"))
    say(PointAnswered(discussion=1, item="ics-record/other-actions", text="No more", asked="What else?"))
    say(ChildPlaced(discussion=1, child=3, included=False, reason="Lives abroad"))
    name = desk.concern(CONCERN).discussions[0].actions[0].id
    say(ActionDone(discussion=1, action=name, child=1, at=START, how="Seen"))
    say(ended(at=START + timedelta(minutes=30)))
    say(RecordSigned(discussion=1, child=1))
    say(RecordAddedTo(discussion=1, child=1, text="The school rang"))


def test_each_childs_record_is_shown_whole(called: Run) -> None:
    shown = called("show", "C4")
    assert (shown.status, shown.err) == (0, "")
    first, second, third = shown.out.split("RECORD  ")[1:]
    for words in (
        "discussion 1, child 1: Amara Okoye",
        "Signed by Ann Osei, Fri 20 Nov 2026 19:15",
        "telephone, Fri 20 Nov 2026 18:15 to Fri 20 Nov 2026 18:45, chair Ann Osei",
        "Why it was held: Two bruises",
        "Held without a quorum: Hospital will not wait",
        "PC Hale, Detective, Police, present",
        "Di Ray, NHS, apologies; ill",
        "Received Fri 20 Nov 2026 18:00",
        "Designated Officer (LADO); Jo Hart; Fri 20 Nov 2026 18:15; by phone",
        "s47. Reason: A fresh bruise",
        "PC Hale: Too early; Heard",
        "Di Ray, Health Trust: See the child at home, by Sat 21 Nov 2026 18:15 (children 1, 2).",
        " Done Fri 20 Nov 2026 18:15.",
        "The visit; today",
        "withheld: Where they stay",
        "What else?: No more",
        "ADDED AFTER SIGNING",
        "The school rang",
    ):
        assert words in first
    assert "LACKS" not in first
    for words in ("NOT SIGNED", "nobody named: Ring, no time set.", "LACKS", "“Ring”, by when", "Grandmother can help"):
        assert words in second
    assert "The school rang" not in second
    assert "Dropped from the discussion. Reason: Lives abroad" in third
    assert "A slip" not in shown.out


def test_the_same_as_an_object(called: Run) -> None:
    found = called("show", CONCERN[:8], "--json").json
    assert (found["reference"], len(found["records"])) == ("C4", 3)
    first, second, third = found["records"]
    assert (first["complete"], first["lacks"], first["signed"]) == (
        True,
        [],
        {"by": "Ann Osei", "at": first["signed"]["at"]},
    )
    assert (second["complete"], second["signed"], second["name"]) == (False, None, "Kofi Okoye")
    assert "“Ring”, by when" in second["lacks"]
    assert (third["dropped"], third["lacks"], third["complete"]) == ("Lives abroad", [], False)
    assert first["actions"][0]["done"] == {"at": "2026-11-20T18:15:00Z", "how": "Seen"}
    assert second["actions"][0]["done"] is None
    assert [one["present"] for one in first["people"]] == [True, False]
    assert first["additions"][0]["text"] == "The school rang"
    assert set(first) == set(second) == set(third)


def test_every_key_of_a_record_is_on_the_page_of_commands(called: Run) -> None:
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
    section = page.partition("## duty-tui show")[2].partition("\n## ")[0]
    [record, *_] = called("show", "C4", "--json").json["records"]
    assert not {key for key in record if f"`{key}`" not in section}
    for part in ("people", "notes", "answers", "decisions", "challenge", "actions", "sharing", "additions"):
        assert not {key for one in record[part] for key in one if f"`{key}`" not in section}


def test_who_has_it_open_and_who_types_is_said_first(called: Run) -> None:
    assert called("show", "C4", "--json").json["present"] == []
    assert "Now here" not in called("show", "C4").out
    now = datetime.now(UTC)
    with open_store(opening(None, None, START)) as store:
        store.be_present(Presence("t1", "DS Patel", "desk-3", CONCERN, "concern", now), START)
        store.save_draft(Draft("d1", "discussion.decision", CONCERN, "K. Osei", "desk-4", now, {"text": "half a sen"}))
    shown = called("show", "C4")
    assert shown.out.splitlines()[1] == "Now here: K. Osei is typing: decisions · DS Patel has this open"
    assert "half a sen" not in shown.out
    first, second = called("show", "C4", "--json").json["present"]
    assert (first["who"], first["screen"], first["typing"]) == ("K. Osei", None, "decisions")
    assert (second["machine"], second["screen"], second["typing"]) == ("desk-3", "concern", None)


def test_the_records_of_one_child(called: Run) -> None:
    assert [one["child"] for one in called("show", "4", "--child", "2", "--json").json["records"]] == [2]
    refused = called("show", "4", "--child", "7")
    assert (refused.status, refused.out) == (1, "")
    assert "no child 7" in refused.err


def test_a_concern_without_a_discussion_says_so(called: Run) -> None:
    assert called("show", "C1").lines[-1] == "No discussion was held."
    assert called("show", "C1", "--json").json["records"] == []
    assert called("show", "C9").status == 1


def test_the_log_has_every_entry_with_its_time_in_london_and_utc(called: Run) -> None:
    lines = called("log", "C4").lines
    assert lines[0].startswith(
        "   1  Fri 20 Nov 2026 18:15  2026-11-20T18:15:00Z  Ann Osei  concern-raised  Concern raised"
    )
    assert [int(line.split()[0]) for line in lines] == list(range(1, len(lines) + 1))
    assert len([line for line in lines if "[withdrawn]" in line]) == 1
    assert any(line.endswith("Grandmother can help / and will") for line in lines)


def test_the_log_as_objects(called: Run) -> None:
    found = called("log", "C4", "--json").json
    assert found[0]["london"] == "2026-11-20T18:15:00+00:00"
    assert [one["words"] for one in found if one["withdrawn"]] == ["A slip"]
    assert all(re.fullmatch(r"[0-9a-f]{32}", one["entry"]) for one in found)


def test_what_is_to_be_done_is_one_list(called: Run) -> None:
    lines = called("actions", "--at", "2026-11-20T20:00").lines
    assert lines[0].split() == ["NO", "DUE", "WHAT", "FOR", "WHO", "AGENCY"]
    assert "Sat 21 Nov" in lines[1]
    assert "nobody named" in lines[2]
    assert "LATE" in called("actions", "--at", "2026-11-22T20:00").out


def test_the_actions_of_an_agency_overdue_as_objects(called: Run) -> None:
    [one] = called("actions", "--agency", "HEALTH trust", "--overdue", "--at", "2026-11-22", "--json").json
    assert (one["reference"], one["who"], one["children"], one["done_for"]) == ("C4", "Di Ray", [1, 2], [1])
    assert (one["due"], one["overdue"], one["lacks"]) == ("2026-11-21T18:15:00Z", True, ["how it is checked"])
    nothing = called("actions", "--agency", "Police")
    assert (nothing.status, nothing.out) == (0, "No action is open.\n")
    assert called("actions", "--agency", "Police", "--json").out == "[]\n"


def test_mine_are_those_of_the_name_in_the_settings(called: Run, home: Path) -> None:
    (home / "config" / "settings.toml").write_text('name = "DI RAY"\n')
    assert [one["what"] for one in called("actions", "--mine", "--json").json] == ["See the child at home"]


def test_the_practice_desk_says_that_it_is_one(run: Run) -> None:
    listed, data = run("actions"), run("actions", "--json")
    assert listed.lines[0].startswith("PRACTICE desk")
    assert data.err.startswith("PRACTICE desk")
    assert isinstance(data.json, list)
