"""What does not fit the shape of a pack, said to somebody who has never programmed: nearest name, and what to write."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from duty_tui.rules.model import Model
from duty_tui.rules.toml_file import Problem

#: How each key is written, for whoever left it out or wrote something else there.
EXAMPLES = {
    "schema": "schema = 1",
    "pack": "[pack] with id, title and document",
    "id": 'id = "discussion"',
    "title": 'title = "Strategy discussions"',
    "document": 'document = "Practice guide, July 2022"',
    "in_force_from": "in_force_from = 2026-04-01",
    "do": 'do = "Hold the strategy discussion"',
    "label": 'label = "hold discussion"',
    "met_by": 'met_by = ["discussion_held"]',
    "owner": 'owner = "sw_manager"',
    "role": 'role = "police"',
    "strength": 'strength = "must"',
    "starts": 'starts = { earliest = ["concern_identified", "referral_received"] }',
    "earliest": 'earliest = ["referral_received"]',
    "latest": 'latest = ["discussion_held"]',
    "within": "within = { working_days = 1 }",
    "before": "before = { working_days = 2 }",
    "when": 'when = "reasonable_cause", or when = { any = ["…", "…"] }',
    "ends_when": 'ends_when = "outcome_no_s47"',
    "replaces": 'replaces = ["the id of a clock"]',
    "asks": 'asks = "unlikely_within_limit"',
    "readings": 'readings = ["the id of a reading"]',
    "may_be_varied_by": 'may_be_varied_by = ["sw_manager"]',
    "clock": "at least one [[obligation.clock]]",
    "cite": 'cite = { paragraph = "where it stands", words = "a few words of the document" }',
    "paragraph": 'paragraph = "Practice expectations 1"',
    "words": 'words = "within three working days"',
    "text": 'text = "…"',
    "need": 'need = "minimum"',
    "question": 'question = "what the text leaves open"',
    "adopted": 'adopted = "how it is read here"',
    "reason": 'reason = "why"',
    "hours": "hours = 24",
    "working_days": "working_days = 1",
    "calendar_days": "calendar_days = 7",
    "weeks": "weeks = 4",
    "months": "months = 3",
    "same_day": "same_day = true",
    "promptly": 'promptly = "without delay"',
    "date_in_record": 'date_in_record = "the name of an event"',
    "expect": 'expect = { due = "2026-11-20 end" }',
    "name": 'name = "Friday evening"',
    "about": 'about = "the id of a clock"',
}

#: So much of a text is enough to recognise it.
_SHOWN = 40
#: A number of a policy is smaller.
_MOST = 10**12

_SHAPES = {
    "string": 'words in quotes were expected, like "this"',
    "int": "a whole number without quotes was expected, like 3",
    "bool": "true or false without quotes was expected",
    "date": "a day without quotes was expected, like 2026-04-01",
    "tuple": 'a list was expected, like ["one", "another"]',
    "dict": "a table in braces was expected, like { key = … }",
    "model": "a table in braces was expected, like { key = … }",
    "mapping": "a table in braces was expected, like { key = … }",
}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "…"?` with the nearest known name, or nothing when none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def shape_problems(wrong: ValidationError, model: type[Model]) -> list[Problem]:
    """One problem for each thing that does not fit `model`, in words, at the path where a person would look."""
    errors = wrong.errors(include_url=False)
    # A list whose every element is wrong is reported as empty as well: said once is enough.
    holders = {error["loc"][:end] for error in errors for end in range(1, len(error["loc"]))}
    return [
        Problem(error["loc"], _in_words(error, model))
        for error in errors
        if not (error["type"] == "too_short" and error["loc"] in holders)
    ]


def _in_words(error: ErrorDetails, model: type[Model]) -> str:
    kind, given, location = error["type"], error["input"], error["loc"]
    key = next((part for part in reversed(location) if isinstance(part, str)), "")
    example = f"; write {EXAMPLES[key]}" if key in EXAMPLES else ""
    if kind == "missing":
        return f'"{key}" is missing{example}'
    if kind == "extra_forbidden":
        known = _keys_at(model, location[:-1])
        near = did_you_mean(str(location[-1]), known)
        return f'"{location[-1]}" is not a key here{near or "; the keys are " + ", ".join(sorted(known))}'
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", '"')
        words = [part.strip('"') for part in expected.replace(" or ", ", ").split(", ")]
        near = did_you_mean(given, words) if isinstance(given, str) else ""
        return f"{_shown(given)} is not one of {expected}{near}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "string_pattern_mismatch":
        return f"{_shown(given)} does not fit{_pattern(key)}"
    if kind == "too_short":
        return f"this list needs at least one entry{example}"
    if kind == "greater_than":
        return f"{_shown(given)} is not possible here; a number of at least 1 was expected"
    if kind == "less_than_equal":
        return f"{_shown(given)} is not possible here; a number of at most {error['ctx']['le']} was expected"
    shape = next((words for begins, words in _SHAPES.items() if kind.startswith(begins)), error["msg"])
    return f"{shape}, not {_shown(given)}{example}"


def _pattern(key: str) -> str:
    return "; write a time as 15:30" if key == "at" else "; use letters, digits, dots and dashes, no spaces"


def _shown(given: object) -> str:
    """What stands in the file, short enough to be recognised."""
    match given:
        case bool():
            return "true" if given else "false"
        case str():
            return f'"{given[:_SHOWN]}…"' if len(given) > _SHOWN else f'"{given}"'
        case Mapping():
            return "a table"
        case list() | tuple():
            return "a list"
        case int() if abs(given) >= _MOST:
            return "a number that is far too large"
        case _:
            return str(given)


def _keys_at(model: type[Model], location: tuple[int | str, ...]) -> list[str]:
    """The keys the table at `location` may hold, as a pack writes them."""
    here: Any = model
    for part in location:
        here = _inside(here, part)
    return [field.alias or name for name, field in here.model_fields.items()]


def _inside(annotation: Any, part: int | str) -> Any:
    """The annotation one step further in: a field of a model, a value of a mapping, an element of a tuple."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = next(field for name, field in annotation.model_fields.items() if part in (name, field.alias))
        return _bare(field.annotation)
    arguments = [argument for argument in get_args(annotation) if argument is not Ellipsis]
    return _bare(arguments[-1])


def _bare(annotation: Any) -> Any:
    """Without `Annotated` and without `| None`."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return _bare(next(argument for argument in get_args(annotation) if argument is not type(None)))
    return annotation
