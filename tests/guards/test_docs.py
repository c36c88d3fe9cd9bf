"""The documentation is true where a machine can tell: made pages are current, links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from pacework.service.core.access import ROLES
from tests.guards.source import ROOT, SERVICE

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
# Of the glossary’s column “avoid”: wrong wherever shown. A work coach is the Jobcentre’s.
AVOIDED = re.compile(
    r"\b(patients?|service users?|advisors?|clinicians?|(?<!work )coach(es)?|did not attend|DNA|readiness)\b",
    re.IGNORECASE,
)
SHOWN = re.compile(
    r"^\s*(label|hint|title|short|words|text|intro|offer|invite_words)\s*=\s*(.*)$", re.MULTILINE
)
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


def avoided_in_templates(text: str) -> list[str]:
    """Words of the column “avoid” in a template; notes to its readers are left out."""
    return [found[0] for found in AVOIDED.finditer(re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL))]


def test_screens_use_the_words_of_the_glossary() -> None:
    found = [
        f"{file.relative_to(SERVICE)}: {word}"
        for file in sorted(SERVICE.rglob("*.jinja"))
        for word in avoided_in_templates(file.read_text(encoding="utf-8"))
    ]
    found += [
        f"{file.relative_to(SERVICE)}: {match[2]}"
        for file in sorted(SERVICE.rglob("*.toml"))
        if "demo" not in file.parts
        for match in SHOWN.finditer(file.read_text(encoding="utf-8"))
        if AVOIDED.search(match[2])
    ]
    assert not found, "\n".join(found)


def test_an_avoided_word_is_seen() -> None:
    assert avoided_in_templates("<p>The patient's advisor</p>{# patients #} a work coach") == [
        "patient",
        "advisor",
    ]
