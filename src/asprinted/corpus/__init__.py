"""Many texts: read from files and columns, audited on every core, and kept as tables."""
