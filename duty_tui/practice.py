"""The practice desk: invented concerns that look like today's, whenever today is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from duty_tui.data_files import DATA
from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import form_of, submit
from duty_tui.desk.service_defaults import READ_ONLY, service_defaults
from duty_tui.domain.commands import AddNote, AnswerQuestions, CloseConcern, Command, RaiseConcern, RecordMilestone
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, SubmitEscalation, TakeUp
from duty_tui.domain.escalation_events import To
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.service import ServiceEvent
from duty_tui.domain.service_people import PersonListed, RecipientsSet
from duty_tui.domain.times import london_date, start_of_day
from duty_tui.practice_past import BY, Rest, past_acts
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.store.journal import new_id

CONCERNS = DATA / "demo" / "concerns.toml"
PEOPLE = DATA / "demo" / "people.toml"

#: The desk has been at work for so long: what it adopted holds for every concern on it.
AT_WORK = timedelta(days=400)
_SPAN = re.compile(r"(?:(\d+)w)? ?(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)?")
_AGE = re.compile(r"(?:(\d+)y)? ?(?:(\d+)m)? ?(?:(\d+)w)? ?(?:(\d+)d)?")
_MONTHS = 12


class Form(NamedTuple):
    """A form filled from the record as it stands when it is submitted: which, what was typed, and to whom it goes."""

    ladder: str
    fields: Mapping[str, str]
    to: Sequence[Recipient]

    def command(self, desk: Desk, concern: str, at: datetime) -> Command:
        """The command that submits it."""
        return submit(form_of(desk, concern, self.ladder, at), self.fields, self.to, at)


class Act(NamedTuple):
    """Something done on one concern: when, by whom (empty for whoever opens the desk), what."""

    at: datetime
    concern: str
    by: str
    command: Command | Form | Rest

    def clock(self) -> datetime:
        """What the clock showed when it was done."""
        return self.at


def fill(desk: Desk, now: datetime) -> None:
    """Do everything in the order in which it would have happened before the UTC instant `now`."""
    me = desk.actor
    desk.decide(_staff(me))
    found = tomllib.loads(CONCERNS.read_text("utf-8"))["concern"]
    words = desk.rulebook.vocabulary
    acts = [act for told in found for act in _acts(told, now, me, words)]
    past = past_acts(now, words, lambda number, told: _child(number, told, london_date(now)))
    acts += [Act(at, concern, BY, made) for at, concern, made in past]
    for act in sorted(acts, key=lambda act: act.at):
        desk.actor, desk.clock = act.by or me, act.clock
        made = act.command
        desk.do(act.concern, made if isinstance(made, Command) else made.command(desk, act.concern, act.at))
    desk.actor = me


def _staff(me: str) -> list[ServiceEvent]:
    """The invented people and `me`, who has every role: whoever practises may try everything."""
    told = tomllib.loads(PEOPLE.read_text("utf-8"))
    every = tuple(role for role in service_defaults().role if role != READ_ONLY)
    forms: dict[str, list[To]] = {}
    for one in told["recipient"]:
        forms.setdefault(one.pop("form"), []).append(To(**one))
    return [
        *(PersonListed(name=name, roles=roles) for name, roles in told["people"].items()),
        PersonListed(name=me, roles=every),
        *(RecipientsSet(form=form, recipients=tuple(people)) for form, people in forms.items()),
    ]


def _acts(told: Mapping[str, Any], now: datetime, me: str, words: Vocabulary) -> Iterator[Act]:
    concern = new_id()
    received = before(told["received"], now)
    yield Act(received, concern, told.get("by", ""), _raised(told, received, now, me))
    for later in told.get("then", ()):
        at = min(received + span(later["after"]), now)
        yield Act(at, concern, later.get("by", ""), _done(later, at, now, words))


def _raised(told: Mapping[str, Any], received: datetime, now: datetime, me: str) -> RaiseConcern:
    today = london_date(now)
    owner = told.get("owner")
    by_day = told.get("precision") == "day"
    return RaiseConcern(
        received=start_of_day(london_date(received)) if by_day else received,
        received_precision=told.get("precision", "minute"),
        identified=before(told["identified"], now) if "identified" in told else None,
        caller=Caller(**told.get("caller", {})),
        source=told["source"],
        family=told.get("family", ""),
        children=tuple(_child(number, child, today) for number, child in enumerate(told["children"], 1)),
        what=told["what"],
        happened=told.get("happened", ""),
        taken_by=told.get("taken_by", "telephone"),
        reference=told.get("reference", ""),
        answers=told.get("answers", {}),
        owner=me if owner == "me" else owner,
    )


def _child(number: int, told: Mapping[str, Any], today: date) -> Child:
    known = {key: value for key, value in told.items() if key not in ("age", "expected", "nhs")}
    return Child(
        number=number,
        born=born(told["age"], today) if "age" in told else None,
        expected=today + span(told["expected"]) if "expected" in told else None,
        nhs_number=told.get("nhs", ""),
        **known,
    )


def _done(later: Mapping[str, Any], at: datetime, now: datetime, words: Vocabulary) -> Command | Form:
    child, discussion = later.get("child"), later.get("discussion")
    if "note" in later:
        return AddNote(text=later["note"])
    if "answers" in later:
        return AnswerQuestions(answers=later["answers"], child=child, discussion=discussion)
    if "close" in later:
        return CloseConcern(reason=later["close"])
    return _event(later, at, now, words) if "event" in later else _escalated(later, at)


def _escalated(later: Mapping[str, Any], at: datetime) -> Command | Form:
    if "submit" in later:
        return Form(later["submit"], later["fields"], [Recipient(**one) for one in later["to"]])
    if "raise" in later:
        return SubmitEscalation(**later["raise"], at=at)
    if "acknowledge" in later:
        return AcknowledgeEscalation(escalation=later["acknowledge"], by=later["who"], at=at)
    told = {name: later[name] for name in ("who", "role", "makes")}
    return TakeUp(escalation=later["take_up"], said=later["say"], at=at, **told)


def _event(later: Mapping[str, Any], at: datetime, now: datetime, words: Vocabulary) -> Command:
    name = words.event[later["event"]]
    return RecordMilestone(
        event=later["event"],
        label=name.label,
        at=now + span(later["at"]) if "at" in later else at,
        child=later.get("child"),
        discussion=later.get("discussion"),
        planned=name.planned,
        note=later.get("say", ""),
    )


def before(text: str, now: datetime) -> datetime:
    """`-2h 10m` before `now`; `-40m today` likewise, but not before the London midnight today began with."""
    moment = now - span(text.removeprefix("-").removesuffix(" today"))
    return max(moment, start_of_day(london_date(now))) if text.endswith(" today") else moment


def span(text: str) -> timedelta:
    """`1d 3h`, `40m`, `6w`: time that passes, in weeks, days of 24 hours, hours and minutes."""
    weeks, days, hours, minutes = (int(number or 0) for number in _parts(_SPAN, text))
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def born(age: str, today: date) -> date:
    """The date of birth of somebody who is `4y 3m`, `9m`, `3w` or `5d` old today."""
    years, months, weeks, days = (int(number or 0) for number in _parts(_AGE, age))
    year, month = divmod(today.year * _MONTHS + today.month - 1 - years * _MONTHS - months, _MONTHS)
    # A few days before the month is full, so that the age does not change under somebody's eyes; 28 fits every month.
    day = date(year, month + 1, min(today.day, 28))
    return day - timedelta(days=days, weeks=weeks)


def _parts(pattern: re.Pattern[str], text: str) -> tuple[str | None, ...]:
    match = pattern.fullmatch(text)
    if not match or not text:
        raise ValueError(f"{CONCERNS.name}: {text} is no length of time")
    return match.groups()
