"""`python -m asprinted` is the same as `asprinted`."""

from asprinted.commands import main

if __name__ == "__main__":
    main()
