"""The page of keys in the documents: `python -m duty_tui.screens.keys_page docs/keys.md` writes it anew."""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import duty_tui.screens
from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.widgets.command_screen import Commanded
from duty_tui.widgets.key_page import keys_page

#: Where everybody begins; the other screens follow by name.
_FIRST = "QueueScreen"


def screens() -> Iterator[tuple[str, type[Commanded]]]:
    """Every screen and dialogue with commands, under the words of its class's name."""
    found = {}
    for module in pkgutil.iter_modules(duty_tui.screens.__path__):
        for cls in vars(import_module(f"duty_tui.screens.{module.name}")).values():
            if isinstance(cls, type) and issubclass(cls, AtTheDesk) and cls.acts():
                found[cls.__name__] = cls
    for name in sorted(found, key=lambda name: (name != _FIRST, name)):
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Screen").removesuffix("Dialog"))
        yield words.capitalize(), found[name]


def page() -> str:
    """The page, in Markdown."""
    return keys_page(screens())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
