"""Relations that the words around a number suggest, a module for each kind."""
