"""What a concern looks like to the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from duty_tui.desk.discussion_situation import facts_of, happenings_of
from duty_tui.domain.concern import Answer, Concern, value_of
from duty_tui.rules.situation import Happening, Known, Situation


def situation_of(concern: Concern) -> Situation:
    """The dated events and three-valued facts of a concern. What was not recorded is absent: not known, never no.

    Events stand in the order they were recorded: of a date people set, the last one recorded is the one that stands.
    """
    events: dict[str, list[Happening]] = {}
    if concern.received:
        events["referral_received"] = [Happening(concern.received)]
    if concern.identified:
        events["concern_identified"] = [Happening(concern.identified)]
    held = {discussion.number for discussion in concern.discussions if discussion.started}
    for milestone in concern.milestones:
        if milestone.event == "discussion_held" and milestone.discussion in held:
            continue
        happening = Happening(milestone.at, milestone.child, milestone.discussion)
        events.setdefault(milestone.event, []).append(happening)
    facts = {
        name: [Known(answer.value, answer.since, answer.child, answer.discussion) for answer in answers]
        for name, answers in concern.answers.items()
    }
    for discussion in concern.discussions:
        for name, happening in happenings_of(discussion):
            events.setdefault(name, []).append(happening)
    for name, known in facts_of(concern.discussions):
        facts.setdefault(name, []).append(known)
    return Situation(
        events=events,
        facts=facts,
        children=tuple(child.number for child in concern.children) or (1,),
    )


def what_if(situation: Situation, answers: Mapping[str, Answer]) -> Situation:
    """The same situation with other answers to some questions, for everybody concerned; nothing is recorded."""
    supposed = {name: [Known(value_of(answer))] for name, answer in answers.items()}
    return replace(situation, facts={**situation.facts, **supposed})
