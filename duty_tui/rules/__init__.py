"""What the policies say: packs, the working calendar, and what falls due when, and why."""
