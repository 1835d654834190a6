"""What the service decided about its people, forms, hours and shifts, ready to print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from duty_tui.desk.desk import Desk
from duty_tui.desk.permission import acts_of, roles_of
from duty_tui.desk.service_defaults import READ_ONLY, service_defaults
from duty_tui.domain.service_state import Mail
from duty_tui.domain.text import fold
from duty_tui.domain.times import moment_words

#: Said where nobody is listed.
NOBODY = "Nobody is listed, so everybody may do everything. The first person listed begins the list."


def is_same(one: str, other: str) -> bool:
    """Whether two names are one person's, whatever their case and accents."""
    return fold(one) == fold(other)


def as_object(desk: Desk) -> dict[str, Any]:
    """The settings as docs/commands.md promises them. Times are UTC in ISO 8601, lengths of time minutes."""
    service, defaults = desk.books.service, service_defaults()
    return {
        "you": {"name": desk.actor, "roles": list(roles_of(desk.actor, service)) if service.people else []},
        "everybody_may_do_everything": not service.people,
        "people": [{"name": name, "roles": list(roles)} for name, roles in _people(desk)],
        "roles": [
            {
                "role": name,
                "label": role.label,
                "may": list(acts_of(name, service, defaults)),
                "own": name in service.may,
            }
            for name, role in defaults.role.items()
        ],
        "recipients": [
            {"form": form, "name": one.name, "role": one.role, "contact": one.contact}
            for form, people in sorted(service.recipients.items())
            for one in people
        ],
        "opens": f"{service.office.opens:%H:%M}",
        "closes": f"{service.office.closes:%H:%M}",
        "unconfirmed_within_minutes": service.office.unconfirmed_within // timedelta(minutes=1),
        "letterhead": service.letterhead._asdict(),
        "mail": {
            **{name: value for name, value in service.mail._asdict().items() if name != "lasts"},
            "secure": list(service.mail.secure),
            "invitation_lasts_minutes": service.mail.lasts // timedelta(minutes=1),
        },
        "on_duty": [
            {
                "name": shift.name,
                "since": shift.since.isoformat(),
                "until": shift.until.isoformat() if shift.until else None,
            }
            for shift in service.on_duty
            if shift.has(desk.clock())
        ],
    }


def as_text(desk: Desk) -> Iterator[str]:
    """The settings, line by line, each headed by what it is about."""
    service, defaults = desk.books.service, service_defaults()
    yield "PEOPLE"
    for name, roles in _people(desk):
        labels = (defaults.role[role].label if role in defaults.role else role for role in roles)
        yield f"  {name}: {', '.join(labels)}"
    if service.people:
        yield f"  Anybody else: {defaults.role[READ_ONLY].label}"
    else:
        yield f"  {NOBODY}"
    yield "ROLES"
    for role, known in defaults.role.items():
        may = ", ".join(acts_of(role, service, defaults)) or "nothing but look"
        yield f"  {known.label} ({role}): {may}" + (" · set here" if role in service.may else "")
    yield "RECIPIENTS"
    yield from _recipients(desk)
    yield "OFFICE"
    yield f"  Open {service.office.opens:%H:%M} to {service.office.closes:%H:%M}"
    yield f"  A missing yes is asked about {_length(service.office.unconfirmed_within)} before a discussion"
    yield "LETTERHEAD"
    yield f"  {' · '.join(filter(None, service.letterhead))}"
    yield "EMAIL"
    yield from _mail(service.mail)
    yield "ON DUTY"
    on = [shift for shift in service.on_duty if shift.has(desk.clock())]
    for shift in on:
        until = f", until {moment_words(shift.until)}" if shift.until else ""
        yield f"  {shift.name}, since {moment_words(shift.since)}{until}"
    if not on:
        yield "  Nobody is said to be."


def _mail(mail: Mail) -> Iterator[str]:
    yield f"  From {mail.sender or 'whoever sends it'}; subjects begin with {mail.prefix or 'nothing'}"
    yield f"  Secure domains: {', '.join(mail.secure) or 'none'}"
    user = f", as {mail.user}" if mail.user else ""
    how = f"through {mail.relay}, port {mail.port}, TLS {mail.tls}{user}" if mail.relay else "by the program: nothing"
    yield f"  Sent {how}"
    yield f"  An invitation says that it lasts {_length(mail.lasts)}"


def _people(desk: Desk) -> list[tuple[str, tuple[str, ...]]]:
    return sorted(desk.books.service.people.items(), key=lambda person: fold(person[0]))


def _recipients(desk: Desk) -> Iterator[str]:
    forms = desk.rulebook.vocabulary.form
    recipients = desk.books.service.recipients
    for form, people in sorted(recipients.items()):
        label = forms[form].label if form in forms else form
        for one in people:
            more = " · ".join(filter(None, (one.role, one.contact)))
            yield f"  {label} ({form}) goes to {one.name}" + (f" · {more}" if more else "")
    if not recipients:
        yield "  No form goes to anybody by itself."


def _length(span: timedelta) -> str:
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    return " ".join(filter(None, (f"{hours}h" if hours else "", f"{minutes}m" if minutes else "")))
