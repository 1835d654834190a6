"""`duty-tui escalations` and `duty-tui escalation`, on the practice desk and on one where nothing went up."""

from __future__ import annotations

import pytest

from duty_tui.clock import system_clock
from duty_tui.desk.escalating import conclude, escalation_list, form_of, submit
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, UpdateEscalation
from duty_tui.opening import open_store, opening
from duty_tui.wiring import bare_desk
from tests.cli.conftest import Run
from tests.desk.escalated import DI, FILLED

KEYS = [
    *("concern", "reference", "title", "number", "ladder", "form", "label", "for", "discussion", "status"),
    *("submitted", "submitted_by", "recipients", "held_by", "age", "next", "further_step", "fields", "facts"),
    *("acknowledged", "updates", "steps", "outcome", "resolved", "concluded"),
]


@pytest.fixture
def sent(desk: Run) -> Run:
    """A Need to Know about the concern C1, which somebody has and added to."""
    own = bare_desk(open_store(opening(None, None, system_clock())), "Ann Osei", system_clock)
    now, concern = system_clock(), own.find("C1").id
    own.do(concern, submit(form_of(own, concern, "action-note-003/need-to-know", now), FILLED, (DI,), now))
    own.do(concern, AcknowledgeEscalation(escalation=1, by="Di Marsh", at=now))
    own.do(concern, UpdateEscalation(escalation=1, text="An officer on Monday", at=now))
    own.store.close()
    return desk


def concluded(run: Run) -> None:
    own = bare_desk(open_store(opening(None, None, system_clock())), "Ann Osei", system_clock)
    [line] = escalation_list(own, system_clock())
    own.do(line.concern, conclude(line, system_clock(), outcome="Held on Monday"))
    own.store.close()


def test_nothing_open_is_said(desk: Run) -> None:
    assert desk("escalations").lines == ["No escalation is open."]
    assert desk("escalations", "--json").json == []


def test_one_line_for_each_with_who_has_it_and_what_comes_next(sent: Run) -> None:
    [head, line] = sent("escalations").lines
    assert head.split() == ["NO", "N", "WHAT", "AGE", "STATUS", "HELD", "BY", "NEXT"]
    assert line.split()[:2] == ["C1", "1"]
    for word in ("'Need to Know' form", "0 min", "acknowledged", "Di Marsh", "say how it ended"):
        assert word in line


def test_json_has_the_promised_keys(sent: Run) -> None:
    [found] = sent("escalations", "--json").json
    assert list(found) == KEYS
    assert found["recipients"] == [{"name": "Di Marsh", "role": "Head of service", "contact": "01632 960001"}]
    assert found["fields"][0] == {"ask": "What prevents it", "said": FILLED["prevents"]}
    assert [step["standing"] for step in found["steps"]] == ["for 0 min"]
    assert found["steps"][0]["began"].endswith("Z")
    assert (found["for"], found["discussion"], found["further_step"]) == (None, None, None)
    assert (found["outcome"], found["resolved"], found["concluded"]) == (None, None, None)
    assert sent("escalation", "C1", "1", "--json").json == found


def test_with_its_outcome_it_leaves_the_list_but_not_the_record(sent: Run) -> None:
    concluded(sent)
    assert sent("escalations", "--json").json == []
    [found] = sent("escalations", "--all", "--json").json
    assert (found["status"], found["outcome"], found["resolved"], found["next"]) == (
        *("concluded", "Held on Monday", True, None),
    )
    assert found["concluded"].endswith("Z")
    assert "Held on Monday" in sent("escalations", "--all").lines[1]
    assert "Outcome: Held on Monday" in sent("escalation", "1", "1").lines


def test_one_in_full_is_plain_text(sent: Run) -> None:
    lines = sent("escalation", "C1", "1", "--at", "2099-01-01").lines
    assert lines[0].startswith("C1  ")
    assert lines[1] == "'Need to Know' form, escalation 1: acknowledged"
    assert lines[2].startswith("Submitted ")
    assert lines[2].endswith("days open")
    assert lines[3] == "Next: say how it ended"
    for heading, said in (
        ("GOES TO", "  Di Marsh, Head of service, 01632 960001"),
        ("WHAT PREVENTS IT", f"  {FILLED['prevents']}"),
        ("INTERIM SAFETY", f"  {FILLED['safety']}"),
    ):
        assert lines[lines.index(heading) + 1] == said
    assert lines[lines.index("FROM THE RECORD") + 1].startswith("  Child: Amara Okafor")
    assert lines[lines.index("STEPS") + 1].startswith("  1. Need to Know: Di Marsh, for ")
    assert lines[lines.index("ACKNOWLEDGED") + 1].startswith("  Di Marsh, ")
    assert lines[lines.index("UPDATES") + 1].endswith("Ann Osei: An officer on Monday")


def test_one_that_is_not_there_is_refused(sent: Run) -> None:
    ended = sent("escalation", "C1", "2")
    assert (ended.status, ended.out) == (1, "")
    assert "There is no such escalation on this concern." in ended.err


def test_what_is_empty_has_no_heading(run: Run) -> None:
    shown = run("escalations", "--json")
    assert shown.err.startswith("PRACTICE")
    [found] = [one for one in shown.json if one["form"] == "disagreement"]
    lines = run("escalation", found["reference"], str(found["number"])).lines
    assert "STEPS" in lines
    assert not {"GOES TO", "FROM THE RECORD", "ACKNOWLEDGED", "UPDATES"} & set(lines)
