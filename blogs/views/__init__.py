"""Reading, writing, publishing, commenting and moderating."""
