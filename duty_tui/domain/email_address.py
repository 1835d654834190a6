"""Email addresses in what people typed as a contact; only such as no mail program could read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: The plain form of RFC 5321: no quotes, no comments, no letters beyond ASCII that look like others.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})+")
#: What may stand around an address in a line of text.
_AROUND = re.compile(r"[\s,;()<>\[\]\"]+|mailto:")
#: RFC 5321, 4.5.3.1.3: a path has at most 256 octets, two of them the brackets.
_LONGEST = 254


def is_address(text: str) -> bool:
    """Whether the whole of `text` is one address a message can be sent to."""
    return len(text) <= _LONGEST and _ADDRESS.fullmatch(text) is not None


def addresses_in(text: str) -> list[str]:
    """The addresses that stand in a line of text, each once, in order; what only resembles one is left out."""
    parts = (part.rstrip(".:") for part in _AROUND.split(text))
    return list(dict.fromkeys(part for part in parts if is_address(part)))


def is_secure(address: str, domains: Iterable[str]) -> bool:
    """Whether an address belongs to one of these domains, or to a part of one: `a@x.nhs.net` does to `nhs.net`."""
    domain = f".{address.rpartition('@')[2].lower()}"
    return any(domain.endswith(f".{known.lower().lstrip('.@')}") for known in domains if known.strip(".@ "))
