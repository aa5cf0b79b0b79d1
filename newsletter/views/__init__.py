"""The pages of newsletters: reading, writing, previewing, sending, leaving."""
