"""`duty-tui verify`: whether the record is whole and as it was sealed."""

from __future__ import annotations

import click

from duty_tui.cli.output import as_json, narrate, say, say_object
from duty_tui.cli.record import PRACTICE, is_practice, opening_of
from duty_tui.wiring import damaged_pages, open_store

CHECKED = (
    "every page of the file against its seal",
    "every entry against the one before it, from the first to the last",
    "the guards that refuse changes to the journal",
    "what this terminal saw of the record before: it is still there",
)
NOT_COVERED = (
    "what was taken off the end before this terminal first saw the record",
    "what somebody wrote who holds the key and this program",
)


@click.command("verify", epilog="Example: duty-tui verify")
@as_json
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Check that the record is whole and unchanged; ends with 1 and says where when it is not."""
    from duty_tui.errors import Tampered
    from duty_tui.store.witness import Witness

    how = opening_of(ctx)
    try:
        with open_store(how) as store:
            practice = is_practice(store)
            head = Witness(how.places.witness).verify(store)
    except Tampered as error:
        # What was read first may have met the damage before every page was looked at.
        pages = [] if error.seq else damaged_pages(how)
        raise Tampered(f"{how.database}: {'; '.join(pages)}." if pages else error.what, seq=error.seq) from error
    if practice:
        narrate(PRACTICE)
    if as_json:
        checked, not_covered = list(CHECKED), list(NOT_COVERED)
        say_object({"entries": head.seq, "head": head.hash, "checked": checked, "not_covered": not_covered})
        return
    say(f"entries {head.seq}", f"head {head.hash}")
    narrate("Whole and unchanged. Checked:", *(f"  {one}" for one in CHECKED))
    narrate("This cannot see:", *(f"  {one}" for one in NOT_COVERED))
