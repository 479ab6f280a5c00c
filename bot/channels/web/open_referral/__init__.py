"""The open data feed at /oruk/v3: its addresses, what may be asked of them, and how they answer."""
