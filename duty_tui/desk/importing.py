"""Referral files into the record: all of a file or nothing of it, and a second time nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from duty_tui.desk import projection
from duty_tui.desk.desk import Desk
from duty_tui.desk.entries import foreseen, to_record
from duty_tui.domain.commands import AddNote, CloseConcern, Command, RaiseConcern, RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event
from duty_tui.domain.history import fold
from duty_tui.domain.times import start_of_day
from duty_tui.errors import BadFile, Conflict, Refused
from duty_tui.exchange.referrals import Referral, ReferralFile, counted
from duty_tui.store.journal import NewEntry, new_id
from duty_tui.store.rows import ConcernRow, Identity

#: Told after each referral: how many are done, of how many.
Progress = Callable[[int, int], None]


class PossibleDuplicate(NamedTuple):
    """A row whose child may be in another concern: `other` is that concern's number or a row of the same file."""

    row: str
    other: str
    #: What the two share: upn, nhs, case, name+born.
    shares: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    file: ReferralFile
    #: Recorded now, or that would be; of these, how many stand in the queue.
    added: int
    open: int
    #: In the record already from an earlier import.
    already: int
    #: Rows of the file whose child may be in the record under another concern.
    duplicates: Sequence[PossibleDuplicate]
    dry_run: bool


def import_referrals(
    desk: Desk, file: ReferralFile, *, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Record every referral of `file` that is not in the record yet, in one transaction.

    What a form would ask about before it is recorded (a receipt in the future) joins the file's warnings.

    Raises BadFile when the file has problems, Refused when it is not theirs to record or somebody imported some of it
    at the same moment; then nothing is recorded. Possible duplicates are reported, never merged.
    """
    _refuse_what_cannot_be_imported(desk, file, dry_run=dry_run)
    at = desk.clock()
    entries: list[NewEntry] = []
    concerns: list[Concern] = []
    rows: list[ConcernRow] = []
    identities: dict[str, list[Identity]] = {}
    duplicates: list[PossibleDuplicate] = []
    doubted: list[Referral] = []
    seen: dict[Identity, str] = {}
    already = 0
    for done, referral in enumerate(file.referrals, 1):
        if desk.store.version(referral.concern_id):
            already += 1
        else:
            doubted.append(replace(referral, warnings=tuple(referral.command.doubts(Concern(referral.concern_id), at))))
            concern, its_entries = _recorded(desk, referral, at)
            entries += its_entries
            concerns.append(concern)
            rows.append(projection.row_of(concern, desk.rulebook))
            identities[concern.id] = projection.identities_of(concern)
            duplicates += _duplicates(desk, referral.row, concern.id, identities[concern.id], seen)
        if progress:
            progress(done, len(file.referrals))
    if entries and not dry_run:
        try:
            under_lock = _rows_under_lock(desk, concerns, rows)
            desk.store.append(entries, actor=desk.actor, at=at, rows=under_lock, identities=identities)
        except Conflict:
            raise Refused(
                "Some of these referrals were imported elsewhere a moment ago.",
                entry="Nothing was imported.",
                do="Import the file again: what is in the record by now is not added a second time.",
            ) from None
    file = replace(file, warnings=(*file.warnings, *counted(doubted)))
    return ImportReport(file, len(rows), sum(row.status == "open" for row in rows), already, duplicates, dry_run)


def _rows_under_lock(desk: Desk, concerns: Sequence[Concern], rows: Sequence[ConcernRow]) -> Iterator[ConcernRow]:
    """The rows as made, or made again where the service decided something while a long file was read."""
    if desk.catch_up():
        yield from (projection.row_of(concern, desk.rulebook) for concern in concerns)
    else:
        yield from rows


def _refuse_what_cannot_be_imported(desk: Desk, file: ReferralFile, *, dry_run: bool) -> None:
    if file.problems:
        raise BadFile(
            f"{len(file.problems)} of the referrals in the file cannot be read.",
            problems=tuple(map(str, file.problems)),
            entry="Nothing was imported.",
            do="Mend these rows and import the whole file again.",
        )
    if not dry_run and (reason := desk.may(RaiseConcern.act)):
        raise Refused(reason, entry="Nothing was imported.", do="Ask one of them to import the file.")


def _duplicates(
    desk: Desk, row: str, concern_id: str, identities: Sequence[Identity], seen: dict[Identity, str]
) -> list[PossibleDuplicate]:
    """Concerns in the record, and earlier rows of the file (`seen`, added to), that share an identity with this one."""
    stored = desk.seen.duplicates_of(concern_id, identities)
    found = [PossibleDuplicate(row, other.reference, other.kind) for other in stored]
    for identity in identities:
        earlier = seen.setdefault(identity, row)
        if earlier != row:
            found.append(PossibleDuplicate(row, earlier, identity.kind))
    return found


def _recorded(desk: Desk, referral: Referral, at: datetime) -> tuple[Concern, list[NewEntry]]:
    """The concern a referral becomes, and the entries that make it."""
    concern = Concern(referral.concern_id)
    events: list[Event] = []
    mark = new_id()
    for command in _commands(desk, referral):
        events += command.events(concern, at)
        entries = to_record(concern.id, 0, events, mark)
        concern = fold(concern.id, foreseen(events, entries, at, desk.actor))
    return concern, entries


def _commands(desk: Desk, referral: Referral) -> list[Command]:
    """What the referral asks the desk to do, in order; milestones known to the day count from the day's start."""
    labels = desk.rulebook.vocabulary.event
    found: list[Command] = [referral.command]
    found += [AddNote(text=note) for note in referral.notes]
    found += [
        RecordMilestone(
            event=name, label=labels[name].label, at=start_of_day(on), child=child, note="Day only", planned=True
        )
        for name, on, child in referral.milestones
    ]
    if referral.closed:
        found.append(CloseConcern(reason=referral.closed.reason, since=start_of_day(referral.closed.on)))
    return found
