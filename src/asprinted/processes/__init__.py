"""How long processes live: what ends a command, what it starts, and what is left of them."""
