"""Why a concern stands where it stands, and where it would stand if an answer or a time were another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from duty_tui.desk.desk import Desk
from duty_tui.desk.reading import facts_of, title_of
from duty_tui.desk.situation import situation_of, what_if
from duty_tui.domain.concern import Answer, Concern
from duty_tui.domain.times import day_words, moment_words
from duty_tui.errors import Refused
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.explain import Explanation, explain, standing
from duty_tui.rules.order import Place, owed, place
from duty_tui.rules.questions import open_questions
from duty_tui.rules.row_order import row_key
from duty_tui.rules.situation import Situation
from duty_tui.rules.words import due_words
from duty_tui.store.rows import ConcernRow
from duty_tui.views.why import WhyQuestion, WhySection, WhyView

_SAID: Mapping[Answer, str] = {"yes": "yes", "no": "no", "unknown": "not known"}
_CAME = {True: "received", False: "came up on an open case"}


def why_view(
    desk: Desk,
    concern_id: str,
    at: datetime,
    answers: Mapping[str, Answer] | None = None,
    received: datetime | None = None,
) -> WhyView:
    """The reason for a concern's place at `at`; with other `answers` or another time of receipt, what would be.

    Nothing is recorded. Raises Refused when there is no such concern, or a question is not of the vocabulary.
    """
    concern = desk.concern(concern_id, how="why")
    row = desk.row(concern_id)
    book = desk.rulebook
    if unknown := [name for name in answers or {} if name not in book.vocabulary.fact]:
        raise Refused(f"There is no question called {unknown[0]}.", do="Use a name that `duty-tui policy show` prints.")
    supposed = replace(concern, received=received) if received else concern
    situation = what_if(situation_of(supposed, book), answers or {})
    deadlines = book.deadlines(situation) if concern.is_open else []
    found = place(deadlines, book.vocabulary)
    return WhyView(
        concern=concern.id,
        reference=f"C{row.number}" if row else "",
        title=title_of(concern, at),
        headline=_headline(found, book, at) if concern.is_open else "Closed: it has no place in the queue.",
        sections=tuple(
            section
            for section in (
                *_standing_in_queue(desk, concern, at),
                *_without_referral(supposed),
                *_sections(book, situation, deadlines, found, at),
            )
            if section.lines
        ),
        questions=tuple(_questions(desk, concern, situation)),
        supposed=tuple(_supposed(book, answers or {}, received, _CAME[concern.referred])),
        due=found.due,
        as_of=at,
    )


def _questions(desk: Desk, concern: Concern, situation: Situation) -> Iterator[WhyQuestion]:
    """The questions in their recorded order, each with what an answer would change in the situation looked at."""
    effects = {question.fact: question.effect for question in open_questions(desk.rulebook, situation)}
    for fact in facts_of(desk, concern):
        yield WhyQuestion(fact.name, fact.ask, fact.answer, effects.get(fact.name, ""))


def _standing_in_queue(desk: Desk, concern: Concern, at: datetime) -> Iterator[WhySection]:
    """The place as recorded, among those before and after it."""
    now = int(at.timestamp())
    rows = sorted(desk.rows(), key=lambda row: row_key(row, now))
    place_of = next((number for number, row in enumerate(rows) if row.id == concern.id), None)
    if place_of is None:
        return
    lines = [f"{place_of + 1} of {len(rows)} open concerns"]
    if place_of:
        lines.append(f"After {_beside(rows[place_of - 1], now)}")
    if place_of + 1 < len(rows):
        lines.append(f"Before {_beside(rows[place_of + 1], now)}")
    yield WhySection("PLACE", tuple(lines))


def _without_referral(concern: Concern) -> Iterator[WhySection]:
    """That nothing was referred: why the time counts from when it was identified."""
    if concern.received and not concern.referred:
        when = moment_words(concern.received)
        yield WhySection("HOW IT CAME", (f"Came up on an open case {when}; nothing was referred.",))


def _beside(row: ConcernRow, now: int) -> str:
    """Another row, by reference only: `C12, overdue since …`, `C4, band 2, due …`."""
    if row.hidden:
        return f"C{row.number}"
    if row.due is None:
        return f"C{row.number}, band {row.rank}, no numbered due, came in {moment_words(_instant(row.received))}"
    due = due_words(_instant(row.due))
    return f"C{row.number}, {f'overdue, was due {due}' if row.due <= now else f'band {row.rank}, due {due}'}"


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _headline(found: Place, book: Rulebook, at: datetime) -> str:
    if found.deadline is None:
        return "Nothing is owed under the adopted policies."
    band = book.vocabulary.urgency[found.rank - 1].label
    return f"{found.deadline.obligation.do}: {standing(found.deadline, at)} ({band})"


def _supposed(book: Rulebook, answers: Mapping[str, Answer], received: datetime | None, how: str) -> Iterator[str]:
    for name, answer in answers.items():
        yield f"{book.vocabulary.fact[name].label}: {_SAID[answer]}"
    if received:
        yield f"{how} {moment_words(received)}"


def _sections(
    book: Rulebook, situation: Situation, deadlines: Sequence[Deadline], found: Place, at: datetime
) -> Iterator[WhySection]:
    """The governing deadline in full, then what else is owed, one line each; a section may be empty."""
    if found.deadline is not None:
        yield from _explained(explain(book, situation, deadlines, found.deadline, at))
    others = [item for item in deadlines if item is not found.deadline and owed(item)]
    yield WhySection("ALSO OWED", tuple(f"{item.obligation.do}: {standing(item, at)}" for item in others))


def _explained(reason: Explanation) -> Iterator[WhySection]:
    cite = reason.citation
    yield WhySection("RULE", (reason.rule, f"{reason.document}, {cite.paragraph}: “{cite.words}”"))
    yield WhySection("COUNTED", (f"From {reason.start}", *reason.steps, f"Due {reason.due}", *reason.notes))
    yield WhySection("DAYS THAT DID NOT COUNT", tuple(f"{day_words(day)}: {why}" for day, why in reason.skipped))
    yield WhySection(
        "NOT KNOWN YET", tuple(f"{item.ask} yes → {item.if_yes}; no → {item.if_no}" for item in reason.unknown)
    )
    yield WhySection("OTHER CLOCKS OF THE SAME DUTY", tuple(f"{item.clock}: {item.why}" for item in reason.lost))
    yield WhySection(
        "HOW THE TEXT IS READ", tuple(f"{item.question} {item.adopted} ({item.reason})" for item in reason.readings)
    )
