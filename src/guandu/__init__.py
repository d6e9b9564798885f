"""Rebuild, check and compare the figures that a press article prints."""
