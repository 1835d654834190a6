"""Which questions are still open, and what an answer would do: those first that could bring the time forward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from duty_tui.rules.conditions import Kleene
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.order import is_duty
from duty_tui.rules.situation import Known, Situation
from duty_tui.rules.words import due_words


class Question(NamedTuple):
    """A fact nobody has answered yet and on which a deadline depends."""

    fact: str
    ask: str
    label: str
    #: It keeps a due open that is earlier than any certain one.
    sooner: bool
    #: What each answer would make of the earliest limit it keeps open.
    if_yes: str
    if_no: str

    @property
    def effect(self) -> str:
        """Both answers in one line: `yes → end of Fri 20 Nov 2026; no → then end of Mon 23 Nov 2026`."""
        return f"yes → {self.if_yes}; no → {self.if_no}"


def open_questions(rulebook: Rulebook, situation: Situation) -> list[Question]:
    """The facts not known on which something owed, or about to be owed, depends.

    First those that keep a due open which is earlier than any certain one, the earliest such due first; then the others
    of running clocks; last those of clocks not begun, without the decisions of a discussion that is still to come.
    """
    deadlines = rulebook.deadlines(situation)
    sure = [d.due for d in deadlines if d.state is State.RUNNING and d.certain and d.due and is_duty(d)]
    certain = min(sure, default=None)
    first: dict[str, tuple[tuple[bool, bool, float], Deadline]] = {}
    for fact, deadline in _keeping_open(rulebook, deadlines):
        running = deadline.state is State.RUNNING
        due = deadline.due if running else None
        sooner = due is not None and (certain is None or due < certain)
        rank = (not sooner, not running, due.timestamp() if due else float("inf"))
        if fact not in first or rank < first[fact][0]:
            first[fact] = (rank, deadline)
    asked = sorted(first.items(), key=lambda item: item[1][0])
    return [_question(rulebook, situation, fact, deadline, not rank[0]) for fact, (rank, deadline) in asked]


def _keeping_open(rulebook: Rulebook, deadlines: list[Deadline]) -> Iterator[tuple[str, Deadline]]:
    facts = rulebook.vocabulary.fact
    for deadline in deadlines:
        if deadline.state not in (State.RUNNING, State.WAITING) or not is_duty(deadline):
            continue
        for name in deadline.unless:
            later = deadline.state is State.WAITING and facts[name].kind == "decision"
            if facts[name].kind != "derived" and not later:
                yield name, deadline


def _question(rulebook: Rulebook, situation: Situation, fact: str, deadline: Deadline, sooner: bool) -> Question:
    name = rulebook.vocabulary.fact[fact]
    yes, no = (would_be(rulebook, supposed(situation, fact, answer), deadline) for answer in (True, False))
    return Question(fact, name.ask, name.label, sooner, yes, no)


def supposed(situation: Situation, fact: str, answer: Kleene) -> Situation:
    """The same situation with another answer to one question, for everybody concerned."""
    return replace(situation, facts={**situation.facts, fact: [Known(answer)]})


def would_be(rulebook: Rulebook, situation: Situation, deadline: Deadline) -> str:
    """What a deadline would be in another situation; where it falls away, what would govern in its stead."""
    duty = [other for other in rulebook.deadlines(situation) if same_duty(other, deadline)]
    this = next((other for other in duty if other.clock is deadline.clock), None)
    if this is not None and this.state is State.RUNNING:
        return _owed_words(rulebook, this)
    if this is not None and this.state is State.WAITING:
        return "applies once it begins" if this.certain else "open still"
    governing = next((other for other in duty if other.governs), None)
    return f"then {_owed_words(rulebook, governing)}" if governing else "not owed"


def same_duty(one: Deadline, other: Deadline) -> bool:
    """Whether two deadlines are clocks of one obligation, for the same child and discussion."""
    return one.obligation is other.obligation and (one.child, one.discussion) == (other.child, other.discussion)


def _owed_words(rulebook: Rulebook, deadline: Deadline) -> str:
    due = due_words(deadline.due) if deadline.due else "owed, no time stated"
    open_still = ", ".join(rulebook.vocabulary.fact[name].label for name in deadline.unless)
    return f"{due} unless ruled out by {open_still}" if open_still else due
