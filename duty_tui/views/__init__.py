"""What screens and commands show, frozen and ready; no terminal in here, and no rule."""
