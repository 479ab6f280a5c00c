"""The web channel: the chat page and the JSON interface behind it. What is said in a conversation is decided elsewhere."""
