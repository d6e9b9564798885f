"""The check agrees with a real kernel, sees every change of what is stored, and writes nothing."""

import base64
import copy
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import commanded
import small
from asprinted.collection.cards import Caption, Card
from asprinted.collection.collection import Collection
from asprinted.collection.files import replace as write
from asprinted.processes.apart import Apart, DiedError
from asprinted.rerun import check, kernels, notebooks, pages
from asprinted.rerun.kernels import Failure, Rerun

HOME = Path(__file__).resolve().parents[2]

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


def ran(collection: Collection) -> Collection:
    """Run a collection's notebooks, and write its pages."""
    kernels.run(collection.notebooks, progress=False)
    write(pages.pages(collection))
    return collection


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A collection whose outputs were stored by real kernels."""
    made = small.collection(
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
    return ran(made)


@pytest.mark.drill
def test_the_check_agrees_with_a_real_kernel_on_every_kind_of_output(stored: Collection):
    before = small.tree(stored.home)
    result = commanded.in_a_process("check", folder=stored.home)
    assert (result.returncode, result.stdout[:21]) == (0, "Checked 3 notebooks i"), result.stderr
    assert small.tree(stored.home) == before


@pytest.mark.drill
def test_plain_kernels_agree_too(stored: Collection):
    found: dict[Path, Rerun] = {}
    kernels.rerun(stored.notebooks, 2, found.__setitem__)
    assert {path.stem for path in found} == {"01_every_kind", "02_changes_a_module", "03_sees_none_of_it"}
    assert [check.compare_notebook(path, rerun) for path, rerun in found.items()] == [[], [], []]


def test_a_difference_is_told_with_notebook_cell_heading_and_both_sides(stored: Collection, tmp_path: Path):
    cells = ["# Sums?", "1 + 1", "# The rest", "21454 + 13311"]
    root = ran(small.collection(tmp_path / "c", n01_sums=cells)).home
    path = root / "notebooks" / "01_sums.ipynb"
    path.write_text(path.read_text().replace("34765", "34766"))
    (root / "figures" / "left.csv").write_text("x\n1\n")
    result = commanded.asprinted("check", folder=root)
    assert result.returncode == 1
    assert '01_sums.ipynb, cell In [2], under "The rest"\n' in result.stderr
    assert "\n    -34766\n    +34765\n" in result.stderr
    assert "figures/left.csv\n    no notebook draws it" in result.stderr
    assert "2 differences from what is stored. Where the fresh ones are meant, `asprinted" in result.stderr


def test_a_notebook_that_cannot_be_rerun_is_a_difference(tmp_path: Path):
    made = small.collection(
        tmp_path / "c",
        n01_fails=["# Fails?", "1 / 0"],
        n02_dies=["# Dies?", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
        n03_works=["# Works?", "3"],
    )
    (made.home / "notebooks" / "04_broken.ipynb").write_text("{", encoding="utf-8")
    kernels.run(notebooks.choose(made, ["03"]), progress=False)
    result = commanded.asprinted("check", folder=made.home)
    assert result.returncode == 1
    assert '01_fails.ipynb, cell In [1], under "Fails?"\n' in result.stderr
    assert "ZeroDivisionError: division by zero" in result.stderr
    assert '02_dies.ipynb, cell In [1], under "Dies?"\n    its process died (-9)' in result.stderr
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
    "a tag of a cell": lambda cells: cells[1]["metadata"].update({"tags": ["hide-input"]}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_is_stored_is_seen(stored: Collection, tmp_path: Path, change: str):
    path = stored.home / "notebooks" / "01_every_kind.ipynb"
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


def test_what_did_not_change_is_no_difference(stored: Collection):
    path = stored.home / "notebooks" / "01_every_kind.ipynb"
    assert check.compare_notebook(path, path.read_text(encoding="utf-8")) == []


def saved_elsewhere(text: str) -> str:
    """Return a notebook as an editor writes it that has its own order, indent and metadata."""
    made = json.loads(text)
    for cell in made["cells"]:
        cell["metadata"] = {"vscode": {"languageId": "python"}, "scrolled": True}
    made["metadata"]["language_info"] |= {"version": "3.12.1", "file_extension": ".py"}
    made["metadata"]["vscode"] = {"interpreter": {"hash": "31f2aee4"}}
    made["cells"] = [dict(reversed(cell.items())) for cell in made["cells"]]
    return json.dumps(dict(reversed(made.items())), indent=4, ensure_ascii=True)


def test_what_another_editor_writes_is_no_difference_and_a_run_restores_it(
    stored: Collection, tmp_path: Path
):
    made = small.collection(tmp_path / "c")
    path = made.home / "notebooks" / "03_sees_none_of_it.ipynb"
    fresh = (stored.home / "notebooks" / path.name).read_text(encoding="utf-8")
    path.write_text(saved_elsewhere(fresh), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != fresh
    assert check.compare_notebook(path, fresh) == []
    path.write_text(saved_elsewhere(fresh.replace("(False", "(True")), encoding="utf-8")
    (difference,) = check.compare_notebook(path, fresh)
    assert "-(True, 60)" in difference.shown
    kernels.run([path], progress=False)
    assert path.read_text(encoding="utf-8") == fresh


def test_a_failed_rerun_is_a_difference_at_its_cell(tmp_path: Path):
    (difference,) = check.compare_notebook(tmp_path / "01_a.ipynb", Failure(3, "Part", "ValueError: no"))
    assert str(difference) == '01_a.ipynb, cell In [3], under "Part"\n    ValueError: no'


SAID = Caption("Two parts", "Books, 2024", "Made up.", "A bar.", "A paper")
CARD = Card({"en": SAID, "zh": SAID}, "01_a", "CC BY 4.0", "2-0")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The figure of one notebook as stored and as drawn afresh, equal; and the page that is no figure."""
    for name in ("stored", "fresh"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bar.json").write_text(CARD.text())
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
        (1, "other.csv", b"x\n", "it is not there; `asprinted run` writes it"),
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
    (stored / "other.json").write_text(replace(CARD, notebook="02_b").text())
    assert check.compare_figures(stored, fresh, {"01_a"}) == []
    assert [each.where for each in check.compare_figures(stored, fresh, {"02_b"})] == ["figures/other.json"]


def test_figures_of_a_notebook_that_stopped_before_it_drew_them_are_not_called_left_over(
    folders: tuple[Path, Path],
):
    (folders[1] / "bar.csv").unlink()
    assert check.compare_figures(*folders, None, {"01_a"}) == []
    assert [each.where for each in check.compare_figures(*folders, None, {"02_b"})] == ["figures/bar.csv"]


@pytest.fixture
def built(tmp_path: Path) -> Collection:
    """A library's tables, with the pages that are built from them."""
    made = small.collection(tmp_path / "c", tables=True, n01_a=["# One?"])
    block = "<!-- asprinted:rates -->\n<!-- asprinted:end -->\n"
    (made.home / "README.md").write_text(block, encoding="utf-8")
    write(pages.pages(made))
    return Collection(made.home)


def test_what_is_built_as_it_stands_is_no_difference(built: Collection):
    assert check.compare_built(built) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "shown"),
    [
        ("data/checks.csv", "both", "nearest_only", "data", 'found "nearest_only", expected "both"'),
        ("data/README.md", "printed", "spoken", "data", "README.md has "),
        ("data/printed.csv", "\nlent,", "\ngiven,", "data", "lent"),
        ("data/seal.csv", "printed,", "others,", "data", "never sealed"),
        ("README.md", "75%", "76%", "README.md", "-| Return | 76% |"),
        ("README.md", "asprinted:rates", "asprinted:rate", "data", 'the block "rate"'),
        ("figures/README.md", "# Gallery", "# Pictures", "figures/README.md", "-# Pictures"),
        ("figures/README.zh.md", "# 图表", "# 图片", "figures/README.zh.md", "-# 图片"),
    ],
)
def test_a_change_of_what_is_built_is_seen(
    built: Collection, name: str, old: str, new: str, where: str, shown: str
):
    file = built.home / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8", newline="\n")
    differences = check.compare_built(Collection(built.home))
    found = [each.shown for each in differences if each.where == where]
    assert shown in "\n".join(found)


def test_a_long_difference_is_cut_and_counted():
    shown = check._diff([str(number) for number in range(100)], []).splitlines()
    assert len(shown) == check.DIFF_LINES + 1
    assert shown[-1] == f"... and {103 - check.DIFF_LINES} lines more"


def test_a_long_line_is_shown_where_it_parts_from_the_one_in_its_place():
    old, new = (f"<td>{'x' * 400}{digits}%</td>{'y' * 400}" for digits in ("99.99", "98.99"))
    short = ["one", old, "two"]
    shown = check._diff(short, ["one", new, "two"]).splitlines()
    before = "x" * (160 // 4 - 1)
    assert shown[4][:56] == f"-...{before}99.99%</td>yy"
    assert shown[5][:56] == f"+...{before}98.99%</td>yy"
    assert max(map(len, shown)) == 160
    many = [str(number) for number in range(check.COMPARED_LINES)]
    assert f"+...{before}98.99%" in check._diff([old, *many], [new, *many])


@pytest.mark.drill
def test_a_notebook_without_a_number_is_checked_too_and_what_it_writes_is_not_in_the_tree(tmp_path: Path):
    opens = 'import asprinted\nbook = asprinted.notebook("explore")\n'
    writes = f"{opens}(book.scratch / 'mine.txt').write_text('21454')"
    made = small.collection(
        tmp_path / "c",
        tables=True,
        n01_a=["# One?", "1"],
        nexplore=["# Plays?", writes, "40 + 2", small.LIMITS],
    )
    small.words(made, "explore", {})
    assert commanded.asprinted("run", folder=made.home).returncode == 0
    assert (made.home / "notebooks" / "scratch" / "mine.txt").read_text() == "21454"
    (made.home / "notebooks" / "scratch" / "mine.txt").write_text("mine")
    before = small.tree(made.home)
    result = commanded.asprinted("check", folder=made.home)
    assert (result.returncode, result.stdout[:21]) == (0, "Checked 2 notebooks i"), result.stderr
    assert small.tree(made.home) == before
    path = made.home / "notebooks" / "explore.ipynb"
    path.write_text(path.read_text().replace('"42"', '"43"'))
    result = commanded.asprinted("check", folder=made.home)
    assert result.returncode == 1
    assert 'explore.ipynb, cell In [2], under "Plays?"\n' in result.stderr


@pytest.mark.drill
def test_a_notebook_apart_is_taken_by_its_name_or_with_all_and_its_figures_are_held_then(tmp_path: Path):
    slow = ["# Slow?", 'import asprinted\nbook = asprinted.notebook("slow")', small.LIMITS]
    made = small.collection(tmp_path / "c", tables=True, n01_a=["# One?", "1"], nslow=slow)
    small.words(made, "slow", {})
    described = made.home / "data" / "datapackage.json"
    described.write_text(json.dumps(json.loads(described.read_text()) | {"asprinted": {"apart": ["slow"]}}))
    for number, command in ((1, ["run"]), (1, ["run", "slow"]), (2, ["run", "--all"])):
        done = commanded.asprinted(*command, folder=made.home)
        assert (done.returncode, done.stdout[:6]) == (0, f"Ran {number} "), done.stderr
    (made.home / "figures" / "bar.json").write_text(replace(CARD, notebook="slow").text())
    done = commanded.asprinted("check", folder=made.home)
    assert "figures/bar.json" not in done.stderr
    assert "Checked 1 notebooks" in done.stderr
    done = commanded.asprinted("check", "--all", folder=made.home)
    assert "figures/bar.json\n    no notebook draws it" in done.stderr
    assert "Checked 2 notebooks" in done.stderr
    assert done.stderr.endswith("`asprinted run --all` stores them.\n")


def test_a_picture_is_told_by_a_digest_that_is_the_same_in_every_process():
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ""}
    shown = {"output_type": "display_data", "data": {"image/png": "QUJD"}, "metadata": {}}
    lines = check._readable({**cell, "outputs": [shown]})
    assert lines[-1] == "4 characters, sha256 d9cae0dbdbf078b2"
    other = {**shown, "data": {"image/png": "QUJE"}}
    assert check._readable({**cell, "outputs": [other]})[-1] != lines[-1]


@pytest.mark.parametrize("named", [{"functions": "json"}, {}])
def test_what_is_imported_beforehand_is_named_by_the_collection(tmp_path: Path, named: dict[str, object]):
    made = small.collection(tmp_path / "c")
    described = {"title": "A", "description": "A", "resources": [], "asprinted": named}
    (made.home / "data" / "datapackage.json").write_text(json.dumps(described))
    own = ["json"] if named.get("functions") == "json" else []
    assert check.preloaded(made) == [*own, *check.PRELOADED]


def test_no_name_of_an_article_stands_in_the_list_of_what_is_imported():
    ours = {name for name in check.PRELOADED if (HOME / "src" / name.partition(".")[0]).is_dir()}
    assert ours == {"asprinted.figures"}


def test_a_process_that_dies_says_so_and_one_that_ends_gives_what_it_found():
    assert Apart(abs, -3).result() == 3
    with pytest.raises(DiedError, match=r"its process died \(3\)"):
        Apart(os._exit, 3).result()


def test_only_the_commands_use_the_check():
    package = Path(check.__file__).parents[1]
    users = [
        file.name
        for file in package.rglob("*.py")
        if re.search(r"rerun import .*\bcheck\b|asprinted\.rerun\.check", file.read_text())
    ]
    assert users == ["app.py"]
