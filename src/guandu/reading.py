"""The grammar of number expressions: one token, or one match in a text, becomes a `Reading`."""
