"""The commands. Each file is one of them, imported only when it is called."""
