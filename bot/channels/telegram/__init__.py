"""The desk on Telegram. Only this folder knows the library; the door is `channel.TelegramChannel`."""
