"""Which numbers of a text may follow from which, by its words, and whether they do, by their values."""
