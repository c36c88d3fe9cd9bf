"""Official tables of occupations as files: O*NET's demands for UK unit groups, or the UK classification."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pacework.science.vacancies.demands import Demand
from pacework.science.vacancies.onet import OnetError, read_onet
from pacework.science.vacancies.soc import read_soc
from pacework.science.vacancies.workbook import BROKEN_ZIP, WorkbookError
from pacework.service.core.errors import DomainError
from pacework.service.employers import codes

WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True)
class Official:
    """What a file holds: demands by unit group, or unit groups with their titles. One of the two is empty."""

    demands: Mapping[str, Mapping[str, Demand]] = field(default_factory=dict)
    occupations: Sequence[tuple[str, str]] = ()
    problems: Sequence[str] = ()


def read(content: bytes) -> Official:
    """Read an O*NET zip or the SOC 2020 workbook, whichever it is. Raises DomainError with one sentence."""
    file = io.BytesIO(content)
    try:
        with zipfile.ZipFile(file) as archive:
            is_workbook = WORKBOOK in archive.namelist()
        return _classification(file) if is_workbook else _onet(file)
    except (OnetError, WorkbookError) as refusal:
        raise DomainError(str(refusal)) from None
    except BROKEN_ZIP:
        raise DomainError(
            "This is neither the O*NET zip of text files nor the SOC 2020 workbook (xlsx)."
        ) from None


def _classification(file: io.BytesIO) -> Official:
    groups = read_soc(file)
    return Official(occupations=[(one.code, one.title) for one in groups.values()])


def _onet(file: io.BytesIO) -> Official:
    found = read_onet(file)
    demands = {}
    absent = []
    for pair in codes.table("onet_crosswalk")["pairs"]:
        occupation = found.occupations.get(pair["onet"])
        if occupation is None:
            absent.append(pair["onet"])
            continue
        source = f"O*NET {occupation.code} {occupation.title} (United States), paired by hand"
        demands[pair["soc"]] = {name: replace(one, source=source) for name, one in occupation.demands.items()}
    problems = list(found.problems)
    problems += [f"No figures for {name}." for name in found.missing]
    if found.suppressed:
        problems.append(f"{found.suppressed:,} figures are left out: O*NET advises not to use them.")
    if absent:
        problems.append(f"Not in this file, though paired by hand: {', '.join(absent)}.")
    return Official(demands=demands, problems=problems)
