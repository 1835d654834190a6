"""What happens at a duty desk and what is known: pure, without time, files or screens."""
