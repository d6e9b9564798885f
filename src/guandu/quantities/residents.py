"""Figures per resident, and what must be said beside each of them."""

from __future__ import annotations

from guandu import findings, intervals
from guandu.dataset import Dataset
from guandu.intervals import Interval
from guandu.quantities.base import NO_TEXT, Form, Quantity, Text, cell_of, quantity, value_of

__all__ = ["RESIDENTS", "per_residents", "population_caveat"]

RESIDENTS = "K013"
"""The residents of the district, by the census."""


def population_caveat(data: Dataset) -> Text:
    """Return what must be said once beside every figure per resident, in English and in Chinese.

    >>> population_caveat(data)[0].startswith("Residents of the census for a district")
    True
    """
    listed, spoken = value_of(data, "K018"), value_of(data, "subdistricts_with_party_union")
    return (
        f"Residents of the census for a district of {findings.number_of(listed, 'subdistrict')}, as a later "
        f"publication counts them; the article has {findings.count(spoken)}. If the bodies serve fewer "
        "residents, every figure per resident is too small, and residents per judge are too many.",
        f"人口为全区普查数；后来的材料载全区{listed}个街道，文中为{spoken}个。若各机关辖区人口较少，则按人口计算的数值偏低，"
        "每名法官对应人口偏高。",
    )


def per_residents(
    data: Dataset,
    ref: str,
    name: str,
    title: Text,
    key: str,
    caveat: Text,
    *,
    factor: int = 1,
    within: Interval | None = None,
    extra_keys: tuple[str, ...] = (),
    unit: Text = NO_TEXT,
    form: Form = "decimal",
) -> Quantity:
    """Return a count of the district over the residents of the census, times a factor.

    within: the interval to show, where it is not the one that the words of the count admit.
    """
    scale = factor / value_of(data, RESIDENTS)
    population = population_caveat(data)
    return quantity(
        ref,
        name,
        title,
        (key, RESIDENTS, *extra_keys),
        (f"{caveat[0]} {population[0]}", caveat[1] + population[1]),
        value=value_of(data, key) * scale,
        within=within or intervals.product(cell_of(data, key), Interval.point(scale)),
        unit=unit,
        form=form,
    )
