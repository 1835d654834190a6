"""A service adopts a policy with a ladder for disagreements by one command, and climbs it as the commands then tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from duty_tui.clock import system_clock
from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import conclude, escalation_list, form_of, submit, take_up
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted, PersonRecorded
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_commands import AcknowledgeEscalation
from duty_tui.errors import Refused
from duty_tui.opening import open_store, opening
from duty_tui.wiring import bare_desk
from tests.cli.conftest import Run, desk, home, made, run
from tests.desk.escalated import ABSENCE, DISAGREEMENT

__all__ = ["desk", "home", "made", "run"]

ADOPT = ("policy", "adopt", "seven-minute-briefing", "--from", "2026-11-01")
DISAGREED = {"about": "Whether she goes home", "sides": "Two accounts", "proposed": "A second discussion"}
ABSENT = {"absent": "The police", "without": "Whether he is known", "asked": "An officer each time"}


def on_record(act: Callable[[Desk, str], object]) -> None:
    """Somebody at another terminal does something about C1."""
    with (own := bare_desk(open_store(opening(None, None, system_clock())), "Ann Osei", system_clock)).store:
        act(own, own.find("C1").id)


def raised(desk: Desk, concern: str) -> None:
    now = system_clock()
    desk.do(concern, submit(form_of(desk, concern, DISAGREEMENT, now), DISAGREED, (), now, who="Dana Ellis"))


def refused(desk: Desk, concern: str) -> None:
    with pytest.raises(Refused, match="No policy in force has this escalation"):
        form_of(desk, concern, DISAGREEMENT, system_clock())


def not_settled(desk: Desk, _concern: str) -> None:
    [line] = escalation_list(desk, system_clock())
    desk.do(line.concern, take_up(line, system_clock(), said="They could not agree", who="M. Osei"))


def settled(desk: Desk, _concern: str) -> None:
    [line] = escalation_list(desk, system_clock())
    desk.do(line.concern, AcknowledgeEscalation(escalation=line.number, at=system_clock(), by="M. Osei"))
    [line] = escalation_list(desk, system_clock())
    desk.do(line.concern, conclude(line, system_clock(), outcome="They enquire jointly"))


def without_the_police(desk: Desk, concern: str) -> None:
    """A discussion with social care and health alone, over at once."""
    now = system_clock()
    told: tuple[Any, ...] = (
        DiscussionStarted(discussion=1, at=now, chair="Ann Osei", format="telephone", children=(1,)),
        PersonRecorded(discussion=1, name="Ann Osei", role="social_worker", standing="present"),
        PersonRecorded(discussion=1, name="Dr Lena Fry", role="health", standing="present"),
        PersonRecorded(discussion=1, name="PC Tom Hale", role="police", standing="absent"),
        DiscussionEnded(discussion=1, at=now),
    )
    for event in told:
        desk.do(concern, AtDiscussion(event=event))


def labels(run: Run) -> set[str]:
    """What is owed on C1, by its labels."""
    return {line["label"] for line in run("obligations", "C1", "--json").json if line["standing"] in ("owed", "unless")}


def test_before_it_is_adopted_nobody_can_disagree_by_it(desk: Run) -> None:
    assert "seven-minute-briefing" not in {
        line.split()[0] for line in desk("policy", "list").lines if "adopted" in line
    }
    asked = desk(*ADOPT)
    assert (asked.status, "Nothing was adopted." in asked.err) == (1, True)
    shown = desk(*ADOPT, "--yes")
    assert (shown.status, shown.err.splitlines()[-1]) == (0, "Recorded.")
    assert asked.out == shown.out, "what is shown first is what is then done"


def test_a_disagreement_goes_up_a_step_and_is_resolved(desk: Run) -> None:
    assert desk(*ADOPT, "--yes").status == 0
    on_record(raised)
    [first] = desk("escalations", "--json").json
    assert [(step["label"], step["who"]) for step in first["steps"]] == [("Settle it", "Dana Ellis")]
    assert "more senior staff" in first["further_step"]
    assert "Settle it" in labels(desk)

    on_record(not_settled)
    [second] = desk("escalations", "--json").json
    assert [step["who"] for step in second["steps"]] == ["Dana Ellis", "M. Osei"]
    assert (second["held_by"], second["further_step"]) == ("M. Osei", None)
    assert "Senior staff" in labels(desk)

    on_record(settled)
    assert desk("escalations", "--json").json == []
    [ended] = desk("escalations", "--all", "--json").json
    assert (ended["outcome"], ended["resolved"], ended["status"]) == ("They enquire jointly", True, "concluded")
    assert not {"Settle it", "Senior staff"} & labels(desk)
    said = [line["words"] for line in desk("log", "C1", "--json").json if line["kind"].startswith("escalation-")]
    assert len(said) == 4
    assert "They could not agree" in said[1]


def test_a_partner_who_did_not_come_is_escalated_and_the_breach_file_has_whom_it_went_to(desk: Run) -> None:
    assert desk(*ADOPT, "--yes").status == 0
    on_record(without_the_police)
    assert "Non-attendance" in labels(desk)

    def submitted(own: Desk, concern: str) -> None:
        form = form_of(own, concern, ABSENCE, system_clock(), discussion=1)
        assert any("police" in fact for fact in form.facts)
        own.do(concern, submit(form, ABSENT, [Recipient("R. Hale", "Head of Service")], system_clock()))

    on_record(submitted)
    assert "Non-attendance" not in labels(desk)
    [found] = desk("escalations", "--json").json
    assert (found["form"], found["discussion"], found["held_by"]) == ("non_attendance", 1, "R. Hale")
    printed = desk("escalation", "C1", "1").lines
    assert printed[printed.index("GOES TO") + 1] == "  R. Hale, Head of Service"
