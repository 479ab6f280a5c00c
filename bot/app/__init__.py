"""Wiring: settings, the one place that picks implementations, the servers and the command line."""
