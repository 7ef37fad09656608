"""Speaks the calls of a zone: a service, not a page, so that no browser can silence it.

`wishes` (pure) holds what is to be said, `hours` (pure) says how loud, `claims` asks the controller
whether we may, `announcer` does it, one after the other.
"""
