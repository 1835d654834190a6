"""Where a screen has a document: `L` shows it as it would go out, `P` makes the PDF of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from duty_tui.screens.document_steps import Once, Steps
from duty_tui.widgets.command import Command

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.documents.blocks import Document
    from duty_tui.screens.breaches import BreachesScreen
    from duty_tui.screens.circulation import CirculationScreen
    from duty_tui.screens.concern import ConcernScreen
    from duty_tui.screens.escalations import EscalationsScreen
    from duty_tui.screens.handover import HandoverScreen
    from duty_tui.screens.sign import RecordsScreen


class _Document(Command[Any, Any]):
    def steps(self, screen: Any) -> Steps:
        """What puts it together; called only where `why_not` says nothing."""
        raise NotImplementedError(screen)


class _Print(_Document):
    keys, label, priority = "P", "PDF", 4

    def run(self, screen: Any) -> None:
        """Make it; the desk says where there is none."""
        from duty_tui.screens.printing import write_pdf

        write_pdf(screen, self.steps(screen))


class _Read(_Document):
    keys, label, priority = "L", "read", 5

    def run(self, screen: Any) -> None:
        """Show it; the desk says where there is none."""
        from duty_tui.screens.document import DocumentScreen

        screen.app.push_screen(DocumentScreen(self.steps(screen)))


class _Record(_Document):
    """The record of the child under the cursor."""

    group: ClassVar[str] = "Records"

    def why_not(self, view: RecordsScreen) -> str | None:
        """Not before the discussion began, and only on a child."""
        if view.shown is None or view.shown.started is None:
            return "This discussion has not begun, so it has no record."
        return None if view.child else "Select a child; then its record is made."

    def steps(self, screen: RecordsScreen) -> Steps:
        """One record."""
        from duty_tui.desk.document_record import record_document

        child, view, now = screen.child, screen.shown, screen.now()
        assert child is not None and view is not None  # noqa: S101, PT018 (`why_not` says so)
        number, concern = child.number, view.concern
        return Once(lambda desk: record_document(desk, concern, view.number, number, now))


class PrintRecord(_Record, _Print):
    """As a PDF."""

    id, title = "record.print", "Print the record"
    help = "Write the record of the child under the cursor as a PDF into the folder for documents."


class ReadRecord(_Record, _Read):
    """On the screen."""

    id, title = "record.read", "Read the record as it goes out"
    help = "Show the record of the child under the cursor word for word as it would go out; nothing is written."


class _Set(_Document):
    """The records of the last discussion."""

    group: ClassVar[str] = "This concern"

    def steps(self, screen: ConcernScreen) -> Steps:
        """A record each."""
        from duty_tui.desk.document_record import Collating

        return Collating(screen.concern_id, None, screen.now())


class PrintSet(_Set, _Print):
    """As a PDF."""

    id, title, priority, shown = "concern.print", "Print the records", 48, False
    help = "Write the records of all children of the last discussion as one PDF into the folder for documents."


class ReadSet(_Set, _Read):
    """On the screen."""

    id, title, priority, shown = "concern.read", "Read the records as they go out", 49, False
    help = "Show the records of all children of the last discussion as they would go out; nothing is written."


class _Out(_Document):
    """The records of the board."""

    group: ClassVar[str] = "Circulation"

    def why_not(self, view: CirculationScreen) -> str | None:
        """Not before it has been read."""
        return None if view.board else "The board is still being read."

    def steps(self, screen: CirculationScreen) -> Steps:
        """A record each."""
        from duty_tui.desk.document_record import Collating

        return Collating(screen.concern_id, screen.number, screen.now())


class ReadOut(_Out, _Read):
    """On the screen, before they go."""

    id, title, priority = "board.read", "Read the records as they go out", 7
    help = "Show the records of this discussion as they would go out; nothing is written or sent."


class _Form(_Document):
    """The form under the cursor."""

    group: ClassVar[str] = "Escalation"

    def why_not(self, view: EscalationsScreen) -> str | None:
        """One must be selected."""
        return None if view.chosen else "No escalation is selected."

    def steps(self, screen: EscalationsScreen) -> Steps:
        """One form."""
        line = screen.chosen
        assert line is not None  # noqa: S101 (`why_not` says so)
        concern, number = line.concern, line.number

        def make(desk: Desk) -> Document:
            from duty_tui.desk.document_forms import form_document

            return form_document(desk, concern, number)

        return Once(make)


class PrintForm(_Form, _Print):
    """As a PDF."""

    id, title, priority = "escalation.print", "Print the form", 9
    help = "Write the form under the cursor (Need to Know, disagreement …) as a PDF into the folder for documents."


class ReadForm(_Form, _Read):
    """On the screen."""

    id, title, priority = "escalation.read", "Read the form as it goes out", 8
    help = "Show the form under the cursor word for word as it would go out; nothing is written."


class _Sheet(_Document):
    """The handover sheet."""

    group: ClassVar[str] = "Handover"

    def why_not(self, view: HandoverScreen) -> str | None:
        """Not before it has been put together."""
        return None if view.sheet else "The sheet is still being put together."

    def steps(self, screen: HandoverScreen) -> Steps:
        """As it is on the screen."""
        from duty_tui.desk.document_sheets import handover_document

        found = screen.sheet
        assert found is not None  # noqa: S101 (`why_not` says so)
        return Once(lambda desk: handover_document(desk, found))


class PrintHandover(_Sheet, _Print):
    """As a PDF."""

    id, title = "handover.print", "Print the sheet"
    help = "Write the sheet as a PDF into the folder for documents."


class ReadHandover(_Sheet, _Read):
    """On the screen, as it prints."""

    id, title = "handover.read", "Read the sheet as it prints"
    help = "Show the sheet word for word as it would be printed; nothing is written."


class PrintBreaches(_Print):
    """The breach file."""

    id, title, group = "breach.print", "Print the breach file", "Breach file"
    help = "Write every row of the period with everything known of it as a PDF into the folder for documents."

    def why_not(self, view: BreachesScreen) -> str | None:
        """Not before it has been read."""
        return None if view.file else "The record is still being read."

    def steps(self, screen: BreachesScreen) -> Steps:
        """As it is on the screen."""
        from duty_tui.desk.document_sheets import breaches_document

        found = screen.file
        assert found is not None  # noqa: S101 (`why_not` says so)
        return Once(lambda desk: breaches_document(desk, found))
