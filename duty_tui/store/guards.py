"""What the database itself refuses, whoever asks: triggers on the journal. `verify` looks that they are still there."""

from __future__ import annotations

from duty_tui.domain.kinds import DESTROYED
from duty_tui.store.journal import START, Entry

_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in Entry._fields if name not in ("salt", "body"))

#: Name of each trigger and the statement that makes it.
#: With the next number and the next version demanded there is nothing for INSERT OR REPLACE to replace.
#: An update may only take salt and body away together, and only of an entry that a destruction recorded later on the
#: same stream lists; what records a destruction is itself never destroyed.
GUARDS = {
    "journal_link": f"""CREATE TRIGGER journal_link BEFORE INSERT ON journal WHEN
  CASE NEW.seq WHEN 1 THEN NEW.prev IS NOT '{START.hash}' OR EXISTS (SELECT 1 FROM journal)
    ELSE (NEW.seq - 1, NEW.prev) IS NOT (SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1) END
  OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM journal WHERE stream = NEW.stream)
  OR EXISTS (SELECT 1 FROM journal WHERE stream = NEW.stream AND id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'not the next entry of the journal'); END""",  # noqa: S608 - a constant
    "journal_kept": f"""CREATE TRIGGER journal_kept BEFORE UPDATE ON journal WHEN
  NOT ({_SAME} AND NEW.salt IS NULL AND NEW.body IS NULL AND OLD.kind IS NOT '{DESTROYED}'
    AND EXISTS (SELECT 1 FROM journal AS later, json_each(later.body, '$.versions') AS listed
      WHERE later.stream = OLD.stream AND later.version > OLD.version AND later.kind = '{DESTROYED}'
        AND listed.value = OLD.version))
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",  # noqa: S608 - constants
    "journal_whole": """CREATE TRIGGER journal_whole BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
}
