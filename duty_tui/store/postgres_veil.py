"""Restricted concerns and drafts on a PostgreSQL server: whom the server itself shows them, also outside this program.

The links of the chain are for everybody (who recorded what kind of entry on which concern, and when), or nobody could
verify. What an entry says, the row of its concern, what is owed on it and who may be the same child are for those
named; a draft is for its author. Whoever owns the schema sees everything: that is who makes copies of it.
"""

from __future__ import annotations

from duty_tui.domain.kinds import DESTROYED, LIFTED, RESTRICTED
from duty_tui.store.journal import Entry
from duty_tui.store.postgres_pieces import OF_SCHEMA, Function, Trigger
from duty_tui.store.rows import ConcernRow

#: A name without case and accents. Where it knows less of a script than the program it takes fewer names for the same.
_FOLDED = r"""
  SELECT trim(regexp_replace(translate(replace(replace(replace(lower(translate(
    regexp_replace(normalize(said, NFKD), U&'[\0300-\036f]', '', 'g'), 'ŁĐØÆŒ', 'łđøæœ')),
    'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'łđøı-''’‘ʼ', 'ldoi '), '\s+', ' ', 'g'))
"""

#: Who is named is read as it is recorded, and forgotten when that text is destroyed: while anything else of the concern
#: is left, nobody is let in any more; when nothing is, there is nothing to keep from anybody.
_SETTLED = f"""
BEGIN
  IF TG_OP = 'UPDATE' THEN
    UPDATE restriction SET names = '{{}}' WHERE stream = NEW.stream AND version = NEW.version;
    DELETE FROM draft WHERE concern = NEW.stream;
    DELETE FROM restriction WHERE stream = NEW.stream AND NOT EXISTS
      (SELECT FROM journal WHERE stream = NEW.stream AND kind <> '{DESTROYED}' AND body IS NOT NULL);
  ELSIF NEW.kind = '{LIFTED}' THEN
    DELETE FROM restriction WHERE stream = NEW.stream;
  ELSIF NEW.kind = '{RESTRICTED}' THEN
    INSERT INTO restriction VALUES (NEW.stream, NEW.version,
      ARRAY(SELECT folded(name) FROM json_array_elements_text(NEW.body::json -> 'names') AS name),
      (SELECT value FROM meta WHERE name = 'projection_key'))
    ON CONFLICT (stream) DO UPDATE SET version = NEW.version, names = excluded.names;
  END IF;
  RETURN NULL;
END
"""  # noqa: S608 - constants

#: Rows a login may not see it cannot make anew either: they stay as an earlier key made them until somebody named does.
_MADE = """
BEGIN
  UPDATE restriction SET made = NEW.value WHERE stream NOT IN (SELECT stream FROM hidden);
  RETURN NULL;
END
"""

_SHARED = """
  SELECT DISTINCT concern.id, concern.number, identity.kind
  FROM json_populate_recordset(NULL::identity, sought) AS asked
  JOIN identity ON identity.kind = asked.kind AND identity.value = asked.value
  JOIN concern ON concern.id = identity.concern
  WHERE concern.id <> but ORDER BY concern.number, identity.kind
"""

FUNCTIONS = {
    "folded": Function("(said text) RETURNS text IMMUTABLE STRICT", "sql", _FOLDED),
    "journal_settled": Function("() RETURNS trigger SECURITY DEFINER", "plpgsql", _SETTLED),
    "meta_made": Function("() RETURNS trigger SECURITY DEFINER", "plpgsql", _MADE),
    # That another concern may be about the same child is said to everybody, and of a restricted one no more than that.
    "shared": Function(
        "(sought json, but text) RETURNS TABLE(id text, number bigint, kind text) STABLE SECURITY DEFINER",
        "sql",
        _SHARED,
    ),
}
TRIGGERS = {
    "journal_settled": Trigger("journal", "AFTER INSERT OR UPDATE", "journal_settled", 21),
    "meta_made": Trigger("meta", "AFTER INSERT OR UPDATE", "meta_made", 21, "WHEN (NEW.name = 'projection_key')"),
}

_SEEN = "concern NOT IN (SELECT stream FROM hidden)"
_OWN = "actor = session_user"
#: Which rows of which table a login sees, and which it writes.
POLICIES = {
    "concern": ("id NOT IN (SELECT stream FROM hidden)", "id NOT IN (SELECT stream FROM hidden)"),
    "identity": (_SEEN, _SEEN),
    "owed_action": (_SEEN, _SEEN),
    "presence": (_SEEN, _OWN),
    "draft": (_OWN, _OWN),
}
_EMPTY = ConcernRow(
    *("", 0, "", 0, None, 0, True, False, "", "", None, "", "", 0, None, None, "", "", "", "", True),
).emptied()
#: Of a row that is emptied what is kept, and what follows from the concern's id.
_KEPT = {"id": "id", "status": "status", "number": "number", "family_key": "chr(10) || id"}


def _literal(value: object) -> str:
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def veil() -> str:
    """The statements that make tables, views and policies, once the other tables and the functions are there."""
    fields = ", ".join(ConcernRow._fields)
    emptied = ", ".join(
        _KEPT.get(name, _literal(value)) for name, value in zip(ConcernRow._fields, _EMPTY, strict=True)
    )
    shown = ", ".join(
        f"CASE WHEN stream IN (SELECT stream FROM hidden) THEN NULL ELSE {name} END AS {name}"  # noqa: S608
        if name in ("salt", "body")
        else name
        for name in Entry._fields
    )
    made = f"""
CREATE VIEW hidden WITH (security_barrier) AS SELECT stream FROM restriction
  WHERE NOT names @> ARRAY[folded(session_user)]
    AND NOT pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'restriction'::regclass), 'USAGE');
CREATE VIEW entry AS SELECT {shown} FROM journal;
CREATE VIEW seen_concern WITH (security_barrier) AS
  SELECT {fields} FROM concern WHERE id NOT IN (SELECT stream FROM hidden)
  UNION ALL SELECT {emptied} FROM concern WHERE id IN (SELECT stream FROM hidden);
CREATE VIEW made AS SELECT coalesce((SELECT restriction.made FROM restriction
    WHERE stream NOT IN (SELECT stream FROM hidden) AND restriction.made <> value LIMIT 1), value) AS value
  FROM meta WHERE name = 'projection_key';
"""  # noqa: S608 - constants
    return made + "\n".join(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_seen ON {table} USING ({seen}) WITH CHECK ({written});"
        for table, (seen, written) in POLICIES.items()
    )


#: Which tables of the schema show everybody the same although they should not, or have other policies than one each;
#: empty while nobody has changed anything. What a policy says is compared elsewhere (postgres_alike.py).
UNVEILED = f"""SELECT c.relname FROM pg_class c
  WHERE c.oid = ANY(ARRAY({OF_SCHEMA.format("pg_class")})) AND
    (c.relrowsecurity, ARRAY(SELECT concat_ws(' ', polname, polpermissive, polcmd, polroles::text)
      FROM pg_policy WHERE polrelid = c.oid))
    IS DISTINCT FROM CASE WHEN c.relname = ANY(%s) THEN (true, ARRAY[c.relname || '_seen t * {{0}}'])
      ELSE (false, ARRAY[]::text[]) END
  ORDER BY 1"""  # noqa: S608 - constants
