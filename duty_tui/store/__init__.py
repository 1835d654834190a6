"""What is recorded, and for how long: the journal, the rows of the queue, drafts, the witness and the key."""
