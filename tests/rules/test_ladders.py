"""What can be escalated, step by step, read off packs: the real ones, and small ones of every other shape."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.ladders import Ladder, called_for, ladders
from duty_tui.rules.pack import Pack
from tests.rules.house import book, known, made, one, t, vocabulary, written

ALL = ("action-note-003", "three-working-days", "twenty-four-hours", "seven-minute-briefing", "ics-record")


def step(name: str, starts: str, met_by: Sequence[str], more: str = "") -> str:
    """An escalation, in TOML."""
    return (
        f'[[escalation]]\nid = "{name}"\ndo = "Do"\nlabel = "{name}"\nstrength = "must"\nmet_by = {list(met_by)}\n'
        f'owner = "sw_manager"\nstarts = {{ earliest = {starts} }}\nwithin = {{ promptly = "soon" }}\n{more}\n'
        'cite = { paragraph = "1", words = "soon" }\n'
    )


def shape(ladder: Ladder) -> list[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Each step: its rule, what it opens with, what takes it up, what settles it."""
    return [(one.rule.id, one.opens, one.up, one.settles) for one in ladder.steps]


def of(rulebook: Rulebook) -> dict[str, Ladder]:
    return {ladder.id: ladder for ladder in ladders(rulebook.active)}


def test_the_ladders_of_the_five_policies() -> None:
    assert [ladder.id for ladder in ladders(book(*ALL).active)] == [
        "action-note-003/need-to-know",
        "three-working-days/senior-management",
        "seven-minute-briefing/disagreement-practitioners",
        "seven-minute-briefing/non-attendance",
    ]


def test_a_disagreement_has_two_steps() -> None:
    ladder = of(book("seven-minute-briefing"))["seven-minute-briefing/disagreement-practitioners"]
    assert (ladder.form, ladder.per, ladder.label) == ("disagreement", "concern", "Settle it")
    assert [one.pack for one in ladder.steps] == ["seven-minute-briefing"] * 2
    up = "disagreement_not_resolved"
    assert shape(ladder) == [
        ("disagreement-practitioners", ("disagreement_raised",), (up,), ("disagreement_resolved",)),
        ("disagreement-senior", (up,), (), ("disagreement_resolved",)),
    ]


@pytest.mark.parametrize(
    ("pack", "rule", "event", "per"),
    [
        ("action-note-003", "need-to-know", "need_to_know_submitted", "concern"),
        ("seven-minute-briefing", "non-attendance", "matter_escalated", "discussion"),
        ("three-working-days", "senior-management", "senior_mgmt_notified", "concern"),
    ],
)
def test_a_step_that_stands_alone_is_met_by_being_taken(pack: str, rule: str, event: str, per: str) -> None:
    ladder = of(book(pack))[f"{pack}/{rule}"]
    assert shape(ladder) == [(rule, (event,), (), (event,))]
    assert ladder.per == per


def test_prompts_are_no_ladders() -> None:
    assert set(of(book("action-note-003"))) == {"action-note-003/need-to-know"}


def test_every_step_of_every_policy_that_is_no_prompt_stands_on_one_ladder() -> None:
    packs = [policy.newest for policy in book(*ALL).policies] + [made("ladder").newest]
    for pack in packs:
        climbed = [one.rule.id for ladder in ladders([pack]) for one in ladder.steps]
        assert sorted(climbed) == sorted(rule.id for rule in pack.escalation if not rule.prompt_only)


def test_every_event_of_a_ladder_is_one_of_the_vocabulary() -> None:
    for ladder in ladders([*book(*ALL).active, made("ladder").newest]):
        for rung in ladder.steps:
            assert {*rung.opens, *rung.up, *rung.settles} <= set(vocabulary().event)


def test_a_first_step_that_only_a_fact_or_a_miss_begins_makes_nothing_happen() -> None:
    """To raise a disagreement must not settle it."""
    first = step("a", '["fact:disagreement_open"]', ["disagreement_resolved"])
    second = step("b", '["disagreement_not_resolved", "breach:a", "late:a"]', ["disagreement_resolved"], 'after = "a"')
    (ladder,) = ladders(written(first + second).active)
    assert [one.opens for one in ladder.steps] == [(), ("disagreement_not_resolved",)]


def test_a_step_that_begins_itself_again_is_not_settled_by_that() -> None:
    again = step("a", '["disagreement_raised"]', ["disagreement_raised", "disagreement_resolved"])
    (ladder,) = ladders(written(again).active)
    assert shape(ladder) == [
        ("a", ("disagreement_resolved",), ("disagreement_raised",), ("disagreement_resolved",)),
    ]


def test_two_ways_up_and_a_third_step_are_one_ladder() -> None:
    text = (
        step("a", '["disagreement_raised"]', ["disagreement_resolved", "matter_escalated", "senior_mgmt_notified"])
        + step("c", '["senior_mgmt_notified"]', ["disagreement_resolved"], 'after = "a"')
        + step("b", '["matter_escalated"]', ["disagreement_resolved"], 'after = "c"\nform = "disagreement"')
        + step("d", '["matter_escalated"]', ["disagreement_resolved"], 'after = "a"')
    )
    (ladder,) = ladders(written(text).active)
    assert [one.rule.id for one in ladder.steps] == ["a", "c", "b", "d"]
    assert ladder.form == "disagreement"
    assert ladder.steps[0].up == ("matter_escalated", "senior_mgmt_notified")


def test_what_follows_a_prompt_is_a_first_step() -> None:
    prompt = step("ask", '["referral_received"]', ["discussion_held"], "prompt_only = true")
    after = step("then", '["discussion_booked"]', ["matter_escalated"], 'after = "ask"')
    assert [ladder.id for ladder in ladders(written(prompt + after).active)] == ["written/then"]


def test_a_pack_without_escalations_has_no_ladder() -> None:
    assert ladders([]) == []
    assert ladders(book("ics-record").active) == []


# ---------------------------------------------------------------------------------------------------- what calls for it
NOTE = book("action-note-003", "seven-minute-briefing")
FORM = of(NOTE)["action-note-003/need-to-know"]
TALK = of(NOTE)["seven-minute-briefing/disagreement-practitioners"]
SURE = {"reasonable_cause": True}


def ids(ladder: Ladder, events: dict[str, str], at: str | None = None) -> list[str]:
    found = NOTE.deadlines(known({"referral_received": "2026-11-20T18:00", **events}, SURE))
    return [deadline.clock.id for deadline in called_for(ladder, found, t(at) if at else None)]


def test_a_miss_that_lies_ahead_calls_for_the_form_only_once_it_has_passed() -> None:
    assert ids(FORM, {}) == ["need-to-know"]
    assert ids(FORM, {}, "2026-11-24T23:59") == []
    assert ids(FORM, {}, "2026-11-25T00:00") == ["need-to-know"]


def test_what_was_done_calls_for_nothing() -> None:
    assert ids(FORM, {"discussion_held": "2026-11-25T10:00", "need_to_know_submitted": "2026-11-25T09:00"}) == []
    assert ids(FORM, {"discussion_held": "2026-11-24T10:00"}) == []


def test_a_ladder_is_called_for_by_any_of_its_steps() -> None:
    raised = {"disagreement_raised": "2026-11-21T10:00"}
    assert ids(TALK, raised) == ["disagreement-practitioners"]
    both = {**raised, "disagreement_not_resolved": "2026-11-21T12:00"}
    assert ids(TALK, both) == ["disagreement-senior"]


def test_the_rule_of_an_older_version_calls_for_the_same_ladder() -> None:
    packs: list[Pack] = list(made("dated").versions)
    (newest,) = ladders(packs[-1:])
    rulebook = Rulebook.always([made("dated")], vocabulary(), NOTE.calendars)
    old = one(rulebook, known({"referral_received": "2025-03-03T10:00"}), newest.steps[0].rule.id)
    assert old.obligation is not newest.steps[0].rule
    assert called_for(newest, [old]) == [old]
