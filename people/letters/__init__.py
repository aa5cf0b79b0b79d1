"""The letters on paper that let people without a mailbox in."""
