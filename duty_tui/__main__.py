"""What `duty-tui` and `python -m duty_tui` start."""

from __future__ import annotations

import sys

from duty_tui import __version__


def main() -> None:
    """Print the version when asked for it; anything else ends with status 2."""
    if sys.argv[1:] != ["--version"]:
        print("duty-tui: only --version is known so far", file=sys.stderr)
        sys.exit(2)
    print(f"duty-tui {__version__}")


if __name__ == "__main__":
    main()
