"""Rasa NLU components of the desk: the sentence encoder and the answer selector. No conversation rules here."""
