"""How numbers and the engine's own sentences are written, in two languages."""
