"""`duty-tui due`: what falls due under some policies, worked out without a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.answers import read_answers, read_events
from duty_tui.cli.output import as_json, near, say, say_objects
from duty_tui.cli.times import DAY, MOMENT, as_of
from duty_tui.clock import system_clock
from duty_tui.errors import UsageError

if TYPE_CHECKING:
    from duty_tui.rules.deadline import Deadline
    from duty_tui.rules.evaluate import Rulebook
    from duty_tui.rules.loader import Policy
    from duty_tui.rules.situation import Happening, Situation
    from duty_tui.rules.vocabulary import Vocabulary

#: More children than this on one concern is a slip of the pen.
_MOST_CHILDREN = 30


@click.command(
    "due",
    epilog="Example: duty-tui due --policy action-note-003 --received 2026-11-20T18:00 --fact reasonable_cause=yes",
)
@click.option("--policy", "packs", multiple=True, required=True, metavar="PACK[,PACK]", help="By name, or a folder.")
@click.option("--received", type=MOMENT, help="When the referral was received.")
@click.option("--identified", type=MOMENT, help="When the concern was identified.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=yes|no|unknown", help="What is known; may be repeated.")
@click.option("--event", "events", multiple=True, metavar="NAME=TIME", help="What happened when; may be repeated.")
@click.option("--children", type=click.IntRange(1, _MOST_CHILDREN), default=1, help="How many children. [default: 1]")
@click.option("--closure", "closures", type=DAY, multiple=True, help="A day the service is closed; may be repeated.")
@as_of
@as_json
def command(
    *,
    packs: tuple[str, ...],
    received: datetime | None,
    identified: datetime | None,
    facts: tuple[str, ...],
    events: tuple[str, ...],
    children: int,
    closures: tuple[date, ...],
    at: datetime | None,
    as_json: bool,
) -> None:
    """Print what falls due, when, and which rule says so; the one that governs first.

    Policies count as if they had always been in force. What is not said is not known, and not known never makes a
    time longer.
    """
    from duty_tui.rules.loader import load_vocabulary

    vocabulary = load_vocabulary()
    happened = read_events(events, vocabulary.event)
    happened += [("referral_received", received)] if received else []
    happened += [("concern_identified", identified)] if identified else []
    if not happened:
        raise UsageError("Nothing has happened yet: give --received, --identified or --event.")
    situation = _situation(happened, read_answers(facts, vocabulary.fact), children, vocabulary)
    rulebook = _rulebook(packs, vocabulary, closures)
    at = at or system_clock()
    deadlines = sorted(rulebook.deadlines(situation), key=_order)
    if as_json:
        say_objects([_object(rulebook, deadline, at) for deadline in deadlines])
    else:
        say(*_text(rulebook, deadlines, at))


def policies_named(packs: Iterable[str], vocabulary: Vocabulary) -> Sequence[Policy]:
    """The policies by name or folder, several names in one word parted by commas.

    Raises UsageError for a name nobody has, BadFile for a folder whose files are not right.
    """
    from duty_tui.rules.loader import builtin_names, load_policies

    names = [name.strip() for word in packs for name in word.split(",") if name.strip()]
    known = builtin_names()
    for name in names:
        if name not in known and not Path(name).is_dir():
            those = near(name, known) or f"; there are {', '.join(known)}, or name a folder."
            raise UsageError(f"There is no policy called {name}{those}")
    if not names:
        raise UsageError("No policy is named.")
    return load_policies(names, vocabulary)


def _rulebook(packs: Iterable[str], vocabulary: Vocabulary, closures: Iterable[date]) -> Rulebook:
    from duty_tui.rules.bank_holidays import read_bank_holidays
    from duty_tui.rules.evaluate import Rulebook
    from duty_tui.wiring import working_calendars

    policies = policies_named(packs, vocabulary)
    calendars = working_calendars(vocabulary.calendar, read_bank_holidays(), dict.fromkeys(closures, "closed"))
    return Rulebook.always(policies, vocabulary, calendars)


def _situation(
    happened: Sequence[tuple[str, datetime]], answers: dict[str, Any], children: int, vocabulary: Vocabulary
) -> Situation:
    """As the rules read it; what belongs to discussions is numbered in the order of the times."""
    from duty_tui.domain.concern import value_of
    from duty_tui.rules.situation import Happening, Known, Situation

    found: dict[str, list[Happening]] = {}
    for name, moment in sorted(happened, key=lambda one: one[1]):
        its = found.setdefault(name, [])
        number = len(its) + 1 if vocabulary.event[name].scope == "discussion" else None
        its.append(Happening(moment, discussion=number))
    facts = {name: [Known(value_of(answer))] for name, answer in answers.items()}
    return Situation(found, facts, tuple(range(1, children + 1)))


def _order(deadline: Deadline) -> tuple[bool, bool, float]:
    """What governs and has a due, by due; then the others by due; what has none last."""
    due = deadline.due.timestamp() if deadline.due else float("inf")
    return (not (deadline.governs and deadline.due), deadline.due is None, due)


def _object(rulebook: Rulebook, deadline: Deadline, at: datetime) -> dict[str, Any]:
    """A deadline as docs/commands.md describes it."""
    from duty_tui.rules.explain import skipped_days
    from duty_tui.rules.words import due_text

    rule, clock = deadline.obligation, deadline.clock
    return {
        "obligation": rule.id,
        "clock": clock.id,
        "pack": deadline.pack.pack.id,
        "child": deadline.child,
        "discussion": deadline.discussion,
        "governs": deadline.governs,
        "certain": deadline.certain,
        "strength": clock.strength,
        "state": deadline.state.value,
        "start": _iso(deadline.start),
        "start_from": deadline.start_from or None,
        "due": _iso(deadline.due),
        "due_text": due_text(deadline, at),
        "overdue": deadline.overdue(at),
        "met_at": _iso(deadline.met_at),
        "provisional": deadline.provisional,
        "unless": list(deadline.unless),
        "lost_to": deadline.lost_to,
        "label": rule.label,
        "do": rule.do,
        "owner": rule.owner_title or rulebook.vocabulary.role[rule.owner].label,
        "citation": {
            "document": clock.cite.document or deadline.pack.pack.document,
            "paragraph": clock.cite.paragraph,
            "words": clock.cite.words,
        },
        "skipped": [{"date": day.isoformat(), "why": why} for day, why in skipped_days(rulebook, deadline)],
    }


def _iso(instant: datetime | None) -> str | None:
    from duty_tui.domain.times import iso_utc

    return iso_utc(instant) if instant else None


def _text(rulebook: Rulebook, deadlines: Sequence[Deadline], at: datetime) -> Iterator[str]:
    from duty_tui.rules.words import due_text

    for deadline in deadlines:
        cite = deadline.clock.cite
        yield f"{due_text(deadline, at)}: {_what(deadline)} ({_standing(rulebook, deadline, at)})"
        yield f"    {deadline.clock.strength}, {deadline.pack.pack.id}/{deadline.clock.id}"
        if deadline.governs:
            yield f"    {cite.document or deadline.pack.pack.document}, {cite.paragraph}: “{cite.words}”"
    if not deadlines:
        yield "Nothing falls due under these policies."


def _what(deadline: Deadline) -> str:
    about = [f"child {deadline.child}"] if deadline.child else []
    about += [f"discussion {deadline.discussion}"] if deadline.discussion else []
    return f"{deadline.obligation.label} ({', '.join(about)})" if about else deadline.obligation.label


def _standing(rulebook: Rulebook, deadline: Deadline, at: datetime) -> str:
    state = deadline.state.value.replace("_", " ")
    if state == "running":
        state = "OVERDUE" if deadline.overdue(at) else "governs" if deadline.governs else f"lost to {deadline.lost_to}"
    unless = [rulebook.vocabulary.fact[name].label for name in deadline.unless]
    return f"{state}, unless {', '.join(unless)}" if unless and state != "ruled out" else state
