"""The touch page, served to this machine's own browser on 127.0.0.1."""
