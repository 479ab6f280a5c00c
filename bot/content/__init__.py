"""Layer 1, what we know: the tables, the content pack and its checks, and the store that others ask."""
