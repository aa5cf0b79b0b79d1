"""The pages of question hours: for everyone, and for the council that runs them."""
