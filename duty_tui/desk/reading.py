"""A concern as its own screen shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from duty_tui.desk import projection
from duty_tui.desk.desk import Desk
from duty_tui.desk.next_step import next_step
from duty_tui.desk.outgoing import waiting
from duty_tui.desk.owed import left_open
from duty_tui.desk.situation import situation_of
from duty_tui.desk.stage import stage_of
from duty_tui.domain.ages import age_words
from duty_tui.domain.concern import Answered, Concern
from duty_tui.domain.events import Stamp
from duty_tui.domain.history import Recorded, withdrawn
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.times import day_words, london, london_date, moment_words
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.explain import standing
from duty_tui.rules.order import place
from duty_tui.rules.questions import open_questions
from duty_tui.views.concern import ChildLine, ClockLine, ConcernView, DuplicateLine, FactLine, TimelineLine

_SAID = {True: "yes", False: "no", None: "not known"}
_SHARES = {
    "upn": "same UPN",
    "nhs": "same NHS number",
    "name+born": "same name and date of birth",
    "case": "same case number",
}


def concern_view(desk: Desk, concern_id: str, at: datetime) -> ConcernView:
    """Everything about one concern as of `at`. Raises Refused when there is none with this id."""
    concern = desk.concern(concern_id)
    row = desk.row(concern_id)
    situation = situation_of(concern, desk.rulebook)
    deadlines = desk.rulebook.deadlines(situation)
    found = place(deadlines, desk.rulebook.vocabulary)
    return ConcernView(
        id=concern.id,
        reference=f"C{row.number}" if row else "",
        version=concern.version,
        title=title_of(concern, at),
        received=received_words(concern),
        referred=concern.referred,
        identified=moment_words(concern.identified) if concern.identified else "",
        caller=_caller(concern.caller),
        source=concern.source,
        what=concern.what,
        happened=concern.happened,
        owner=concern.owner,
        stage=stage_of(concern),
        closed=concern.closed,
        next_step=next_step(concern, found, deadlines),
        facts=tuple(facts_of(desk, concern)),
        children=tuple(_child(child, at) for child in concern.children),
        clocks=tuple(_clocks(concern, deadlines, at)) if concern.is_open else (),
        timeline=tuple(timeline(concern)),
        duplicates=tuple(
            DuplicateLine(other.id, other.reference, _SHARES[other.kind])
            for other in desk.seen.duplicates_of(concern.id, projection.identities_of(concern))
        ),
        warnings=(*_unsent(desk, concern), *_warnings(concern)),
        as_of=at,
        restricted=concern.restricted_to,
    )


def title_of(concern: Concern, at: datetime) -> str:
    """The concern's name and ages for a title: `Okafor: Amara 4y, Kofi 2y`."""
    today = london_date(at)
    children = ", ".join(
        f"{child.name or child.case_number or child.called} {age_words(child.born, child.expected, today)}"
        for child in concern.children
    )
    return f"{concern.family}: {children}" if concern.family else children


def timeline(concern: Concern) -> Iterator[TimelineLine]:
    """Every entry, the first one first; what was withdrawn stays, marked."""
    gone = withdrawn(concern.history)
    stamps = {item.stamp.entry: item.stamp for item in concern.history}
    for item in concern.history:
        yield TimelineLine(
            item.stamp.entry,
            item.stamp.version,
            item.stamp.recorded,
            item.stamp.actor,
            item.event.kind if item.event else "",
            _words(item) + _after(item, stamps) + _typed_before(item.stamp),
            item.stamp.entry in gone,
            _fixed(concern, item, gone),
            item.stamp.at if item.stamp.sent else None,
        )


def _typed_before(stamp: Stamp) -> str:
    """What a timeline adds to an entry that was typed while the record was away."""
    if stamp.sent is None:
        return ""
    typed, sent = london(stamp.at), london(stamp.sent)
    day = "" if typed.date() == sent.date() else f"{typed.day} {typed:%b} "
    return f" · Typed {day}{typed:%H:%M}, sent {sent:%H:%M} when the record was back."


def _words(item: Recorded) -> str:
    if item.event is not None:
        return item.event.words()
    return "Destroyed under the retention rule" if item.destroyed else "Written by a newer version of duty-tui"


def _after(item: Recorded, stamps: Mapping[str, Stamp]) -> str:
    """Whose entry about the same was known when this one was recorded all the same; empty where there was none."""
    before = stamps.get(item.event.after) if item.event else None
    return f" (knowing of what {before.actor} recorded {moment_words(before.at)})" if before else ""


def _fixed(concern: Concern, item: Recorded, gone: set[str]) -> str | None:
    if item.event is None:
        return "This entry cannot be read here."
    return "Already undone." if item.stamp.entry in gone else item.event.why_fixed(concern)


def received_words(concern: Concern) -> str:
    """When it was received, or the day where only that is known; empty when neither is."""
    if concern.received is None:
        return ""
    if concern.received_precision == "day":
        return f"{day_words(london_date(concern.received))}, time not known"
    return moment_words(concern.received)


def _caller(caller: Caller) -> str:
    parts = [caller.name, caller.role, caller.agency, caller.telephone]
    said = ", ".join(filter(None, parts)) or "not named"
    return f"{said} (asked not to be named)" if caller.anonymous else said


def _child(child: Child, at: datetime) -> ChildLine:
    today = london_date(at)
    born = f"born {day_words(child.born)}" if child.born else ""
    expected = f"expected {day_words(child.expected)}" if child.expected else ""
    numbers = (("NHS", child.nhs_number), ("UPN", child.upn), ("case", child.case_number))
    said = [born, expected, child.sex, *(f"{name} {number}" for name, number in numbers if number), child.school]
    details = ", ".join(filter(None, (*said, child.note)))
    return ChildLine(
        child.number, child.called, age_words(child.born, child.expected, today), details, tuple(child.doubts(today))
    )


def facts_of(desk: Desk, concern: Concern) -> Iterator[FactLine]:
    """Questions that matter first, then those answered."""
    vocabulary = desk.rulebook.vocabulary.fact
    asked = {
        question.fact: question for question in open_questions(desk.rulebook, situation_of(concern, desk.rulebook))
    }
    for name, question in asked.items():
        known = _last(concern.answers.get(name, ()))
        answer, by = ("not known", known.by) if known else ("not asked", "")
        yield FactLine(name, question.ask, answer, by, question.effect)
    for name, answers in concern.answers.items():
        if name not in asked and (known := _last(answers)):
            ask = vocabulary[name].ask if name in vocabulary else name.replace("_", " ")
            yield FactLine(name, ask, _SAID[known.value], known.by, "")


def _last(answers: Sequence[Answered]) -> Answered | None:
    return max(answers, key=lambda answer: answer.since, default=None)


def _clocks(concern: Concern, deadlines: Sequence[Deadline], at: datetime) -> Iterator[ClockLine]:
    for item in deadlines:
        child = concern.child(item.child) if item.child else None
        about = child.called if child and len(concern.children) > 1 else ""
        if item.discussion:
            about = f"{about} discussion {item.discussion}".strip()
        yield ClockLine(
            item.pack.pack.id,
            item.clock.id,
            item.obligation.do,
            item.obligation.label,
            about,
            standing(item, at),
            item.due,
            item.overdue(at),
            item.governs,
            item.certain,
        )


def _unsent(desk: Desk, concern: Concern) -> Iterator[str]:
    many = sum(one.concern == concern.id for one in waiting(desk))
    if many:
        what = "1 entry of yours on it waits" if many == 1 else f"{many} entries of yours on it wait"
        yield f"{what} on this machine, NOT RECORDED: N in the queue shows them."


def _warnings(concern: Concern) -> Iterator[str]:
    yield from left_open(concern)
    if concern.unread:
        yield "Some entries were written by a newer duty-tui and are not read here: bring this one up to date."
    if concern.destroyed:
        were = "was" if concern.destroyed == 1 else "were"
        yield f"{concern.destroyed} of its entries {were} destroyed under a retention rule; who and when remain."
