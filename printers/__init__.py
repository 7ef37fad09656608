"""号票 on paper: what it says, how it is painted, how it reaches the printer, what is proven."""
