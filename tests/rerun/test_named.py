"""What pages name exists: links, anchors, commands, modules; and what they count is counted."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import spoken
from asprinted.collection.collection import Collection
from asprinted.commands.app import app

HOME = Path(__file__).resolve().parents[2]
PAGES = [
    *sorted(HOME.glob("*.md")),
    *sorted(path for folder in ("docs", "data", "figures") for path in (HOME / folder).glob("*.md")),
    HOME / "notebooks" / "words" / "README.md",
]
PAGE = {
    path.relative_to(HOME).as_posix(): path.read_text(encoding="utf-8") for path in PAGES if path.is_file()
}
MAKEFILE = (HOME / "Makefile").read_text(encoding="utf-8")
PYTEST = re.findall(r"^PYTEST := \$\(IN_VENV\) (.*)$", MAKEFILE, re.MULTILINE)[0]
RECIPE = MAKEFILE.split("\ntest: ")[1].split("\n\n")[0].replace("$(PYTEST)", PYTEST)
TARGETS = set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())
COMMANDS = {each.name or each.callback.__name__ for each in app.registered_commands}  # type: ignore[union-attr]


def links(text: str) -> list[str]:
    """Return where the links and pictures of a page lead, without those to other sites."""
    found = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|srcset|href)="([^"]+)"', text)
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def dead(name: str, text: str) -> list[str]:
    """Return the links of a page that lead nowhere, an anchor that no heading has among them."""
    wrong = []
    for target in links(text):
        path, _, anchor = target.partition("#")
        place = (HOME / name).parent / path if path else HOME / name
        if not place.exists():
            wrong.append(target)
        elif anchor and place.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", place.read_text(encoding="utf-8"), re.MULTILINE)
            wrong += [target] if anchor not in map(slug, headings) else []
    return wrong


@pytest.mark.parametrize("name", PAGE)
def test_every_link_of_a_page_leads_somewhere(name: str):
    assert dead(name, PAGE[name]) == []


def test_a_dead_link_is_seen():
    assert dead("README.md", "[x](figures/none.md) and [y](README.md#no-such-part)") == [
        "figures/none.md",
        "README.md#no-such-part",
    ]


def unknown(text: str) -> list[str]:
    """Return the commands in code of a page that nothing has: of make, of asprinted, of a module."""
    code = "\n".join(
        re.findall(r"```(?:sh|bash)?\n(.*?)```", text, re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
    )
    wrong = [f"make {each}" for each in re.findall(r"\bmake ([a-z]+)\b", code) if each not in TARGETS]
    # Words of this page, not names of commands: `asprinted.check(...)` and folders are no command.
    wrong += [
        f"asprinted {each}"
        for each in re.findall(r"(?<![\w./-])asprinted ([a-z]+)\b", code)
        if each not in COMMANDS
    ]
    wrong += [
        f"python -m {each}"
        for each in re.findall(r"python -m ([\w.]+)", code)
        if not (
            (HOME / each.replace(".", "/")).with_suffix(".py").is_file()
            or each in ("pytest", "pip", "asprinted", "http.server")
        )
    ]
    return wrong


@pytest.mark.parametrize("name", PAGE)
def test_a_command_that_a_page_names_is_there(name: str):
    assert unknown(PAGE[name]) == []


def test_a_command_that_is_not_there_is_seen():
    text = "```sh\nmake tests\nasprinted validate\npython -m benchmarks.speed\n```"
    assert unknown(text) == ["make tests", "asprinted validate", "python -m benchmarks.speed"]


def test_the_commands_of_the_engine_and_the_targets_of_make_are_these():
    assert {"build", "run", "check", "verify", "seal", "lab", "new", "site"} <= COMMANDS
    assert {"run", "test", "check", "bench", "lab", "site", "serve", "lock", "font", "fix"} <= TARGETS


# --------------------------------------------------------------------------------------------- versions


def test_the_citation_has_the_version_of_the_package_and_the_year_of_the_article():
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((HOME / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(citation["version"]) == project["version"]
    (article,) = (row for row in Collection(HOME).rows("sources") if row["key"] == "article")
    assert f"press article of {article['published'][:4]} " in citation["abstract"]
    assert citation["title"] == PAGE["README.md"].splitlines()[0].removeprefix("# ")


def test_the_examples_of_the_readmes_run():
    for name in ("README.md", "README.zh.md"):
        for block in re.findall(r"```python\n(.*?)```", PAGE[name], re.DOTALL):
            exec(compile(block, name, "exec"), {})


# ---------------------------------------------------------------------------------------------- what CI does


def steps(job: str) -> list[str]:
    jobs = yaml.safe_load((HOME / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
    return [step["run"] for step in jobs[job]["steps"] if "run" in step]


def test_ci_builds_compares_the_tree_and_tests_on_linux_and_tests_on_macos():
    assert steps("linux") == [
        "make",
        'git diff --exit-code && test -z "$(git status --porcelain)"',
        ".ci/run",
    ]
    assert steps("macos") == ["make", "make test", "make test-drills"]
    (conda,) = steps("conda")
    assert conda == (
        "asprinted build && git diff --exit-code data && python -m pytest -q -n 2 --dist loadfile src tests"
    )


def test_make_test_does_all_that_it_should_in_this_order():
    recipe = "\n".join(line for line in RECIPE.splitlines() if "@echo" not in line)
    order = [
        "ruff check",
        "ruff format --check",
        "lint-imports",
        "mypy",
        "asprinted check --all\n",
        "pytest ",
    ]
    places = [recipe.index(command) for command in order]
    assert places == sorted(places)
    called = recipe[recipe.index("pytest") :]
    assert all(word in called for word in ("--nbval", "--nbval-current-env", " src tests notebooks"))
    assert not re.search(r"\|\| *true|-k |--deselect|--ignore|-x\b|^\s*-", recipe, re.MULTILINE)


def test_what_make_test_leaves_out_the_drills_or_the_site_take():
    recipes = dict(re.findall(r"^(test[\w-]*):.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE))
    left, taken = recipes["test"].splitlines()[-1], recipes["test-drills"].strip()
    assert (left, taken) == (
        '\t@$(PYTEST) -m "not drill" src tests notebooks',
        "@$(PYTEST) -m drill tests notebooks/zh",
    )
    assert recipes["test-site"].strip().endswith("tests/site --every-page")
    held = {"drill": HOME / "tests", "every_page": HOME / "tests" / "site"}
    for mark, folder in held.items():
        marked = [
            path for path in HOME.glob("[st]*/**/*.py") if f"pytest.mark.{mark}" in path.read_text("utf-8")
        ]
        assert marked
        assert all(path.is_relative_to(folder) for path in marked)


def test_no_two_files_of_tests_have_one_name_by_which_pytest_imports_them():
    names = [path.name for path in (HOME / "tests").rglob("test_*.py")]
    assert sorted({*names}) == sorted(names)


def test_contributing_says_what_each_target_calls():
    rows = dict(re.findall(r"^\| `make ?(\w*)[^`]*` \| (.*?) \|", PAGE["CONTRIBUTING.md"], re.MULTILINE))
    calls = {
        "": "asprinted run",
        "check": "asprinted check",
        "lab": "asprinted lab",
        "bench": "benchmarks.rerun",
    }
    calls |= {"font": "tools.font", "lock": "uv pip compile", "fix": "ruff format"}
    assert {target: call in rows[target] for target, call in calls.items()} == dict.fromkeys(calls, True)
    assert all(call in MAKEFILE for call in calls.values())


def test_contributing_gives_the_commands_of_make_test():
    told = PAGE["CONTRIBUTING.md"]
    for command in ("ruff check", "ruff format --check", "lint-imports", "mypy", "asprinted check"):
        assert command in told
    (said,) = re.findall(r"python -m pytest (.*)", told)
    assert said.split() == [word for word in RECIPE[RECIPE.index("pytest ") :].split()[1:] if word != "-q"]


# ------------------------------------------------------------------------------------- what is measured


def test_a_ratio_of_the_page_of_performance_is_its_seconds_over_s_and_a_missed_goal_is_called_missed():
    rows = re.findall(
        r"^\| (.+?) \| ([\d.]+) \(.*?\) \| ([\d.]+) \(.*?\) \| [\d,]+ \| (.*?) \|$",
        PAGE["docs/performance.md"],
        re.MULTILINE,
    )
    assert rows[0][0] == "plain scripts"
    whole = float(rows[0][1])
    for way, seconds, ratio, goal in rows:
        assert abs(float(seconds) / whole - float(ratio)) < 0.03, way
        if limit := re.search(r"([\d.]+) S", goal):
            assert (float(ratio) > float(limit[1])) == ("S: **missed**" in goal), way


def test_a_goal_of_quality_is_held_against_the_unseen_set_alone():
    sections = re.findall(r"^## Quality: (\w+)\n(.*?)(?=^## |\Z)", PAGE["docs/performance.md"], re.M | re.S)
    goals = [name for name, section in sections if "| goal |" in section]
    assert ("seen" in dict(sections), goals) == (True, ["fresh", "fresh_again"])


# What the READMEs say of quality, in both languages, and where it stands on the page of performance.
QUALITY = [
    ("262 of 304 relations", "304组关系找到262组", "262 of 304 relations found"),
    ("262 of the 264", "264组中262组", "262 of 264 offered ones meant"),
    (
        "the goal of 0.90 is missed",
        "未达90%的目标",
        "0.831 to 0.928 | at least 0.9: **missed** |",
    ),
    ("its 20 flags on the first are right", "20组都确实不符", "| precision of flags, sure | 16 | 16 |"),
    ("its 20 flags on the first are right", "20组都确实不符", "| precision of flags, likely | 4 | 4 |"),
    ("it found 106 of 117", "117组找到106组", "| relations found, sure or likely | 106 | 117 |"),
    ("106 of its 108 were meant", "108组中106组", "106 of 108 offered ones meant"),
    ("it found 127 of 203", "203组找到127组", "| 127 of 203 | 0.513 to 0.726 | 128 of 142 |"),
    ("128 of its 142 were meant", "142组中128组", "| 127 of 203 | 0.513 to 0.726 | 128 of 142 |"),
    ("177 of its 180 on 41 others", "另41段的180组中177组", "| 177 of 180 | 0.950 to 0.995 |"),
    ("of 28 other relations", "另有28组", "| precision of what is said and not flagged | 7 | 28 |"),
]


@pytest.mark.parametrize(("english", "chinese", "measured"), QUALITY)
def test_what_the_readmes_say_of_quality_stands_on_the_page_of_performance(
    english: str, chinese: str, measured: str
):
    assert english in " ".join(PAGE["README.md"].split())
    assert chinese in PAGE["README.zh.md"].replace("\n", "")
    assert measured in PAGE["docs/performance.md"]


# ------------------------------------------------------------------------------------- what must stand

# In both READMEs, word for word.
MUST = [
    ("must not be ranked", "不(?:可|能|得|应)(?:互相)?(?:排名|比较|排序)"),
    ("need not be true", "不等于属实"),
    ("full copyright", "版权"),
    ("never the one that was used, and never why", "不(?:说明|表示|代表).{0,20}(?:实际|原因|为何|为什么)"),
    ("three bodies", "[3三]个机关"),
    (
        "*Rounded* means to the nearest; *cut* means that further digits are dropped",
        "“去尾”指把后面的数字直接舍去",
    ),
    ("We have the article, not the records behind it", "我们手里只有报道，没有原始记录"),
    ("No sentence of it is", "不收录其中任何一句"),
    ("must not be ranked", "不能排名"),
    ("Each of the thirteen notebooks", "(?:13|十三)个?(?:本|份)?笔记本"),
]


@pytest.mark.parametrize(("english", "chinese"), MUST)
def test_both_readmes_say_what_they_must(english: str, chinese: str):
    assert english in " ".join(PAGE["README.md"].split())
    assert re.search(chinese, PAGE["README.zh.md"].replace("\n", ""))


# What a page rules, word for word: a table of conventions is read by people alone.
RULED = {
    "docs/conventions.md": [
        "| X | X alone |",
        "| X余, X多, X几 | from X on, below X + u |",
        "| 近X, 将近X | above X − u, below X |",
        "| 超X, 超过X, 逾X, 突破X | above X, below X + u |",
        "| X以上, 至少X, 不少于X, 不低于X | from X on; no upper end",
        "| X以下, X以内, 不超过X, 不得超过X | from 0 to X |",
        "| 不足X, 不到X, 不满X | above 0, below X |",
        "| 约X, 大约X, 约有X, X左右 | from X − u/2 to X + u/2 |",
        "| A至B, A—B, A~B | from A to B |",
        "| `both` | follows, rounded or cut | not excluded |",
        "| `nearest_only` | follows only if rounded | not excluded if rounded |",
        "| `truncation_only` | follows only if cut | not excluded if cut |",
        "| `contradicted` | follows neither way | |",
        "*nearest* (half away from zero) and *truncation* (toward zero",
        "Ends of intervals are rounded outward",
        "never the one that was used, and never why",
    ],
    "docs/conventions.zh.md": [
        "| X | 只有 X |",
        "| X余、X多、X几 | X 以上，不足 X + u |",
        "| 近X、将近X | 大于 X − u，小于 X |",
        "| 超X、超过X、逾X、突破X | 大于 X，小于 X + u |",
        "| X以上、至少X、不少于X、不低于X | X 以上，无上限",
        "| X以下、X以内、不超过X、不得超过X | 0 至 X |",
        "| 不足X、不到X、不满X | 大于 0，小于 X |",
        "| 约X、大约X、约有X、X左右 | X − u/2 至 X + u/2 |",
        "| A至B、A—B、A~B | A 至 B |",
        "不说明实际用了哪一种，更不说明原因",
        "一律向外取",
    ],
    "CONTRIBUTING.md": ["`asprinted verify ARTICLE --seal`", "`asprinted seal && make`", "needs `holds`"],
    "docs/terms.md": [
        "left the count of civil cases on 1 January 2022",
        "given up as an indicator in October 2023",
        "closings per judge were dropped in 2024",
    ],
    "docs/terms.zh.md": ["2022年1月1日", "2023年10月", "2024年"],
    "data/README.md": ["printed.csv", "benchmarks.csv", "derived.csv", "sets.csv", "apart.csv"],
}


@pytest.mark.parametrize("name", RULED)
def test_a_page_rules_what_is_typed_for_it(name: str):
    text = " ".join(PAGE[name].split())
    assert [piece for piece in RULED[name] if piece not in text] == []


def test_licences_are_those_that_the_pages_name():
    assert "MIT License" in (HOME / "LICENSE").read_text(encoding="utf-8")
    data = (HOME / "LICENSE-data").read_text(encoding="utf-8")
    assert "Attribution 4.0 International" in data
    assert not re.search("ShareAlike|NonCommercial|NoDerivatives", data)
    citation = yaml.safe_load((HOME / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["license"] == ["CC-BY-4.0", "MIT"]


def test_the_tools_stay_strict_and_every_line_ends_alike():
    tools = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tools["mypy"]["strict"] is True
    assert {"E", "F", "D", "PT", "B"} <= set(tools["ruff"]["lint"]["select"])
    assert tools["ruff"]["extend-exclude"] == ["notebooks/zh"], "built, never edited, not even by make fix"
    assert tools["pytest"]["filterwarnings"] == ["error"]
    assert {"src", "tests"} <= set(tools["pytest"]["testpaths"])
    assert "eol=lf" in (HOME / ".gitattributes").read_text(encoding="utf-8")


def test_the_readmes_count_the_notebooks_and_every_figure_has_the_card_that_they_promise():
    text = " ".join(PAGE["README.md"].split())
    questions = len(list((HOME / "notebooks").glob("[0-9][0-9]_*.ipynb")))
    assert f"the {spoken.SPELLED[questions]} notebooks" in text
    assert "each also as a card" in text
    assert "都另有便于分享的卡片" in PAGE["README.zh.md"]
    stems = {path.stem for path in (HOME / "figures").glob("*.csv")}
    for language in spoken.LANGUAGES:
        ending = f".card.{language}.png"
        assert {path.name.removesuffix(ending) for path in (HOME / "figures").glob(f"*{ending}")} == stems


# A cell of the table of rates under its head.
RATES = {
    "README.md": {
        "figure": "Court closing rate", "as printed": "61.71%", "counts": "21454件 of 34765件",
        "recomputed (derived)": "61.7115%", "verdict": "follows, rounded or cut",
    },
    "README.zh.md": {
        "指标": "法院结案率", "原文数字": "61.71%", "件数": "21454件 / 34765件",
        "复算（本项目计算）": "61.7115%",
        "判定": "四舍五入或去尾都相符",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", RATES)
def test_a_rate_of_the_readmes_stands_under_its_head(name: str):
    table = PAGE[name].split("<!-- asprinted:rates -->")[1].split("<!-- asprinted:end -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]
    shown = dict(zip(rows[0], rows[2], strict=True))
    assert {head: shown.get(head) for head in RATES[name]} == RATES[name]


def test_the_galleries_say_what_filled_and_hollow_mean():
    assert "Filled is printed, hollow is derived" in PAGE["figures/README.md"]
    assert "实心为原文数字，空心为本项目计算" in PAGE["figures/README.zh.md"]


def test_a_rate_of_the_readmes_has_the_verdict_that_was_found():
    verdicts = {"61.71%": "follows, rounded or cut", "98.35%": "not excluded", "99%": "follows only if cut"}
    for line in PAGE["README.md"].splitlines():
        for token, verdict in verdicts.items():
            if line.startswith("|") and f"| {token} |" in line:
                assert verdict in line
