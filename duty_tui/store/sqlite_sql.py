"""What the SQLite engine says to the database: its statements."""

from __future__ import annotations

from collections.abc import Sequence

from duty_tui.store.journal import Entry
from duty_tui.store.rows import ActionRow, ConcernRow, Contact, Draft


def _insert(table: str, fields: Sequence[str]) -> str:
    return f"INSERT INTO {table}({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})"  # noqa: S608 - constants


def _upsert(table: str, fields: Sequence[str], key: str) -> str:
    changed = ", ".join(f"{name} = excluded.{name}" for name in fields if name != key)
    return f"{_insert(table, fields)} ON CONFLICT({key}) DO UPDATE SET {changed}"


ENTRY = f"SELECT {', '.join(Entry._fields)} FROM journal"  # noqa: S608 - constants
ROW = f"SELECT {', '.join(ConcernRow._fields)} FROM concern"  # noqa: S608 - constants
DRAFT = f"SELECT {', '.join(Draft._fields)} FROM draft"  # noqa: S608 - constants
DRAFTS_OF = """(?1 IS NULL OR actor = ?1) AND (?2 IS NULL OR concern = ?2)
  ORDER BY updated DESC, id DESC"""
PUT_ENTRY = _insert("journal", Entry._fields)
PUT_ROW = _upsert("concern", ConcernRow._fields[:-1], "id")
# An UPDATE that names an indexed column writes the index even when nothing in it changes: a page more to encrypt.
AT = {name: f"?{place}" for place, name in enumerate(ConcernRow._fields[:-1], 1)}
RENEW_ROW = f"""UPDATE concern SET {", ".join(f"{name} = {AT[name]}" for name in AT if name not in ("id", "status"))}
  WHERE id = {AT["id"]} AND status = {AT["status"]}"""  # noqa: S608 - constants
PUT_NUMBERED = _insert("concern", ConcernRow._fields)
PUT_IDENTITY = "INSERT OR IGNORE INTO identity(concern, kind, value) VALUES (?, ?, ?)"
PUT_DRAFT = _upsert("draft", Draft._fields, "id")
PUT_META = _upsert("meta", ("name", "value"), "name")
ACTION_FIELDS = ActionRow._fields[:-2]
PUT_ACTION = _insert("owed_action", ("place", *ACTION_FIELDS))
ACTIONS_OF = f"SELECT {', '.join(ACTION_FIELDS)} FROM owed_action WHERE concern = ? ORDER BY place"  # noqa: S608
ACTIONS = f"""SELECT {", ".join(f"owed_action.{name}" for name in ACTION_FIELDS)}, concern.number,
  concern.restricted FROM owed_action
  JOIN concern ON concern.id = owed_action.concern
  WHERE (?1 IS NULL OR who_key = ?1) AND (?2 IS NULL OR agency_key = ?2) AND (?3 IS NULL OR owed_action.due <= ?3)
  ORDER BY owed_action.due IS NULL, owed_action.due, concern.number, owed_action.place LIMIT ?4"""  # noqa: S608
CONTACT = f"SELECT {', '.join(Contact._fields)} FROM contact"  # noqa: S608 - constants
SEEN = f"{CONTACT} WHERE name_key = ? AND agency_key = ?"
CONTACTS = f"""{CONTACT}
  WHERE NOT EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(contact.search, ' ' || json_each.value) = 0)
  ORDER BY seen DESC, name_key, agency_key LIMIT ?2"""  # noqa: S608 - constants
PUT_CONTACT = _insert("contact", Contact._fields).replace("INSERT", "INSERT OR REPLACE", 1)
FORGET = "DELETE FROM contact WHERE name_key = ? AND agency_key = ? AND seen <= ?"
DESTROY = "UPDATE journal SET salt = NULL, body = NULL WHERE stream = ? AND version = ?"
VERSION = "SELECT coalesce(max(version), 0) FROM journal WHERE stream = ?"
STREAMS = "SELECT stream FROM journal WHERE kind = ? GROUP BY stream ORDER BY min(seq)"
KNOWN = "SELECT id FROM journal WHERE id IN (SELECT value FROM json_each(?))"
STANDING = """SELECT (SELECT coalesce(max(version), 0) FROM journal WHERE stream = ?1),
  (SELECT seq FROM journal WHERE stream = ?1 AND id = ?2)"""
SHARED = """SELECT DISTINCT concern.id, concern.number, identity.kind FROM json_each(?) AS sought
  JOIN identity ON identity.kind = sought.value ->> 0 AND identity.value = sought.value ->> 1
  JOIN concern ON concern.id = identity.concern
  WHERE concern.id IS NOT ? ORDER BY concern.number, identity.kind"""
