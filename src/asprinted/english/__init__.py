"""How English texts print numbers: a small grammar of single tokens, and its tables of words."""
