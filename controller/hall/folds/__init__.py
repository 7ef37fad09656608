"""How each event changes the hall, by subject. Only `evolve` calls these."""
