"""A collection of printed figures: its tables, its facts, and the seal over what was typed."""
