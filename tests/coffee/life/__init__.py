"""A program lived through by people who come, go, are away and answer as they like, and a bot that may die any time.

What a person may count on is checked after every step, against what the test itself knows of them.
"""
