"""Relations that the words around a number suggest, a module for each kind.

Each proposes by words, units and places alone and names what it sees; no arithmetic but the order of sizes.
Windows are counted in numbers, so that the guesses about a text grow with its length and no faster.
"""
