"""`duty-tui show`: what was recorded at the discussions of a concern, one complete record for each child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.output import as_json, say, say_object
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import iso_utc, moment_words

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.concern import Concern
    from duty_tui.domain.discussion import Action, Decision, Person
    from duty_tui.views.company import Companion
    from duty_tui.views.record import ChildRecord


@click.command("show", epilog="Example: duty-tui show C12 --child 1")
@click.argument("concern")
@click.option("--child", type=click.IntRange(1), metavar="N", help="Only the records of the child with this number.")
@as_json
@as_of
@click.pass_context
def command(ctx: click.Context, *, concern: str, child: int | None, as_json: bool, at: datetime | None) -> None:
    """Show what was recorded at the discussions of CONCERN (C12, or its id), for each child."""
    from duty_tui.desk.child_record import records_of
    from duty_tui.desk.company import company
    from duty_tui.desk.reading import title_of
    from duty_tui.errors import Refused
    from duty_tui.views.company import in_words

    desk, at = desk_of(ctx), at or system_clock()
    row = desk.find(concern)
    found = desk.concern(row.id, how="show")
    if child is not None and found.child(child) is None:
        raise Refused(f"There is no child {child} on this concern.", do="Choose one of its children, from 1.")
    others = company(desk.store, desk.actor, row.id, system_clock())
    objects = [_object(record, _lacks(desk, found, record, at)) for record in records_of(found, child)]
    if as_json:
        named = {"concern": found.id, "reference": f"C{row.number}", "title": title_of(found, at)}
        say_object({**named, "present": [_present(one) for one in others], "records": objects})
    else:
        there = [f"Now here: {in_words(others)}"] if others else []
        say(f"C{row.number}  {title_of(found, at)}", *there, *(line for item in objects for line in _text(item)))
        if not objects:
            say("No discussion was held.")


def _present(one: Companion) -> dict[str, Any]:
    """Somebody who has the concern open or types about it."""
    where = {"machine": one.machine, "screen": one.part or None, "typing": one.typing or None}
    return {"who": one.who, **where, "seen": iso_utc(one.seen)}


def _lacks(desk: Desk, concern: Concern, record: ChildRecord, at: datetime) -> Sequence[str]:
    """What a record lacks: for a signed one what it lacked when it was signed."""
    from duty_tui.desk.points import lacks_of
    from duty_tui.desk.scene import scene_of

    if record.signature is not None:
        return record.signature.lacked
    if record.dropped:
        return ()
    scene = scene_of(concern, record.discussion.number, desk.rulebook, at)
    return [words for words, _ in lacks_of(scene, record.child)]


def _object(record: ChildRecord, lacks: Sequence[str]) -> dict[str, Any]:
    """A record as docs/commands.md describes it."""
    held, signed = record.discussion, record.signature
    return {
        "discussion": held.number,
        "child": record.child.number,
        "name": record.child.name or None,
        "case_number": record.child.case_number or None,
        "dropped": record.dropped or None,
        "signed": {"by": signed.by, "at": _iso(signed.at)} if signed else None,
        "complete": bool(signed) and not lacks,
        "lacks": list(lacks),
        "format": held.format,
        "started": _iso(held.started),
        "ended": _iso(held.ended),
        "chair": held.chair,
        "follows": held.follows,
        "further": held.further,
        "agreed_by": held.agreed_by or None,
        "reason": held.reason or None,
        "received": _iso(record.received),
        "referred": record.referred,
        "what": record.what,
        "emergency": held.emergency or None,
        "same_series": held.moves_conference or None,
        "people": [_person(one) for one in held.people],
        "informed": [
            {"role": one.role, "title": one.title, "who": one.who or None, "at": _iso(one.at), "note": one.note or None}
            for one in held.informed
        ],
        "notes": [{"at": _iso(line.at), "by": line.by, "text": line.text} for line in held.lines],
        "answers": [
            {"item": one.item, "asked": one.asked or None, "agency": one.agency or None, "text": one.text}
            for one in held.answers
        ],
        "decisions": [_decision(one) for one in held.decisions],
        "challenge": [
            {"decision": one.decision, "who": one.who, "agency": one.agency, "text": one.text, "outcome": one.outcome}
            for one in held.dissent
        ],
        "actions": [_action(one, record.child.number) for one in held.actions],
        "sharing": [
            {"what": one.what or None, "when": one.when or None, "withheld": one.withheld or None}
            for one in held.sharing
        ],
        "additions": [{"at": _iso(one.at), "by": one.by, "text": one.text} for one in record.additions],
    }


def _person(one: Person) -> dict[str, Any]:
    said = {"name": one.name, "job": one.job, "agency": one.agency, "role": one.role, "standing": one.standing}
    times = {"joined": _iso(one.joined), "left": _iso(one.left)}
    return {**said, "present": one.standing == "present", "senior": one.senior, "reason": one.reason or None, **times}


def _decision(one: Decision) -> dict[str, Any]:
    return {"id": one.id, "box": one.box, "label": one.label, "reason": one.reason, "at": _iso(one.at)}


def _action(one: Action, child: int) -> dict[str, Any]:
    done = one.done.get(child)
    return {
        "id": one.id,
        "form": one.form,
        "what": one.what,
        "who": one.who or None,
        "agency": one.agency or None,
        "due": _iso(one.due),
        "children": list(one.children),
        "check": one.check or None,
        "contingency": one.contingency or None,
        "details": dict(one.details),
        "done": {"at": _iso(done[0]), "how": done[1]} if done else None,
    }


def _iso(instant: datetime | None) -> str | None:
    return iso_utc(instant) if instant else None


def _said(instant: str | None) -> str:
    return moment_words(datetime.fromisoformat(instant)) if instant else "not recorded"


def _text(item: dict[str, Any]) -> Iterator[str]:
    """A record in lines; nothing in it is shortened."""
    yield ""
    yield f"RECORD  discussion {item['discussion']}, child {item['child']}: {item['name'] or 'name not known'}"
    signed = item["signed"]
    yield f"  {'Signed by ' + signed['by'] + ', ' + _said(signed['at']) if signed else 'NOT SIGNED'}"
    if item["dropped"]:
        yield f"  Dropped from the discussion. Reason: {item['dropped']}"
    yield f"  {'Received' if item['referred'] else 'Came up on an open case'} {_said(item['received'])}"
    yield f"  {item['format'] or 'held'}, {_said(item['started'])} to {_said(item['ended'])}, chair {item['chair']}"
    for name, words in (("reason", "Why it was held"), ("emergency", "Held without a quorum")):
        if item[name]:
            yield f"  {words}: {item[name]}"
    for heading, lines in _parts(item):
        if said := list(lines):
            yield from (f"  {heading}", *(f"    {line}" for line in said))


def _parts(item: dict[str, Any]) -> Iterator[tuple[str, Iterator[str]]]:
    yield "PEOPLE", (_person_text(one) for one in item["people"])
    yield "INFORMED", (_joined(one["title"], one["who"], _said(one["at"]), one["note"]) for one in item["informed"])
    yield "DECISIONS", (f"{one['label']}. Reason: {one['reason']}" for one in item["decisions"])
    yield "CHALLENGE", (_joined(f"{one['who']}: {one['text']}", one["outcome"]) for one in item["challenge"])
    yield "ACTIONS", (_action_text(one) for one in item["actions"])
    yield "TOLD", (_sharing_text(one) for one in item["sharing"])
    yield "ANSWERS", (f"{one['asked'] or one['item']}: {one['text']}" for one in item["answers"])
    yield "NOTES", (f"{_said(one['at'])} {one['by']}: {one['text']}" for one in item["notes"])
    yield "LACKS", iter(item["lacks"])
    yield "ADDED AFTER SIGNING", (f"{_said(one['at'])} {one['by']}: {one['text']}" for one in item["additions"])


def _person_text(one: dict[str, Any]) -> str:
    return _joined(", ".join(filter(None, (one["name"], one["job"], one["agency"], one["standing"]))), one["reason"])


def _action_text(one: dict[str, Any]) -> str:
    who = ", ".join(filter(None, (one["who"], one["agency"]))) or "nobody named"
    done = f" Done {_said(one['done']['at'])}." if one["done"] else ""
    due = f"by {_said(one['due'])}" if one["due"] else "no time set"
    whom = f" (children {', '.join(map(str, one['children']))})" if len(one["children"]) > 1 else ""
    return f"{who}: {one['what']}, {due}{whom}.{done}"


def _sharing_text(one: dict[str, Any]) -> str:
    return _joined(one["what"] or "", one["when"], f"withheld: {one['withheld']}" if one["withheld"] else "")


def _joined(*parts: str | None) -> str:
    return "; ".join(filter(None, parts))
