"""The labels of real texts, and how the script counts what was read otherwise.

The postings themselves are not in the repository: where the reference folder is absent, that test is skipped.
"""

import csv
import hashlib
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_hours", ROOT / "scripts" / "score_hours.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def postings(folder: Path, texts: list[str]) -> Path:
    file = folder / "postings.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["Hours/Shift"])
        writer.writerows([[text] for text in texts])
    return file


def key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def label(text: str, **known: str) -> dict[str, str]:
    return {
        "sha256": key(text),
        **dict.fromkeys(("weekly_hours", "days", "start", "end", "flexible"), ""),
        **known,
    }


def test_every_label_is_whole_and_in_range(script: ModuleType) -> None:
    known = script.labels()
    assert len(known) == 244
    for row in known.values():
        assert len(row["sha256"]) == 64
        assert row["weekly_hours"] == "" or 0 < float(row["weekly_hours"]) <= 168
        assert set(row["days"].split()) <= {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
        assert (row["start"] == "") == (row["end"] == "")
        assert row["flexible"] in {"", "yes", "no"}
    assert {part: sum(script.half(one) == part for one in known) for part in script.HALVES} == {
        "develop": 118,
        "kept": 126,
    }


def test_a_text_read_otherwise_than_labelled_is_counted(tmp_path: Path, script: ModuleType) -> None:
    right, wrong = "9-5 Monday", "9-6 Monday"
    known = {key(right): label(right, days="mon", start="09:00", end="17:00")}
    known |= {key(wrong): label(wrong, days="mon tue", start="09:00", end="18:00")}
    found = script.texts(postings(tmp_path, [right, wrong, right, "not labelled"]))
    missed = [script.score(found, known, part) for part in script.HALVES]
    assert [text for part in missed for text in part["days"]] == [wrong]
    assert [text for part in missed for text in part["all five"]] == [wrong]
    assert not [text for part in missed for text in part["start"]]
    assert sum(script.count(found, known, part) for part in script.HALVES) == 2


def test_without_the_file_the_script_says_so(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["nowhere.csv"]) == 0
    assert capsys.readouterr().out.startswith("Skipped: the postings file is not here.")


def test_the_real_postings_are_read_as_the_document_says(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    if not script.POSTINGS.is_file():
        pytest.skip("the postings of New York are not here (reference folder)")
    assert script.main([]) == 0
    table = capsys.readouterr().out.strip()
    assert table in (ROOT / "docs" / "science" / "hours-text.md").read_text(encoding="utf-8")
