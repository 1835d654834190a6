"""The service's own mail relay: one message to one person at a time, and what the relay said to each.

Blocking: never called on an event loop. Off until the service names a relay; without TLS to this machine alone.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_address
from typing import Literal, NamedTuple

from duty_tui.documents.mail import Letter, written
from duty_tui.domain.text import clean
from duty_tui.errors import DutyError, Refused

#: Seconds the relay may take for any one answer.
PATIENCE = 20.0
#: Longest answer of a relay that is kept.
_SAID = 200
#: Asked of a relay that can: tell when it is delivered, and when it cannot be.
_NOTIFY = ("NOTIFY=SUCCESS,FAILURE",)


class Relay(NamedTuple):
    """Where mail is handed in."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    user: str = ""
    password: str = ""
    patience: float = PATIENCE


class Handed(NamedTuple):
    """What became of one letter; `refused` is what the relay said, empty where it took the letter."""

    letter: Letter
    refused: str = ""


class NoRelay(DutyError):
    """The relay cannot be reached, or not as it must be; nothing more was sent."""


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine itself, to which mail may go without TLS."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_unless_safe(relay: Relay) -> None:
    """Raises Refused where no relay is set, or one elsewhere is to be spoken to without TLS."""
    if not relay.host:
        raise Refused(
            "The service has set no mail relay.",
            entry="Nothing was sent.",
            do="Set one (duty-tui service mail --relay HOST), or write drafts (--drafts).",
        )
    if relay.tls == "none" and not is_this_machine(relay.host):
        raise Refused(
            "Without TLS mail goes to a relay on this machine alone.",
            entry="Nothing was sent.",
            do="Set TLS: duty-tui service mail --tls starttls.",
        )


def hand_in(
    relay: Relay, letters: Iterable[Letter], at: datetime, context: ssl.SSLContext | None = None
) -> Iterator[Handed]:
    """Give the letters to the relay, and say of each whether it was taken before the next one goes.

    A letter in whose middle the connection breaks counts as refused, and says that it may have arrived. Raises Refused
    and NoRelay; what was said before stands.
    """
    refuse_unless_safe(relay)
    smtp = _open(relay, context or ssl.create_default_context())
    try:
        options = _NOTIFY if smtp.has_extn("dsn") else ()
        for letter in letters:
            if smtp.sock is None:
                raise NoRelay(
                    "The connection to the mail relay broke.",
                    entry="What was sent before is recorded; the others were not sent.",
                    do="Send again: it goes on with those who have nothing yet.",
                )
            yield _one(smtp, letter, at, options)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()


def _open(relay: Relay, context: ssl.SSLContext) -> smtplib.SMTP:
    try:
        if relay.tls == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, timeout=relay.patience, context=context)
        else:
            smtp = smtplib.SMTP(relay.host, relay.port, timeout=relay.patience)
        try:
            smtp.ehlo_or_helo_if_needed()
            if relay.tls == "starttls":
                smtp.starttls(context=context)
                smtp.ehlo()
            if relay.user:
                smtp.login(relay.user, relay.password)
        except BaseException:
            smtp.close()
            raise
    except smtplib.SMTPNotSupportedError:
        raise NoRelay(
            "The mail relay does not offer what the service asks of it (TLS, or a log-in).",
            entry="Nothing was sent.",
            do="Ask whoever runs it; `duty-tui service show` has the settings.",
        ) from None
    except smtplib.SMTPAuthenticationError:
        raise NoRelay(
            "The mail relay does not take the user name and password.",
            entry="Nothing was sent.",
            do="Put the right password into DUTY_TUI_MAIL_PASSWORD.",
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NoRelay(
            f"The mail relay cannot be reached: {_words(error)}.",
            entry="Nothing was sent.",
            do="Try again later, or write drafts (--drafts).",
        ) from None
    return smtp


def _one(smtp: smtplib.SMTP, letter: Letter, at: datetime, options: tuple[str, ...]) -> Handed:
    try:
        message = written(letter, at)
        smtp.send_message(message, from_addr=letter.sender, to_addrs=[letter.address], rcpt_options=options)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return Handed(letter, _answer(code, said))
    except smtplib.SMTPResponseException as error:
        return Handed(letter, _answer(error.smtp_code, error.smtp_error))
    except (OSError, smtplib.SMTPException) as error:
        return Handed(letter, f"the connection broke, and it may have arrived all the same: {_words(error)}")
    return Handed(letter)


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(clean(text).split())}"[:_SAID]


def _words(error: Exception) -> str:
    """What went wrong, in the words of the system, on one line."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return " ".join(clean(said).split())[:_SAID].rstrip(".")
