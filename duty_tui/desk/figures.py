"""From judged cases to figures: so many of so many, what is open beside them, the middle margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from duty_tui.desk.duty import Duty
from duty_tui.desk.margin import margin_words
from duty_tui.desk.story import Story
from duty_tui.domain.kinds import is_among
from duty_tui.domain.times import due_words, moment_words
from duty_tui.rules.words import wait_words
from duty_tui.views.statistics import Case, Figure, Verdict


class Judged(NamedTuple):
    """One case with the London day it belongs to."""

    day: date
    case: Case
    duty: Duty | None = None


def figure(key: str, label: str, found: Iterable[Judged], words: str = "") -> Figure:
    """The figure that some judged cases make: met, missed and open are all of them but those that ended before."""
    counted = tuple(found)
    number = Counter(one.case.verdict for one in counted)
    good, unknown = number["met"], number["not known"]
    numbers = (good, good + number["missed"], number["open"] + unknown, unknown, number["ended"])
    return behind(Figure(key, label, *numbers, words), counted)


def behind(shown: Figure, found: Sequence[Judged]) -> Figure:
    """The figure with those cases behind it that this person may see, and whether there are others.

    Neither number nor mark of the others: either would tell of a concern whether something of it was late, and when.
    """
    cases = tuple(one.case for one in found if one.case.concern)
    return shown._replace(cases=cases, others=len(cases) < len(found))


def said(key: str, label: str, words: str, found: Sequence[Judged] = ()) -> Figure:
    """A figure that is words and no number."""
    return behind(Figure(key, label, 0, 0, words=words, counts=False), found)


def middle(found: Sequence[Judged]) -> str:
    """How early or late the middle one was, of all that were done; of an even number the later of the two middle ones.

    `5 hours before the limit`, `2 working days after it`; `none` where nothing was done.
    """
    done = sorted((duty for one in found if (duty := one.duty) and duty.met_at and duty.due), key=_margin)
    return _margin_words(done[len(done) // 2]) if done else "none"


def _margin(duty: Duty) -> timedelta:
    """How long after its due a duty was met; negative before it. It has a due and was met."""
    return cast("datetime", duty.met_at) - cast("datetime", duty.due)


def _margin_words(duty: Duty) -> str:
    words = margin_words(cast("datetime", duty.due), cast("datetime", duty.met_at), duty.calendar)
    return f"{words} {'after' if duty.late else 'before'} the limit"


def duty_case(story: Story, duty: Duty, verdict: Verdict, *, at: datetime, actor: str, did: str) -> Case:
    """A duty as a case; `did` says what meets it: "held", "seen"."""
    return seen_case(story, verdict, actor, lambda: _duty_words(story, duty, verdict, at, did))


def seen_case(story: Story, verdict: Verdict, actor: str, words: Callable[[], str]) -> Case:
    """A case of a concern, as far as `actor` may see it."""
    if story.restricted_to is not None and not is_among(story.restricted_to, actor):
        return Case("", "", "", verdict, "")
    return Case(story.concern, f"C{story.number}", story.title, verdict, words())


def _duty_words(story: Story, duty: Duty, verdict: Verdict, at: datetime, did: str) -> str:
    about = f"{story.names.get(duty.child, f'child {duty.child}')}: " if duty.child and len(story.names) > 1 else ""
    about = f"{about}discussion {duty.discussion}: " if duty.discussion else about
    if duty.met_at is not None:
        if duty.due is None:
            return f"{about}{did} {moment_words(duty.met_at)}, {wait_words(duty.met_at - duty.start)} after it began"
        unsure = ", if a question left open is answered so" if verdict == "not known" else ""
        return f"{about}{did} {moment_words(duty.met_at)}, {_margin_words(duty)}{unsure}"
    if duty.due is None:
        waiting = "concern closed" if verdict == "ended" else f"waiting for {wait_words(at - duty.start)}"
        return f"{about}not {did}, no number stated, {waiting}"
    match verdict:
        case "missed":
            return f"{about}NOT {did}, was due {due_words(duty.due)}"
        case "ended":
            return f"{about}not {did}, concern closed before {due_words(duty.due)}"
        case "not known":
            return f"{about}not {did}, due {due_words(duty.due)} unless an unanswered question rules it out"
        case _:
            return f"{about}not {did} yet, due {due_words(duty.due)}"
