"""The check agrees with a real kernel, sees every change of what is stored, and writes nothing."""

import base64
import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import small
from guandu import check, collection, tables
from guandu.collection import Failure

# Whatever a cell can leave behind: results, prints, pages and pictures in order, updates, what is cleared.
EVERY_KIND = [
    "# Every kind?",
    "1 + 1",
    'import sys\nprint("out")\nprint("error", file=sys.stderr)\nprint("out again", end="")',
    "_ + 1",
    "2 + 2;",
    "import pandas as pd\nframe = pd.DataFrame({'wide' * 9: range(100), 'b': 'text'})\nframe",
    "frame['b']",
    "from IPython.display import HTML, Markdown, clear_output, display\n"
    "display(Markdown('**first**'))\nprint('between')\ndisplay(HTML('<b>last</b>'))\n'result'",
    "shown = display('before', display_id='one')",
    "shown.update('after')",
    "print('gone')\nclear_output()\nprint('kept')",
    "print('dots...\\r.')",
    "import numpy as np\nnp.arange(2000)",
    "import matplotlib\nfrom matplotlib.figure import Figure\nmatplotlib.get_backend()",
    "figure = Figure(figsize=(1, 1))\nfigure.add_subplot().plot([1, 2])\nfigure",
    "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1))\nplt.plot([1, 2]);",
    "class Kept:\n    def _repr_mimebundle_(self, **_):\n"
    "        return {'text/plain': 'a', 'image/png': 'QUJD', 'application/json': {'b': 1, 'a': [2]}}\nKept()",
    "import pickle\nclass Here: ...\nlen(pickle.dumps(Here())), __name__, Here.__module__",
    "sorted(name for name in globals() if not name.startswith('_'))",
    "Out[1], In[1]",
    "%pprint",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "from pathlib import Path\nPath.cwd().name",
    "pd.get_option('display.width'), pd.get_option('display.max_columns')",
    "import warnings\nwith warnings.catch_warnings(record=True) as caught:\n"
    "    warnings.simplefilter('always')\n    warnings.warn('seen')\nlen(caught)",
    "len([line for line in Path('01_every_kind.ipynb').read_text().splitlines() if 'nbformat\"' in line])",
]


def ran(root: Path) -> Path:
    """Run a collection's notebooks, and write its gallery."""
    collection.run(collection.notebooks(root), progress=False)
    tables.replace(collection.pages(root))
    return root


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection whose outputs were stored by real kernels."""
    root = small.collection(
        tmp_path_factory.mktemp("stored"),
        n01_every_kind=EVERY_KIND,
        n02_changes_a_module=[
            "# Changes?",
            "import pandas\npandas.changed = True\npandas.options.display.max_rows = 3",
        ],
        n03_sees_none_of_it=[
            "# Sees?",
            "import pandas\nhasattr(pandas, 'changed'), pandas.options.display.max_rows",
        ],
    )
    return ran(root)


def test_the_check_agrees_with_a_real_kernel_on_every_kind_of_output(stored: Path):
    before = small.tree(stored)
    result = small.guandu("check", folder=stored)
    assert (result.returncode, result.stdout[:21]) == (0, "Checked 3 notebooks i"), result.stderr
    assert small.tree(stored) == before


def test_plain_kernels_agree_too(stored: Path):
    for path, rerun in check._in_kernels(collection.notebooks(stored), workers=2):
        assert check.compare_notebook(path, rerun) == []


def test_a_difference_is_told_with_notebook_cell_heading_and_both_sides(stored: Path, tmp_path: Path):
    root = ran(small.collection(tmp_path, n01_sums=["# Sums?", "1 + 1", "# The rest", "21454 + 13311"]))
    path = root / "notebooks" / "01_sums.ipynb"
    path.write_text(path.read_text().replace("34765", "34766"))
    (root / "figures" / "left.csv").write_text("x\n1\n")
    result = small.guandu("check", folder=root)
    assert result.returncode == 1
    assert '01_sums.ipynb, cell In [2], under "The rest"\n' in result.stderr
    assert "\n    -34766\n    +34765\n" in result.stderr
    assert "figures/left.csv\n    no notebook draws it" in result.stderr
    assert "2 differences from what is stored." in result.stderr


def test_a_notebook_that_cannot_be_rerun_is_a_difference(tmp_path: Path):
    root = small.collection(
        tmp_path,
        n01_fails=["# Fails?", "1 / 0"],
        n02_dies=["# Dies?", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
        n03_works=["# Works?", "3"],
    )
    (root / "notebooks" / "04_broken.ipynb").write_text("{", encoding="utf-8")
    collection.run(collection.choose(root, ["03"]), progress=False)
    result = small.guandu("check", folder=root)
    assert result.returncode == 1
    assert '01_fails.ipynb, cell In [1], under "Fails?"\n' in result.stderr
    assert "ZeroDivisionError: division by zero" in result.stderr
    assert "02_dies.ipynb, before its first cell\n    its process died (-9)" in result.stderr
    assert "04_broken.ipynb has 1 fault; it was not run." in result.stderr
    assert "03_works" not in result.stderr


def outputs(cells: list[Any], number: int) -> list[Any]:
    found: list[Any] = [cell for cell in cells if cell["cell_type"] == "code"][number - 1]["outputs"]
    return found


def other_pixel(cells: list[Any]) -> None:
    data = next(
        output["data"] for cell in cells for output in cell.get("outputs", []) if "image/png" in str(output)
    )
    picture = bytearray(base64.b64decode(data["image/png"]))
    picture[-20] ^= 1
    data["image/png"] = base64.b64encode(picture).decode() + "\n"


CHANGES: dict[str, Callable[[list[Any]], object]] = {
    "a digit of a result": lambda cells: outputs(cells, 1)[0]["data"].update({"text/plain": ["3"]}),
    "a digit of a page": lambda cells: outputs(cells, 5)[0]["data"]["text/html"].append("<!-- 1 -->"),
    "a word that was printed": lambda cells: outputs(cells, 2)[0].update({"text": ["other"]}),
    "an error that was printed": lambda cells: outputs(cells, 2).pop(),
    "the order of two outputs": lambda cells: outputs(cells, 7).reverse(),
    "a result turned into a display": lambda cells: (
        outputs(cells, 1)[0].update({"output_type": "display_data"}),
        outputs(cells, 1)[0].pop("execution_count"),
    ),
    "the number of a cell": lambda cells: cells[1].update({"execution_count": 9}),
    "the number of a result": lambda cells: outputs(cells, 1)[0].update({"execution_count": 9}),
    "a cell never run": lambda cells: cells[1].update({"execution_count": None, "outputs": []}),
    "an output taken away": lambda cells: outputs(cells, 1).clear(),
    "an output added": lambda cells: outputs(cells, 4).append(copy.deepcopy(outputs(cells, 1)[0])),
    "one bit of a picture": other_pixel,
    "a kind of an output": lambda cells: outputs(cells, 16)[0]["data"].pop("application/json"),
    "metadata of an output": lambda cells: outputs(cells, 1)[0]["metadata"].update({"width": 1}),
    "metadata of a cell": lambda cells: cells[1]["metadata"].update({"scrolled": True}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_is_stored_is_seen(stored: Path, tmp_path: Path, change: str):
    path = stored / "notebooks" / "01_every_kind.ipynb"
    fresh = path.read_text(encoding="utf-8")
    changed = json.loads(fresh)
    CHANGES[change](changed["cells"])
    other = tmp_path / path.name
    other.write_text(
        json.dumps(changed, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
    (difference,) = check.compare_notebook(other, fresh)
    assert difference.where.startswith("01_every_kind.ipynb, cell In [")
    assert "--- stored" in difference.shown


def test_what_did_not_change_is_no_difference(stored: Path):
    path = stored / "notebooks" / "01_every_kind.ipynb"
    assert check.compare_notebook(path, path.read_text(encoding="utf-8")) == []


def test_a_notebook_that_an_editor_saved_otherwise_is_a_difference(stored: Path, tmp_path: Path):
    path = stored / "notebooks" / "03_sees_none_of_it.ipynb"
    fresh = path.read_text(encoding="utf-8")
    other = tmp_path / path.name
    other.write_text(fresh.replace('"name": "python"', '"name": "python", "version": "3"'), encoding="utf-8")
    (difference,) = check.compare_notebook(other, fresh)
    assert "the rest of the file is not as `guandu run` writes it" in difference.shown


def test_a_failed_rerun_is_a_difference_at_its_cell(tmp_path: Path):
    (difference,) = check.compare_notebook(tmp_path / "01_a.ipynb", Failure(3, "Part", "ValueError: no"))
    assert str(difference) == '01_a.ipynb, cell In [3], under "Part"\n    ValueError: no'


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The figure of one notebook as stored and as drawn afresh, equal; and the page that is no figure."""
    for name in ("stored", "fresh"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bar.json").write_text('{"notebook": "01_a"}')
        (tmp_path / name / "bar.csv").write_text("x\n1\n")
        (tmp_path / name / "bar.en.png").write_bytes(b"\x89PNG 1")
    (tmp_path / "stored" / "README.md").write_text("# Gallery")
    return tmp_path / "stored", tmp_path / "fresh"


def test_equal_figures_are_no_difference(folders: tuple[Path, Path]):
    assert check.compare_figures(*folders, None) == []


@pytest.mark.parametrize(
    ("side", "name", "content", "shown"),
    [
        (0, "bar.en.png", b"\x89PNG 2", "stored: {0}/bar.en.png\nfresh:  {1}/bar.en.png"),
        (
            0,
            "bar.csv",
            b"x\n2\n",
            "stored: {0}/bar.csv\nfresh:  {1}/bar.csv\n--- stored\n+++ fresh\n@@ -1,2 +1,2 @@\n x\n-2\n+1",
        ),
        (0, "other.csv", b"x\n", "no notebook draws it; delete it, or run the notebook that does"),
        (1, "other.csv", b"x\n", "it is not there; `guandu run` writes it"),
    ],
)
def test_a_figure_that_differs_is_left_over_or_missing_is_told(
    folders: tuple[Path, Path], side: int, name: str, content: bytes, shown: str
):
    (folders[side] / name).write_bytes(content)
    (difference,) = check.compare_figures(*folders, None)
    assert (difference.where, difference.shown) == (f"figures/{name}", shown.format(*folders))


def test_figures_of_notebooks_that_were_not_rerun_are_not_missed(folders: tuple[Path, Path]):
    stored, fresh = folders
    (stored / "other.json").write_text('{"notebook": "02_b"}')
    assert check.compare_figures(stored, fresh, {"01_a"}) == []
    assert [each.where for each in check.compare_figures(stored, fresh, {"02_b"})] == ["figures/other.json"]


@pytest.fixture
def built(copied: Path) -> Path:
    """A copy of this collection's tables, with the pages that are built from them."""
    (copied / "figures").mkdir()
    (copied / "README.md").write_text("<!-- guandu:rates -->\n<!-- guandu:end -->\n", encoding="utf-8")
    tables.replace(collection.pages(copied))
    return copied


def test_what_is_built_as_it_stands_is_no_difference(built: Path):
    assert check.compare_built(built) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "shown"),
    [
        ("data/checks.csv", "truncation_only", "both", "data", 'column verdict: found "both", expected '),
        ("data/README.md", "printed", "spoken", "data", "README.md has "),
        ("data/printed.csv", "\ncases_transferred,", "\ncases_passed_on,", "data", "cases_transferred"),
        ("data/seal.csv", "printed,", "exclusions,", "data", "row 2 never sealed"),
        ("README.md", "61.71%", "61.72%", "README.md", "-| Court closing rate | 61.72% |"),
        ("README.md", "guandu:rates", "guandu:rate", "data", 'the block "rate"'),
        ("figures/README.md", "# Gallery", "# Pictures", "figures/README.md", "-# Pictures"),
    ],
)
def test_a_change_of_what_is_built_is_seen(
    built: Path, name: str, old: str, new: str, where: str, shown: str
):
    file = built / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8", newline="\n")
    found = [each.shown for each in check.compare_built(built) if each.where == where]
    assert shown in "\n".join(found)


def test_a_long_difference_is_cut_and_counted():
    shown = check._diff([str(number) for number in range(100)], []).splitlines()
    assert len(shown) == check.DIFF_LINES + 1
    assert shown[-1] == f"... and {103 - check.DIFF_LINES} lines more"


def test_nothing_else_imports_the_check():
    package = Path(check.__file__).parent
    users = [
        file.name
        for file in package.rglob("*.py")
        if "check import" in file.read_text() or "guandu.check" in file.read_text()
    ]
    assert users == []
