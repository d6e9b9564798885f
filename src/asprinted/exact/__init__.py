"""What a printed number says, in no language: readings, intervals, relations, verdicts, expressions."""
