"""What the conversation does: the vocabulary of messages, the front desk, the Rasa assistant and its actions."""
