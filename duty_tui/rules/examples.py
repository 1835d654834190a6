"""`examples.toml`: dated situations with the due each must have, so that an author sees how a policy was understood.

    [[example]]
    name = "Friday 18:00 plus one working day is Monday"
    about = "S3-4"                                  # the id of the rule it is about (a clock or an escalation)
    received = 2026-11-20T18:00:00                  # short for events = { referral_received = … }
    identified = 2026-11-20T17:00:00                # short for events = { concern_identified = … }
    events = { discussion_held = "2026-11-20T18:30" }
    facts = { reasonable_cause = true, serious_risk_of_harm = "unknown" }
    closures = [2026-11-23]                         # the service's own closure days
    children = [1, 2]                               # numbers of the children; one child when absent
    with = ["ics-record"]                           # other packs that are adopted too; the pack alone when absent
    expect = { due = "2026-11-24 end", governs = "S3-4", obligation = "circulate" }

Times are London wall times, `"2026-11-20T18:00"` in quotes or bare, unless they carry an offset (`Z`).
An event is one time, a list of times, or a table with `at` and `child` or `discussion`; happenings of an event that
belongs to discussions and carry no number are numbered in the order of their times. A fact is true, false or "unknown";
a table `{ is = true, since = …, child = 1 }` says more. Without `since` it has been so from the first event on.

`expect` holds for one deadline: the clock `about` names, for `child` and `discussion` where given. `due` is
`"2026-11-20 end"` (the midnight that ends that day), a London time, `"none"` (running, no number), `"waiting"`,
`"ruled out"`, `"replaced"` or `"not owed"` (no such deadline at all). `governs` is the id of the clock that governs
that obligation (`"none"` when none does). Every other key is compared when it is written.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from duty_tui.rules.model import Id, Model


def _a_time(value: Any) -> Any:
    if not isinstance(value, str | datetime):
        raise ValueError(f"a day and a time were expected, like 2026-11-20T18:00:00, not {value}")
    return value


def _an_answer(value: Any) -> Any:
    if not isinstance(value, bool) and value != "unknown":
        raise ValueError(f'true, false or "unknown" was expected, not {value}')
    return value


#: A time as an example writes it: bare TOML, or ISO in quotes. One sentence, not one for each that it might have been.
When = Annotated[str | datetime, BeforeValidator(_a_time)]


class EventAt(Model):
    """One happening, with whom or what it concerns; `set_at` is when a planned date was written down."""

    at: When
    child: int | None = None
    discussion: int | None = None
    set_at: When | None = None


class FactIs(Model):
    """One answer, with since when and about whom."""

    is_: Annotated[Literal["unknown"] | bool, BeforeValidator(_an_answer)] = Field(alias="is")
    since: When | None = None
    child: int | None = None
    discussion: int | None = None


def _happenings(value: Any) -> Any:
    return tuple(
        one if isinstance(one, dict) else {"at": one} for one in (value if isinstance(value, list) else [value])
    )


def _answers(value: Any) -> Any:
    return tuple(
        one if isinstance(one, dict) else {"is": one} for one in (value if isinstance(value, list) else [value])
    )


class Expected(Model):
    """What the deadline must be; only what is written is compared."""

    due: str | None = None
    #: The id of the governing clock of the same obligation, child and discussion; "none" when none governs.
    governs: str | None = None
    #: The obligation or escalation `about` belongs to, where naming it helps the reader.
    obligation: str | None = None
    child: int | None = None
    discussion: int | None = None
    certain: bool | None = None
    #: Overdue at this moment.
    overdue_at: When | None = None
    #: Not overdue at this moment.
    not_overdue_at: When | None = None
    #: Met at this moment.
    met_at: When | None = None
    #: Started from this event, `fact:NAME`, `breach:CLOCK` or `late:CLOCK`.
    start_from: str | None = None
    lost_to: str | None = None
    provisional: bool | None = None
    first_due: str | None = None
    before_adoption: bool | None = None


class VariedTo(Model):
    """Another due that was approved for one clock."""

    clock: str
    due: When
    by_role: str
    reason: str = "an example"
    child: int | None = None
    discussion: int | None = None
    #: The name of whoever approved it.
    by: str = ""


class Example(Model):
    """One situation and what must come of it."""

    name: str
    about: Id
    received: When | None = None
    identified: When | None = None
    events: dict[str, Annotated[tuple[EventAt, ...], BeforeValidator(_happenings)]] = Field(default_factory=dict)
    facts: dict[str, Annotated[tuple[FactIs, ...], BeforeValidator(_answers)]] = Field(default_factory=dict)
    variations: tuple[VariedTo, ...] = ()
    closures: tuple[date, ...] = ()
    children: tuple[int, ...] = (1,)
    with_: tuple[str, ...] = Field(default=(), alias="with")
    #: The day the service adopted the policy; in force always when absent.
    adopted: date | None = None
    expect: Expected


class ExampleFile(Model):
    """All of `examples.toml`."""

    example: tuple[Example, ...] = Field(min_length=1)
