"""What comes in from other systems: files of referrals, read into commands. Nothing is recorded here."""
