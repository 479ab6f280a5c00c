"""The orientation desk, in five layers that import only leftwards.

content   what we know: the database, its queries, and the services_data files that volunteers edit
skills    what we can do: tell a language, speak one, spot an emergency, choose services; plain functions
dialogue  what the conversation does: the shared vocabulary of messages, the Rasa assistant and its actions
channels  where people meet it: console, Telegram, web
app       wiring: settings, the one place that picks implementations, the web server and the command line
"""
