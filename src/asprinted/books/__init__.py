"""What a notebook opens: tables as frames, facts, checks, and its words, said and drawn."""
