"""The bands of urgency as the queue shows them, kept beside the rows so that showing a queue reads no policy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from duty_tui.views.queue import Band

if TYPE_CHECKING:
    from duty_tui.rules.vocabulary import Vocabulary

#: Under this name the bands are kept in the store.
META = "bands"


def encode(vocabulary: Vocabulary) -> str:
    """The bands of a vocabulary as text to keep."""
    return json.dumps([[band.label, band.symbol, band.open_symbol] for band in vocabulary.urgency])


def decode(text: str | None) -> Sequence[Band]:
    """The bands kept as text; a single plain one where nothing was kept."""
    return [Band(*band) for band in json.loads(text)] if text else [Band("", "·", "·")]
