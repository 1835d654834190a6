"""Children by the names people use for them in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duty_tui.domain.concern import Concern


def names_of(concern: Concern) -> Mapping[int, str]:
    """The children's first names by number; the whole name where two share one or there is none."""
    first = [child.name.split()[0] if child.name else "" for child in concern.children]
    return {
        child.number: name if name and first.count(name) == 1 else child.called
        for child, name in zip(concern.children, first, strict=True)
    }


def whom(children: Sequence[int], names: Mapping[int, str]) -> str:
    """`Amara`, `Amara and Kofi`, `Amara, Kofi and child 3`."""
    said = [names.get(child, f"child {child}") for child in children]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
