"""duty-tui: the duty desk for strategy discussions, in a terminal."""

__version__ = "0.1.0"
