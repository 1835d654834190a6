"""Characters that no font shows: said, kept in the history once, and never in the way of the document."""

from __future__ import annotations

import pytest

from duty_tui.desk.circulating import by_hand
from duty_tui.desk.desk import Desk
from duty_tui.desk.document_record import record_document, set_document
from duty_tui.desk.document_sheets import handover_document
from duty_tui.desk.document_signs import signs_noted
from duty_tui.desk.handover import handover_of
from duty_tui.desk.packing import Packing, packed
from duty_tui.documents import pdf as pdf_module
from duty_tui.documents.rendering import Rendered, rendered
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.discussion_events import LineNoted
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import PersonListed
from duty_tui.domain.streams import SERVICE
from duty_tui.errors import Unavailable
from duty_tui.store.memory import MemoryStore
from tests.desk.circulated import asked, board, met
from tests.desk.conftest import Hands, make_desk
from tests.desk.documented import held, say
from tests.discussions import CONCERN

#: Of the private use area: the program's own fonts have no sign for it.
NOWHERE = "\ue123"
SAID = "No font here has a sign for U+E123: boxes stand there, and the PDF is not PDF/UA."


@pytest.fixture(autouse=True)
def _own_fonts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = pdf_module._compiler
    monkeypatch.setattr(pdf_module, "_compiler", lambda fonts, _everywhere: ours(fonts, False))


def unreadable(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    say(desk, LineNoted(discussion=1, text=f"Her name is {NOWHERE}"))


def kinds(desk: Desk) -> list[str]:
    return [entry.kind for entry in desk.store.stream(CONCERN)]


def test_it_is_said_and_kept_once_and_the_same_document_is_made_afterwards(desk: Desk, hands: Hands) -> None:
    unreadable(desk, hands)
    document = set_document(desk, CONCERN, 1, hands.now)
    made = rendered(document, "pdf")
    assert made.unshown == (NOWHERE,)
    for _ in range(2):
        assert signs_noted(desk, document, made) == SAID
        assert kinds(desk).count("signs-not-shown") == 1
    assert rendered(set_document(desk, CONCERN, 1, hands.now), "pdf") == made
    [event] = [item.event for item in desk.concern(CONCERN).history[-1:]]
    assert event is not None
    assert event.words().startswith("C1-discussion-1-records-DRAFT.pdf was made with boxes in place of U+E123")


def test_where_everything_is_shown_nothing_is_said_or_kept(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    document = record_document(desk, CONCERN, 1, 1, hands.now)
    assert signs_noted(desk, document, rendered(document, "pdf")) == ""
    assert "signs-not-shown" not in kinds(desk)


def test_a_look_at_a_restricted_concern_and_its_circulation_leave_the_document_as_it_is(
    desk: Desk, hands: Hands
) -> None:
    found = met(desk, hands, sign=False)
    desk.do(CONCERN, RestrictConcern(names=("Ann Osei",), reason="Staff"))
    before = rendered(record_document(desk, CONCERN, 1, 1, hands.now), "md")
    ann = next(line for line in board(desk).lines if line.name == "Ann Osei")
    desk.do(CONCERN, Circulate(each=(by_hand(found, ann, hands.now, "on paper"),)))
    fresh = make_desk(desk.store, hands, desk.actor)
    assert rendered(record_document(fresh, CONCERN, 1, 1, hands.now), "md") == before


def test_a_record_that_cannot_be_written_still_gives_its_document(
    desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreadable(desk, hands)
    document = record_document(desk, CONCERN, 1, 1, hands.now)

    def away(*_args: object, **_known: object) -> None:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(MemoryStore, "append", away)
    said = signs_noted(desk, document, Rendered("x.pdf", b"", "0" * 64, (NOWHERE,)))
    assert said == f"{SAID} That could not be kept in the history: The disk is full."


def test_of_a_sheet_it_is_kept_with_the_service_once(desk: Desk, hands: Hands) -> None:
    held(desk, hands)
    document = handover_document(desk, handover_of(desk, hands.now))
    made = Rendered("handover.pdf", b"", "0" * 64, (NOWHERE,))
    for _ in range(2):
        assert signs_noted(desk, document, made) == SAID
    assert [entry.kind for entry in desk.store.stream(SERVICE)].count("sheet-signs-not-shown") == 1


def test_whoever_may_take_documents_away_may_have_it_kept(desk: Desk, hands: Hands) -> None:
    unreadable(desk, hands)
    desk.decide([PersonListed(name="Ann Osei", roles=("duty_manager",)), PersonListed(name="Ida", roles=("chair",))])
    ida = make_desk(desk.store, hands, "Ida")
    document = record_document(ida, CONCERN, 1, 1, hands.now)
    assert signs_noted(ida, document, rendered(document, "pdf")) == SAID
    assert kinds(desk)[-1] == "signs-not-shown"


def test_it_is_said_of_what_is_circulated_too(desk: Desk, hands: Hands) -> None:
    met(desk, hands, asked(f"Lee {NOWHERE}", "police", agency="Police"), sign=False)
    found = board(desk)
    told: list[tuple[int, int]] = []
    packing = Packing(found, found.waiting[:2], hands.now)
    made = packed(desk, packing, lambda done, total: told.append((done, total)))
    assert packing.said == [f"C1-discussion-1-child-{child}-record-DRAFT.pdf: {SAID}" for child in (1, 2)]
    assert told == [(1, 2), (2, 2)]
    assert len(made) == 2
    assert packing.go_on(desk) == (2, 2)
