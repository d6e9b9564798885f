"""`python -m guandu` is the same as `guandu`."""

from guandu.cli import app

if __name__ == "__main__":
    app(prog_name="guandu")
