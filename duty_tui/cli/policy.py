"""`duty-tui policy`: which policies there are, what one says, and whether a folder holds one that works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.adopting import adopt, leave
from duty_tui.cli.output import as_json, narrate, say, say_object, say_objects
from duty_tui.errors import BadFile, DutyError

if TYPE_CHECKING:
    from duty_tui.rules.loader import Policy
    from duty_tui.rules.pack import Pack
    from duty_tui.rules.try_examples import Workbench


@click.group("policy", epilog="Example: duty-tui policy show action-note-003")
def command() -> None:
    """The policies that come with the program, and those you write yourself."""


command.add_command(adopt)
command.add_command(leave)


@command.command("list", epilog="Example: duty-tui policy list --json")
@as_json
def list_policies(*, as_json: bool) -> None:
    """List the policies that come with the program."""
    from duty_tui.rules.loader import builtin_names, load_policies, load_vocabulary

    found = [_listed(policy) for policy in load_policies(builtin_names(), load_vocabulary())]
    if as_json:
        say_objects(found)
    else:
        longest = max(len(item["id"]) for item in found)
        say(*(f"{item['id']:{longest}}  {item['title']}{_from(item['in_force_from'])}" for item in found))


def _listed(policy: Policy) -> dict[str, Any]:
    pack = policy.newest.pack
    return {
        "id": pack.id,
        "title": pack.title,
        "document": pack.document,
        "issued_by": pack.issued_by,
        "in_force_from": pack.in_force_from.isoformat() if pack.in_force_from else None,
        "layer": pack.layer,
        "versions": len(policy.versions),
        "clocks": _clocks(policy.newest),
    }


def _from(day: str | None) -> str:
    return f" (from {day})" if day else ""


def _clocks(pack: Pack) -> int:
    return sum(len(obligation.clock) for obligation in pack.obligation) + len(pack.escalation)


@command.command("show", epilog="Example: duty-tui policy show twenty-four-hours")
@click.argument("pack")
@as_json
def show(*, pack: str, as_json: bool) -> None:
    """Show what PACK, a name or a folder, says: its newest version."""
    from duty_tui.cli.due import policies_named
    from duty_tui.cli.policy_text import policy_lines
    from duty_tui.rules.loader import load_vocabulary

    vocabulary = load_vocabulary()
    (policy,) = policies_named([pack.replace(",", " ")], vocabulary)
    if as_json:
        say_object(policy.newest.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    else:
        say(*policy_lines(policy, vocabulary))


@command.command("check", epilog="Example: duty-tui policy check my-policy")
@click.argument("folders", nargs=-1, metavar="[FOLDER]...")
@as_json
def check(*, folders: Sequence[str], as_json: bool) -> None:
    """Check the policies in the FOLDERs and run their examples; without one, those that come with the program.

    Ends with 1, and every problem with its line, when anything is wrong.
    """
    from duty_tui.rules.bank_holidays import read_bank_holidays, read_published
    from duty_tui.rules.loader import builtin_folder, builtin_names, load_vocabulary
    from duty_tui.rules.try_examples import Workbench

    vocabulary = load_vocabulary()
    published = read_published(builtin_folder() / "bank_holidays.toml")
    bench = Workbench(vocabulary, published.amend(read_bank_holidays()), published.published_until)
    own = builtin_names()
    places = [
        builtin_folder() / folder if folder in own and not Path(folder).is_dir() else Path(folder) for folder in folders
    ]
    found = [_checked(place, bench) for place in places or [builtin_folder() / name for name in own]]
    if as_json:
        say_objects(found)
    else:
        say(*(line for item in found for line in _verdict(item)))
    wrong = sum(bool(item["problems"]) for item in found)
    if wrong:
        raise DutyError(f"{wrong} of {len(found)} policies found wanting.", do="Mend what is said above.")
    narrate(f"{len(found)} policies, {sum(item['examples'] for item in found)} examples: all as they should be.")


def _checked(place: Path, bench: Workbench) -> dict[str, Any]:
    """What was found in one folder: how much there is, and every problem in words."""
    from duty_tui.rules.loader import load_pack
    from duty_tui.rules.try_examples import run_examples

    found: dict[str, Any] = {"folder": str(place), "id": None, "clocks": 0, "examples": 0, "problems": [], "doubts": []}
    try:
        policy = load_pack(place, bench.vocabulary)
        found |= {"id": policy.id, "clocks": _clocks(policy.newest), "doubts": list(policy.doubts)}
        results = run_examples(policy, bench)
    except BadFile as wrong:
        found["problems"] = [*(wrong.problems or (wrong.what,))]
        return found
    found["examples"] = len(results)
    found["problems"] = [
        f"examples.toml line {result.line}, {result.name}: {difference}"
        for result in results
        for difference in result.differences
    ]
    return found


def _verdict(item: dict[str, Any]) -> Iterator[str]:
    name = item["id"] or item["folder"]
    yield f"{name}: {item['clocks']} clocks, {item['examples']} examples, {_many(len(item['problems']))}"
    yield from (f"  {problem}" for problem in item["problems"])
    yield from (f"  worth a look: {doubt}" for doubt in item["doubts"])
    if item["id"] and not item["examples"] and not item["problems"]:
        yield "  worth a look: there is no examples.toml, so nothing shows that it was understood"


def _many(problems: int) -> str:
    return "ok" if not problems else "1 problem" if problems == 1 else f"{problems} problems"
