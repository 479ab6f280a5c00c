"""What the desk can do, as plain functions and small objects: time and data are passed in, nothing is stored here."""
