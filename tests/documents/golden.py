"""Documents as they were when somebody last looked at them. `GOLDEN=write pytest tests/desk` writes them anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

from duty_tui.documents.blocks import Document
from duty_tui.documents.rendering import rendered

FOLDER = Path(__file__).parent / "kept"
#: The journal salts every entry, so that its hash is another each time.
HASH = re.compile("[0-9a-f]{64}")


def as_kept(name: str, *documents: Document) -> tuple[str, str]:
    """The documents as Markdown, one below the other, and the same as kept."""
    made = "\n".join(rendered(document, "md").data.decode() for document in documents)
    made = HASH.sub("(hash)", made)
    place = FOLDER / f"{name}.md"
    if os.environ.get("GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        place.write_text(made, "utf-8")
    return made, place.read_text("utf-8")
