"""`duty-tui policy adopt` and `leave`: which policies the service works to, from when, and what that moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from duty_tui.cli.moving import agreed, ended, show, yes
from duty_tui.cli.output import as_json, narrate, near
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import DAY
from duty_tui.domain.times import day_words
from duty_tui.errors import Refused

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.service import ServiceEvent
    from duty_tui.rules.loader import Policy

_from = click.option("--from", "day", metavar="DATE", type=DAY, required=True, help="The first day it counts.")
_until = click.option("--from", "day", metavar="DATE", type=DAY, required=True, help="The first day without it.")


@click.command("adopt", epilog="Example: duty-tui policy adopt twenty-four-hours --from 2026-12-01")
@click.argument("pack")
@_from
@yes
@as_json
@click.pass_context
def adopt(ctx: click.Context, *, pack: str, day: date, yes: bool, as_json: bool) -> None:
    """Work to PACK from a day on; prints whose time that moves, and asks first.

    What began before that day stays under the policies it began under. Without a terminal nothing is adopted but with
    --yes.
    """
    from duty_tui.domain.service import PolicyAdopted, PolicyLeft

    desk = desk_of(ctx)
    new = _policy(desk, pack)
    spells = desk.books.service.spells.get(pack, ())
    if spells and spells[-1].until is None and (spells[-1].since is None or spells[-1].since <= day):
        since = f"from {day_words(spells[-1].since)}" if spells[-1].since else "from the day it states"
        raise Refused(f"The service works to {pack} already, {since}.", entry="Nothing was changed.")
    events: list[ServiceEvent] = [PolicyAdopted(pack=pack, from_day=day, only_new=True)]
    for name in _of_the_same_document(desk, new):
        events.append(PolicyLeft(pack=name, from_day=day))
        narrate(f"It takes the place of {name}, which is of the same document; what began under that one stays there.")
    others = [pack.pack.id for pack in desk.books.would_be(events).active if pack.pack.id != new.id]
    if others:
        narrate(f"Beside it the service works to {', '.join(others)}; `duty-tui policy leave` ends one.")
    _decide(desk, events, f"Work to {pack} from {day_words(day)}?", yes=yes, as_json=as_json, what="adopted")


@click.command("leave", epilog="Example: duty-tui policy leave action-note-003 --from 2026-12-01")
@click.argument("pack")
@_until
@yes
@as_json
@click.pass_context
def leave(ctx: click.Context, *, pack: str, day: date, yes: bool, as_json: bool) -> None:
    """Work to PACK no longer from a day on; prints whose time that moves, and asks first.

    Clocks that began under it are counted by it for life.
    """
    from duty_tui.domain.service import PolicyLeft

    desk = desk_of(ctx)
    service = desk.books.service
    if pack not in service.adopted:
        known = f"It works to {', '.join(service.adopted)}{near(pack, service.adopted)}."
        raise Refused(f"The service does not work to {pack}.", entry="Nothing was changed.", do=known)
    until = service.spells[pack][-1].until
    if until is not None and until <= day:
        raise Refused(f"{pack} was left from {day_words(until)} already.", entry="Nothing was changed.")
    events = [PolicyLeft(pack=pack, from_day=day)]
    if not desk.books.would_be(events).active:
        narrate("No policy is left after that: nothing new would have a time.")
    _decide(desk, events, f"Leave {pack} from {day_words(day)}?", yes=yes, as_json=as_json, what="left")


def _decide(desk: Desk, events: Sequence[ServiceEvent], question: str, *, yes: bool, as_json: bool, what: str) -> None:
    found = show(desk, events, as_json=as_json)
    answer = True if yes else None if as_json else agreed(question)
    if answer:
        desk.decide(events)
    if as_json:
        ended(found, recorded=bool(answer))
    if not answer:
        do = "The same with --yes does it." if answer is None else ""
        raise Refused(f"Nothing was {what}.", entry="Nothing was changed.", do=do)
    narrate("Recorded.")


def _policy(desk: Desk, name: str) -> Policy:
    """The policy by the name of its folder, checked. Raises Refused, BadFile."""
    from duty_tui.rules.loader import builtin_folder, builtin_names, load_pack

    own = desk.books.own
    mine = sorted(one.name for one in own.iterdir() if (one / "pack.toml").is_file()) if own and own.is_dir() else []
    names = [*builtin_names(), *mine]
    if name not in names:
        raise Refused(
            f"There is no policy called {name}{near(name, names)}.",
            entry="Nothing was adopted.",
            do=f"Put the folder of a policy of your own into {own}; `duty-tui policy list` has the program's.",
        )
    folder = builtin_folder() / name if name not in mine or own is None else own / name
    if name in mine and name in builtin_names():
        raise Refused(
            f"A policy that comes with the program is called {name} as well.",
            entry="Nothing was adopted.",
            do="Give your own another id and its folder the same name.",
        )
    policy = load_pack(folder, desk.rulebook.vocabulary)
    if policy.id != name:
        raise Refused(
            f"The policy in {folder} calls itself {policy.id}.",
            entry="Nothing was adopted.",
            do="Give its folder the same name as its id.",
        )
    return policy


def _of_the_same_document(desk: Desk, new: Policy) -> list[str]:
    """Other policies worked to that read the same document."""
    document = new.newest.pack.document
    worked_to = desk.rulebook.active
    return [pack.pack.id for pack in worked_to if pack.pack.document == document and pack.pack.id != new.id]
