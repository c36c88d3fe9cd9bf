"""Adverts from the data of a page. Every page here is our own, after what real pages do."""

import json
import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacework.science.vacancies import job_posting
from pacework.science.vacancies.job_posting import LONGEST_TEXT, MARKUP, LeftOut, Place, read_page
from pacework.science.vacancies.page_data import LARGEST_PAGE, PageTooLarge
from pacework.science.vacancies.plain_text import plain
from pacework.science.vacancies.posting_terms import MOST_VALUES, Employment

ADVERT = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Kitchen assistant",
    "description": "<p>Wash up &amp; prepare.</p><ul><li>Some lifting</li></ul>",
    "hiringOrganization": {"@type": "School", "name": "Hill School"},
    "employmentType": ["PART_TIME", "TEMPORARY"],
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "GBP",
        "value": {"@type": "QuantitativeValue", "value": 12.5, "unitText": "HOUR"},
    },
    "jobLocation": {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 Hill Road",
            "addressLocality": "Anytown",
            "addressRegion": "Shire",
            "postalCode": "ZZ1 1ZZ",
            "addressCountry": {"@type": "Country", "name": "GB"},
        },
    },
    "workHours": "20hrs / 9-1 / M-F",
    "datePosted": "2026-11-01",
    "validThrough": "2026-11-30T23:59:00+00:00",
    "jobStartDate": "2027-01-04",
    "skills": "Food hygiene",
    "url": "https://example.org/1",
}


def script(value: Any, kind: str = 'type="application/ld+json"') -> str:
    return f"<script {kind}>{value if isinstance(value, str) else json.dumps(value)}</script>"


def page(*scripts: str) -> str:
    return f"<!doctype html><html><head><title>Job</title>{''.join(scripts)}</head><body>Job</body></html>"


def advert(**changes: Any) -> dict[str, Any]:
    return {**ADVERT, **changes}


def read_one(**changes: Any) -> Any:
    reading = read_page(page(script(advert(**changes))))
    assert reading.problems == ()
    (posting,) = reading.postings
    return posting


def test_an_advert_is_read_field_by_field() -> None:
    read = read_one()
    assert (read.title, read.employer) == ("Kitchen assistant", "Hill School")
    assert read.description == "Wash up & prepare.\n\n- Some lifting"
    assert read.employment == (Employment.PART_TIME, Employment.TEMPORARY)
    assert (read.pay.least, read.pay.period, read.pay.currency) == (Decimal("12.5"), "hour", "GBP")
    assert read.places == (Place("1 Hill Road", "Anytown", "Shire", "ZZ1 1ZZ", "GB"),)
    assert read.places[0].words == "1 Hill Road, Anytown, Shire, ZZ1 1ZZ, GB"
    assert read.home_working == "unknown"
    assert (read.posted_on, read.closes_on, read.starts_on) == (
        date(2026, 11, 1), date(2026, 11, 30), date(2027, 1, 4),
    )  # fmt: skip
    assert read.hours_text == "20hrs / 9-1 / M-F"
    assert (read.hours.weekly_hours, len(read.hours.shifts)) == (20, 5)
    assert read.left_out == (LeftOut("skills", "“Food hygiene” A vacancy has no place for this."),)
    unread = LeftOut("industry", "A vacancy has no place for this.")
    assert unread in read_one(industry={"@type": "Thing"}).left_out


@pytest.mark.parametrize(
    "block",
    [
        [advert()],
        {"@context": "http://schema.org", "@graph": [{"@type": "WebPage"}, advert()]},
        {"@type": "WebPage", "mainEntity": advert()},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": advert()}]},
        advert(**{"@context": "http://schema.org"}),
        advert(**{"@context": "https://schema.org"}),
        advert(**{"@context": {"@vocab": "http://schema.org/"}}),
        advert(**{"@type": ["Thing", "JobPosting"]}),
        advert(**{"@type": "http://schema.org/JobPosting"}),
        {"@type": "schema:JobPosting", "schema:title": "Kitchen assistant"},
        {
            "@type": "https://schema.org/JobPosting",
            "https://schema.org/title": {"@value": "Kitchen assistant"},
        },
        {"@type": "JobPosting", "name": ["Kitchen assistant", "other"]},
    ],
)
def test_an_advert_is_found_wherever_it_stands(block: Any) -> None:
    (posting,) = read_page(page(script(block))).postings
    assert posting.title == "Kitchen assistant"


def test_several_scripts_and_adverts_keep_their_order() -> None:
    text = page(
        script({"@type": "Organization", "name": "Hill School"}),
        script([advert(title="First"), advert(title="Second")]),
        script(advert(title="Third"), "id=x TYPE='Application/LD+JSON; charset=utf-8'"),
        script(advert(title="Not data"), 'type="text/javascript" data-note="ld+json"'),
        script(advert(title="No type"), ""),
        script(advert(title="Long tag"), f'type="application/ld+json" data-x="{"x" * 600}"'),
        f"<!-- {script(advert(title='Commented out'))} -->",
    )
    assert [posting.title for posting in read_page(text).postings] == ["First", "Second", "Third"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "<![CDATA[{}]]>", "{};",
        "<!--//--><![CDATA[//><!--\n{}\n//--><!]]>", "\ufeff\n{}\n",
    ],
)  # fmt: skip
def test_wrapping_around_the_data_is_taken_off(wrapped: str) -> None:
    reading = read_page(page(script(wrapped.replace("{}", json.dumps(ADVERT)))))
    assert [posting.title for posting in reading.postings] == ["Kitchen assistant"]
    assert reading.problems == ()


def test_escaped_quotes_and_line_breaks_inside_texts_are_read() -> None:
    escaped = json.dumps(ADVERT).replace('"', "&quot;")
    broken = '{"@type": "JobPosting", "title": "Night\n porter &quot;late&quot;", "salary": NaN}'
    titles = [posting.title for posting in read_page(page(script(escaped), script(broken))).postings]
    assert titles == ["Kitchen assistant", 'Night porter "late"']


def test_a_broken_block_is_said_and_the_others_are_read() -> None:
    reading = read_page(
        page(
            script('{"@type": "JobPosting", '),
            script(ADVERT),
            script("[" * 100_000),
            script('{"a": ' + "9" * 5_000 + "}"),
            script(""),
        )
    )
    assert len(reading.postings) == 1
    broken, deep, number, empty = reading.problems
    assert broken.startswith("Block 1 of the page's data is broken and was left out (line 1, column ")
    assert deep == "Block 3 of the page's data is broken and was left out (too deep)."
    assert number == "Block 4 of the page's data is broken and was left out (a number in it is too long)."
    assert empty.startswith("Block 5 ")


@pytest.mark.parametrize(
    "text", ["", "no markup", page(), "<script", "<!-- ", page(script({"@type": "Event"})), "<script>x"]
)
def test_a_page_without_an_advert_says_what_to_do(text: str) -> None:
    reading = read_page(text)
    assert reading.postings == ()
    assert reading.problems == (
        "No advert was found in the data of this page. Many pages have none: type the vacancy in by hand.",
    )


def test_data_pasted_by_itself_and_a_script_never_closed_are_read() -> None:
    assert len(read_page(json.dumps(ADVERT)).postings) == 1
    assert len(read_page("\ufeff " + json.dumps([ADVERT])).postings) == 1
    assert len(read_page('<script type="application/ld+json">' + json.dumps(ADVERT)).postings) == 1


def test_bytes_are_read_as_utf_8_and_else_as_windows() -> None:
    text = page(script('{"@type": "JobPosting", "title": "Café – nights"}'))
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        assert read_page(text.encode(encoding)).postings[0].title == "Café – nights"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_bytes_of_two_or_four_a_letter_are_read_with_and_without_a_mark_in_front(encoding: str) -> None:
    text = page(script('{"@type": "JobPosting", "title": "Café – nights"}'))
    for whole in (text, json.dumps(ADVERT)):
        assert len(read_page(whole.encode(encoding)).postings) == 1
    assert read_page(text.encode("utf-16")).postings[0].title == "Café – nights"
    assert read_page(text.encode("utf-16-be")[:-1]).postings == ()


@pytest.mark.parametrize(
    "attributes",
    [
        'data-x="a>b" type="application/ld+json"',
        "data-x='a>\"b' type='application/ld+json'",
        'type=application/ld+json data-x="it\'s"',
    ],
)
def test_quotes_in_a_tag_may_hold_its_closing_bracket(attributes: str) -> None:
    assert len(read_page(page(script(json.dumps(ADVERT).replace('"', "&quot;"), attributes))).postings) == 1


def test_the_same_advert_twice_on_a_page_is_one() -> None:
    assert len(read_page(page(script(ADVERT), script([ADVERT]))).postings) == 1


@pytest.mark.parametrize(
    "text", ['{"@type": "jobposting", "title": "Cook, }",\n}', '[{"@type":"JobPosting","title":"Cook, }",},]']
)
def test_a_comma_too_many_is_no_matter(text: str) -> None:
    (posting,) = read_page(page(script(text))).postings
    assert posting.title.startswith("Cook")


def test_a_page_of_50_mb_is_refused_before_it_is_read() -> None:
    began = time.perf_counter()
    with pytest.raises(PageTooLarge, match=r"This page is 50\.0 MB\. The most that can be read is 5 MB\."):
        read_page(b"<" * 50_000_000)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        "<!--",
        "<script>",
        '<script ">"</script ',
        "<script '>\"></script>",
        "<script ",
        "</script",
        '<script type="application/ld+json">',
        "&",
        "{",
    ],
)
def test_the_largest_page_takes_seconds_whatever_is_in_it(piece: str) -> None:
    began = time.perf_counter()
    read_page(piece * (LARGEST_PAGE // len(piece)))
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "changes",
    [
        {"employmentType": ["full " * 90] * 9_000},
        {"employmentType": ["x, " * 160] * 9_000},
        {"jobLocationType": ["moon, " * 80] * 9_000},
        {f"field{number}": "x" for number in range(200_000)},
    ],
)
def test_the_longest_advert_takes_seconds_whatever_is_in_it(changes: dict[str, Any]) -> None:
    text = script(advert(**changes))[:LARGEST_PAGE]
    began = time.perf_counter()
    read_page(text)
    assert time.perf_counter() - began < 5


def test_more_blocks_or_adverts_than_any_page_has_are_not_read() -> None:
    many = read_page(page(*[script({"@type": "Thing"})] * 60))
    assert many.problems[0] == "The page has more than 50 blocks of data. The rest were not read."
    crowd = read_page(page(*[script([advert(url=f"{half}{at}") for at in range(150)]) for half in "ab"]))
    assert len(crowd.postings) == 200
    assert crowd.problems == ("Only the first 200 adverts were read.",)


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("FULL_TIME", ["full_time"]),
        ("Full-time, Permanent", ["full_time", "permanent"]),
        (["PART_TIME", None, "part time"], ["part_time"]),
        ("https://schema.org/PER_DIEM", ["by_the_day"]),
        ("schema:INTERN", ["trainee"]),
        ("Full-Time Permanent", ["full_time", "permanent"]),
        ({"@value": "PART_TIME"}, ["part_time"]),
        ("Part time evenings", []),
        (["CONTRACTOR", "VOLUNTEER", "OTHER"], ["fixed_term", "volunteer", "other"]),
        (None, []),
    ],
)
def test_kinds_of_contract_in_many_spellings(said: Any, kinds: list[str]) -> None:
    assert [str(kind) for kind in read_one(employmentType=said).employment] == kinds


def test_an_unknown_kind_is_left_out_with_its_word() -> None:
    read = read_one(employmentType=["FULL_TIME", "GIG", 7], skills=None)
    assert read.employment == (Employment.FULL_TIME,)
    assert [row.why for row in read.left_out if row.field == "employmentType"] == [
        "“GIG” is not a kind of hours or contract that is known here.",
        "“7” is not a kind of hours or contract that is known here.",
    ]


@pytest.mark.parametrize(
    ("said", "home"),
    [
        ("TELECOMMUTE", "all"), ("HYBRID", "some"), ("On-site", "none"), (["TELECOMMUTE", "ONSITE"], "some"),
        (None, "unknown"), ("MOON", "unknown"),
    ],
)  # fmt: skip
def test_home_working_is_read_with_its_odd_values(said: Any, home: str) -> None:
    read = read_one(jobLocationType=said)
    assert read.home_working == home
    assert any("MOON" in row.why for row in read.left_out) == (said == "MOON")


def test_who_may_apply_from_where() -> None:
    places = [
        {"@type": "Country", "name": "United Kingdom"},
        "Ireland",
        {"@type": "Place", "address": {"addressCountry": {"name": "France"}}},
        {"@type": "Place", "address": "?"},
        {},
    ]
    read = read_one(applicantLocationRequirements=places)
    assert read.applicants_from == ("United Kingdom", "Ireland", "France")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Hill School", "Hill School"),
        ([{"@type": "Hospital", "name": ""}, {"legalName": "Hill &amp; Sons"}], "Hill & Sons"),
        ({"@type": "Person", "name": "A Baker"}, "A Baker"),
        ({"@type": 3, "name": {"@value": "Hill"}}, "Hill"),
        ({"name": True}, ""),
        (None, ""),
        ("confidential", ""),
    ],
)
def test_the_employer_is_named_whatever_it_is(said: Any, name: str) -> None:
    read = read_one(hiringOrganization=said)
    assert read.employer == name
    hidden = LeftOut("hiringOrganization", "The advert does not name the employer.")
    assert (hidden in read.left_out) == (said == "confidential")


def test_a_reference_to_another_object_of_the_block_is_followed() -> None:
    graph = {"@graph": [advert(hiringOrganization={"@id": "#org"}), {"@id": "#org", "name": "Hill School"}]}
    assert read_page(page(script(graph))).postings[0].employer == "Hill School"
    assert read_one(hiringOrganization={"@id": "#nowhere"}).employer == ""
    there = {"@id": "#there", "@type": "Place", "address": {"postalCode": "ZZ2 2ZZ"}}
    apart = page(script(advert(jobLocation=[{"@id": "#there", "@type": "Place"}])), script(there))
    assert read_page(apart).postings[0].places == (Place(postcode="ZZ2 2ZZ"),)


@pytest.mark.parametrize(
    ("said", "places", "home"),
    [
        ("Anytown", (Place(locality="Anytown"),), "unknown"),
        ("1 Hill Road, ZZ1 1ZZ", (Place(locality="1 Hill Road, ZZ1 1ZZ", postcode="ZZ1 1ZZ"),), "unknown"),
        ({"name": "Anytown"}, (Place(locality="Anytown"),), "unknown"),
        ({"address": ["Anytown", {"postalCode": "ZZ1", "addressCountry": "GB"}]},
         (Place(locality="Anytown"), Place(postcode="ZZ1", country="GB")), "unknown"),
        ([{"@type": "VirtualLocation"}, {"address": {"addressCountry": None}}], (), "all"),
        (None, (), "unknown"),
    ],
)  # fmt: skip
def test_places_come_in_many_forms(said: Any, places: tuple[Place, ...], home: str) -> None:
    read = read_one(jobLocation=said)
    assert read.places == places
    assert read.home_working == home


def test_pay_that_cannot_be_used_is_left_out_with_the_reason() -> None:
    assert LeftOut("baseSalary", "It names no amount.") in read_one(baseSalary="Competitive").left_out
    assert read_one(baseSalary="").pay is None
    prefixed = {"schema:value": 12, "https://schema.org/unitText": "HOUR"}
    assert read_one(baseSalary={"schema:currency": "GBP", "schema:value": prefixed}).pay.period == "hour"
    two = [{"value": 12, "unitText": "HOUR"}, {"value": 24000, "unitText": "YEAR"}]
    assert (
        LeftOut("baseSalary", "It names other amounts too. Please check.")
        in read_one(baseSalary=two).left_out
    )
    unsaid = read_one(baseSalary=25000, salaryCurrency="GBP")
    assert unsaid.pay.currency == "GBP"
    assert LeftOut("baseSalary", "It does not say what time the pay is for. Please ask.") in unsaid.left_out


def test_dates_and_hours_that_cannot_be_read_are_left_out() -> None:
    read = read_one(validThrough="soon", workHours=["9-5", {"x": 1}, "Mon"], datePosted=None)
    assert read.closes_on is None
    assert read.posted_on is None
    assert LeftOut("validThrough", "“soon” is not a date that can be read.") in read.left_out
    assert read.hours_text == "9-5; Mon"
    assert LeftOut("workHours", "It is written in a way that cannot be read here.") in read.left_out
    assert read_one(workHours=None).hours is None


def test_no_more_than_a_person_would_read_is_listed_as_left_out() -> None:
    read = read_one(**{f"field{number}": "x" for number in range(1_059)})
    assert len(read.left_out) == 51
    assert read.left_out[-1].why == "1,010 other entries were left out."


def test_all_parts_of_the_work_are_kept_and_else_the_duties() -> None:
    assert read_one(description=["Wash up", "Prepare"]).description == "Wash up\nPrepare"
    assert read_one(description="", responsibilities="Wash up").description == "Wash up"


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({}, "https://example.org/1"),
        ({"url": "/jobs/1", "mainEntityOfPage": {"@id": "http://example.org/2"}}, "http://example.org/2"),
        ({"url": "javascript:alert(1)"}, ""),
    ],
)
def test_the_adverts_own_address_is_kept_as_text(changes: dict[str, Any], address: str) -> None:
    assert read_one(**changes).address == address


def test_marks_that_turn_the_writing_are_no_part_of_a_text() -> None:
    assert read_one(title="\u202eCook\u2066").title == "Cook"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "@value", "address", "currency", "name", "unitText", "value"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*ADVERT, "jobLocationType", "mainEntityOfPage"]), JSON))
def test_an_advert_of_anything_is_read_or_left_out(changes: dict[str, Any]) -> None:
    changes["@type"] = "JobPosting"
    changes.pop("@context", None)
    for read in read_page(script(changes)).postings:
        assert read.home_working in ("all", "some", "none", "unknown")
        assert read.pay is None or 0 < read.pay.least <= read.pay.most
        assert not read.address or read.address.startswith("http")
        assert len(read.title) <= 300


def test_a_very_long_description_is_cut_and_that_is_said() -> None:
    read = read_one(description="x" * (LONGEST_TEXT + 1), title="y" * 1000)
    assert len(read.description) == LONGEST_TEXT
    assert len(read.title) == 300
    assert LeftOut("description", "Only the first 20,000 characters were taken over.") in read.left_out


def with_references(shared: dict[str, Any], *adverts: dict[str, Any]) -> str:
    return json.dumps({"@graph": [{"@id": "#d", **shared}, *adverts]})


REFERENCE = {"@id": "#d"}


@pytest.mark.parametrize(
    "adverts",
    [
        [{"title": str(number), "description": REFERENCE} for number in range(200)],
        [{"description": [REFERENCE] * 40}],
        [{"workHours": [REFERENCE] * 40}],
        [{"applicantLocationRequirements": [REFERENCE] * 40}],
    ],
)
def test_a_text_that_many_refer_to_is_read_once_and_not_to_its_end(
    adverts: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = []

    def counted(text: str) -> str:
        lengths.append(len(text))
        return plain(text)

    monkeypatch.setattr(job_posting, "plain", counted)
    text = "<p>a &amp; b</p>" * 20_000
    shared = {"@value": text, "name": text}
    reading = read_page(with_references(shared, *({"@type": "JobPosting", **one} for one in adverts)))
    assert len(reading.postings) == len(adverts)
    assert sum(lengths) <= LONGEST_TEXT * MARKUP + 1_000
    assert "Only the first" in reading.postings[0].left_out[0].why


@pytest.mark.parametrize("said", [[REFERENCE] * 60, [REFERENCE] * 3, REFERENCE])
def test_no_more_places_are_read_than_an_advert_has_however_they_are_nested(said: Any) -> None:
    shared = {"address": ["Anytown ZZ1 1ZZ"] * 2_000}
    (read,) = read_page(with_references(shared, advert(jobLocation=said))).postings
    assert len(read.places) == MOST_VALUES
    assert LeftOut("jobLocation", "Only the first 50 of 2,000 values were read.") in read.left_out


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("applicantLocationRequirements", "UK"),
        ("workHours", "Mon 9-5"),
        ("employmentType", "FULL_TIME"),
        ("jobLocationType", "TELECOMMUTE"),
        ("hiringOrganization", "Hill School"),
        ("description", "Wash up"),
        ("title", "Cook"),
    ],
)
def test_values_that_no_advert_has_so_many_of_are_not_read_and_that_is_said(field: str, value: str) -> None:
    read = read_one(**{field: [value] * 1_000})
    assert LeftOut(field, "Only the first 50 of 1,000 values were read.") in read.left_out
    assert len(read.applicants_from) <= MOST_VALUES


def test_exactly_as_many_adverts_as_are_read_is_not_too_many() -> None:
    assert read_page(script([advert(url=str(at)) for at in range(200)])).problems == ()


UNREAD = "It is written in a way that cannot be read here."


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("title", ["A", "B"], "“B” was left out: a vacancy has only one."),
        ("title", [["A", "B"]], "Only the first of 2 values was taken over."),
        ("title", {"a": 1}, UNREAD),
        (
            "employmentType",
            [["PART_TIME"]],
            "“a list” is not a kind of hours or contract that is known here.",
        ),
        (
            "employmentType",
            "full " * 150,
            "“… and what follows” is not a kind of hours or contract that is known here.",
        ),
        ("title", "x" * 1_000, "Only the first 300 characters were taken over."),
        ("description", ["x" * 15_000] * 2, "Only the first 20,000 characters were taken over."),
        ("hiringOrganization", {"name": {"en": "Acme"}}, UNREAD),
        ("hiringOrganization", {"@id": "https://example.org/#org"}, "It gives no name."),
        (
            "hiringOrganization",
            [{"name": "A"}, {"name": "A"}, {"name": "B"}],
            "“B” was left out: a vacancy has only one.",
        ),
        ("jobLocation", {"@type": "Place", "geo": {"latitude": 1}}, "It gives no address."),
        ("jobLocation", {"address": {"geo": 1}}, "It gives no address."),
        (
            "jobLocation",
            {"address": {"addressCountry": ["GB", "FR"]}},
            "“FR” was left out: a vacancy has only one.",
        ),
        ("applicantLocationRequirements", {"@type": "Place"}, "It gives no name."),
        ("datePosted", {"a": 1}, UNREAD),
        ("datePosted", ["2026-11-01", "2026-11-02"], "“2026-11-02” was left out: a vacancy has only one."),
        ("url", "javascript:x", "“javascript:x” is not a whole web address."),
    ],
)
def test_what_is_lost_of_a_field_is_said(field: str, value: Any, why: str) -> None:
    assert [row.why for row in read_one(**{field: value}).left_out if row.field == field] == [why]


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_a_field_that_holds_nothing_leaves_nothing_out(nothing: Any) -> None:
    usual = [name for name in ADVERT if not name.startswith("@")]
    read = read_one(**dict.fromkeys(usual, nothing))
    assert read.left_out == ()
    assert read_one(title=["Cook", nothing]).title == "Cook"
