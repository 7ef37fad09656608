"""The independent checker: whether journal, clients' logs and screens' boards tell one story.

It reads the journal's file with plain SQLite and shares no code with the hall, its journal and its
views; an import contract in pyproject.toml keeps it so.
"""
