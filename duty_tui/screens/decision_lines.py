"""The decisions child by child, with dissent and professional challenge beside the decision they concern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from duty_tui.screens.concern_list import Draw, Item, block
from duty_tui.views.discussion import ChildTab, DecisionLine, DiscussionView
from duty_tui.widgets.safe import content, elide
from duty_tui.widgets.wrapping import wrap

CHILD, DECISION, CLOCKS, FAMILY = "child:", "decision:", "clocks", "family"


def decision_items(view: DiscussionView) -> list[Item]:
    """Children with their decisions, then the clocks that began, then what the family is told."""
    return [*_items(view)]


def _items(view: DiscussionView) -> Iterator[Item]:
    for child in view.children:
        yield Item(f"{CHILD}{child.number}", _child(child))
        if child.included:
            for one in view.decisions:
                if child.number in one.children:
                    yield Item(f"{DECISION}{one.id}:{child.number}", _decision(one, child))
    if view.clocks:
        yield Item(CLOCKS, block("CLOCKS THAT RUN FROM THIS DISCUSSION", "\n".join(view.clocks)))
    told = "\n".join(view.sharing) or "Nothing decided yet: i says what the family is told, when, or why not."
    yield Item(FAMILY, block("THE FAMILY", told))


def _child(child: ChildTab) -> Draw:
    if not child.included:
        state, style = (f"not part of it: {child.dropped}" if child.dropped else "not part of it"), "$faint"
    elif child.decided:
        count = len(child.decided)
        state, style = f"{count} decision" + ("s" if count > 1 else ""), ""
    else:
        state, style = "NO DECISION YET", "bold $bad"
    signed = f" · {child.signed}" if child.signed else ""

    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸ " if selected else "  "
        head = f"{mark}{child.number}  {child.name}, {child.age}  "
        return [content((elide(head, cells), "bold"), (elide(state + signed, max(0, cells - len(head))), style))]

    return draw


def _decision(one: DecisionLine, child: ChildTab) -> Draw:
    shared = f" ({one.whom})" if len(one.children) > 1 else ""
    del child

    def draw(cells: int, selected: bool) -> list[Content]:
        mark = "▸ " if selected else "  "
        drawn = [content(mark, "   ■ ", (elide(one.label + shared, cells - 7), "bold" if selected else ""))]
        most = 6 if selected else 1
        drawn += [content(" " * 7, (line, "$faint")) for line in wrap(one.reason, cells - 7, most)]
        for words in one.dissent:
            drawn += [content(" " * 7, ("≠ " + line, "bold $soon")) for line in wrap(words, cells - 9, most)]
        return drawn

    return draw


def children_of_view(view: DiscussionView) -> Sequence[ChildTab]:
    """Children who are part of it and whose record is not signed: those a decision can be for."""
    return [child for child in view.children if child.included and not child.signed]
