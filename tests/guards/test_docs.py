"""The documentation is true where a machine can tell: made pages are current, links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from pacework.service.core.access import ROLES
from tests.guards.source import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def script(name: str) -> ModuleType:
    """A file of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def anchors(text: str) -> set[str]:
    """What a link may name after “#”: each heading in small letters, spaces as dashes, the rest left out."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(text: str) -> list[str]:
    """Everything a page links to or shows, examples in fences left out."""
    return [link or picture for link, picture in LINK.findall(FENCE.sub("", text))]


def broken_links(page: Path, text: str) -> list[str]:
    """Links to files or headings that do not exist. Addresses of other sites are not asked."""
    found = []
    for link in links(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (heading and heading not in anchors(target.read_text(encoding="utf-8"))):
            found.append(link)
    return found


def test_the_data_model_page_is_current() -> None:
    page = (DOCS / "data-model.md").read_text(encoding="utf-8")
    assert page == script("data_model").page(), "type `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text(encoding="utf-8")) == []


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = (
        "# One\n[a](#one) [b](#two) [c](gone.md) [d](page.md#one)\n"
        '<img src="gone.png">\n```\n[e](inside.md)\n```\n'
    )
    page.write_text(text)
    assert broken_links(page, text) == ["#two", "gone.md", "gone.png"]


def test_every_page_is_found_from_the_readme() -> None:
    """Somebody who starts at the README reaches everything by following links."""
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached:
            continue
        reached.add(page)
        for link in links(page.read_text(encoding="utf-8")):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target.exists():
                ahead.append(target)
    assert set(PAGES) - reached == set()


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_guide_and_none_is_a_draft(role: str) -> None:
    name = {"team_lead": "team-lead"}.get(role, role)
    guide = (DOCS / "guides" / f"{name}.md").read_text(encoding="utf-8")
    assert guide.startswith("# ")
    assert "draft:" not in guide.lower()


def drawn() -> list[tuple[str, str]]:
    """Every state diagram of the documentation, with the page it is on."""
    fenced = re.compile(r"^```mermaid\n(stateDiagram.*?)^```", re.MULTILINE | re.DOTALL)
    return [
        (str(page.relative_to(ROOT)), picture.strip())
        for page in PAGES
        for picture in fenced.findall(page.read_text(encoding="utf-8"))
    ]


def test_every_state_diagram_is_drawn_from_a_table_and_every_table_has_one() -> None:
    made = script("data_model")
    tables = {made.state_diagram(steps) for steps in made.state_tables().values()}
    pictures = drawn()
    assert [page for page, picture in pictures if picture not in tables] == []
    assert {picture for _, picture in pictures} == tables


def test_pictures_are_small_enough_to_clone() -> None:
    pictures = list((DOCS / "pictures").glob("*"))
    assert pictures
    assert not [picture.name for picture in pictures if picture.stat().st_size > 200_000]
