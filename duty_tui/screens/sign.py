"""The records of a discussion, one for each child: what each still lacks, signing it, adding to it afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from duty_tui.domain.decision_events import RecordAddedTo, RecordSigned
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.people import NAMELESS
from duty_tui.domain.text import fold
from duty_tui.domain.times import moment_words
from duty_tui.screens.about_discussion import Read
from duty_tui.screens.concern_list import Draw, Item
from duty_tui.screens.discussion_screen import DiscussionList, DiscussionModal
from duty_tui.screens.document_acts import PrintRecord, ReadRecord
from duty_tui.screens.places import go_to_place
from duty_tui.screens.text_form import Asked, TextForm
from duty_tui.store.journal import new_id
from duty_tui.views.discussion import ChildTab, DiscussionView
from duty_tui.widgets.command import Command
from duty_tui.widgets.command_screen import Back
from duty_tui.widgets.entry_input import EntryInput
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.safe import content, elide, lines
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.wrapping import wrap

_CHILD, _LACK, _ADDED = "child:", "lack:", "added:"
#: Typed instead of a name where the child has none.
_NAMELESS_WORD = "sign"
_MOST_LACKS = 4


class SignIt(Command[Any, Any]):
    """Sign, or go to what is lacking."""

    id, keys, label, title, priority = "sign.open", "enter", "open", "Sign, or go to what it lacks", 2
    group = "Records"
    help = "On a child, read its record back and sign it; on something it lacks, go to where that is put right."

    def why_not(self, view: RecordsScreen) -> str | None:
        """Not before it has been read."""
        return view.why_not_now()

    def run(self, screen: RecordsScreen) -> None:
        """As the cursor stands."""
        screen.enter()


class AddTo(Command[Any, Any]):
    """Add to a signed record."""

    id, keys, label, title, priority = "sign.add", "p,plus", "add", "Add to a signed record", 3
    group = "Records"
    help = "Add to a signed record; the addition is marked as one and signed by whoever writes it."

    def why_not(self, view: RecordsScreen) -> str | None:
        """Only to one that is signed."""
        child = view.child
        return view.why_not_now() or (
            None if child and child.signed else "Only a signed record is added to; this one is still written in."
        )

    def run(self, screen: RecordsScreen) -> None:
        """Open a text."""
        screen.add_to()


class RecordsScreen(DiscussionList):
    """Every child's record of the discussion, signed or not, with what it lacks, each line leading to its place."""

    HEADING = "RECORDS"
    HELP = "Enter on a child reads its record back before it is signed; Enter on what is lacking goes there."
    ACTS: ClassVar[Any] = (SignIt, AddTo, PrintRecord, ReadRecord)

    def state_words(self, view: DiscussionView) -> str:
        """How many are signed."""
        included = [child for child in view.children if child.included]
        signed = sum(bool(child.signed) for child in included)
        late = "" if view.ended else " · it has not ended: h ends it before a record is signed"
        return f"{signed} of {len(included)} records signed{late}"

    def items(self, view: DiscussionView) -> Sequence[Item]:
        """The children, what each lacks, what was added."""
        return [*self._items(view)]

    def _items(self, view: DiscussionView) -> Iterator[Item]:
        added = self.read.discussion.additions if self.read else ()
        for child in view.children:
            if not child.included:
                continue
            yield Item(f"{_CHILD}{child.number}", _record(child))
            if not child.signed:
                for at, (words, place) in enumerate(child.lacks):
                    yield Item(f"{_LACK}{child.number}:{at}", _line("○ ", f"{words}  [{place}]", "$soon"))
            for one in added:
                if one.child == child.number:
                    words = f"added {moment_words(one.at)}, signed {one.by}: {one.text}"
                    yield Item(f"{_ADDED}{one.id}", _line("+ ", words, ""))

    @property
    def child(self) -> ChildTab | None:
        """The child under the cursor, or the one whose line it is."""
        kind, _, rest = self.selected.partition(":")
        number = rest.partition(":")[0]
        if kind == "added" and self.read is not None:
            number = next((str(one.child) for one in self.read.discussion.additions if one.id == rest), "")
        children = self.shown.children if self.shown else ()
        return next((one for one in children if str(one.number) == number), None)

    def enter(self) -> None:
        """Sign the record, or go to what is lacking."""
        child, view = self.child, self.shown
        if child is None or view is None or self.read is None:
            return
        if self.selected.startswith(_LACK):
            place = child.lacks[int(self.selected.rpartition(":")[2])][1]
            go_to_place(self, place, self.concern_id, self.number, child.number)
        elif child.signed:
            self.add_to()
        elif view.ended is None:
            self.refuse("The discussion has not ended: h, then 5, ends it. Then the record is signed.")
        else:
            self.app.push_screen(SignDialog(self.read, child), self._signed)

    def _signed(self, signed: bool | None) -> None:
        if signed:
            self.recorded("signed · recorded")
            self.begin(self._to_next())

    async def _to_next(self) -> None:
        """The cursor goes to the next record still unsigned."""
        await self._reload()
        waiting = [one for one in self.shown.children if one.included and not one.signed] if self.shown else []
        if waiting:
            self.list.select(f"{_CHILD}{waiting[0].number}")

    def add_to(self) -> None:
        """A text, added to the record and signed."""
        child, read = self.child, self.read
        if child is None or read is None:
            return

        def added(text: str) -> AtDiscussion:
            return AtDiscussion(event=RecordAddedTo(discussion=read.view.number, child=child.number, text=text))

        said = [
            f"{child.name}, {child.age}",
            f"It is marked as an addition and signed {self.settings.name}; it cannot be undone. Ctrl+S adds it.",
        ]
        asked = Asked("ADD TO THE SIGNED RECORD", said, added, "addition", "Type what is added.")
        self.app.push_screen(TextForm(read, f"added {child.number}", asked))


def _record(child: ChildTab) -> Draw:
    if child.signed:
        state, style = f"SIGNED {child.signed}", "$good"
    elif child.lacks:
        state, style = f"not signed, lacks {len(child.lacks)}", "bold $soon"
    else:
        state, style = "complete, not signed", "bold"

    def draw(cells: int, selected: bool) -> list[Content]:
        head = f"{'▸' if selected else ' '} {child.number}  {child.name}, {child.age} · "
        return [content((elide(head, cells), "bold"), (elide(state, max(0, cells - len(head))), style))]

    return draw


def _line(sign: str, words: str, style: str) -> Draw:
    def draw(cells: int, selected: bool) -> list[Content]:
        head = ("▸ " if selected else "  ") + "   " + sign
        shown = wrap(words, max(8, cells - len(head)), 4 if selected else 1)
        margin = " " * len(head)
        return [content((head if at == 0 else margin), (line, style)) for at, line in enumerate(shown)]

    return draw


class SignDialog(DiscussionModal):
    """Reads the record back; signed by typing the child's first name. Enter alone never signs; there is no button."""

    ACTS: ClassVar[Any] = (Back,)
    HELP = "Type the child's first name and press Enter to sign. From then on the record is only added to."

    def __init__(self, read: Read, child: ChildTab) -> None:
        super().__init__(read.view.concern, read.view.number)
        self.read = read
        self._child = child
        self._mark = new_id()
        self._busy = False

    @property
    def title_words(self) -> str:
        """The act, and the child's name."""
        return f"SIGN THE RECORD OF DISCUSSION {self.number} FOR {self._child.name.upper()}"

    @property
    def word(self) -> str:
        """What has to be typed: the child's first name."""
        return _NAMELESS_WORD if self._child.name == NAMELESS else self._child.name.replace(",", " ").split()[0]

    def compose(self) -> ComposeResult:
        """What is signed, what it lacks, and the word."""
        with Vertical(classes="dialogue"):
            yield Static(content((elide(self.title_words, 72), "bold $bad")), classes="title")
            yield Static(lines(list(self._said())))
            yield EntryInput(placeholder=f"type {self.word} and press Enter to sign", compact=True, max_length=80)
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """To the word."""
        self.query_one(EntryInput).focus()

    def _said(self) -> Iterator[Content]:
        assert self.read is not None  # noqa: S101 (given to it when it was made)
        discussion, child = self.read.discussion, self._child
        yield content(f"{self.read.view.reference} · {child.name}, {child.age} · signed by {self.settings.name}")
        for line in read_back(discussion, child.number):
            yield from (content(part) for part in wrap(line, 70, 2))
        if discussion.chair and fold(discussion.chair) != fold(self.settings.name):
            yield content((f"The chair was {discussion.chair}; the record will say that you signed.", "bold $soon"))
        if child.lacks:
            yield content((f"It still lacks {len(child.lacks)}; that is signed with it:", "bold $soon"))
            for words, _place in child.lacks[:_MOST_LACKS]:
                yield content("  ○ ", elide(words, 66))
            if len(child.lacks) > _MOST_LACKS:
                yield content(f"  … and {len(child.lacks) - _MOST_LACKS} more")
        yield content(("Afterwards it is only added to; nothing in it can be undone.", "$faint"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Sign, when the word is right."""
        event.stop()
        if fold(event.value) != fold(self.word):
            self.refuse(f"Nothing is signed. To sign, type {self.word}; Escape goes back.")
        elif not self._busy:
            self._busy = True
            self.begin(self._sign())

    async def _sign(self) -> None:
        event = RecordSigned(
            discussion=self.number or 0,
            child=self._child.number,
            named=self._child.name,
            lacked=tuple(words for words, _place in self._child.lacks),
        )
        try:
            left = await self.put(AtDiscussion(event=event), "signed", mark=self._mark)
            if left != "back":
                self.leave_with(left is None)
        finally:
            self._busy = False


def read_back(discussion: Discussion, child: int) -> Iterator[str]:
    """What the record of one child says, in a few lines: when, who, decisions, actions."""
    here = ", ".join(person.name for person in discussion.present) or "nobody recorded"
    began = moment_words(discussion.started) if discussion.started else "not begun"
    yield f"{began}, {discussion.format}. Here: {here}."
    decided = "; ".join(decision.label for decision in discussion.decided_for(child))
    yield f"Decided: {decided or 'NOTHING'}."
    actions = [action for action in discussion.actions if child in action.children]
    yield "Actions: " + ("; ".join(f"{one.what} ({one.who or 'nobody named'})" for one in actions) or "none") + "."
