"""The official O*NET text files, in a small zip written here. Figures and occupations are invented."""

import io
import zipfile

import pytest

from pacework.science.vacancies import onet
from pacework.science.vacancies.onet import OnetError, read_onet

HEAD = (
    "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tCategory\tData Value\tN\tStandard Error\t"
    "Lower CI Bound\tUpper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source"
)
CODE = "99-9999.00"


def line(name: str, value: str, low: str = "n/a", high: str = "n/a", **other: str) -> str:
    cells = [
        other.get("code", CODE), "1.A", name, other.get("scale", "CX"), "n/a", value, "20", "0.1", low, high,
        other.get("suppress", "N"), other.get("irrelevant", "n/a"), "08/2025", "Incumbent",
    ]  # fmt: skip
    return "\t".join(cells)


def packed(context: list[str], **files: list[str]) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("db_30_1_text/Work Context.txt", "\r\n".join([HEAD, *context]))
        for name, lines in files.items():
            archive.writestr(f"db_30_1_text/{name.replace('_', ' ')}.txt", "\r\n".join(lines))
    data.seek(0)
    return data


WHOLE = {
    "Abilities": [HEAD, line("Static Strength", "3", scale="IM"), line("Static Strength", "5", scale="LV"),
                  line("Extent Flexibility", "2", scale="IM")],
    "Work_Activities": [HEAD, line("Operating Vehicles, Mechanized Devices, or Equipment", "1", scale="IM")],
    "Occupation_Data": ["O*NET-SOC Code\tTitle\tDescription", f"{CODE}\tTea tasters\tTaste tea."],
}  # fmt: skip


def test_shares_and_intervals_come_from_the_context_scale() -> None:
    reading = read_onet(packed([line("Spend Time Standing", "4", "3.8", "4.2")], **WHOLE))
    occupation = reading.occupations[CODE]
    assert (occupation.title, occupation.source) == ("Tea tasters", "onet")
    standing = occupation.demands["standing"]
    assert (standing.share, standing.least, standing.most) == pytest.approx((0.75, 0.7, 0.8))
    assert (standing.can_change, standing.source) == ("unknown", "onet")
    assert reading.problems == ()


def test_where_there_is_no_interval_the_room_is_wide() -> None:
    demands = read_onet(packed([line("Spend Time Sitting", "2")])).occupations[CODE].demands
    assert (demands["sitting"].least, demands["sitting"].most) == pytest.approx((0, 0.5))


def test_elements_that_only_stand_in_are_never_narrow() -> None:
    context = [line("Importance of Being Exact or Accurate", "3", "2.9", "3.1")]
    demands = read_onet(packed(context, **WHOLE)).occupations[CODE].demands
    for name in ("concentrating", "lifting", "reaching", "driving"):
        assert demands[name].most - demands[name].least >= 0.25
    assert demands["lifting"].share == 0.5  # importance, not the level of another scale
    assert demands["lifting"].load_kg is None


@pytest.mark.parametrize(
    "name",
    ["Spend Time Walking or Running", "Spend Time Walking and Running", " spend time walking or running "],
)
def test_elements_are_found_by_either_wording(name: str) -> None:
    assert "walking" in read_onet(packed([line(name, "3")])).occupations[CODE].demands


def test_of_two_elements_of_one_demand_the_larger_counts() -> None:
    kneeling = line("Spend Time Kneeling, Crouching, Stooping, or Crawling", "2")
    bending = line("Spend Time Bending or Twisting Your Body", "4")
    for rows in ([kneeling, bending], [bending, kneeling]):
        assert read_onet(packed(rows)).occupations[CODE].demands["bending"].share == 0.75


def test_suppressed_and_irrelevant_figures_are_left_out_and_counted() -> None:
    rows = [line("Spend Time Sitting", "2", suppress="Y"), line("Spend Time Standing", "2", irrelevant="Y")]
    reading = read_onet(packed([*rows, line("Spend Time Walking or Running", "2")], **WHOLE))
    assert reading.suppressed == 2
    assert "sitting" not in reading.occupations[CODE].demands
    assert reading.missing == ("sitting", "standing", "bending", "repeating", "concentrating")


def test_other_scales_and_elements_are_passed_over() -> None:
    rows = [line("Spend Time Sitting", "80", scale="CXP"), line("Freedom to Make Decisions", "5")]
    reading = read_onet(packed(rows))
    assert reading.occupations == {}
    assert reading.problems == (
        "The zip has no “Abilities.txt”.",
        "The zip has no “Work Activities.txt”.",
        "The zip has no “Occupation Data.txt”.",
    )


def test_figures_that_cannot_be_read_are_counted() -> None:
    rows = [line("Spend Time Sitting", value) for value in ("n/a", "", "9", "nan")]
    reading = read_onet(packed([*rows, line("Spend Time Sitting", "3", code="")], **WHOLE))
    assert "5 figures could not be read and were left out." in reading.problems


def test_a_file_that_is_not_the_official_zip_is_refused() -> None:
    with pytest.raises(OnetError, match="not a zip file"):
        read_onet(io.BytesIO(b"not a zip"))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(OnetError, match="no “Work Context"):
        read_onet(other)


def damaged(at: int, value: int) -> io.BytesIO:
    """A good zip with one byte of its list of contents, and of the file's own head, set to something else."""
    content = bytearray(packed([line("Spend Time Sitting", "3")]).getvalue())
    for start, shift in ((content.find(b"PK\x01\x02"), 2), (content.find(b"PK\x03\x04"), 0)):
        content[start + at + shift] = value
    return io.BytesIO(bytes(content))


@pytest.mark.parametrize(
    "file",
    [
        damaged(6, 1),  # with a password
        damaged(8, 9),  # packed in a way that is not known
        damaged(8, 8),  # said to be packed, but is not
        packed(["x" * 200_000]),  # one line without end
        io.BytesIO(packed([]).getvalue()[:-40]),
    ],
)
def test_a_damaged_zip_is_refused(file: io.BytesIO) -> None:
    with pytest.raises(OnetError, match="not a zip file that can be read"):
        read_onet(file)


def test_the_byte_order_mark_and_the_leftovers_of_other_programs_are_no_matter() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("__MACOSX/._Work Context.txt", b"\x00\x05\x16\x07")
        archive.writestr("Work Context.txt", f"\ufeff{HEAD}\r\n{line('Spend Time Sitting', '3')}\r\n")
    data.seek(0)
    assert read_onet(data).occupations[CODE].demands["sitting"].share == 0.5


def test_a_table_too_large_to_be_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onet, "LARGEST_FILE", 10)
    with pytest.raises(OnetError, match="too large"):
        read_onet(packed([line("Spend Time Sitting", "3")]))
