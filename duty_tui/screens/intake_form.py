"""What is on the form while a concern is being taken: as typed, as kept in a draft, and as it would be recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple, Self

from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.concern import Answer
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.times import iso_utc, london_date
from duty_tui.domain.typed_time import Reading, read_time
from duty_tui.screens.intake_children import ReadChild, read_children, shared_surname
from duty_tui.store.journal import new_id

#: What a form's place is called on the screen, in order.
SECTIONS = ("Caller", "Children", "What happened", "Questions")
CALLER, CHILDREN, STORY, QUESTIONS = range(4)

#: The fields that are typed into, by name.
TYPED = ("name", "role", "agency", "telephone", "received", "identified", "emerged", "children", "what", "happened")
_ANSWERS: Mapping[Any, Answer] = {"yes": "yes", "no": "no", "unknown": "unknown"}


def _aware(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without its offset")
    return at


class Problem(NamedTuple):
    """What stands in the way of recording: in which section, at which field, and why, in words."""

    section: int
    field: str
    why: str


@dataclass
class IntakeForm:
    """Everything typed for one concern. The text is what counts: a reading is made of it whenever one is needed."""

    #: When the form was opened: the moment of receipt unless another is typed.
    opened: datetime
    #: Made once, so that recording a second time after a lost answer records nothing twice.
    mark: str = field(default_factory=new_id)
    concern: str = field(default_factory=new_id)
    draft: str = field(default_factory=new_id)
    section: int = CALLER
    name: str = ""
    role: str = ""
    agency: str = ""
    telephone: str = ""
    anonymous: bool | None = None
    #: False when nothing was referred: it came up on an open case at the time under `received`.
    referred: bool = True
    received: str = ""
    identified: str = ""
    #: Why it counts as identified only after it was received; a manager's reason.
    emerged: str = ""
    children: str = ""
    what: str = ""
    happened: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    #: When a relative time (`10m ago`) was typed, by field.
    typed_at: dict[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Nothing was typed or answered."""
        typed = any(getattr(self, name).strip() for name in TYPED)
        return self.referred and not (typed or self.answers or self.anonymous is not None)

    def put(self, name: str, text: str, now: datetime) -> bool:
        """Take what stands in a field; whether that is something new."""
        if getattr(self, name) == text:
            return False
        setattr(self, name, text)
        if name in ("received", "identified"):
            self.typed_at[name] = iso_utc(now)
        return True

    def body(self) -> dict[str, Any]:
        """As a draft keeps it: JSON values only."""
        return asdict(self) | {"opened": iso_utc(self.opened)}

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """The form a draft kept. Keys it does not know are left out: a newer program may have written them.

        Raises KeyError, TypeError, ValueError or AttributeError where a value is not of the kind it ought to be.
        """
        form = cls(opened=_aware(body["opened"]))
        for name in {one.name for one in fields(cls)} - {"opened", "answers"}:
            value = body.get(name, getattr(form, name))
            if type(value) is not type(getattr(form, name)) and (name, type(value)) != ("anonymous", bool):
                raise TypeError(name)
            setattr(form, name, value)
        for at in form.typed_at.values():
            _aware(at)
        form.answers = {name: _ANSWERS[answer] for name, answer in body.get("answers", {}).items()}
        return form

    def time(self, name: str) -> Reading | None:
        """What the typed time of a field means; None while nothing stands there."""
        text = getattr(self, name)
        return read_time(text, now=self._typed_at(name)) if text.strip() else None

    def _typed_at(self, name: str) -> datetime:
        at = self.typed_at.get(name)
        return datetime.fromisoformat(at) if at else self.opened

    def read(self) -> list[ReadChild | None]:
        """What each line of children says."""
        return read_children(self.children, london_date(self.opened))

    @property
    def received_at(self) -> datetime:
        """The moment of receipt as far as it can be read; that of opening the form otherwise."""
        reading = self.time("received")
        return (reading.instant if reading else None) or self.opened

    @property
    def late_identified(self) -> bool:
        """It is said to have been identified only after a referral was received."""
        reading = self.time("identified")
        return bool(self.referred and reading and reading.instant and reading.instant > self.received_at)

    def problems(self) -> Iterator[Problem]:
        """What stands in the way of recording, in the order of the form."""
        for name in ("received", "identified"):
            reading = self.time(name)
            if reading and reading.instant is None:
                yield Problem(CALLER, name, asked(reading))
        read = [child for child in self.read() if child]
        if not read:
            yield Problem(CHILDREN, "children", "No child is named. Write one line; “?” when no name is known.")
        for child in read:
            if child.problem:
                yield Problem(CHILDREN, "children", f"Child {child.child.number}: {child.problem}")

    def command(self) -> RaiseConcern:
        """What would be recorded of it. A time that cannot be read counts as not written, no child as one unnamed."""
        received, identified = self.time("received"), self.time("identified")
        children = tuple(child.child for child in self.read() if child) or (Child(number=1),)
        return RaiseConcern(
            received=self.received_at,
            received_precision=received.precision if received and received.instant else "minute",
            referred=self.referred,
            identified=identified.instant if identified else None,
            emerged_later=self.emerged if self.late_identified else "",
            caller=Caller(
                name=self.name,
                role=self.role,
                agency=self.agency,
                telephone=self.telephone,
                anonymous=bool(self.anonymous),
            ),
            source=self.agency,
            family=shared_surname(children),
            children=children,
            what=self.what,
            happened=self.happened,
            answers=self.answers,
        )


def asked(reading: Reading) -> str:
    """A reading's problem in words, with what to write where the clock shows the time twice."""
    words = reading.problem or ""
    return f"{words} Write bst or gmt after it." if reading.labels else words
