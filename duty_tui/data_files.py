"""Where the program's own data are: policies, practice desk, header aliases."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent

#: The folder `data`: inside the package in an installed wheel, beside it in a clone.
DATA = _HERE / "data" if (_HERE / "data").is_dir() else _HERE.parent / "data"
