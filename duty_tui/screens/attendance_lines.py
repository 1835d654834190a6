"""Who is asked, who came and who is missing, as one list: each role of the policy with the people who fill it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from duty_tui.screens.concern_list import Draw, Item
from duty_tui.views.discussion import DiscussionView, InviteLine, PersonLine
from duty_tui.widgets.safe import content, elide, fit
from duty_tui.widgets.wrapping import wrap

_NEEDS = {"must": "MUST", "may": "may", "inform": "INFORM", "never": "NEVER"}
_ORDER = tuple(_NEEDS)
_SIGNS = {"here": "●", "apologies": "○", "did not attend": "✗", "report only": "◌"}
_NEED_CELLS, _NAME_CELLS = 7, 22


class Seat(NamedTuple):
    """One line: a role asked for, somebody who fills it, or both; what is missing is None."""

    key: str
    role: InviteLine | None
    person: PersonLine | None


#: What each part somebody plays counts as, besides itself.
Counts = Mapping[str, Collection[str]]


def seats(view: DiscussionView, counts: Counts) -> list[Seat]:
    """Roles in the order of how much they are needed, each with its people; then people the policy does not ask for."""
    found: list[Seat] = []
    placed: set[str] = set()
    for role in sorted(view.invite, key=lambda line: _ORDER.index(line.need)):
        people = [
            one for one in view.people if role.role in (one.role, *counts.get(one.role, ())) and one.id not in placed
        ]
        placed.update(one.id for one in people)
        found += [Seat(one.id, role, one) for one in people] or [Seat(f"{role.need}:{role.role}", role, None)]
    return found + [Seat(one.id, None, one) for one in view.people if one.id not in placed]


def seat_items(view: DiscussionView, counts: Counts) -> list[Item]:
    """The seats as items; under them what was tried while ringing round."""
    items = [Item(seat.key, _seat(seat)) for seat in seats(view, counts)]
    if view.attempts:
        items.append(Item("attempts", _attempts(view.attempts)))
    return items


def _seat(seat: Seat) -> Draw:
    role, person = seat.role, seat.person
    need = _NEEDS[role.need] + (" if" if role.unless else "") if role else "also"

    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸ " if selected else "  "
        style = _style(seat)
        room = max(8, cells - 2 - _NEED_CELLS - 2 - _NAME_CELLS - 2)
        title = role.title if role else person.part if person else ""
        drawn = [
            content(
                mark,
                (fit(need, _NEED_CELLS), "$faint" if need == "may" else "bold"),
                "  ",
                (fit(title, _NAME_CELLS), "bold" if selected else ""),
                "  ",
                (elide(_who(seat), room), style),
            )
        ]
        if selected:
            margin = " " * (4 + _NEED_CELLS)
            drawn += [content(margin, (line, "$faint")) for line in _more(seat, cells - len(margin))]
        return drawn

    return draw


def _who(seat: Seat) -> str:
    if seat.person is None:
        return seat.role.standing if seat.role else ""
    sign = next((sign for words, sign in _SIGNS.items() if seat.person.standing.startswith(words)), "●")
    return f"{sign} {seat.person.name}: {seat.person.standing}"


def _style(seat: Seat) -> str:
    if seat.person is not None and seat.person.present:
        return "bold $good"
    return "bold $bad" if seat.role and seat.role.need == "must" and not seat.role.unless else ""


def _more(seat: Seat, cells: int) -> Iterator[str]:
    role, person = seat.role, seat.person
    if person is not None:
        senior = {True: "may decide for their agency", False: "may NOT decide for their agency", None: ""}
        yield from wrap(", ".join(filter(None, (person.job, person.agency, senior[person.senior]))) or "–", cells, 2)
        if person.reason:
            yield from wrap(f"Reason: {person.reason}", cells, 2)
    if role is not None:
        if role.unless:
            yield from wrap(f"If: {role.unless}", cells, 2)
        if role.need == "never":
            yield "Never invited; what they are told is a decision of its own."
        yield from wrap(role.cite, cells, 2)


def _attempts(attempts: Sequence[str]) -> Draw:
    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸ " if selected else "  "
        latest = attempts if selected else attempts[-1:]
        head = content((f"{mark}RANG {len(attempts)} TIMES", "bold $key-fg"))
        return [head, *(content("    ", (elide(line, cells - 4), "$faint")) for line in reversed(latest))]

    return draw


def quorum_words(view: DiscussionView) -> str:
    """The quorum rule in words, its verdict first."""
    verdict = {True: "QUORATE", False: "NOT QUORATE", None: "QUORATE ONLY IF"}[view.quorum.quorate]
    held = f", held all the same: {view.emergency}" if view.emergency else ""
    return f"{verdict}{held} · {view.quorum.words}"
