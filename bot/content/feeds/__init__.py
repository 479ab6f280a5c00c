"""A neighbour's Open Referral feed as records of ours, and their way into the database. Fetching is in app/feeds."""
