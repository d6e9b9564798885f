"""The static site: a page for every number, figure and notebook, in two languages; nothing is executed."""
