"""What a concern looks like to the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from duty_tui.desk.circulation_situation import circulation_of
from duty_tui.desk.discussion_situation import facts_of, happenings_of
from duty_tui.desk.quoracy import absence_facts
from duty_tui.domain.concern import Answer, Concern, value_of
from duty_tui.domain.times import london_date
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.situation import Happening, Known, Situation, Variation


def situation_of(concern: Concern, rulebook: Rulebook) -> Situation:
    """The dated events and three-valued facts of a concern. What was not recorded is absent: not known, never no.

    The policies of `rulebook` say who had to be at a discussion that has ended; the rest is as recorded.
    Events stand in the order they were recorded: of a date people set, the last one recorded is the one that stands.
    """
    events: dict[str, list[Happening]] = {name: [Happening(at)] for name, at in _came_in(concern)}
    held = {discussion.number for discussion in concern.discussions if discussion.started}
    for milestone in concern.milestones:
        if milestone.event == "discussion_held" and milestone.discussion in held:
            continue
        happening = Happening(milestone.at, milestone.child, milestone.discussion, milestone.recorded)
        events.setdefault(milestone.event, []).append(happening)
    facts = {
        name: [Known(answer.value, answer.since, answer.child, answer.discussion) for answer in answers]
        for name, answers in concern.answers.items()
    }
    children = tuple(child.number for child in concern.children) or (1,)
    variations = _made_elsewhere(concern, events) if concern.escalations or concern.variations else ()
    if not concern.discussions:  # most concerns of a queue: nothing below has anything to add
        return Situation(events, facts, children, variations)
    for discussion in concern.discussions:
        for name, happening in (*happenings_of(discussion), *circulation_of(concern, discussion, rulebook)):
            events.setdefault(name, []).append(happening)
    for name, known in facts_of(concern.discussions):
        facts.setdefault(name, []).append(known)
    recorded = Situation(events, facts, children, variations)
    return replace(recorded, facts={**facts, **_absences(concern, recorded, rulebook)})


def _came_in(concern: Concern) -> Iterator[tuple[str, datetime]]:
    """How it came to be known. Without a referral only that it was identified: by the time it came up at the latest."""
    moments = {"referral_received": concern.received, "concern_identified": concern.identified}
    if not concern.referred:
        known = filter(None, moments.values())
        moments = {"concern_identified": min(known, default=None)}
    yield from ((name, at) for name, at in moments.items() if at)


def _made_elsewhere(concern: Concern, events: dict[str, list[Happening]]) -> tuple[Variation, ...]:
    """Puts what the escalations made happen among `events`, and returns the variations that were approved."""
    for one in concern.escalations:
        for name, at in one.made:
            events.setdefault(name, []).append(Happening(at, one.child, one.discussion))
    return tuple(
        Variation(one.clock, one.due, one.role, one.reason, one.child, one.discussion, one.by)
        for one in concern.variations
    )


def _absences(concern: Concern, recorded: Situation, rulebook: Rulebook) -> Mapping[str, list[Known]]:
    """Whether each discussion that ended was quorate, by what else is known."""
    found: dict[str, list[Known]] = {}
    for discussion in concern.discussions:
        if discussion.ended:
            packs = rulebook.in_force(london_date(discussion.ended))
            look = rulebook.look(recorded, None, discussion.number)
            for name, known in absence_facts(discussion, packs, look, rulebook.vocabulary):
                found.setdefault(name, []).append(known)
    return found


def what_if(situation: Situation, answers: Mapping[str, Answer]) -> Situation:
    """The same situation with other answers to some questions, for everybody concerned; nothing is recorded."""
    supposed = {name: [Known(value_of(answer))] for name, answer in answers.items()}
    return replace(situation, facts={**situation.facts, **supposed})
