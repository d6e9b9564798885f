"""The forms: how a kind of table becomes a picture. Each draws from its table alone."""
