"""`duty-tui verify`: whether the record is whole and as it was sealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from duty_tui.cli.output import as_json, narrate, say, say_object
from duty_tui.cli.record import PRACTICE, is_practice, opening_of
from duty_tui.errors import UsageError
from duty_tui.opening import damaged_pages, open_store

if TYPE_CHECKING:
    from duty_tui.store.journal import Head

CHECKED = (
    "every page of the file against its seal",
    "every entry against the one before it, from the first to the last",
    "the guards that refuse changes to the journal",
    "what this terminal saw of the record before: it is still there",
)
ON_A_SERVER = CHECKED[1:]
LATELY = (
    "every entry since this terminal last looked, against the one before it",
    "what this terminal saw of the record before: it is still there",
)
NOT_LATELY = (
    "what was changed before this terminal last looked: `duty-tui verify --whole`",
    "what somebody wrote who holds the key and this program",
)
NOT_COVERED = (
    "what was taken off the end before this terminal first saw the record",
    "what somebody wrote who holds the key and this program",
)


@click.command("verify", epilog="Example: duty-tui verify")
@click.option("--whole/--quick", default=True, help="All of it (the default), or only what came since the last look.")
@click.option("--restored", is_flag=True, help="A backup was put back on purpose: begin anew from its end.")
@as_json
@click.pass_context
def command(ctx: click.Context, *, whole: bool, restored: bool, as_json: bool) -> None:
    """Check that the record is whole and unchanged; ends with 1 and says where when it is not."""
    from duty_tui.errors import Tampered
    from duty_tui.store.witness import Witness

    if restored and not whole:
        raise UsageError("A record that was restored is verified whole.")
    how = opening_of(ctx)
    try:
        with open_store(how) as store:
            practice, hidden = is_practice(store), len(store.hidden())
            witness = Witness(how.places.witness)
            if restored:
                before, head = witness.begin_anew(store)
                narrate(*lost(before, head))
            else:
                head = witness.verify(store) if whole else witness.check(store)
    except Tampered as error:
        if how.server:
            raise  # it says who can put it right
        # What was read first may have met the damage before every page was looked at, and say to look with this here.
        pages = [] if error.seq else damaged_pages(how)
        raise Tampered(f"{how.database}: {'; '.join(pages)}." if pages else error.what, seq=error.seq) from error
    if practice:
        narrate(PRACTICE)
    checked, not_covered = (
        (list(ON_A_SERVER if how.server else CHECKED), list(NOT_COVERED)) if whole else (list(LATELY), list(NOT_LATELY))
    )
    if hidden:
        not_covered.append(f"what is said on concerns restricted to others: {hidden}. Their links are checked")
    if as_json:
        say_object({"entries": head.seq, "head": head.hash, "checked": checked, "not_covered": not_covered})
        return
    say(f"entries {head.seq}", f"head {head.hash}")
    narrate("Whole and unchanged. Checked:" if whole else "Nothing amiss. Checked:", *(f"  {one}" for one in checked))
    narrate("This cannot see:", *(f"  {one}" for one in not_covered))


def lost(before: Head, head: Head) -> Sequence[str]:
    """What this terminal had seen and a restored record does not have, in words; nothing when it has everything."""
    if before.seq < head.seq or before == head:
        return ()
    if before.seq == head.seq:
        return (f"Entry {head.seq} is another one than this terminal had seen.",)
    return (f"This terminal had seen {before.seq} entries: those after number {head.seq} are not in this record.",)
