"""Reports as documents: whole expected ones (see golden.py), and what must hold in each format."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from factcheck.errors import UsageError
from factcheck.models import Article, Excluded, Report, Voice
from factcheck.render import Format, load_report, render, words, write_report
from factcheck.render.markup import code_span, escape_markdown, markdown_url
from factcheck.render.words import web_link
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
        if "style" not in self.open:
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
    tokens = MarkdownIt("commonmark").enable("table").parse(render(report, "md"))
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
        free |= {"note", "notes", "reasons", "settle", "detail", "side", "agency", "section"}
        return attack if key in free and isinstance(value, str) else value

    return Report.model_validate(poison(data))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("format_", ["html", "md", "json"])
def test_documents_are_the_expected_ones(name: str, format_: Format) -> None:
    expect(f"{name}.{format_}", render(SAMPLES[name](), format_))


@pytest.mark.parametrize("format_", ["html", "md"])
def test_nothing_of_a_report_is_lost(format_: Format) -> None:
    report = sample_report()
    text = plain(report, format_)
    wanted = [one.id for one in report.findings] + [one.text for one in report.findings]
    wanted += [voice.quote for one in report.findings for voice in one.voices]
    wanted += [reason for one in report.findings for reason in one.reasons]
    wanted += [one.question for one in report.issues]
    wanted += [place.label for one in report.issues for place in one.positions]
    wanted += [one.id for one in report.claims] + [one.text for one in report.claims]
    wanted += [one.reason for one in report.skipped]
    wanted += [part for one in report.excluded for part in (one.source, one.reason, one.detail)]
    wanted += [part for one in report.not_assessed for part in (one.text, one.reason)]
    for article in report.articles:
        wanted += [article.outlet, article.title, article.raw_sha256, article.text_sha256]
        wanted += [one.text for one in article.sentences]
        wanted += [one.text for one in article.dropped]
    wanted += [source.name for source in report.sources] + list(report.manifest.prompts.values())
    assert [one for one in wanted if " ".join(one.split()) not in text] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_each_finding_stands_in_full_exactly_once(name: str) -> None:
    report = SAMPLES[name]()
    entries = [one["id"] for one in Tree(render(report, "html")).named("article")]
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
    assert not {"script", "img", "link", "iframe", "object", "base"} & {tag for tag, _ in tree.tags}
    assert not tree.every("src") + [name for name in tree.every("style") if name]
    assert not [name for _, attributes in tree.tags for name in attributes if name[:2] == "on"]
    outside = [one for one in tree.named("a") if not one["href"].startswith("#")]
    assert all(one["href"].startswith(("https://", "http://")) for one in outside)
    assert all(one["rel"] == "noopener nofollow noreferrer" for one in outside)


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
    }


def test_quotes_carry_their_language_and_direction() -> None:
    quotes = Tree(render(sample_report(), "html")).named("blockquote")
    assert {"lang": "ar", "dir": "auto"} in quotes
    assert all(one["dir"] == "auto" for one in quotes)


def test_hostile_text_reaches_the_reader_of_html_as_text() -> None:
    text = plain(hostile_report(), "html")
    assert all(" ".join(one.split()) in text for one in ATTACKS)


def test_hostile_text_makes_no_markup_in_markdown() -> None:
    def shape(report: Report) -> list[str]:
        tokens = (
            MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(render(report, "md"))
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
    top = plain(sample_report(), "html").partition("Contested questions")[0]
    assert "Incomplete: the model gave no usable answer for a6.html." in top
    assert "nothing can be corroborated" in plain(empty_report(), "html")
    assert "There are no findings" in plain(empty_report(), "md")


def test_a_whole_report_has_no_notice() -> None:
    report = sample_report()
    kept = tuple(one for one in report.excluded if one.reason == "duplicate")
    assert "notice" not in Tree(render(report.model_copy(update={"excluded": kept}), "html")).every(
        "class"
    )


def test_an_unreadable_input_is_a_notice() -> None:
    excluded = (Excluded(source="scan.pdf", reason="unreadable"),)
    report = sample_report().model_copy(update={"excluded": excluded})
    assert "Could not be read: scan.pdf." in plain(report, "md")


def test_the_side_against_is_shown_even_where_many_support() -> None:
    report = sample_report()
    many = report.findings[3]
    for_it, against = many.voices

    def supporter(number: int) -> Voice:
        data = for_it.model_dump()
        origin = {**data["origin"], "key": f"k{number}"}
        return Voice.model_validate(
            {**data, "quote": f"{data['quote']} {number}", "origin": origin}
        )

    voices = (*map(supporter, range(5)), against)
    crowded = many.model_copy(update={"voices": voices})
    changed = report.model_copy(
        update={"findings": (*report.findings[:3], crowded, *report.findings[4:])}
    )
    page = render(changed, "html").partition('id="f4"')[2]
    entry = page.partition("</article>")[0].partition('class="children"')[0]
    shown, _, folded = entry.partition("<details")
    assert "Denies" in shown
    assert shown.count("<blockquote") == 3
    assert folded.count("<blockquote") == 3


def test_a_sentence_is_quoted_once_however_many_claims_cite_it() -> None:
    report = sample_report()
    finding = report.findings[3]
    twice = finding.model_copy(update={"voices": (finding.voices[0], *finding.voices)})
    changed = report.model_copy(
        update={"findings": (*report.findings[:3], twice, *report.findings[4:])}
    )
    assert render(changed, "md") == render(report, "md")


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
        (b'{"schema": "factcheck.report/1"}', "damaged at title"),
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


def test_counts_lead_to_a_chapter_also_where_all_stand_under_a_question() -> None:
    report = sample_report()
    fringe = report.findings[0].model_copy(update={"core": False, "verdict": "single-source"})
    changed = report.model_copy(update={"findings": (fringe, *report.findings[1:3])})
    tree = Tree(render(changed.model_copy(update={"issues": report.issues[:1]}), "html"))
    assert {link[1:] for link in tree.every("href") if link[0] == "#"} <= set(tree.every("id"))
    assert "1 background" in tree.text


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (datetime(2026, 3, 2, tzinfo=UTC), "2 March 2026"),
        (datetime(2026, 3, 2, 9, 5, tzinfo=UTC), "2 March 2026, 09:05 UTC"),
        (None, "not known"),
    ],
)
def test_a_time_that_tells_the_day_alone_is_shown_as_a_day(
    when: datetime | None, told: str
) -> None:
    assert words.moment(when) == told
