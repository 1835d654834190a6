"""What the PostgreSQL server itself refuses, whoever asks: anything but the next entry, sealed as it must be."""

from __future__ import annotations

from duty_tui.domain.kinds import DESTROYED
from duty_tui.store.journal import START
from duty_tui.store.postgres_pieces import Function, Trigger

#: SQLSTATE of what the guards raise: not the next link, not the own name, a change of what is kept, not for this login.
NEXT, OWN_NAME, KEPT, NAMED = "DT001", "DT002", "DT003", "DT004"


#: A text as canonical JSON spells it: plain ASCII, pairs of surrogates beyond the first plane.
_SPELLED = r"""
  SELECT CASE WHEN said COLLATE "C" ~ '^[ -~]*$' THEN to_json(said)::text ELSE '"' || (
    SELECT string_agg(CASE
      WHEN letter IN ('"', '\') THEN '\' || letter
      WHEN letter = E'\n' THEN '\n' WHEN letter = E'\r' THEN '\r' WHEN letter = E'\t' THEN '\t'
      WHEN letter = E'\f' THEN '\f' WHEN letter = E'\b' THEN '\b'
      WHEN ascii(letter) BETWEEN 32 AND 126 THEN letter
      WHEN ascii(letter) < 65536 THEN '\u' || lpad(to_hex(ascii(letter)), 4, '0')
      ELSE '\u' || to_hex(55296 + ((ascii(letter) - 65536) >> 10))
        || '\u' || to_hex(56320 + ((ascii(letter) - 65536) & 1023)) END, '' ORDER BY place)
    FROM regexp_split_to_table(said, '') WITH ORDINALITY AS letters(letter, place)) || '"' END
"""

#: Whoever the record belongs to on the server may bring entries sealed elsewhere: of others, and without a text that is
#: gone there. `verify` says where no destruction is recorded of one.
_LINK = f"""
DECLARE
  last record;
  owns boolean := pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE');
BEGIN
  SELECT seq, hash INTO last FROM journal ORDER BY seq DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM coalesce(last.seq, 0) + 1
    OR NEW.prev IS DISTINCT FROM coalesce(last.hash, '{START.hash}')
    OR NEW.version IS DISTINCT FROM (SELECT coalesce(max(version), 0) + 1 FROM journal WHERE stream = NEW.stream)
    OR (NEW.digest IS DISTINCT FROM encode(sha256(convert_to(NEW.salt || NEW.body, 'UTF8')), 'hex')
      AND NOT (owns AND NEW.salt IS NULL AND NEW.body IS NULL))
    OR NEW.hash IS DISTINCT FROM encode(sha256(convert_to('[' || NEW.seq || ',' || spelled(NEW.id) || ','
      || spelled(NEW.stream) || ',' || NEW.version || ',' || spelled(NEW.at) || ',' || spelled(NEW.actor) || ','
      || spelled(NEW.kind) || ',' || spelled(NEW.digest) || ',' || spelled(NEW.prev) || ']', 'UTF8')), 'hex')
  THEN RAISE EXCEPTION 'not the next entry of the journal' USING ERRCODE = '{NEXT}'; END IF;
  IF NEW.actor IS DISTINCT FROM session_user AND NOT owns
  THEN RAISE EXCEPTION 'an entry carries the name of whoever is logged in' USING ERRCODE = '{OWN_NAME}'; END IF;
  IF NEW.stream IN (SELECT stream FROM hidden)
  THEN RAISE EXCEPTION 'the concern is restricted to others' USING ERRCODE = '{NAMED}'; END IF;
  RETURN NEW;
END
"""  # noqa: S608 - constants

#: What a destruction lists; of its other words nothing is read, and what is escaped in them may be beyond the server.
_LISTED = r"json_array_elements_text(regexp_replace(later.body, '\\(u[0-9a-f]{4}|.)', '', 'g')::json -> 'versions')"
_TEXT = f"""
BEGIN
  IF NEW.salt IS NOT NULL OR NEW.body IS NOT NULL OR OLD.kind = '{DESTROYED}'
    OR to_jsonb(NEW) - 'salt' - 'body' IS DISTINCT FROM to_jsonb(OLD) - 'salt' - 'body'
    OR NOT EXISTS (SELECT FROM entry AS later, {_LISTED} AS listed
      WHERE later.stream = OLD.stream AND later.version > OLD.version AND later.kind = '{DESTROYED}'
        AND listed = OLD.version::text)
  THEN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = '{KEPT}'; END IF;
  RETURN NEW;
END
"""

_WHOLE = f"""
BEGIN
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = '{KEPT}';
END
"""

#: The id under which terminals remember what they saw of the record, and the key the rows were made by.
_META = f"""
BEGIN
  IF 'database' IN (OLD.name, NEW.name) AND NOT pg_has_role(session_user,
    (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
  THEN RAISE EXCEPTION 'a record keeps its id' USING ERRCODE = '{KEPT}'; END IF;
  RETURN coalesce(NEW, OLD);
END
"""  # noqa: S608 - a constant

#: Concerns are numbered as they are raised; whoever raises one need not see all the others.
_NUMBER = """
BEGIN
  NEW.number := (SELECT coalesce(max(number), 0) + 1 FROM concern);
  RETURN NEW;
END
"""

FUNCTIONS = {
    "spelled": Function("(said text) RETURNS text IMMUTABLE STRICT", "sql", _SPELLED),
    "journal_link": Function("() RETURNS trigger", "plpgsql", _LINK),
    "journal_text": Function("() RETURNS trigger", "plpgsql", _TEXT),
    "journal_whole": Function("() RETURNS trigger", "plpgsql", _WHOLE),
    "meta_kept": Function("() RETURNS trigger", "plpgsql", _META),
    "concern_number": Function("() RETURNS trigger SECURITY DEFINER", "plpgsql", _NUMBER),
}
TRIGGERS = {
    "concern_number": Trigger("concern", "BEFORE INSERT", "concern_number", 7, "WHEN (NEW.number = 0)"),
    "journal_link": Trigger("journal", "BEFORE INSERT", "journal_link", 7),
    "journal_text": Trigger("journal", "BEFORE UPDATE", "journal_text", 19),
    "journal_whole": Trigger("journal", "BEFORE DELETE", "journal_whole", 11),
    "meta_kept": Trigger("meta", "BEFORE UPDATE OR DELETE", "meta_kept", 27),
    "journal_never_emptied": Trigger("journal", "BEFORE TRUNCATE", "journal_whole", 34),
}
