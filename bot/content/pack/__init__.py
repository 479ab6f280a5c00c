"""The content pack in services_data/: its tables and rules, how it is read, written and merged. Come in by content/packs.py."""
