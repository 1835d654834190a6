"""The parts of a concern's screen, each as a list of items ready to draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from textual.content import Content

from duty_tui.domain.times import due_words, moment_words
from duty_tui.screens.answer_list import Asked, question_items
from duty_tui.screens.concern_list import Draw, Item, block
from duty_tui.store.rows import ConcernRow
from duty_tui.views.concern import ChildLine, ClockLine, ConcernView, FactLine, TimelineLine
from duty_tui.widgets.safe import content, elide, fit
from duty_tui.widgets.wrapping import wrap

PARTS = ("Now", "Questions", "Clocks", "Children", "Timeline")
NOW, QUESTIONS, CLOCKS, CHILDREN, TIMELINE = range(5)

#: Keys of items of the first part that lead somewhere begin with this.
DUPLICATE = "duplicate:"

_WHO_CELLS = 12


def items_of(view: ConcernView, part: int, unfinished: Sequence[str] = ()) -> list[Item]:
    """The items of one part; `unfinished` says what this person typed here and did not record."""
    match part:
        case 0:
            return list(_now(view, unfinished))
        case 1:
            return question_items([_asked(fact) for fact in in_order(view.facts)])
        case 2:
            return [_clock(at, clock) for at, clock in enumerate(view.clocks)]
        case 3:
            return [_child(child) for child in view.children]
        case _:
            return [_entry(entry) for entry in view.timeline]


def words_on(view: ConcernView) -> tuple[str, ...]:
    """A word on each part: how many questions are open, how many clocks run, children, entries."""
    unanswered = sum(fact.answer == "not asked" for fact in view.facts)
    return (
        "!" if view.warnings or view.duplicates else "",
        f"{unanswered} open" if unanswered else "✓",
        str(len(view.clocks)),
        str(len(view.children)),
        str(len(view.timeline)),
    )


def _now(view: ConcernView, unfinished: Sequence[str]) -> Iterator[Item]:
    for at, warning in enumerate(view.warnings):
        yield Item(f"warning {at}", block("WARNING", warning, style="bold $bad"))
    if view.restricted is not None:
        yield Item(
            "restricted", block("RESTRICTED", f"Seen by {', '.join(view.restricted)} alone.", style="bold $soon")
        )
    if view.closed is not None:
        yield Item("closed", block("CLOSED", view.closed))
    if unfinished:
        yield Item(
            "unfinished", block("UNFINISHED", "\n".join(f"{line[:1].upper()}{line[1:]}." for line in unfinished))
        )
    yield Item("next", block("NEXT STEP", view.next_step))
    told = f" ({view.happened})" if view.happened else ""
    yield Item("what", block("WHAT HAPPENED", (view.what or "Not filled in.") + told))
    yield Item("caller", block("CALLER", view.caller))
    identified = f". Identified {view.identified}" if view.identified else ""
    head = "RECEIVED" if view.referred else "CAME UP ON AN OPEN CASE"
    yield Item("received", block(head, view.received + identified))
    shares: dict[tuple[str, str], list[str]] = {}
    for other in view.duplicates:
        shares.setdefault((other.concern, other.reference), []).append(other.shares)
    for (concern, reference), shared in shares.items():
        opens = "; Enter opens it" if concern else ""
        words = f"{reference[:1].upper()}{reference[1:]}: {', '.join(shared)}. Nothing is merged{opens}."
        yield Item(DUPLICATE + concern, block("POSSIBLE DUPLICATE", words, style="bold $soon"))


def in_order(facts: Sequence[FactLine]) -> list[FactLine]:
    """Those nobody has answered first, the others after them; within each as the policies ask them."""
    return sorted(facts, key=lambda fact: fact.answer != "not asked")


def _asked(fact: FactLine) -> Asked:
    answer = "" if fact.answer == "not asked" else fact.answer
    return Asked(fact.name, fact.ask, answer, fact.matters, bool(fact.matters), f"said by {fact.by}" if fact.by else "")


def _clock(at: int, clock: ClockLine) -> Item:
    sign = "LATE" if clock.overdue else "GOVERNS" if clock.governs else ""
    style = "bold $bad" if clock.overdue else "bold" if clock.governs else "$faint"
    about = f" ({clock.about})" if clock.about else ""

    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸ " if selected else "  "
        room = cells - 12
        shown = wrap(f"{clock.do}{about}", room, 3 if selected else 1)
        drawn = [content(mark, (fit(sign, 9), style), " ", (shown[0], "bold" if selected else ""))]
        drawn += [content(" " * 12, line) for line in shown[1:]]
        drawn.append(content(" " * 12, (elide(clock.standing, room), style)))
        if selected:
            drawn.append(content(" " * 12, (elide(f"{clock.pack} · {clock.clock}", room), "$faint")))
        return drawn

    return Item(f"{clock.pack}/{clock.clock}/{clock.about}/{at}", draw)


def _child(child: ChildLine) -> Item:
    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸ " if selected else "  "
        drawn = [content((f"{mark}{child.number}  {child.name}, {child.age}", "bold" if selected else ""))]
        drawn += [content("     ", line) for line in wrap(child.details, cells - 5)]
        drawn += [
            content("     ", ("! " + line, "bold $soon")) for doubt in child.doubts for line in wrap(doubt, cells - 7)
        ]
        return drawn

    return Item(str(child.number), draw)


def _entry(entry: TimelineLine) -> Item:
    return Item(entry.entry, _entry_drawing(entry))


def _entry_drawing(entry: TimelineLine) -> Draw:
    when = moment_words(entry.at)
    words = f"WITHDRAWN: {entry.words}" if entry.withdrawn else entry.words

    def draw(cells: int, selected: bool) -> list[Content]:
        head = f"{'▸' if selected else ' '} {when}  {fit(entry.actor, _WHO_CELLS)}  "
        style = "strike $faint" if entry.withdrawn else "bold" if selected else ""
        if selected:
            drawn = [content((head, "bold"))]
            return drawn + [content("    ", (line, style)) for line in wrap(words, cells - 4)]
        return [content((head, "$faint"), (elide(words, cells - len(head)), style))]

    return draw


def due_in_words(row: ConcernRow | None, now: datetime) -> str:
    """When what governs a concern is due as seen at `now`: `LATE, was due end of Fri 20 Nov 2026, unless ruled out`."""
    if row is None or row.status != "open":
        return "no clock runs"
    if row.due is None:
        return row.deadline or "nothing is owed"
    due = datetime.fromtimestamp(row.due, UTC)
    words = f"LATE, was due {due_words(due)}" if due <= now else f"due {due_words(due)}"
    return words if row.certain else f"{words}, unless ruled out"
