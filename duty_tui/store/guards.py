"""What the database itself refuses, whoever asks: triggers on the journal. `verify` looks that they are still there."""

from __future__ import annotations

from duty_tui.store.journal import START, Entry

_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in Entry._fields if name not in ("salt", "body"))

#: Name of each trigger and the statement that makes it.
#: The id is looked up because INSERT OR REPLACE deletes the entry it replaces without asking `journal_kept`.
#: An update may only take salt and body away together: the lawful destruction of a text.
GUARDS = {
    "journal_link": f"""CREATE TRIGGER journal_link BEFORE INSERT ON journal WHEN
  (NEW.seq, NEW.prev) IS NOT (SELECT coalesce(max(seq), 0) + 1,
    coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '{START.hash}') FROM journal)
  OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM journal WHERE stream = NEW.stream)
  OR EXISTS (SELECT 1 FROM journal WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'not the next entry of the journal'); END""",  # noqa: S608 - a constant
    "journal_kept": f"""CREATE TRIGGER journal_kept BEFORE UPDATE ON journal WHEN
  NOT ({_SAME} AND NEW.salt IS NULL AND NEW.body IS NULL)
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "journal_whole": """CREATE TRIGGER journal_whole BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
}
