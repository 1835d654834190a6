"""What `duty-tui` and `python -m duty_tui` start."""

from __future__ import annotations

from duty_tui.cli.root import root


def main() -> None:
    """Run the command line; ends the process with its exit status."""
    try:
        root(prog_name="duty-tui")
    finally:
        from duty_tui.cli.output import let_go

        let_go()


if __name__ == "__main__":
    main()
