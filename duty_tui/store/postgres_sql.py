"""What the PostgreSQL engine says to the server: its statements, and what an append asks before it writes."""

from __future__ import annotations

from collections.abc import Sequence

from duty_tui.domain.streams import SERVICE
from duty_tui.store import journal
from duty_tui.store.journal import START, Entry, Head, NewEntry
from duty_tui.store.postgres_line import Line
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft
from duty_tui.store.store import Standing

ACTION_FIELDS = ActionRow._fields[:-2]
_ENTRY_FIELDS = ", ".join(Entry._fields)


def _these(table: str, fields: Sequence[str]) -> str:
    """Rows given as one JSON text, in order."""
    names = ", ".join(fields)
    return f"INSERT INTO {table}({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s)"  # noqa: S608


def _renewing(table: str, fields: Sequence[str], key: str, kept: Sequence[str] = ()) -> str:
    """The same, in place of those with the key; nothing is written where nothing changes."""
    changed = [name for name in fields if name not in (*key.split(", "), *kept)]
    now, new = (", ".join(f"{whose}.{name}" for name in changed) for whose in (table, "excluded"))
    return (
        f"{_these(table, fields)} ON CONFLICT ({key}) DO UPDATE SET ({', '.join(changed)}) = ROW({new})"
        f" WHERE ({now}) IS DISTINCT FROM ({new})"
    )


WHO_AND_WHAT = """SELECT current_setting('server_encoding'), current_setting('fsync'), pg_is_in_recovery(),
  session_user, has_table_privilege('journal', 'INSERT'),
  pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = to_regclass('journal')), 'USAGE')"""
TELL = "SELECT pg_notify(%s, %s)"
ENTRY = f"SELECT {_ENTRY_FIELDS} FROM entry"  # noqa: S608 - constants
PUT_ENTRY = f"INSERT INTO journal({_ENTRY_FIELDS}) VALUES ({', '.join(['%s'] * len(Entry._fields))})"  # noqa: S608
#: Breaks the one rule the pen has, and so undoes everything, where the journal does not end as it was sealed.
TAKEN = "UPDATE pen SET held = false WHERE NOT EXISTS (SELECT FROM journal WHERE seq = %s AND hash = %s)"
DESTROY = "UPDATE journal SET salt = NULL, body = NULL WHERE stream = %s AND version = ANY(%s)"
HEAD = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
VERSION = "SELECT coalesce(max(version), 0) FROM journal WHERE stream = %s"
STREAMS = "SELECT stream FROM journal WHERE kind = %s GROUP BY stream ORDER BY min(seq)"
KNOWN = "SELECT DISTINCT id FROM journal WHERE id = ANY(%s)"
ROW = f"SELECT {', '.join(ConcernRow._fields)} FROM seen_concern"  # noqa: S608 - constants
PUT_ROWS = _renewing("concern", ConcernRow._fields, "id", ("number",))
MATCHING = "SELECT id FROM seen_concern WHERE id >= %s AND id < %s ORDER BY id"
PUT_NUMBERED = _these("concern", ConcernRow._fields)
PUT_IDENTITIES = f"{_these('identity', ('concern', 'kind', 'value'))} ON CONFLICT DO NOTHING"
DROP_IDENTITIES = """DELETE FROM identity WHERE concern = %s AND (concern, kind, value) NOT IN
  (SELECT concern, kind, value FROM json_populate_recordset(NULL::identity, %s))"""
SHARED = "SELECT * FROM shared(%s, %s)"
PUT_ACTIONS = _renewing("owed_action", ("place", *ACTION_FIELDS), "concern, place")
ACTIONS = f"""SELECT {", ".join(f"owed_action.{name}" for name in ACTION_FIELDS)}, concern.number, concern.restricted
  FROM owed_action JOIN concern ON concern.id = owed_action.concern
  WHERE (%s::text IS NULL OR who_key = %s) AND (%s::text IS NULL OR agency_key = %s)
    AND (%s::bigint IS NULL OR owed_action.due <= %s)
  ORDER BY owed_action.due NULLS LAST, concern.number, owed_action.place LIMIT %s"""  # noqa: S608 - constants
CONTACT = f"SELECT {', '.join(Contact._fields)} FROM contact"  # noqa: S608 - constants
SEEN = f"{CONTACT} WHERE (name_key, agency_key) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"  # noqa: S608
CONTACTS = f"""{CONTACT} WHERE NOT EXISTS (
    SELECT FROM unnest(%s::text[]) AS word WHERE strpos(contact.search, ' ' || word) = 0)
  ORDER BY seen DESC, name_key, agency_key LIMIT %s"""
PUT_CONTACTS = _renewing("contact", Contact._fields, "name_key, agency_key")
FORGET = "DELETE FROM contact WHERE name_key = %s AND agency_key = %s AND seen <= %s"
DRAFT = f"SELECT {', '.join(Draft._fields)} FROM draft"  # noqa: S608 - constants
PUT_DRAFT = _renewing("draft", Draft._fields, "id")
PUT_META = "INSERT INTO meta VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
META = "SELECT value FROM meta WHERE name = %s"
#: The key of the rows is the one under which all this login may see were made, or an earlier one.
MADE = "SELECT value FROM made"
HIDDEN = "SELECT stream FROM hidden"
#: For each entry to be recorded, the version of its stream and the entry with its id there; then the service's stream.
_STANDING = f"""SELECT (SELECT coalesce(max(version), 0) FROM journal WHERE stream = sought.in_stream),
    {", ".join(f"entry.{name}" for name in Entry._fields)}
  FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS sought(in_stream, with_id, place)
  LEFT JOIN entry ON entry.stream = sought.in_stream AND entry.id = sought.with_id ORDER BY place"""  # noqa: S608


class Asked:
    """What an append wants to know, asked in one go under the write lock and read when first needed."""

    def __init__(self, line: Line, entries: Sequence[NewEntry], contacts: Sequence[Contact]) -> None:
        self.entries = entries
        streams, ids = [*(new.stream for new in entries), SERVICE], [*(new.id for new in entries), ""]
        self._standing = line.send(_STANDING, (streams, ids))
        self._head = line.send(HEAD)
        people = {one[:2] for one in contacts}
        self._met = (
            line.send(SEEN, ([name for name, _ in people], [agency for _, agency in people])) if people else None
        )
        self._read = False

    def _answers(self) -> None:
        if not self._read:
            self._read = True
            found = self._standing.fetchall()
            self._versions = [version for version, *_ in found]
            self._recorded = [journal.read_entry(entry) if entry[0] else None for _, *entry in found]
            head = self._head.fetchone()
            self._end = Head(*head) if head else START
            met = map(Contact._make, self._met.fetchall() if self._met else ())
            self._known = {(one.name_key, one.agency_key): one for one in met}

    @property
    def standing(self) -> Standing:
        """How it stands with the streams of the entries."""
        self._answers()
        versions = {new.stream: version for new, version in zip(self.entries, self._versions, strict=False)}
        return Standing(self._end, versions, self._recorded[:-1])

    @property
    def service(self) -> int:
        """The version of the service's own stream."""
        self._answers()
        return int(self._versions[-1])

    @property
    def known(self) -> dict[tuple[str, str], Contact]:
        """Those of the people who are known already."""
        self._answers()
        return self._known
