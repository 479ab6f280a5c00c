"""Where people meet the desk. Each channel speaks only the vocabulary of bot.dialogue.messages."""
