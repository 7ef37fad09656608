"""Watching the screen's own page: how it is, who shows it, and what is done when it hangs."""
