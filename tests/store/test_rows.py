from __future__ import annotations

from duty_tui.store.rows import RESTRICTED
from tests.store.examples import row


def test_an_emptied_row_holds_its_number_and_nothing_of_the_concern() -> None:
    known = row("id-1", restricted=True, number=12, owner="Ann Osei", eldest="2011-02-03")
    emptied = known.emptied()
    assert emptied.hidden
    assert not known.hidden
    assert not row().hidden
    kept = {name for name in known._fields if getattr(known, name) == getattr(emptied, name)}
    assert kept == {"id", "status", "restricted", "number", "certain", "provisional"}
    assert (emptied.family, emptied.search, emptied.owner, emptied.due) == (RESTRICTED, "", None, None)
    assert emptied.rank > known.rank
