"""Rows of tables for rulers, strips, boxes, chains and scenes; a pair of texts is English and Chinese."""

from fractions import Fraction


def digits(part: int, whole: int, printed: str, step: str) -> Fraction:
    return (Fraction(part, whole) - Fraction(printed)) / Fraction(step)


CLOSING = digits(21454, 34765, "0.6171", "0.0001")
MEDIATION = digits(783, 785, "0.99", "0.01")
POLICE = (digits(17300, 17699, "0.9835", "0.0001"), digits(17399, 17600, "0.9835", "0.0001"))
ELSEWHERE = [Fraction(n, 20) for n in (-9, -8, -8, -3, -1, 0, 1, 2, 2, 2, 3, 7, 9)]

OFFSETS = [
    {
        "label": ("Court closing rate, 61.71%", "法院结案率，61.71%"),
        "low": CLOSING,
        "high": CLOSING,
        "own": 1,
    },
    {"label": ("People's mediation, 99%", "人民调解，99%"), "low": MEDIATION, "high": MEDIATION, "own": 1},
    {
        "label": ("Police, 98.35%: 113 rates would pass", "公安，98.35%：113个比率可通过"),
        "low": POLICE[0],
        "high": POLICE[1],
        "own": 1,
        "hedged": 1,
    },
    *({"group": ("Other publications", "其他出版物"), "low": x, "high": x} for x in ELSEWHERE),
    {"label": ("Court of 2017", "2017年法院"), "low": Fraction(8748, 1000), "high": Fraction(8748, 1000)},
    {"label": ("Court of 2021", "2021年法院"), "low": -829, "high": -829},
]
MADE = [
    {"label": ("Court closing rate", "法院结案率"), "part": ("21,454", "21454"), "whole": ("34,765", "34765"),
     "quotient": "0.61711...", "printed": "61.71%", "rounded": "61.71%", "cut": "61.71%",
     "rounded_fits": 1, "cut_fits": 1},
    {"label": ("People's mediation", "人民调解"), "part": "783", "whole": "785", "quotient": "0.99745...",
     "printed": "99%", "rounded": "100%", "cut": "99%", "rounded_fits": 0, "cut_fits": 1},
]  # fmt: skip
HEDGES = [
    {"label": ("50%", "50%以上"), "token": ("50%以上", ""), "low": 1, "shown": ("50% or more", "50%及以上")},
    {"label": ("1,000", "1000余项"), "token": ("1000余项", ""), "low": 1, "high": 2,
     "shown": ("1,000 to 1,999", "1000至1999")},
    {"label": ("579,200", "57.92万余人"), "token": ("57.92万余人", ""), "low": 1,
     "high": Fraction(5793, 5792), "shown": ("579,200 to 579,299", "57.92万至57.93万")},
]  # fmt: skip


def judges(count: int, low: str, high: str) -> dict[str, Fraction]:
    return {"low": Fraction(count) / Fraction(high), "high": Fraction(count) / Fraction(low)}


TOP = {"strip": ("Judges", "法官数"), "axis_from": 50, "axis_to": 54, "mark": 52, "own": 1}
CLOSE = {"strip": ("Magnified", "放大"), "axis_from": "51.8", "axis_to": "52.02", "mark": 52}
JUDGES = [
    {"label": ("669 accepted", "受理669件"), **judges(34765, "668.5", "669.5"), **TOP},
    {"label": ("413 closed", "结案413件"), **judges(21454, "412.5", "413.5"), **TOP},
    {"label": ("669, rounded", "669，四舍五入"), "bounds": ("51.92 to 52.01", "51.92至52.01"),
     "rule": "nearest", **judges(34765, "668.5", "669.5"), **CLOSE},
    {"label": ("413, cut", "413，去尾"), "bounds": ("51.82 to 51.95", "51.82至51.95"),
     "rule": "truncation", **judges(21454, "413", "414"), **CLOSE},
]  # fmt: skip
DISPUTES = [
    {"label": ("by the counts: 201 to 399", "仅据件数：201至399"), "low": 201, "high": 399},
    {"label": ("if cut", "若去尾"), "low": 289, "high": 291, "rule": "truncation"},
    {"label": ("if rounded", "若四舍五入"), "low": 290, "high": 292, "rule": "nearest"},
]
UNSETTLED = [
    {
        "label": ("rounded: 4 to 11", "四舍五入：4至11"),
        "low": 4,
        "high": 11,
        "rule": "nearest",
        "whole": 785,
        "left": 2,
    },
    {
        "label": ("cut: 1 to 7", "去尾：1至7"),
        "low": 1,
        "high": 7,
        "rule": "truncation",
        "whole": 785,
        "left": 2,
    },
]
PILES = [
    {"label": ("only if rounded", "只有四舍五入"), "number": 75, "rule": "nearest"},
    {"label": ("both", "兼有"), "number": 8},
    {"label": ("only if cut", "只有去尾"), "number": 3, "rule": "truncation"},
]
TESTS = [
    {"label": ("Closing rate", "结案率"), "counts": ("21,454 of 34,765", "21454÷34765"), "printed": "61.71%",
     "nearest": 1, "truncation": 1, "average": 1},
    {"label": ("Means per judge", "人均数"), "counts": ("one headcount", "同一人数"),
     "printed": ("669 and 413", "669、413"), "nearest": 1, "truncation": 0, "average": 1},
    {"label": ("Police", "公安"), "counts": ("17,300+ of 17,600+", "1.73万余÷1.76万余"), "printed": "98.35%",
     "nearest": 1, "truncation": 1, "average": 1, "hedged": 1},
    {"label": ("People's mediation", "人民调解"), "counts": "783 / 785", "printed": "99%",
     "nearest": 0, "truncation": 1, "average": 1},
]  # fmt: skip
BASIC = {"basis": ("Basic courts", "基层法院"), "own": 1}
FACTORS = [
    {"factor": ("cases per resident", "居民人均案件"), "shown": ("×1.13 to 1.37", "×1.13至1.37"),
     "low": Fraction("1.13"), "high": Fraction("1.37"), **BASIC},
    {"factor": ("residents per judge", "每名法官居民数"), "shown": "×2.17", "low": Fraction("2.17"),
     "high": Fraction("2.17"), **BASIC},
    {"factor": ("cases per judge", "法官人均案件"), "shown": ("×2.46 to 2.97", "×2.46至2.97"), "product": 1,
     "low": Fraction("1.13") * Fraction("2.17"), "high": Fraction("1.37") * Fraction("2.17"), **BASIC},
]  # fmt: skip
FALLS = [
    {"label": ("Trial time", "审理时长"), "when": ("not printed", "未写明"), "gone": Fraction(1, 2),
     "open": 1, "shown": ("−50% or more", "−50%以上")},
    {"label": ("Commercial cases", "商事案件"), "when": ("since 2017", "2017年以来"),
     "gone": Fraction("0.23"), "shown": "−23%"},
    {"label": ("Case cycle", "办案周期"), "when": ("since 2020", "2020年以来"),
     "shown": ("−29 days", "−29天")},
]  # fmt: skip
