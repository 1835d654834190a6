"""Documents that leave the building: one list of blocks becomes a PDF, a Word file, Markdown or plain text."""
