"""How long a wait will be: the dispatcher run forward from now, and corrected by what came true."""
