"""How Chinese texts print numbers: numerals, grammar, roles, scanning, and their tables of words."""
