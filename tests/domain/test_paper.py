"""What is kept of a document some of whose characters no font shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from duty_tui.domain.history import KINDS, read_event, write_event
from duty_tui.domain.paper_commands import NoteSignsNotShown
from duty_tui.domain.paper_events import SheetSignsNotShown, SignsNotShown
from duty_tui.domain.service import Service, fold_service
from tests.builders import a_concern, do

AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
NOTE = NoteSignsNotShown(document="C1-record.pdf", signs=("U+738B", "U+1F600"))


def test_it_is_kept_once_for_the_same_document_and_characters_and_changes_nothing_else() -> None:
    concern = a_concern()
    [event] = NOTE.events(concern, AT)
    noted = do(concern, NOTE)
    assert (noted.version, noted.children, noted.answers) == (concern.version + 1, concern.children, concern.answers)
    assert NOTE.events(noted, AT) == []
    assert len(NOTE.model_copy(update={"signs": ("U+738B",)}).events(noted, AT)) == 1
    assert read_event(event.kind, write_event(event)) == event
    assert KINDS["signs-not-shown"] is SignsNotShown
    assert event.words() == (
        "C1-record.pdf was made with boxes in place of U+738B, U+1F600: no font had a sign for them"
    )
    assert event.why_fixed(noted) == "That a document was made so stays in the record."


@pytest.mark.parametrize("signs", [(), ("王",), ("U+73",), ("U+738b",)])
def test_characters_are_kept_by_their_code_points_alone(signs: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        SignsNotShown(document="x.pdf", signs=signs)


def test_of_a_sheet_it_is_kept_by_the_service_and_moves_nothing() -> None:
    event = SheetSignsNotShown(document="handover.pdf", signs=("U+738B",))
    assert fold_service([(event.kind, event.model_dump(mode="json"))]) == Service(version=1)
    assert not event.moves_dues
