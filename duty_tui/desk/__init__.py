"""Between people and the record: what may be done, what is recorded, and what is shown of it."""
