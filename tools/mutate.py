"""Ask whether the tests notice a changed engine: `python -m tools.mutate MODULE... [--count 40] [--seed 1]`.

A seeded sample of small changes (mutants) is drawn for each module: another comparison, one more or one
less, a shorter word, a statement left out; of a table of words (`chinese/words.toml`) a word is left out.
Each is tried on a copy of the project, never in the tree, and what no test notices is printed. Docstrings,
hints of types, assertions and the messages of faults are left alone. Numbers with a point are weights, set
on made-up texts, and change with `--weights` alone.

A fork for each mutant spares the start of pytest; it needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import random
import re
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pandas  # noqa: F401 - as hypothesis and the plugins, loaded once for all
import pytest

ENGINE = Path("src", "asprinted")
_NEEDED = ("src", "tests", "benchmarks", "data", "conftest.py", "pyproject.toml")

# The tests of a module beside its own doctests, the quickest first; for others it is the file of its name.
TESTS = {
    "cues": ("cues", "ranking", "document"),
    "decisions": ("document",),
    "document": ("document", "report"),
    "findings": ("document", "report"),
    "grammar": ("reading", "scanning"),
    "lexicon": ("reading", "scanning"),
    "mentions": ("mentions", "ranking", "document"),
    "misprints": ("ranking",),
    "numerals": ("reading", "scanning"),
    "phrasing": ("document", "report"),
    "ranking": ("ranking", "document"),
    "relations": ("sentences", "expressions", "face", "verdicts"),
    "roles": ("roles", "scanning"),
    "rows": ("document",),
    "scanning": ("scanning", "roles"),
    "sentences": ("sentences", "face"),
    "units": ("reading", "scanning"),
    "verdicts": ("sentences", "face", "work", "verdicts"),
    "words": ("classes", "reading", "scanning", "roles", "cues", "mentions", "ranking", "document"),
    "writing": ("writing", "sentences"),
    **dict.fromkeys(("changes", "means", "proposing", "shares", "sums"), ("ranking", "document")),
}

_SWAPS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: (r"not\s+in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: (r"is\s+not", "is"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: (r"\+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: (r"\*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "*"),
    ast.Pow: (r"\*\*", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: (r"\|", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
_DROPPED = (ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)
_MESSAGES = {"found", "expected"}
_TABLE, _WORD = re.compile(rb'^[^#\n=]+= "+([^"]*)', re.MULTILINE), re.compile(rb"\S+")
_RAISED = re.compile(r"Faults?\b|\w+Error\b")
_SPARE = 10
_MEMORY = 4 << 30
# Plugins are loaded before pytest starts; nothing but the tests' own failures is of interest.
_ALWAYS = [
    "-x",
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:unraisableexception",
    "--no-header",
    "--no-summary",
]
_ALWAYS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]


class Mutant(NamedTuple):
    """A change of a source: the bytes from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


class Source:
    """The text of a module, and where in it each part of its syntax stands; or a table of words."""

    def __init__(self, text: str, table: bool = False) -> None:
        self.bytes = text.encode()
        self.tree = None if table else ast.parse(text)
        self._lines = [0]
        for line in self.bytes.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def place(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the first byte of a part of the syntax, and the one behind its last."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        first, last = self._lines[node.lineno - 1], self._lines[node.end_lineno - 1]
        return first + node.col_offset, last + node.end_col_offset

    def cut(self, start: int, end: int) -> str:
        """Return the text between two bytes."""
        return self.bytes[start:end].decode()

    def changed(self, mutant: Mutant) -> str:
        """Return the text with a change in it, with as many lines as before."""
        start, end, text = mutant
        lines = self.cut(start, end).count("\n") - text.count("\n")
        if lines:
            text = f"({text}" + "\n" * lines + ")" if text != "pass" else text + "\n" * lines
        return self.cut(0, start) + text + self.cut(end, len(self.bytes))

    def shown(self, mutant: Mutant) -> str:
        """Return a change as the lines of a diff, with the number of the first."""
        at = self.bytes[: mutant.start].count(b"\n")
        pairs = zip(self.bytes.decode().splitlines(), self.changed(mutant).splitlines(), strict=False)
        old, new = next(pair for pair in list(pairs)[at:] if pair[0] != pair[1])
        return f"{at + 1}: - {old.strip()}\n{' ' * len(str(at + 1))}  + {new.strip()}"


def mutants(source: Source, weights: bool = False) -> Iterator[Mutant]:
    r"""Yield every change of a module that is tried, or with `weights` those of its numbers with a point.

    >>> source = Source("def few(a):\n    return a < 1")
    >>> [source.changed(each).splitlines()[1].strip() for each in mutants(source)]
    ['return None', 'return a <= 1', 'return a < 2', 'return a < 0']
    """
    for words in _TABLE.finditer(source.bytes) if source.tree is None else ():
        yield from (Mutant(*each.span(), "") for each in _WORD.finditer(source.bytes, *words.span(1)))
    for node in _code(source.tree) if source.tree is not None else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, float) == weights:
            start, end = source.place(node)
            yield from (Mutant(start, end, text) for text in _constants(node.value))
        elif not weights:
            yield from _changes(source, node)


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of the syntax that do something, from the outside in."""
    yield node
    for name, field in ast.iter_fields(node):
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.AST) and not _is_left_alone(node, name, child):
                yield from _code(child)


def _is_left_alone(parent: ast.AST, name: str, child: ast.AST) -> bool:
    if name in ("annotation", "returns", "format_spec") or isinstance(child, ast.Assert | ast.ImportFrom):
        return True
    if isinstance(child, ast.Expr):
        return isinstance(child.value, ast.Constant)
    if isinstance(child, ast.If):
        return ast.unparse(child.test) == "TYPE_CHECKING"
    if isinstance(child, ast.Assign):
        return ast.unparse(child.targets[0]) == "__all__"
    if isinstance(parent, ast.JoinedStr):
        # Before Python 3.12 the pieces of such a text stand nowhere.
        return isinstance(child, ast.Constant) or sys.version_info < (3, 12)
    return isinstance(child, ast.Constant | ast.JoinedStr) and _is_message(parent)


def _is_message(parent: ast.AST) -> bool:
    """Whether a text stands in a fault, or is named as what was found or expected."""
    if isinstance(parent, ast.Assign):
        return ast.unparse(parent.targets[0]) in _MESSAGES
    if isinstance(parent, ast.keyword):
        return parent.arg in _MESSAGES
    return (
        isinstance(parent, ast.Call)
        and re.match(r"Faults?\b|\w+Error\b", ast.unparse(parent.func)) is not None
    )


def _constants(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield str(not value)
    elif isinstance(value, int):
        yield from (str(value + 1), str(value - 1))
    elif isinstance(value, float):
        yield from (repr(value + 0.5), repr(value - 0.5))
    elif isinstance(value, str):
        middle = len(value) // 2
        yield repr(value[:middle] + value[middle + 1 :] if value else "mutant")


def _changes(source: Source, node: ast.AST) -> Iterator[Mutant]:
    """Yield the changes of one part of the syntax, but for those of its own parts."""

    def swapped(operator: ast.AST, start: int, end: int) -> Iterator[Mutant]:
        old, new = _SWAPS.get(type(operator), ("", ""))
        found = re.search(rf"\b{old}\b" if old[:1].isalpha() else old, source.cut(start, end))
        if old and found:
            behind = len(source.cut(start, end)[: found.start()].encode())
            yield Mutant(start + behind, start + behind + len(found[0]), new)

    def replaced(part: ast.expr | ast.stmt, text: str) -> Mutant:
        return Mutant(*source.place(part), text)

    def negated(test: ast.expr) -> Mutant:
        return replaced(test, f"not ({source.cut(*source.place(test))})")

    match node:
        case ast.Compare(left, operators, others):
            for one, operator, other in zip([left, *others], operators, others, strict=False):
                yield from swapped(operator, source.place(one)[1], source.place(other)[0])
        case ast.BoolOp(operator, values):
            for one, other in pairwise(values):
                yield from swapped(operator, source.place(one)[1], source.place(other)[0])
        case ast.BinOp(left, operator, right):
            yield from swapped(operator, source.place(left)[1], source.place(right)[0])
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield replaced(node, f"({source.cut(*source.place(operand))})")
        case ast.Call(ast.Name(name) as called) if name in _NAMES:
            yield replaced(called, _NAMES[name])
        case ast.Slice(lower, upper):
            yield from (replaced(end, "") for end in (lower, upper) if end)
        case ast.Return(ast.expr() as value) if (
            not isinstance(value, ast.Constant) or value.value is not None
        ):
            yield replaced(value, "None")
        case ast.If(test) | ast.While(test) | ast.IfExp(test):
            yield negated(test)
        case ast.comprehension(ifs=tests):
            yield from (replaced(test, "True") for test in tests)
        case ast.Expr(ast.Call()) | ast.Assign([ast.Attribute() | ast.Subscript()]):
            yield replaced(node, "pass")
    if isinstance(node, _DROPPED):
        yield replaced(node, "pass")
    if isinstance(node, ast.AugAssign):
        yield from swapped(node.op, source.place(node.target)[1], source.place(node.value)[0])


def sample(source: Source, count: int, seed: int, weights: bool = False) -> list[Mutant]:
    """Return some changes that are code and other code than before, in the order of the text."""
    every = list(mutants(source, weights))
    random.Random(seed).shuffle(every)
    taken: list[Mutant] = []
    for each in every:
        if len(taken) < count and _is_other_code(source, each):
            taken.append(each)
    return sorted(taken)


def _is_other_code(source: Source, mutant: Mutant) -> bool:
    if source.tree is None:
        return True
    try:
        return ast.dump(ast.parse(source.changed(mutant))) != ast.dump(source.tree)
    except SyntaxError:
        return False


class Copy:
    """A copy of the project, in which the tests are run on a changed module."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.folder = folder
        for name in filter(lambda name: (home / name).exists(), _NEEDED):
            copy = shutil.copytree if (home / name).is_dir() else shutil.copy
            copy(home / name, folder / name)

    def passes(self, arguments: list[str], seconds: int) -> bool:
        """Whether the tests pass in a process of their own, within some seconds of a processor."""
        process = get_context("fork").Process(target=self._run, args=(arguments, seconds))
        process.start()
        process.join()
        return process.exitcode == 0

    def _run(self, arguments: list[str], seconds: int) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.chdir(self.folder)
        path = str(self.folder / "src")
        os.environ |= {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        sys.dont_write_bytecode = True
        sys.path.insert(0, path)
        sys.exit(pytest.main([*_ALWAYS, *arguments]))


def survivors(
    copy: Copy, name: str, count: int, seed: int, weights: bool
) -> tuple[Source, int, list[Mutant]]:
    """Return a module's source, how many changes of it were tried, and those that no test notices.

    Few examples of each property decide at first; what they let pass is tried with as many as ever.

    Raises `ValueError` where the tests fail without any change.
    """
    table = name.endswith(".toml")
    file = copy.folder / ENGINE / (name if table else f"{name.replace('.', '/')}.py")
    source = Source(file.read_text(encoding="utf-8"), table)
    named = [f"tests/core/test_{each}.py" for each in TESTS.get(file.stem, (file.stem,))]
    tests = [each for each in named if (copy.folder / each).exists()]
    if not table:
        tests.insert(0, str(file.relative_to(copy.folder)))
    quick = ["--hypothesis-profile=quick", *tests]
    drawn = any("hypothesis" in (copy.folder / each).read_text(encoding="utf-8") for each in tests)
    begun = os.times().children_user
    if not copy.passes(quick, 600):
        raise ValueError(f"{name}: its tests fail without any change")
    seconds = _SPARE + 3 * round(os.times().children_user - begun)
    tried, left = sample(source, count, seed, weights), []
    for mutant in tried:
        file.write_text(source.changed(mutant), encoding="utf-8")
        if copy.passes(quick, seconds) and (not drawn or copy.passes(tests, 6 * seconds)):
            left.append(mutant)
        print("." if mutant not in left else "S", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    file.write_bytes(source.bytes)
    return source, len(tried), left


def main(arguments: list[str]) -> int:
    """Print what the tests of the named modules do not notice, then how many changes were tried."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutate", description=__doc__.partition(":")[0])
    parser.add_argument(
        "modules",
        nargs="+",
        metavar="MODULE",
        help="one such as exact.verdicts, or chinese/words.toml",
    )
    parser.add_argument("--count", type=int, default=40, help="how many changes of a module (40)")
    parser.add_argument("--seed", type=int, default=1, help="which ones: equal seeds, equal changes (1)")
    parser.add_argument("--weights", action="store_true", help="change numbers with a point alone")
    given = parser.parse_args(arguments)
    hypothesis.settings.register_profile("quick", derandomize=True, deadline=None, max_examples=10)
    for plugin in entry_points(group="pytest11"):
        plugin.load()
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="asprinted-mutants-") as folder:
        copy = Copy(Path.cwd(), Path(folder))
        for name in given.modules:
            try:
                source, tried, left = survivors(copy, name, given.count, given.seed, given.weights)
            except (OSError, ValueError) as fault:
                print(fault, file=sys.stderr)
                return 1
            for mutant in left:
                print(f"{name}{'' if source.tree is None else '.py'}:{source.shown(mutant)}")
            print(f"{name}: {tried} mutants, {tried - len(left)} killed, {len(left)} survive", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
