"""What `duty-tui` and `python -m duty_tui` start."""

from __future__ import annotations

import sys

from duty_tui.cli.root import root, tell


def main() -> None:
    """Run the command line; ends the process with its exit status."""
    from duty_tui.cli.output import NotPrinted, let_go, open_closed

    open_closed()
    try:
        try:
            root(prog_name="duty-tui")
        finally:
            let_go()
    except (NotPrinted, OSError) as error:  # commands tell their own errors: what comes this far is about printing
        tell(NotPrinted(error) if isinstance(error, OSError) else error)
        sys.exit(NotPrinted.exit_code)


if __name__ == "__main__":
    main()
