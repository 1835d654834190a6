"""Policies from folders of TOML: strict, every problem of a file at once, each with its line and what to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from duty_tui.data_files import DATA
from duty_tui.errors import BadFile
from duty_tui.rules.checks import check_names, check_pack, doubts
from duty_tui.rules.complaints import did_you_mean, shape_problems
from duty_tui.rules.pack import Pack
from duty_tui.rules.references import ids
from duty_tui.rules.toml_file import Problem, TomlFile, read_toml
from duty_tui.rules.toml_lines import Path as KeyPath
from duty_tui.rules.vocabulary import Vocabulary


@dataclass(frozen=True)
class Policy:
    """One policy in all its versions, the earliest first; `doubts` are sentences for whoever checks the pack."""

    versions: tuple[Pack, ...]
    folder: Path
    doubts: tuple[str, ...] = field(default=(), compare=False)

    @property
    def newest(self) -> Pack:
        """The version of `pack.toml`."""
        return self.versions[-1]

    @property
    def id(self) -> str:
        """The name a service adopts it by."""
        return self.newest.pack.id


def builtin_folder() -> Path:
    """The folder of the policies that come with the program."""
    return DATA / "policies"


def builtin_names() -> list[str]:
    """The names of the policies that come with the program, sorted."""
    return sorted(folder.name for folder in builtin_folder().iterdir() if (folder / "pack.toml").is_file())


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary; the program's own without a path. Raises BadFile with every problem of the file."""
    file = read_toml(path or builtin_folder() / "vocabulary.toml")
    try:
        vocabulary = Vocabulary.model_validate(file.data)
    except ValidationError as wrong:
        raise _bad(file, shape_problems(wrong, Vocabulary)) from wrong
    if problems := list(_vocabulary_problems(vocabulary)):
        raise _bad(file, problems)
    return vocabulary


def load_pack(folder: Path, vocabulary: Vocabulary) -> Policy:
    """The policy in `folder`: `pack.toml` is its newest version, `versions/*.toml` the older ones.

    Raises BadFile with every problem of the first file that has any.
    """
    if not folder.is_dir():
        raise BadFile(
            f"{folder} is not a folder, so there is no policy in it.",
            do=f"Name a folder that holds a pack.toml, or one of: {', '.join(builtin_names())}.",
        )
    files = [read_toml(path) for path in (folder / "pack.toml", *sorted((folder / "versions").glob("*.toml")))]
    packs = [_pack(file, vocabulary) for file in files]
    if problems := list(_version_problems(files, packs)):
        raise _bad_lines(files[0], (f"{file.place(('pack',))}: {problem}" for file, problem in problems))
    remarks = [sentence for file, pack in zip(files, packs, strict=True) for sentence in file.sentences(doubts(pack))]
    return Policy(tuple(sorted(packs, key=_from)), folder, tuple(remarks))


def load_policies(places: Iterable[Path | str], vocabulary: Vocabulary) -> tuple[Policy, ...]:
    """Policies by name (those that come with the program) or folder, in the order given. Raises BadFile."""
    policies = tuple(load_pack(_folder(place), vocabulary) for place in places)
    for index, policy in enumerate(policies):
        if policy.id in (earlier.id for earlier in policies[:index]):
            raise BadFile(
                f'Two policies are both called "{policy.id}".',
                do="Give one of them another id, in [pack] of its pack.toml, or name it only once.",
            )
    return policies


def _folder(place: Path | str) -> Path:
    """A bare name is a policy of the program; anything else is a folder."""
    own = builtin_folder() / place
    return own if isinstance(place, str) and Path(place).name == place and own.is_dir() else Path(place)


def _from(pack: Pack) -> date:
    return pack.pack.in_force_from or date.max


def _bad(file: TomlFile, problems: Iterable[Problem]) -> BadFile:
    return _bad_lines(file, file.sentences(problems))


def _bad_lines(file: TomlFile, lines: Iterable[str]) -> BadFile:
    lines = tuple(lines)
    many = f"{len(lines)} problems" if len(lines) != 1 else "a problem"
    return BadFile(f"{file.path} has {many}.", problems=lines, do="Mend the file and check it again.")


def _pack(file: TomlFile, vocabulary: Vocabulary) -> Pack:
    """The pack of one file, with what has the wrong shape set aside so that the rest is checked in the same go."""
    problems = list(check_names(file.data, vocabulary))
    try:
        pack = Pack.model_validate(file.data)
        problems += check_pack(pack, vocabulary)
    except ValidationError as wrong:
        misshapen = shape_problems(wrong, Pack)
        problems += (*misshapen, *_problems_of_the_rest(file.data, misshapen, vocabulary))
        raise _bad(file, problems) from wrong
    if problems:
        raise _bad(file, problems)
    return pack


#: Stands in for a [pack] that has the wrong shape, so that the clauses below it can be checked.
_STAND_IN = {"id": "stand-in", "title": "", "document": ""}


def _problems_of_the_rest(
    data: dict[str, Any], problems: Iterable[Problem], vocabulary: Vocabulary
) -> Iterator[Problem]:
    wrong = {problem.path[:2] for problem in problems}
    rest: dict[str, Any] = {}
    places: dict[str, list[int]] = {}
    for section, value in data.items():
        if isinstance(value, list) and (section,) not in wrong:
            places[section] = [index for index in range(len(value)) if (section, index) not in wrong]
            rest[section] = [value[index] for index in places[section]]
        elif all(path[0] != section for path in wrong):
            rest[section] = value
    rest = {"schema": 1, "pack": _STAND_IN, **rest}
    spoiled = set(ids(data)) - set(ids(rest))
    for problem in check_pack(Pack.model_validate(rest), vocabulary, spoiled):
        yield Problem(_place_in_file(problem.path, places), problem.text)


def _place_in_file(path: KeyPath, places: dict[str, list[int]]) -> KeyPath:
    """Positions count what was left after setting aside; a person counts what stands in the file."""
    section, *rest = path
    if rest and isinstance(rest[0], int):
        rest[0] = places[str(section)][rest[0]]
    return (section, *rest)


def _version_problems(files: list[TomlFile], packs: list[Pack]) -> Iterator[tuple[TomlFile, str]]:
    newest = packs[0]
    seen: dict[date | None, str] = {}
    for file, pack in zip(files, packs, strict=True):
        if pack.pack.id != newest.pack.id:
            yield file, f'its id is "{pack.pack.id}", but pack.toml is "{newest.pack.id}"; versions share one id'
        day = pack.pack.in_force_from
        if len(packs) > 1 and day is None:
            yield file, "with several versions each needs its day; write in_force_from = 2026-04-01"
        elif day in seen:
            yield file, f"{seen[day]} begins on the same day; versions follow one another"
        elif day is not None and newest.pack.in_force_from is not None and day > newest.pack.in_force_from:
            yield file, "it begins after pack.toml; the newest version belongs in pack.toml"
        seen.setdefault(day, file.path.name)


def _vocabulary_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, role in vocabulary.role.items():
        for place, other in enumerate(role.counts_as):
            if other not in vocabulary.role:
                yield Problem(("role", name, "counts_as", place), f'"{other}" is not a role of the vocabulary')
        if role.informed is not None and role.informed not in vocabulary.event:
            near = did_you_mean(role.informed, vocabulary.event)
            yield Problem(("role", name, "informed"), f'"{role.informed}" is not an event of the vocabulary{near}')
    yield from _fact_problems(vocabulary)
    yield from _plan_problems(vocabulary)
    yield from _form_problems(vocabulary)
    for index, band in enumerate(vocabulary.urgency):
        last = index == len(vocabulary.urgency) - 1
        if last == bool(band.up_to):
            text = "takes the rest and has no up_to" if last else "needs up_to: the limits that belong to it"
            yield Problem(("urgency", index), f'the band "{band.label}" {text}')
        for place, limit in enumerate(band.up_to):
            if limit.by is not None and limit.by not in vocabulary.time_of_day:
                yield Problem(
                    ("urgency", index, "up_to", place), f'"{limit.by}" is not a time of day of the vocabulary'
                )


def _fact_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, fact in vocabulary.fact.items():
        if fact.suggests_restriction and fact.kind == "derived":
            yield Problem(("fact", name, "suggests_restriction"), "nobody answers a derived fact: nobody can be asked")


def _plan_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    """A date foresees an event of its own scope, or stands for every child and discussion."""
    for name, event in vocabulary.event.items():
        if event.plans is None:
            continue
        path: KeyPath = ("event", name, "plans")
        foreseen = vocabulary.event.get(event.plans)
        if foreseen is None:
            near = did_you_mean(event.plans, vocabulary.event)
            yield Problem(path, f'"{event.plans}" is not an event of the vocabulary{near}')
        elif event.scope not in ("concern", foreseen.scope):
            yield Problem(path, f'"{name}" is of one {event.scope}, but "{event.plans}" is of the {foreseen.scope}')
        if not event.planned:
            yield Problem(path, f'only a date people set foresees another event; write planned = true for "{name}"')


def _form_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    """What a form asks has a name of its own in the form, and what is suggested comes from an event there is."""
    for name, form in vocabulary.form.items():
        seen: set[str] = set()
        for place, asked in enumerate(form.fields):
            path: KeyPath = ("form", name, "fields", place)
            if asked.id in seen:
                yield Problem((*path, "id"), f'the form asks "{asked.id}" twice; give each field an id of its own')
            seen.add(asked.id)
            if asked.suggest is not None and asked.suggest not in vocabulary.event:
                near = did_you_mean(asked.suggest, vocabulary.event)
                yield Problem((*path, "suggest"), f'"{asked.suggest}" is not an event of the vocabulary{near}')
