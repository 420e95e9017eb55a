"""Reports as documents: whole expected ones (see golden.py), and what must hold in each format."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pydantic import ValidationError

from factcheck.cli import console
from factcheck.errors import UsageError
from factcheck.models import Article, ArticleWarning, Excluded, Report, Voice
from factcheck.report import (
    Format,
    audit,
    entries,
    layout,
    load_report,
    render,
    words,
    write_report,
)
from factcheck.report.audit import sign
from factcheck.report.entries import Lookup
from factcheck.report.markup import (
    code_span,
    csp_hash,
    escape_markdown,
    link_cites,
    markdown_url,
)
from factcheck.report.view import OWN_VOICE, Chapter, Entry, Stand
from factcheck.report.words import name_text, text_of, web_link
from factcheck.resources import folder
from tests.earlier import before, read_back
from tests.golden import expect
from tests.samples import empty_report, sample_report

SAMPLES: dict[str, Callable[[], Report]] = {"sample": sample_report, "empty": empty_report}
VOID = {"meta", "link", "br", "hr", "img", "input"}
ATTACKS = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "[click](javascript:alert(1))",
    "![pixel](https://evil.example/p.png)",
    "<https://evil.example/a>",
    "a | b | c",
    "`code` **bold** _em_ ~~gone~~",
    "# no heading",
    "> no quote",
    "1. no list",
    "- no item",
    "=====",
    "&lt;b&gt;",
    "{{ 7 * 7 }} {% raw %}",
    "one\n\n## two\n\n| x |",
)


class Tree(HTMLParser):
    """Open and closed tags, attributes and headings of a document."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data

    def every(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def named(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every tag of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


def plain(report: Report, format_: Format) -> str:
    """What a person reads of a document, on one line."""
    if format_ == "html":
        return " ".join(Tree(render(report, "html")).text.split())
    tokens = MarkdownIt("commonmark").enable("table").parse(render(report, "md", full=True))
    children = [child for token in tokens for child in token.children or ()]
    return " ".join("".join(child.content or " " for child in children).split())


def hostile_report() -> Report:
    """The sample with an attack in every free text that comes from outside."""
    attack = " ".join(ATTACKS)
    data = sample_report().model_dump(mode="json", by_alias=True)

    def poison(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: poison(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [poison(inner, key) for inner in value]
        if key == "url":
            return "javascript:alert(1)"
        free = {"text", "quote", "outlet", "title", "byline", "label", "question", "name", "also"}
        free |= {"note", "notes", "settle", "detail", "side", "agency", "section", "quotes"}
        free |= {"flags", "function", "asof", "when", "via", "withdrawn"}
        return attack if key in free and isinstance(value, str) else value

    return Report.model_validate(poison(data))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("format_", ["html", "md", "json"])
def test_documents_are_the_expected_ones(name: str, format_: Format) -> None:
    expect(f"{name}.{format_}", render(SAMPLES[name](), format_))


def test_the_whole_audit_is_there_as_markdown_too() -> None:
    expect("sample.full.md", render(sample_report(), "md", full=True))


@pytest.mark.parametrize("format_", ["html", "md"])
def test_nothing_of_a_report_is_lost(format_: Format) -> None:
    report = sample_report()
    text = plain(report, format_)
    wanted = [one.id for one in report.findings] + [one.text for one in report.findings]
    voices = [voice for one in report.findings for voice in one.voices]
    wanted += [quote for voice in voices for quote in voice.quotes]
    wanted += [voice.name for voice in voices] + [voice.function for voice in voices]
    wanted += [text_of(voice.note) for voice in voices if voice.relation != "stand"]
    reasons = [reason for one in report.findings for reason in one.reasons]
    wanted += [reason.text for reason in reasons if reason.code not in words.SAID_BESIDE]
    flags = [flag for one in report.findings for flag in one.flags]
    flags += [flag for one in voices for flag in one.flags]
    wanted += [f"check this: {flag.text}" for flag in flags]
    wanted += [note.text for one in report.issues for note in one.notes]
    wanted += [r.text for group in report.groups for r in (*group.notes, *group.reasons)]
    wanted += [one.question for one in report.issues]
    wanted += [place.label for one in report.issues for place in one.positions]
    wanted += [one.id for one in report.claims] + [one.text for one in report.claims]
    wanted += [words.spell(one.reason) for one in report.skipped]
    wanted += [
        part
        for one in report.excluded
        for part in (one.source, words.spell(one.reason), one.detail)
    ]
    wanted += [part for one in report.not_assessed for part in (one.text, one.reason.text)]
    for article in report.articles:
        wanted += [article.outlet, article.title, article.raw_sha256, article.text_sha256]
        wanted += [one.text for one in article.sentences]
        wanted += [one.text for one in article.dropped]
    wanted += [source.name for source in report.sources] + list(report.manifest.prompts.values())
    assert [one for one in wanted if " ".join(one.split()) not in text] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_each_finding_stands_in_full_exactly_once(name: str) -> None:
    report = SAMPLES[name]()
    parts = Tree(render(report, "html")).named("div")
    entries = [one["id"] for one in parts if one.get("id", "")[1:].isdecimal()]
    assert sorted(entries) == sorted(one.id for one in report.findings)


@pytest.mark.parametrize("report", [*(make() for make in SAMPLES.values()), hostile_report()])
def test_html_is_sound_and_self_contained(report: Report) -> None:
    tree = Tree(render(report, "html"))
    assert tree.open == []
    ids = tree.every("id")
    assert len(ids) == len(set(ids))
    links = tree.every("href")
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    for name in ("aria-labelledby", "headers"):
        assert {part for value in tree.every(name) for part in value.split()} <= set(ids)
    tags = [tag for tag, _ in tree.tags]
    assert not {"img", "link", "iframe", "object", "base", "form"} & set(tags)
    assert tags.count("script") == 1
    assert not tree.every("src") + [name for name in tree.every("style") if name]
    assert not [name for _, attributes in tree.tags for name in attributes if name[:2] == "on"]
    outside = [one for one in tree.named("a") if not one["href"].startswith("#")]
    assert all(one["href"].startswith(("https://", "http://")) for one in outside)
    assert all(one["rel"] == "noopener nofollow noreferrer" for one in outside)


@pytest.mark.parametrize("report", [sample_report(), hostile_report()])
def test_the_policy_allows_the_shipped_script_alone(report: Report) -> None:
    page = render(report, "html")
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    [policy] = [one["content"] for one in Tree(page).named("meta") if "http-equiv" in one]
    shipped = (folder("templates") / "report.js").read_text(encoding="utf-8")
    assert script == shipped.rstrip("\n")
    assert "default-src 'none'" in policy
    assert f"script-src '{csp_hash(script)}';" in policy


def test_each_finding_can_be_chosen_by_verdict_kind_outlet_and_speaker() -> None:
    report = sample_report()
    tree = Tree(render(report, "html"))
    choices = {one["value"] for one in tree.named("option")}
    told = [set(one["data-is"].split()) for one in tree.named("li") if "data-is" in one]
    by_id = {one.id: one for one in report.findings}
    order = [one["id"] for one in tree.named("div") if one.get("id", "")[1:].isdecimal()]
    assert len(told) == len(order) == len(by_id)
    for ident, found in zip(order, told, strict=True):
        one = by_id[ident]
        voices = {voice.source or OWN_VOICE for voice in one.voices}
        outlets = {voice.article for voice in one.voices}
        assert found == {one.verdict, one.kind} | outlets | voices
        assert found <= choices


def test_no_choice_leads_to_an_empty_list() -> None:
    tree = Tree(render(sample_report(), "html"))
    told = {word for one in tree.every("data-is") for word in one.split()}
    assert {one["value"] for one in tree.named("option")} - {""} == told


def test_outlets_that_count_as_one_stand_under_one_heading_of_the_matrix() -> None:
    report = sample_report()
    tree = Tree(render(report, "html"))
    heads = [one for one in tree.named("th") if one.get("scope") == "colgroup"]
    spans = [int(one.get("colspan", "1")) for one in heads]
    assert spans == [len(group.articles) for group in report.groups]
    titles = [column.title for column in layout.Page(report).columns]
    assert "The Daily Beacon: not counted" in titles


def test_a_value_that_moves_has_a_strip_that_says_so_in_words() -> None:
    tree = Tree(render(sample_report(), "html"))
    assert [one["aria-label"] for one in tree.named("svg") if one["class"] == "strip"] == [
        "40 (replaced), then 65"
    ]
    assert [one.get("class", "") for one in tree.named("circle")] == ["replaced", ""]


def test_every_cell_of_the_matrix_has_a_symbol_and_a_word() -> None:
    page = render(sample_report(), "html")
    [table] = re.findall(r'<table class="matrix".*?</table>', page, re.DOTALL)
    cells = re.findall(r"<td[^>]*>([^<]+)</td>", table)
    assert len(cells) == len(layout.Page(sample_report()).shared) * len(sample_report().articles)
    assert all(re.fullmatch(r"\W+ [a-z, ]+", cell) for cell in cells)


@pytest.mark.parametrize("name", SAMPLES)
def test_headings_descend_one_level_at_a_time(name: str) -> None:
    tree = Tree(render(SAMPLES[name](), "html"))
    levels = [int(tag[1]) for tag, _ in tree.tags if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_table_headers_have_a_scope() -> None:
    assert {one.get("scope") for one in Tree(render(sample_report(), "html")).named("th")} == {
        "row",
        "col",
        "colgroup",
    }


def test_quotes_carry_their_language_and_direction() -> None:
    quotes = Tree(render(sample_report(), "html")).named("blockquote")
    assert {"lang": "ar", "dir": "auto"} in quotes
    assert all(one["dir"] == "auto" for one in quotes if "lang" in one)


def test_hostile_text_reaches_the_reader_of_html_as_text() -> None:
    text = plain(hostile_report(), "html")
    assert all(" ".join(one.split()) in text for one in ATTACKS)


def test_hostile_text_makes_no_markup_in_markdown() -> None:
    def shape(report: Report) -> list[str]:
        tokens = (
            MarkdownIt("commonmark")
            .enable(["table", "strikethrough"])
            .parse(render(report, "md", full=True))
        )
        inner = [child.type for token in tokens for child in token.children or ()]
        return [token.type for token in tokens] + [one for one in inner if one != "text"]

    def unlinked(article: Article) -> Article:
        return article.model_copy(update={"url": ""})

    report = sample_report()
    harmless = report.model_copy(update={"articles": tuple(map(unlinked, report.articles))})
    calm, poisoned = Counter(shape(harmless)), Counter(shape(hostile_report()))
    assert set(poisoned) - set(calm) <= {"text_special"}
    for kind in ("heading_open", "link_open", "tr_open", "td_open", "blockquote_open"):
        assert poisoned[kind] == calm[kind]
    assert "javascript:alert" in plain(hostile_report(), "md")


@pytest.mark.parametrize("attack", ATTACKS)
def test_escaped_markdown_is_one_paragraph_of_the_same_text(attack: str) -> None:
    flat = " ".join(attack.split())
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(escape_markdown(attack))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == flat


def test_the_number_of_a_source_stands_as_it_is_and_leads_nowhere_in_markdown() -> None:
    for text in ("“No.” [3]; also [12]", "A, says [3]: “No.”"):
        assert escape_markdown(text) == text
    for attack in ("[3]: https://evil.example", "[3](https://evil.example)", "[3a]", "[123]"):
        assert escape_markdown(attack).startswith("\\[")


def test_what_is_no_markup_in_a_quote_stands_without_backslashes() -> None:
    for text in ("a loss of $44m, or $92m", "[the mayor] resigned", "named file_2011_a"):
        assert escape_markdown(text) == text
    for attack in ("[here](x:y)", "[here][1]", "[here]: x", "[[here]]", "[ ] done", "$x$", "_x_"):
        assert escape_markdown(attack).startswith("\\")


def test_the_number_of_a_source_leads_to_its_article_in_html_and_to_no_other() -> None:
    assert "<bdi>سانا بريكه</bdi> (" in link_cites("سانا بريكه (11 March) [1]", ["a1"])
    shown = link_cites("<b> [2] [9] [0] [x]", ["a1", 'a"2'])
    assert shown == '&lt;b&gt; <a class="cite" href="#a&#34;2">[2]</a> [9] [0] [x]'
    page = render(sample_report(), "html")
    ids = set(re.findall(r'<a class="cite" href="#(\w+)">', page))
    assert ids
    assert all(f'<section class="text" id="{ident}"' in page for ident in ids)


@pytest.mark.parametrize("attack", [*ATTACKS, "`", "``a`` `b", "ends in ``"])
def test_code_in_markdown_is_one_span_of_the_same_text(attack: str) -> None:
    flat = " ".join(attack.split())
    tokens = MarkdownIt("commonmark").parse(f"- then: {code_span(attack)}")
    (inline,) = [token for token in tokens if token.type == "inline"]
    assert [child.type for child in inline.children or []] == ["text", "code_inline"]
    assert (inline.children or [])[1].content == flat


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://a.example", "https:", ""],
)
def test_only_absolute_http_urls_become_links(url: str) -> None:
    assert web_link(url) == ""
    assert markdown_url(url) == ""


def test_a_url_cannot_end_the_markdown_link_that_it_stands_in() -> None:
    assert markdown_url("https://a.example/x) [b](y") == "https://a.example/x%29%20%5Bb%5D%28y"


def test_what_is_missing_is_said_before_the_first_finding() -> None:
    top = plain(sample_report(), "html").partition("do not repeat what is replaced")[0]
    assert "Incomplete: the model gave no usable answer for a8.html." in top
    assert "nothing can be corroborated" in plain(empty_report(), "html")
    assert "There are no findings" in plain(empty_report(), "md")


def test_a_whole_report_has_no_notice() -> None:
    report = sample_report()
    kept = tuple(one for one in report.excluded if one.reason == "duplicate")
    whole = report.model_copy(update={"excluded": kept, "skipped": ()})
    assert "notice" not in Tree(render(whole, "html")).every("class")


def test_an_unreadable_input_is_a_notice() -> None:
    excluded = (Excluded(source="scan.pdf", reason="unreadable"),)
    report = sample_report().model_copy(update={"excluded": excluded})
    assert "Could not be read: scan.pdf." in plain(report, "md")


@pytest.mark.parametrize("format_", ["html", "md"])
def test_a_sentence_is_quoted_once_however_many_claims_cite_it(format_: Format) -> None:
    report = sample_report()
    twice = with_voices(report, 3, (report.findings[3].voices[0], *report.findings[3].voices))
    assert render(twice, format_) == render(report, format_)


def test_json_reads_back_as_the_same_report(tmp_path: Path) -> None:
    (path,) = write_report(sample_report(), tmp_path, ["json"])
    assert load_report(path) == sample_report()


@pytest.mark.parametrize("format_", ["html", "md", "json"])
def test_a_report_read_back_gives_the_same_documents(tmp_path: Path, format_: Format) -> None:
    (path,) = write_report(sample_report(), tmp_path, ["json"])
    assert render(load_report(path), format_) == render(sample_report(), format_)


def test_files_are_put_in_place_whole_and_leave_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    paths = write_report(sample_report(), folder, ["html", "md", "json"])
    assert [path.name for path in paths] == ["report.html", "report.md", "report.json"]
    assert sorted(folder.iterdir()) == sorted(paths)
    assert paths[1].read_text(encoding="utf-8") == render(sample_report(), "md")


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(UsageError, match="cannot write"):
        write_report(sample_report(), blocked, ["md"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "not JSON"),
        (b"# a heading", "not JSON"),
        (b"[]", "names no schema"),
        (b'{"title": "x"}', "names no schema"),
        (b'{"schema": "factcheck.report/9"}', "factcheck.report/9"),
        (b'{"schema": "factcheck.report/1"}', "older version"),
        (b'{"schema": "factcheck.report/6"}', "damaged at title"),
    ],
)
def test_a_file_that_is_no_report_is_a_usage_error(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        load_report(path)


def test_a_missing_report_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read report\.json"):
        load_report(tmp_path / "report.json")


def test_a_report_of_an_older_version_has_to_be_made_again(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text('{"schema": "factcheck.report/1"}')
    with pytest.raises(UsageError) as raised:
        load_report(path)
    assert "Make the report again" in raised.value.hint


@pytest.mark.parametrize("format_", ["html", "md", "json"])
def test_fields_that_a_later_version_added_are_ignored(tmp_path: Path, format_: Format) -> None:
    (path,) = write_report(sample_report(), tmp_path, ["json"])
    data = json.loads(path.read_text(encoding="utf-8"))
    data["of_later"] = data["articles"][0]["of_later"] = data["manifest"]["of_later"] = {"x": 1}
    data["findings"][0]["voices"][0]["of_later"] = None
    path.write_text(json.dumps(data), encoding="utf-8")
    assert render(load_report(path), format_) == render(sample_report(), format_)


def test_a_report_of_an_earlier_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    (path,) = write_report(sample_report(), tmp_path, ["json"])
    now = json.loads(path.read_text(encoding="utf-8"))
    data = before(now, "factcheck.report/2")
    data["manifest"]["notes"] = ["The endpoint did not count all tokens."]
    for article in data["articles"]:
        article["outlet_from"] = article["outlet_from"].replace("-", " ")
    for one in data["excluded"]:
        one["reason"] = one["reason"].replace("-", " ")
    path.write_text(json.dumps(data), encoding="utf-8")
    found = load_report(path)
    assert isinstance(found, Report)
    assert [note.text for note in found.manifest.notes] == data["manifest"]["notes"]
    manifest = found.manifest.model_copy(update={"notes": sample_report().manifest.notes})
    kept = found.model_copy(update={"manifest": manifest})
    assert json.loads(kept.model_dump_json(by_alias=True)) == read_back(now)


def test_code_cannot_make_a_report_with_an_unknown_field() -> None:
    with pytest.raises(ValidationError, match="of_later"):
        Report.model_validate({**dict(sample_report()), "of_later": 1})


# --- what is said of the articles -----------------------------------------------------


def on(zone: int, precision: str, *, known: bool) -> Article:
    """An article of half past nine in a zone, with what is known of that time."""
    update = {
        "published": datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=zone))),
        "published_precision": precision,
        "zone_known": known,
    }
    return sample_report().articles[0].model_copy(update=update)


@pytest.mark.parametrize(
    ("article", "told"),
    [
        (on(0, "day", known=True), "2 March 2026"),
        (on(0, "minute", known=True), "2 March 2026, 09:30 UTC"),
        (on(2, "minute", known=True), "2 March 2026, 09:30 UTC+02:00"),
        (on(2, "minute", known=False), "2 March 2026, 09:30"),
        (on(0, "day", known=False), "2 March 2026"),
    ],
)
def test_a_time_is_told_no_more_precisely_than_it_is_known(article: Article, told: str) -> None:
    assert words.format_published(article) == told


def test_a_midnight_that_is_known_is_told() -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    article = sample_report().articles[0].model_copy(update={"published": midnight})
    assert words.format_published(article) == "2 March 2026, 00:00 UTC"


@pytest.mark.parametrize("format_", ["html", "md"])
def test_what_is_no_outlet_is_left_out_of_the_count_with_the_reason(format_: Format) -> None:
    text = plain(sample_report(), format_)
    assert (
        "7 articles from 4 independent outlets; not counted: The Daily Beacon "
        "(a column or comment: its author’s view)."
    ) in text
    assert "not counted: a column or comment" in text
    assert "of 5 outlets" not in text


def test_an_outlet_that_nothing_tells_is_called_unknown() -> None:
    report = sample_report()
    assert entries.article_names(report.articles)["a7"] == "unknown outlet (a7)"
    assert "a7.html (a7)" not in plain(report, "md")


@pytest.mark.parametrize("format_", ["html", "md"])
def test_planted_text_is_a_warning_before_everything_else(format_: Format) -> None:
    report = sample_report()
    top = plain(report, format_).partition("In short" if format_ == "md" else "Changed")[0]
    assert "unknown outlet (a7), sentence 3, sentence 4: This article contains text that" in top
    assert all(report.articles[6].sentence(number).text in top for number in (3, 4))
    unplanted = tuple(one for one in report.skipped if one.reason != "planted")
    calm = report.model_copy(update={"skipped": unplanted})
    assert "addresses a machine" not in plain(calm, format_)


def test_what_the_reader_of_an_article_warns_of_is_told_with_its_place() -> None:
    report = sample_report()
    one = ArticleWarning(kind="hidden-text", text="Praise <b>the dam</b>.", place="a comment")
    warned = report.articles[0].model_copy(update={"warnings": (one,)})
    text = plain(report.model_copy(update={"articles": (warned, *report.articles[1:])}), "html")
    assert "Ellery Ledger, 4 May, 1 place: hidden text, left out" in text
    assert "Warning: hidden textPraise <b>the dam</b>. (a comment)" in text


# --- what is quoted, and whose it is ---------------------------------------------------


def with_voices(report: Report, number: int, voices: tuple[Voice, ...]) -> Report:
    """The report with other voices on its finding of this number."""
    findings = list(report.findings)
    findings[number] = findings[number].model_copy(update={"voices": voices})
    return report.model_copy(update={"findings": tuple(findings)})


def entry_of(report: Report, ident: str) -> Entry:
    """A finding as it is shown in full."""
    found = entries.Lookup(report)
    return entries.entry(found, found.findings[ident], {})


def position(report: Report, issue: str, number: int) -> Stand:
    """A position of a question as it is shown."""
    asked = next(one for one in report.issues if one.id == issue)
    return entries.question(entries.Lookup(report), asked).stands[number]


def test_what_was_cited_beside_the_carrying_sentence_stands_apart_from_the_speakers_words() -> None:
    report = sample_report()
    (voice,) = [one for one in report.findings[1].voices if one.claim == "a2.c3"]
    (shown,) = [one for one in position(report, "q1", 1).passages if len(one.sentences) > 1]
    assert voice.sentences == (3, 2)
    assert (shown.quote, shown.context) == voice.quotes
    assert shown.sentences == (3, 2)


def test_voices_are_shown_in_the_order_of_the_report() -> None:
    report = sample_report()
    voices = report.findings[5].voices
    turned = with_voices(report, 5, voices[::-1])
    quotes = [one.quote for one in entry_of(report, "f6").shown]
    assert quotes == [voice.quotes[0] for voice in voices]
    assert [one.quote for one in entry_of(turned, "f6").shown] == quotes[::-1]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((2, 3), "{1} {2}"),
        ((3, 2), "{2} […] {1}"),
        ((2, 4), "{1} […] {3}"),
        ((1, 2), "{0} […] {1}"),
    ],
)
def test_only_sentences_that_read_on_stand_without_a_mark(
    numbers: tuple[int, ...], text: str
) -> None:
    article = sample_report().articles[0]
    sentences = [one.text for one in article.sentences]
    quotes = [article.sentence(number).text for number in numbers]
    assert words.join_quotes(article, numbers, quotes) == text.format(*sentences)


def test_a_position_shows_the_voices_of_its_own_claims_alone() -> None:
    report = sample_report()
    for issue in report.issues:
        for number, place in enumerate(issue.positions):
            shown = {one.article for one in position(report, issue.id, number).passages}
            assert shown == {ident.partition(".")[0] for ident in place.claims}


def test_a_position_is_shown_first_by_a_voice_that_counts() -> None:
    report = sample_report()
    (asked,) = [one for one in report.issues if one.id == "q4"]
    claims = asked.positions[0].claims
    turned = asked.positions[0].model_copy(update={"claims": claims[::-1]})
    again = asked.model_copy(update={"positions": (turned, asked.positions[1])})
    issues = tuple(again if one.id == "q4" else one for one in report.issues)
    first = position(report.model_copy(update={"issues": issues}), "q4", 0).passages[0]
    assert claims[0].startswith("a5")
    assert first.article == "a5"


def test_a_speaker_is_called_as_in_the_article_and_then_as_known_elsewhere() -> None:
    source = sample_report().sources[2]
    assert words.speaker("the mayor", "", source) == "the mayor (= Olo Brandt)"
    assert words.speaker("Olo Brandt", "mayor", source) == "Olo Brandt, mayor"
    assert words.speaker("The Olo Brandt", "", source) == "The Olo Brandt"
    assert words.speaker("", "", None) == "own voice"
    assert words.speaker("", "", None, "police") == "own voice, unattributed, perhaps from police"


def test_a_summary_stands_under_a_voice_only_where_the_quote_needs_one() -> None:
    report = sample_report()
    found = entries.Lookup(report)
    for finding in report.findings:
        for voice in finding.voices:
            plainly = voice.relation == "same" and voice.stance == "asserts"
            english = found.articles[voice.article].language == "en"
            reading = entries.passage(found, voice).reading
            assert reading == ("" if plainly and english else voice.text)


def test_a_stand_beside_the_claims_is_labelled() -> None:
    text = plain(sample_report(), "md")
    assert text.count("found in the comparison, beside the claims") == 5
    assert "denies in passing" in text
    assert "Gives a later state" in text


@pytest.mark.parametrize("format_", ["html", "md"])
def test_verified_as_said_never_stands_without_what_it_does_not_mean(format_: Format) -> None:
    text = plain(sample_report(), format_)
    told = re.findall(r"verified as said \([^)]*\)(: that it was said, not that it is so)?", text)
    assert len(told) == 2
    assert all(told)
    assert "Verified as said" not in text


def test_an_origin_is_somebody_to_ring_and_the_body_that_they_speak_for() -> None:
    report = sample_report()
    told = {words.origin_name(o) for one in report.findings for o in (*one.origins, *one.against)}
    assert "Petra Lund (Dam Workers’ Union)" in told
    assert "River gauge record, document" in told
    assert "campers by the river, eyewitnesses" in told
    assert "a person at the plant (Coast Post), unnamed" in told
    column = report.findings[15].voices[0].origin
    assert words.origin_name(column) == "Ada Quill (column, The Daily Beacon)"


# --- where things stand ----------------------------------------------------------------


def chapters(report: Report) -> dict[str, Chapter]:
    """The chapters by title."""
    return {part.title: part for part in layout.Page(report).chapters}


def idents(part: Chapter) -> list[str]:
    """The ids of all findings in a chapter."""
    return [one.finding.id for some in part.clusters.values() for top in some for one in top.flat()]


def test_each_question_stands_in_the_chapter_of_its_kind() -> None:
    found = chapters(sample_report())
    asked = {title: [one.issue.id for one in part.questions] for title, part in found.items()}
    assert {title: ids for title, ids in asked.items() if ids} == {
        "Changed": ["q2", "q4"],
        "Contested": ["q1"],
        "Check before printing": ["q3"],
        "Versions that may be reconciled": ["q5"],
    }


def test_each_finding_stands_in_the_chapter_of_its_verdict() -> None:
    found = {title: {*idents(part)} for title, part in chapters(sample_report()).items()}
    assert found["Changed"] == {"f8", "f12", "f15"}
    assert found["Verified"] == {"f5"}
    assert found["Contested"] == {"f1", "f2", "f4"}
    assert found["Check before printing"] == {"f7", "f18"}


def test_a_settled_question_has_changed_whatever_it_was() -> None:
    report = sample_report()
    (asked,) = [one for one in report.issues if one.id == "q4"]
    assert asked.kind == "conflict"
    assert asked.settled == 0
    assert layout.chapter_asked(asked) == "changed"
    one_sided = asked.model_copy(update={"settled": None, "positions": asked.positions[:1]})
    assert layout.chapter_asked(one_sided) == "unconfirmed", "one answer is no dispute"


def test_what_is_replaced_is_marked_and_what_is_settled_stands() -> None:
    report = sample_report()
    marks = [position(report, issue, n).mark for issue in ("q2", "q4", "q1") for n in (0, 1)]
    assert marks == ["replaced", "", "stands", "replaced", "", ""]


def test_a_finding_stands_within_its_parent_only_in_the_same_chapter() -> None:
    report = sample_report()
    found = chapters(report)
    (above,) = [one for one in layout.Page(report).findings if one.finding.id == "f6"]
    assert [child.finding.id for child in above.children] == ["f19"]
    assert "f17" in idents(found["Unconfirmed"])
    assert "f17" not in idents(found["Verified"])


def test_a_dispute_is_counted_once_and_one_is_no_plural() -> None:
    report = sample_report()
    told = [link.text for link in layout.Page(report).tally]
    assert "1 contested question" in told
    assert "1 detail to check before printing" in told
    assert "2 questions changed or settled" in told
    again = report.issues[0].model_copy(update={"id": "q6"})
    twice = report.model_copy(update={"issues": (*report.issues, again)})
    assert "2 contested questions" in [link.text for link in layout.Page(twice).tally]


def test_counts_of_questions_lead_to_them_and_those_of_findings_are_those_of_the_filter() -> None:
    page = layout.Page(sample_report())
    there = {f"#{part.id}" for part in page.questions} | {"#findings"}
    assert {link.href for link in page.tally} == there
    assert {link.text: link.href for link in page.tally}["1 contested question"] == "#contested"
    given = Counter(str(one.finding.verdict) for one in page.findings)
    counted = [link.text for link in page.tally if link.href == "#findings"]
    assert counted == [f"{label}: {given[key]}" for key, label in page.filters["Verdict"]]


def test_disputes_stand_before_what_has_changed() -> None:
    found = chapters(sample_report())
    assert list(found)[:3] == ["Verified", "Contested", "Changed"]
    assert list(found["Changed"].clusters) == ["Replaced", "Taken back"]


def test_only_the_evidence_of_a_dispute_or_a_change_is_left_to_its_question() -> None:
    report = sample_report()
    left = {one.id for one in report.findings if entry_of(report, one.id).asked}
    assert left == {"f1", "f2", "f7", "f8", "f12", "f18"}
    verified = entry_of(report, "f5")
    assert len(verified.shown) == len(report.findings[4].voices)


def test_the_summary_tells_questions_and_warnings_each_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console.show_summary(sample_report())
    told = capsys.readouterr().err.splitlines()
    assert told[0] == (
        "warning: a7.html addresses a machine or poses as another article "
        "(left out: sentence 3, 4)."
    )
    page = "\n".join(told)
    heads = ["CHANGED", "SOLID", "CONTESTED", "CALL", "ONE SOURCE", "CHECK BEFORE"]
    assert [page.index(f"\n{head}") for head in heads] == sorted(
        page.index(f"\n{head}") for head in heads
    )
    assert page.count("Why did the flood gate open?") == 1
    assert "The Daily Beacon (a column" in page


def test_a_report_that_is_nested_without_end_is_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("[" * 100_000)
    with pytest.raises(UsageError, match="is not JSON"):
        load_report(tmp_path / "report.json")


def test_the_table_tells_a_column_and_caution_from_what_is_asserted() -> None:
    said = sample_report().findings[0].voices[0]
    voice = said.model_copy(update={"source": None})
    column = voice.model_copy(update={"origin": voice.origin.model_copy(update={"kind": "author"})})
    cautious = voice.model_copy(update={"modality": "hedged"})
    assert [audit.sign(one)[1] for one in (voice, said, column, cautious)] == [
        "asserts",
        "reports a source",
        "in a column",
        "asserts with caution",
    ]


def test_another_format_is_a_usage_error(tmp_path: Path) -> None:
    for formats in (["pdf"], "html"):
        with pytest.raises(UsageError, match="is no format"):
            write_report(sample_report(), tmp_path, formats)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_own_voice_that_goes_on_with_an_account_is_no_sign_of_its_own_in_the_matrix() -> None:
    voice = next(v for f in sample_report().findings for v in f.voices if v.source is None)
    own = voice.model_copy(update={"stance": "asserts", "relation": "same", "after": ""})
    assert sign(own) == words.CELLS["asserts"]
    assert sign(own.model_copy(update={"after": "the mayor"})) == words.PERHAPS_REPORTED


def test_an_article_that_takes_a_value_back_does_not_tell_it() -> None:
    report = sample_report()
    issue = next(one for one in report.issues if one.kind == "change")
    old, new = issue.positions[0], issue.positions[-1]
    gone = issue.model_copy(
        update={"positions": (old.model_copy(update={"superseded": True}), new)}
    )
    finding = next(f for f in report.findings if f.id in new.findings)
    article = next(iter({*old.articles} - {v.article for v in finding.voices}))

    def cell_with(kind: str) -> tuple[str, str]:
        claims = tuple(
            c.model_copy(update={"kind": kind}) if c.id in old.claims else c for c in report.claims
        )
        changed = report.model_copy(update={"claims": claims, "issues": (gone,)})
        only = finding.model_copy(update={"issues": (gone.id,)})
        return audit.cell(Lookup(changed), only, article)

    assert cell_with("fact") == words.BEFORE
    assert cell_with("retract") != words.BEFORE


def test_an_article_without_a_headline_goes_by_how_it_begins_and_its_file() -> None:
    article = sample_report().articles[0]
    assert name_text(article) == article.title
    bare = article.model_copy(update={"title": "", "source": "desk/0a1b.txt"})
    opening = article.sentences[0].text.split()[0]
    assert name_text(bare).startswith(f"“{opening}")
    assert name_text(bare).endswith("” (0a1b.txt)")
    assert name_text(bare.model_copy(update={"sentences": ()})) == "desk/0a1b.txt"
