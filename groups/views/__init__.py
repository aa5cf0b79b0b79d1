"""Groups: their front, coming in and going out, conversations, care."""
