"""Search over everything a reader may see, whichever app it lives in.

Each app registers its sources at start-up (``sources.register``). A source finds through the one
door of what it holds, so nothing is found that ``visible_to`` does not give. There is no index
beside the tables: PostgreSQL keeps GIN indexes on the very columns (``indexes``), which hold no
word that the row does not, and go with the row. SQLite reads the rows (``plain``).
"""
