"""Pictures as values: scenes of marks in inches, written as SVG by the standard library alone."""
