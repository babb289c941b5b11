"""The workspace in a browser, as each of its people sees it."""
