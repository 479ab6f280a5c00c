"""The web channel: the chat page and the JSON interface behind it. What is said there is decided elsewhere."""
