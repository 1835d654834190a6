"""Records through the relay from the board: read back, told one by one, stopped between two; addresses, receipts."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from duty_tui.desk.desk import Desk
from duty_tui.desk.sending import Outcome
from duty_tui.domain.circulation import Receiver
from duty_tui.domain.service_people import MailSet
from duty_tui.screens.circulation import CirculationScreen
from duty_tui.screens.circulation_ask import whom_to_write
from duty_tui.screens.circulation_dialog import AddressDialog, ReceiptsDialog
from duty_tui.screens.circulation_sending import Sending
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.sign import RecordsScreen
from duty_tui.views.circulation import BoardLine, Receiving
from duty_tui.widgets.progress import progress_words
from tests.desk.circulated import board
from tests.documents.test_receipt import HEAD, delivery, report
from tests.documents.test_relay import Box, free_port, serving
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench
from tests.screens.test_circulation import choose, on_board, over, says, screen_of, states

__all__ = ["fast_pilot"]


def relayed(port: int) -> Callable[[Desk], object]:
    settings = MailSet(relay="127.0.0.1", port=port, tls="none", sender="duty@north.gov.uk")
    return lambda desk: desk.decide([settings])


@asynccontextmanager
async def before_a_relay(box: object) -> AsyncIterator[Bench]:
    """The board, and a relay on this machine behind it."""
    with serving(box) as relay:
        async with on_board(relayed(relay.port)) as bench:
            await until(lambda: bool(screen_of(bench).relay))
            yield bench


async def asked(bench: Bench) -> None:
    await over(bench, Ask, "x")


async def finished(bench: Bench) -> None:
    await until(lambda: screen_of(bench).sending is None and not list(bench.app.workers))


async def test_it_is_read_back_sent_one_by_one_and_who_was_refused_is_said() -> None:
    box = Box(unknown=("s.kaur",))
    async with before_a_relay(box) as bench:
        await asked(bench)
        await says(bench, "SEND THE RECORDS THROUGH 127.0.0.1")
        await says(bench, "Jo Webb: office@hollin.example")
        await says(bench, "1 Send to all 4 all the same")
        await bench.press("enter")
        await says(bench, "Enter decides nothing here")
        assert box.taken == []
        await bench.press("1")
        await says(bench, "3 of 4 sent; 1 refused. Sam Kaur: 550 5.1.1 no such box")
        await finished(bench)
        assert len(box.taken) == 3
        now = states(bench)
        assert (now["Di Ray"], now["PC Hale"], now["Jo Webb"], now["Sam Kaur"]) == (*["sent"] * 3, "refused")
        await bench.read_out("✗ refused")


async def test_only_inside_the_secure_domains_if_that_is_said() -> None:
    box = Box()
    async with before_a_relay(box) as bench:
        await asked(bench)
        await bench.press("2")
        await says(bench, "3 of 3 sent · recorded")
        assert states(bench)["Jo Webb"] == "owed"
        assert len(box.taken) == 3


async def test_escape_at_the_question_sends_nothing() -> None:
    box = Box()
    async with before_a_relay(box) as bench:
        await asked(bench)
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        assert box.taken == []
        assert states(bench)["Di Ray"] == "owed"


class Slow(Box):
    """Takes mail, each only once the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go = threading.Semaphore(0)

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802 - the name the server asks for
        await asyncio.to_thread(self.may_go.acquire)
        return await super().handle_DATA(_server, _session, envelope)  # type: ignore[arg-type]


async def test_escape_stops_after_the_message_on_its_way_and_keys_are_answered_meanwhile() -> None:
    box = Slow()
    async with before_a_relay(box) as bench:
        await asked(bench)
        await bench.press("1")
        await says(bench, "░░░░ 0 of 4")
        await bench.press("x")
        await says(bench, "Messages are going out now")
        await bench.press("down")
        assert screen_of(bench).sending is not None
        await bench.press("escape")
        await says(bench, "Stopping after the message that is on its way")
        assert isinstance(bench.app.screen, CirculationScreen)
        box.may_go.release()
        await says(bench, "1 of 4 sent, stopped before the other 3")
        await finished(bench)
        assert [name for name, state in states(bench).items() if state == "sent"] != []
        assert len(box.taken) == 1
        await bench.press("escape")
        await until(lambda: not isinstance(bench.app.screen, CirculationScreen))


async def test_a_screen_that_goes_meanwhile_still_records_what_was_on_its_way() -> None:
    box = Slow()
    async with before_a_relay(box) as bench:
        await asked(bench)
        await bench.press("1")
        await says(bench, "0 of 4")
        await bench.press("S")
        await until(lambda: isinstance(bench.app.screen, RecordsScreen))
        box.may_go.release()
        await until(lambda: "sent" in states(bench).values())
        assert len(box.taken) == 1
        assert list(states(bench).values()).count("sent") == 1


async def test_no_other_key_of_the_board_takes_a_sending_out_of_hand(tmp_path: Path) -> None:
    box = Slow()
    async with before_a_relay(box) as bench:
        bench.app.settings = replace(bench.app.settings, documents=str(tmp_path))
        await over(bench, Ask, "m")
        await bench.press("2")
        await says(bench, "3 emails are in")
        await finished(bench)
        await asked(bench)
        await bench.press("1")
        await says(bench, "0 of 4")
        sending = screen_of(bench).sending
        await choose(bench, "Di Ray")
        for key in ("k", "s", "m", "x"):
            await bench.press(key)
            await says(bench, "Messages are going out now; Escape stops after the one on its way.")
            screen_of(bench).say_sending(4)
            await says(bench, "0 of 4")
        assert screen_of(bench).sending is sending is not None
        await bench.press("escape")
        await says(bench, "Stopping after the message that is on its way")
        box.may_go.release()
        await says(bench, "1 of 4 sent, stopped before the other 3")
        assert len(box.taken) == 1


async def test_while_the_documents_are_made_nothing_else_is_begun_that_would_go_to_the_same_people() -> None:
    box = Slow()
    free = threading.Event()
    async with before_a_relay(box) as bench:
        await asked(bench)
        busy = asyncio.create_task(bench.app.session.ask(lambda _desk: free.wait()))
        await bench.press("1")
        for key in ("x", "m"):
            await bench.press(key)
            await says(bench, "The documents are being made; nothing else can be begun before that.")
        assert isinstance(bench.app.screen, CirculationScreen)
        free.set()
        await busy
        for _ in range(4):
            box.may_go.release()
        await says(bench, "4 of 4 sent")
        await finished(bench)
        assert len(box.taken) == 4
        await bench.press("x")
        await says(bench, "No address is known of those who wait")


async def test_work_that_is_cancelled_sends_nothing_after_the_message_on_its_way() -> None:
    box = Slow()
    async with before_a_relay(box) as bench:
        await asked(bench)
        await bench.press("1")
        await says(bench, "0 of 4")
        sending = screen_of(bench).sending
        assert sending is not None
        bench.app.workers.cancel_node(screen_of(bench))
        await until(lambda: sending.stopped)
        for _ in range(4):
            box.may_go.release()
        await until(lambda: "sent" in states(bench).values())
        assert list(states(bench).values()).count("sent") == len(box.taken) == 1


async def test_a_record_that_does_not_answer_is_no_end_of_the_program_and_says_that_the_message_went(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow(*_: object, **__: object) -> None:
        raise TimeoutError

    async with before_a_relay(Box()) as bench:
        monkeypatch.setattr(bench.app.session, "ask_and_wait", slow)
        await asked(bench)
        await bench.press("1")
        await says(bench, "✗ What became of the last message (SENT) could not be recorded")
        assert bench.app.is_running
        assert screen_of(bench).sending is None


async def test_a_relay_that_is_down_is_told_and_nothing_is_recorded() -> None:
    async with on_board(relayed(free_port())) as bench:
        await until(lambda: bool(screen_of(bench).relay))
        await asked(bench)
        await bench.press("1")
        await says(bench, "✗ The mail relay cannot be reached")
        assert set(states(bench).values()) == {"owed", "barred"}
        assert screen_of(bench).sending is None


async def test_without_a_relay_the_key_says_how_to_set_one() -> None:
    async with on_board() as bench:
        await bench.press("x")
        await says(bench, "The service has set no mail relay")
        await bench.press("r")
        await says(bench, "No email went to anybody yet")


async def test_an_address_is_typed_kept_and_recorded() -> None:
    async with on_board() as bench:
        await choose(bench, "Ann Osei")
        await over(bench, AddressDialog, "p")
        await bench.type("ann at north")
        await bench.press("ctrl+s")
        await says(bench, "no email address a message can be sent to")
        await bench.press("escape")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        await over(bench, AddressDialog, "p")
        line = bench.app.screen.query_one("#address", Input)
        await until(lambda: line.value == "ann at north")
        line.value = "ann@north.gov.uk"
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        [ann] = [one for one in board(bench.desk).lines if one.name == "Ann Osei"]
        assert (ann.address, ann.state) == ("ann@north.gov.uk", "owed")
        await bench.press(*["down"] * 6)
        await bench.press("p")
        await says(bench, "never its record")


async def test_receipts_are_read_from_a_file_or_a_folder_and_the_place_is_kept(tmp_path: Path) -> None:
    box = Box()
    async with before_a_relay(box) as bench:
        await asked(bench)
        await bench.press("2")
        await says(bench, "3 of 3 sent")
        await finished(bench)
        bench.hands.on(hours=1)
        bench.app.settings = replace(bench.app.settings, documents=str(tmp_path))
        head = HEAD.replace("18:00:00", "19:00:00")
        (tmp_path / "back.eml").write_bytes(report("delivery-status", delivery("delivered"), head=head))
        (tmp_path / "letter.eml").write_bytes(b"Subject: hello\r\n\r\nNo receipt.")
        await over(bench, ReceiptsDialog, "r")
        place = bench.app.screen.query_one("#place", Input)
        assert place.value == str(tmp_path)
        place.value = str(tmp_path / "letter.eml")
        await bench.press("ctrl+s")
        await says(bench, "The file is no delivery or read receipt.")
        place.value = ""
        await bench.press("ctrl+s")
        await says(bench, "Name a file that ends in .eml")
        place.value = str(tmp_path)
        await bench.press("ctrl+s")
        await until(lambda: isinstance(bench.app.screen, CirculationScreen))
        assert states(bench)["Di Ray"] == "received"
        await says(bench, "1 new, 0 known already, 1 not about these records")
        await over(bench, ReceiptsDialog, "r")
        await bench.press("ctrl+s")
        await says(bench, "Nothing was recorded: 0 new, 1 known already")
        bench.app.screen.query_one("#place", Input).value = str(tmp_path / "back.eml")
        await bench.press("ctrl+s")
        await says(bench, "That receipt is recorded already.")


def test_a_long_list_is_cut_and_says_how_many_more() -> None:
    def line(number: int, *, outside: bool = False) -> BoardLine:
        who = Receiving(Receiver(f"N{number}"), "", (), True)
        return BoardLine(who, "", "owed", "", f"n{number}@x.uk", outside, (1,), (), ())

    said, ways = whom_to_write([line(number) for number in range(12)], "Send to")
    assert said == ["To 12:", *(f"N{number}: n{number}@x.uk" for number in range(4)), "and 8 more"]
    assert [way.words for way in ways] == ["Send to all 12"]
    said, ways = whom_to_write([line(1, outside=True)], "Send to")
    assert [way.key for way in ways] == ["1"]


def test_the_bar_is_full_only_when_all_is_done() -> None:
    assert progress_words("Sending", 0, 3, 6) == "Sending ░░░░░░ 0 of 3"
    assert progress_words("Sending", 2, 3, 6) == "Sending ████░░ 2 of 3"
    assert progress_words("Sending", 3, 3, 6) == "Sending ██████ 3 of 3"
    assert progress_words("Sending", 0, 0, 6) == "Sending ██████ 0 of 0"


def test_what_came_of_it_names_those_refused() -> None:
    sending = Sending.__new__(Sending)
    sending.done = [Outcome("Di", ""), Outcome("Sam", "550 no")]
    assert sending.words(3) == "1 of 3 sent, stopped before the other 1; 1 refused. Sam: 550 no"
