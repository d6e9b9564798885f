"""Which two closing rates of one body may be told as a step: keys of facts, the earlier first."""

from itertools import pairwise

_CHAINS = (
    "china_courts_2021_11 china_courts_2021",
    "china_courts_2016_09 china_local_courts_2016",
    "china_courts_2018 china_courts_2019 =china_2020 china_courts_2021 china_courts_2022",
    "china_local_courts_2015 china_local_courts_2016 china_local_courts_2020",
    "wuchang_court_2017 wuchang_court_2019 wuchang_court_2025",
    "=china_2017_06 china_courts_2023_06",
    "=wuchang_2021_06 wuchang_court_2022_06 wuchang_court_2024_06",
    "yiling_court_2020_09 yiling_court_2021_06",
    "guandu_court_2020_08 own_court",
)


def _key(name: str) -> str:
    return name[1:] if name.startswith("=") else f"{name}_closing_rate"


STEPS = tuple(pair for chain in _CHAINS for pair in pairwise(map(_key, chain.split())))
"""Inside a year, over full years, at like dates years apart, and at other months (no step in time)."""
