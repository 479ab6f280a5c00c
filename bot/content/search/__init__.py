"""The index by which services are found: words, places and filters, the same over SQLite and PostgreSQL. Ranking: skills."""
