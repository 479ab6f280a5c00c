"""Feeds of others: fetching them safely, taking them in, and checking any feed against the standard."""
