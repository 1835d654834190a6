"""The mail relay: a real SMTP server on this machine that takes some recipients, refuses others, breaks, or is down."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from duty_tui.documents.mail import Letter
from duty_tui.documents.relay import Handed, NoRelay, Relay, hand_in, is_this_machine
from duty_tui.errors import DutyError, Refused
from tests.builders import FRIDAY_SIX
from tests.documents.test_mail import a_letter

#: Made for these tests, for `localhost`, with its key: it protects nothing.
CERTIFICATE = Path(__file__).with_name("localhost.pem")
SIX = ("ann", "di", "jo", "lund", "hale", "sam")


class Box:
    """Takes mail, but not for those it does not know."""

    def __init__(self, unknown: tuple[str, ...] = (), said: str = "550 5.1.1 no such box \x1b[2J") -> None:
        self.unknown, self.said = unknown, said
        self.taken: list[tuple[str, list[str], bytes]] = []

    async def handle_RCPT(  # noqa: N802 - the name the server asks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.partition("@")[0] in self.unknown:
            return self.said
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append((str(envelope.mail_from), list(map(str, envelope.rcpt_tos)), content))
        return "554 too much of it" if b"too-much" in content else "250 OK"


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@pytest.fixture
def trusting() -> ssl.SSLContext:
    """Trusts that server."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@contextmanager
def serving(box: object, **how: Any) -> Iterator[Relay]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **how)
    controller.start()
    try:
        yield Relay("127.0.0.1", controller.port, "none", patience=5)
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def letters(*names: str) -> list[Letter]:
    return [a_letter(address=f"{name}@north.gov.uk", sender="duty@north.gov.uk") for name in names]


def handed(relay: Relay, *names: str) -> list[Handed]:
    return list(hand_in(relay, letters(*names), FRIDAY_SIX))


def test_everybody_gets_a_message_of_their_own() -> None:
    box = Box()
    with serving(box) as relay:
        assert [one.refused for one in handed(relay, *SIX)] == [""] * 6
    assert [to for _, to, _ in box.taken] == [[f"{name}@north.gov.uk"] for name in SIX]
    assert {sender for sender, _, _ in box.taken} == {"duty@north.gov.uk"}
    for (_, [to], content), others in zip(box.taken, SIX, strict=True):
        assert f"To: Di Ray <{to}>".encode() in content
        assert sum(f"{name}@north".encode() in content for name in SIX) == 1, others


def test_half_of_them_are_refused_each_with_what_the_relay_said() -> None:
    box = Box(unknown=("di", "lund", "sam"))
    with serving(box) as relay:
        said = {one.letter.address.partition("@")[0]: one.refused for one in handed(relay, *SIX)}
    assert {name for name, why in said.items() if why} == {"di", "lund", "sam"}
    assert said["di"].startswith("550 5.1.1 no such box")
    assert "\x1b" not in said["di"]
    assert len(box.taken) == 3


def test_a_message_that_is_not_taken_is_told_and_the_next_one_goes() -> None:
    with serving(Box()) as relay:
        two = letters("di", "jo")
        two[0] = two[0]._replace(text="too-much")
        assert [one.refused for one in hand_in(relay, two, FRIDAY_SIX)] == ["554 too much of it", ""]


def test_where_nobody_listens_nothing_was_sent() -> None:
    with pytest.raises(NoRelay, match="cannot be reached") as down:
        handed(Relay("127.0.0.1", free_port(), "none"), "di")
    assert down.value.entry == "Nothing was sent."


def test_a_relay_that_says_nothing_is_not_waited_for_for_ever() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(NoRelay, match="cannot be reached"):
            handed(Relay("127.0.0.1", silent.getsockname()[1], "none", patience=0.2), "di")


def talking(lines: Callable[[str], bytes | None]) -> tuple[Relay, threading.Thread]:
    """A server that answers each line as it is told to, and hangs up where it is told nothing."""
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen()

    def serve() -> None:
        with server, server.accept()[0] as one, suppress(OSError), one.makefile("rwb") as both:
            both.write(b"220 here\r\n")
            both.flush()
            for line in both:
                said = lines(line.decode().strip())
                if said is None:
                    return
                both.write(said)
                both.flush()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return Relay("127.0.0.1", server.getsockname()[1], "none", patience=5), thread


def test_where_the_connection_breaks_that_message_may_have_arrived_and_no_other_is_tried() -> None:
    relay, thread = talking(lambda line: None if line.upper().startswith("RCPT") else b"250 go on\r\n")
    steps = hand_in(relay, letters("di", "jo"), FRIDAY_SIX)
    assert next(steps).refused.startswith("the connection broke, and it may have arrived all the same: ")
    with pytest.raises(NoRelay, match="connection to the mail relay broke") as broke:
        next(steps)
    assert "What was sent before is recorded" in broke.value.entry
    thread.join(5)


def test_delivery_is_asked_to_be_told_of_where_the_relay_can() -> None:
    heard: list[str] = []

    def answer(line: str) -> bytes:
        heard.append(line)
        if line.upper().startswith("EHLO"):
            return b"250-here\r\n250 DSN\r\n"
        return b"354 go on\r\n" if line.upper() == "DATA" else b"250 fine\r\n"

    relay, thread = talking(lambda line: answer(line) if line.upper() != "QUIT" else None)
    steps = hand_in(relay, letters("di"), FRIDAY_SIX)
    # What stands in the message is answered line by line too; the first answer settles it.
    assert next(steps).refused == ""
    steps.close()  # type: ignore[attr-defined]
    thread.join(5)
    assert "rcpt TO:<di@north.gov.uk> NOTIFY=SUCCESS,FAILURE" in heard


# ------------------------------------------------------------------------------------------------------------------ TLS
@pytest.mark.parametrize("host", ["mail.north.gov.uk", "10.0.0.1", "127.0.0.1.example.org", "0.0.0.0"])  # noqa: S104
def test_without_tls_nothing_leaves_this_machine(host: str) -> None:
    with pytest.raises(Refused, match="Without TLS"):
        handed(Relay(host, 25, "none"), "di")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.0.1", "::1", "[::1]"])
def test_this_machine_is_known(host: str) -> None:
    assert is_this_machine(host)


def test_without_a_relay_nothing_is_sent() -> None:
    with pytest.raises(Refused, match="has set no mail relay"):
        handed(Relay("", 25, "starttls"), "di")


def test_a_relay_that_offers_no_tls_is_not_spoken_to() -> None:
    box = Box()
    with serving(box) as relay, pytest.raises(NoRelay, match="does not offer") as refused:
        handed(relay._replace(tls="starttls"), "di")
    assert refused.value.entry == "Nothing was sent."
    assert box.taken == []


def test_a_relay_with_another_s_certificate_is_not_spoken_to(tls: ssl.SSLContext) -> None:
    box = Box()
    with serving(box, tls_context=tls, require_starttls=True) as relay, pytest.raises(NoRelay, match="cannot be"):
        handed(relay._replace(tls="starttls"), "di")
    assert box.taken == []


@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_over_tls_it_goes(tls: ssl.SSLContext, trusting: ssl.SSLContext, way: Any) -> None:
    box = Box()
    how = {"ssl_context": tls} if way == "tls" else {"tls_context": tls, "require_starttls": True}
    with serving(box, **how) as relay:
        by_name = relay._replace(host="localhost", tls=way)
        assert [one.refused for one in hand_in(by_name, letters("di"), FRIDAY_SIX, trusting)] == [""]
    assert len(box.taken) == 1


def test_a_user_logs_in_and_a_wrong_password_is_told() -> None:
    def knows(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    with serving(Box(), authenticator=knows, auth_require_tls=False) as relay:
        assert handed(relay._replace(user="duty", password="right"), "di")[0].refused == ""
        with pytest.raises(NoRelay, match="does not take the user name and password") as refused:
            handed(relay._replace(user="duty", password="wrong"), "di")
    assert "wrong" not in str(refused.value)
    assert isinstance(refused.value, DutyError)
