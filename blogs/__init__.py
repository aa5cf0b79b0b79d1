"""Blogs, telling: posts, comments, short updates."""
