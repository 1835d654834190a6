"""`duty-tui service`: the people and what they may do, recipients of forms, office hours, who is on duty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

import click

from duty_tui.cli.output import as_json, narrate, near, say, say_object
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import MOMENT
from duty_tui.errors import Refused, UsageError

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.service import ServiceEvent

_NOTHING = "Nothing was changed."


@click.group("service", epilog="Example: duty-tui service show")
def command() -> None:
    """The people here and what they may do, whom forms go to, office hours, who is on duty."""


@command.command(epilog="Example: duty-tui service show --json")
@as_json
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """Show everything the service decided about itself besides policies and closure days."""
    from duty_tui.desk.service_settings import as_object, as_text

    desk = desk_of(ctx)
    if as_json:
        say_object(as_object(desk))
    else:
        say(*as_text(desk))


@command.command(epilog="Example: duty-tui service person 'Ann Osei' --role duty_manager --role chair")
@click.argument("name")
@click.option("--role", "roles", multiple=True, metavar="ROLE", help="What they are here; say it for each of several.")
@click.option("--remove", is_flag=True, help="Take them off the list; what they recorded stays.")
@click.pass_context
def person(ctx: click.Context, name: str, roles: Sequence[str], remove: bool) -> None:
    """List somebody with their roles, say their roles anew, or take them off the list."""
    from duty_tui.desk.service_defaults import service_defaults
    from duty_tui.domain.service_people import PersonListed, PersonRemoved

    _said(name, "The person needs a name.")
    if remove == bool(roles):
        raise UsageError("Say what they are here (--role ROLE), or --remove.")
    for role in roles:
        if role not in service_defaults().role:
            _unknown("role", role, service_defaults().role)
    desk = desk_of(ctx)
    people = desk.books.service
    if remove and people.listed(name) is None:
        raise Refused(
            f"{name.strip()} is not in the list{near(name, people.people)}.",
            entry=_NOTHING,
            do="duty-tui service show has the people.",
        )
    _decide(desk, PersonRemoved(name=name) if remove else PersonListed(name=name, roles=tuple(dict.fromkeys(roles))))


@command.command(epilog="Example: duty-tui service role business_support --may record --may book")
@click.argument("role")
@click.option("--may", "acts", multiple=True, metavar="ACT", help="What it may do; say it for each of several.")
@click.option("--nothing", is_flag=True, help="It may only look.")
@click.pass_context
def role(ctx: click.Context, role: str, acts: Sequence[str], nothing: bool) -> None:
    """Say what a role may do here, all of it."""
    from duty_tui.desk.service_defaults import service_defaults
    from duty_tui.domain.service_people import RoleMay

    if role not in service_defaults().role:
        _unknown("role", role, service_defaults().role)
    if nothing == bool(acts):
        raise UsageError("Say everything it may do (--may ACT), or --nothing.")
    for act in acts:
        if act not in service_defaults().act:
            _unknown("act", act, service_defaults().act)
    _decide(desk_of(ctx), RoleMay(role=role, acts=tuple(dict.fromkeys(acts))))


@command.command(epilog="Example: duty-tui service recipient need_to_know 'Jo Webb' --role 'Service manager'")
@click.argument("form")
@click.argument("name")
@click.option("--role", "as_what", default="", metavar="WORDS", help="What they are, in words.")
@click.option("--contact", default="", metavar="WORDS", help="How they are reached.")
@click.option("--remove", is_flag=True, help="The form goes to them no longer.")
@click.pass_context
def recipient(ctx: click.Context, form: str, name: str, *, as_what: str, contact: str, remove: bool) -> None:
    """Have a form go to somebody, or no longer."""
    from duty_tui.desk.service_settings import is_same
    from duty_tui.domain.escalation_events import To
    from duty_tui.domain.service_people import RecipientsSet

    _said(name, "The recipient needs a name.")
    desk = desk_of(ctx)
    forms = desk.rulebook.vocabulary.form
    if form not in forms:
        _unknown("form", form, forms)
    now = desk.books.service.recipients.get(form, ())
    others = [To(name=one.name, role=one.role, contact=one.contact) for one in now if not is_same(one.name, name)]
    if remove and len(others) == len(now):
        known = near(name, [one.name for one in now])
        raise Refused(f"The form does not go to {name.strip()}{known}.", entry=_NOTHING)
    new = [] if remove else [To(name=name, role=as_what, contact=contact)]
    _decide(desk, RecipientsSet(form=form, recipients=(*others, *new)))


@command.command(epilog="Example: duty-tui service office --opens 08:30 --closes 17:00")
@click.option("--opens", metavar="HH:MM", help="When it opens, London time.")
@click.option("--closes", metavar="HH:MM", help="When it closes.")
@click.option("--unconfirmed-within", metavar="SPAN", help="How long before a discussion a missing yes is asked about.")
@click.pass_context
def office(ctx: click.Context, opens: str | None, closes: str | None, unconfirmed_within: str | None) -> None:
    """Set when the office is open, and when the desk asks about an agency that has not said yes (2h, 90m)."""
    from duty_tui.desk.service_defaults import clock_time, span
    from duty_tui.domain.service_people import OfficeSet

    try:
        new = OfficeSet(
            opens=clock_time(opens) if opens is not None else None,
            closes=clock_time(closes) if closes is not None else None,
            unconfirmed_within=span(unconfirmed_within) if unconfirmed_within is not None else None,
        )
    except ValueError as wrong:
        raise UsageError(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from None
    if new == OfficeSet():
        raise UsageError("Say what to set: --opens, --closes or --unconfirmed-within.")
    desk = desk_of(ctx)
    hours = new.apply(desk.books.service).office
    if hours.opens >= hours.closes:
        raise Refused(f"The office would close at {hours.closes:%H:%M}, before it opens.", entry=_NOTHING)
    _decide(desk, new)


@command.command(epilog="Example: duty-tui service letterhead --name 'Northshire Council' --marking OFFICIAL-SENSITIVE")
@click.option("--name", metavar="WORDS", help="The service, as documents name it.")
@click.option("--logo-text", metavar="WORDS", help="A line in place of a logo; '' for none.")
@click.option("--marking", metavar="WORDS", help="The protective marking on every page.")
@click.pass_context
def letterhead(ctx: click.Context, name: str | None, logo_text: str | None, marking: str | None) -> None:
    """Set what stands at the head of every document."""
    from duty_tui.domain.service_people import LetterheadSet

    for said, empty in ((name, "The service needs a name."), (marking, "A document needs a marking.")):
        if said is not None:
            _said(said, empty)
    new = LetterheadSet(name=name, logo_text=logo_text, marking=marking)
    if new == LetterheadSet():
        raise UsageError("Say what to set: --name, --logo-text or --marking.")
    _decide(desk_of(ctx), new)


@command.command(epilog="Example: duty-tui service mail --sender duty@north.gov.uk --secure gov.uk --secure nhs.net")
@click.option("--sender", metavar="ADDRESS", help="Whom emails are from, and receipts go to; '' for none.")
@click.option("--prefix", metavar="WORDS", help="What subjects begin with, such as [secure]; '' for nothing.")
@click.option("--secure", multiple=True, metavar="DOMAIN", help="A secure domain, and all under it; say all of them.")
@click.option("--no-secure", is_flag=True, help="No domain is secure: every recipient is asked about.")
@click.option("--relay", metavar="HOST", help="The mail relay; '' for none, and then nothing is sent.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Its port; 25 unless set.")
@click.option("--tls", type=click.Choice(["starttls", "tls", "none"]), help="none only to this machine itself.")
@click.option("--user", metavar="NAME", help="Who logs in there; the password is never kept.")
@click.option("--lasts", metavar="SPAN", help="How long an invitation says a discussion lasts (1h, 90m).")
@click.pass_context
def mail(ctx: click.Context, /, *, secure: Sequence[str], no_secure: bool, lasts: str | None, **known: Any) -> None:
    """Set how email leaves the service. The relay's password is read from DUTY_TUI_MAIL_PASSWORD when it is needed."""
    from duty_tui.desk.service_defaults import span
    from duty_tui.documents.relay import is_this_machine
    from duty_tui.domain.email_address import is_address
    from duty_tui.domain.service_people import MailSet

    if known["sender"] and not is_address(known["sender"]):
        raise UsageError("The sender is no address a message can be sent from.")
    if no_secure and secure:
        raise UsageError("Say either --secure, for each domain, or --no-secure.")
    try:
        long = span(lasts) if lasts is not None else None
    except ValueError as wrong:
        raise UsageError(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from None
    new = MailSet(secure=tuple(secure) if secure or no_secure else None, lasts=long, **known)
    if new == MailSet():
        raise UsageError("Say what to set: --sender, --prefix, --secure, --relay, --port, --tls, --user or --lasts.")
    desk = desk_of(ctx)
    after = new.apply(desk.books.service).mail
    if after.relay and after.tls == "none" and not is_this_machine(after.relay):
        raise Refused("Without TLS mail goes to a relay on this machine alone.", entry=_NOTHING, do="Set --tls.")
    _decide(desk, new)


@command.command("on", epilog="Example: duty-tui service on 'Ann Osei' 'Tom Reid' --until 2026-11-20T20:00")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--until", type=MOMENT, help="When their shift ends; without it, until somebody else comes on.")
@click.pass_context
def on_duty(ctx: click.Context, names: Sequence[str], until: datetime | None) -> None:
    """Say who is on duty from now on; whoever was on before is relieved."""
    from duty_tui.domain.service_people import OnDuty

    for name in names:
        _said(name, "Somebody on duty needs a name.")
    desk = desk_of(ctx)
    since = desk.clock()
    if until is not None and until <= since:
        raise Refused("That shift would be over already.", entry=_NOTHING, do="Give a time to come.")
    _decide(desk, OnDuty(names=tuple(names), since=since, until=until))


def _decide(desk: Desk, event: ServiceEvent) -> None:
    desk.decide([event])
    narrate("Recorded.")


def _said(text: str, without: str) -> None:
    if not text.strip():
        raise UsageError(without)


def _unknown(what: str, word: str, known: Iterable[str]) -> NoReturn:
    names = list(known)
    raise UsageError(f"{word} is no {what} here{near(word, names) or '; there are ' + ', '.join(names)}.")
