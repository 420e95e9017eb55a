"""Odd articles beside a good one: read or left out with a reason, shown inertly, and in time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.api import make_reading
from factcheck.articles import article_from_text
from factcheck.articles.formats import Format, read_document
from factcheck.articles.sentences import split_sentences
from factcheck.fetch.feeds import read_feed
from factcheck.language.agreement import compare
from factcheck.language.missing import missing_numbers
from factcheck.language.names import names
from factcheck.language.quantities import numbers_in, quantities
from factcheck.llm.parsing import find_object
from factcheck.models import Article, Excluded
from factcheck.report import Format as Format_
from factcheck.report import render
from factcheck.settings.loader import Settings
from factcheck.sidebyside import SideBySide
from tests import newsroom
from tests.torture.documents import CHECKS
from tests.torture.odd import CHARACTERS, HEADS, LONG, MARKUP, STORY, TEXTS
from tests.torture.world import NOW

MOST_SECONDS = 15.0
"""Of the processor, for reading, setting side by side and writing in all formats."""
FORMATS: tuple[Format_, ...] = ("html", "md", "json")
KINDS: tuple[Format, ...] = ("txt", "md", "html")
BYTES = {
    "UTF-16 without a mark": STORY.encode("utf-16-le"),
    "UTF-32": STORY.encode("utf-32"),
    "Latin-1": STORY.replace("old", "ältere").encode("latin-1"),
    "Shift-JIS": ("市長は月曜日に古い橋を閉鎖すると述べた。" * 9).encode("shift-jis"),
    "half a character": STORY.encode() + b"\xe2\x82",
    "random bytes": bytes((n * 7919 + n // 3) % 256 for n in range(20_000)),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" * 100,
    "a ZIP": b"PK\x03\x04" + bytes(1_000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "nothing": b"",
    "one NUL": b"\x00",
    "only a mark of bytes": b"\xef\xbb\xbf",
    "two marks of bytes": b"\xef\xbb\xbf\xef\xbb\xbf" + STORY.encode(),
    "6 MB": STORY.encode() * 30_000,
    "lone surrogates in UTF-8": STORY.encode() + b"\xed\xa0\x80\xed\xb0\x80 said.",
}


def read_beside(folder: Path, name: str, data: bytes) -> SideBySide:
    """Read a file beside a good article: both are accounted for, in time, in every format."""
    newsroom.publish(folder, "courier.md")
    (folder / name).write_bytes(data)
    start = process_time()
    result = make_reading([folder], Settings(), clock=lambda: NOW)
    written = {form: render(result, form, full=True) for form in FORMATS}
    assert process_time() - start < MOST_SECONDS
    for form, text in written.items():
        CHECKS[form](text)
    assert "courier.md" in {article.source for article in result.articles}
    accounted = {a.source for a in result.articles} | {e.source for e in result.excluded}
    assert accounted == {"courier.md", name}
    assert all(e.reason != "failed" for e in result.excluded), result.excluded
    return result


def texts_by_kind() -> Iterator[object]:
    """Each text in each kind of file; those of heads in the one that has it."""
    for name in TEXTS:
        for kind in KINDS:
            yield pytest.param(name, kind, id=f"{name} ({kind})")


@pytest.mark.parametrize(("name", "kind"), [*texts_by_kind()])
def test_an_odd_text_is_read_or_left_out_with_a_reason(
    tmp_path: Path, name: str, kind: Format
) -> None:
    odd = TEXTS[name]
    text = odd if name in HEADS else f"{STORY}{odd}\n\nIt will open in May, she said: {odd}\n"
    read_beside(tmp_path / "in", f"odd.{kind}", text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", BYTES)
def test_odd_bytes_are_read_or_left_out_with_a_reason(
    tmp_path: Path, name: str, kind: Format
) -> None:
    read_beside(tmp_path / "in", f"odd.{kind}", BYTES[name])


@pytest.mark.parametrize("name", [*MARKUP, *CHARACTERS])
def test_odd_front_matter_is_inert(tmp_path: Path, name: str) -> None:
    odd = TEXTS[name]
    inbox = tmp_path / "in"
    inbox.mkdir()
    keys = f"title: |\n  {odd}\noutlet: {odd}\nurl: javascript:alert(1)\nbyline: '{odd}'\n"
    text = f"---\n{keys}---\n{STORY}"
    read_beside(inbox, "odd.txt", text.encode(errors="surrogatepass"))


# --- what hypothesis finds ------------------------------------------------------------------

PIECES = st.sampled_from(sorted({**MARKUP, **CHARACTERS}.values()))
SHORT = st.sampled_from([text[:60] for text in LONG.values()])
WORDS = st.text(max_size=40) | PIECES | SHORT | st.sampled_from(STORY.split())
FOREIGN = st.lists(WORDS, max_size=12).map(" ".join)
MANY = settings(settings.get_profile("torture"))


@pytest.mark.parametrize("kind", KINDS)
@MANY
@given(odd=FOREIGN)
def test_any_text_is_an_article_or_a_reason(kind: Format, odd: str) -> None:
    article = article_from_text(STORY + odd, source="x", kind=kind)
    assert isinstance(article, Article | Excluded)
    if isinstance(article, Article):
        assert [s.number for s in article.sentences] == [*range(1, len(article.sentences) + 1)]


@MANY
@given(odd=FOREIGN)
def test_any_metadata_is_read(odd: str) -> None:
    found = read_document(f"---\ntitle: {odd}\n{odd}: a\n{odd}\n---\n", "md")
    assert isinstance(dict(found.metadata), dict)


@MANY
@given(odd=FOREIGN)
def test_no_letter_is_lost_or_made_by_splitting(odd: str) -> None:
    pieces = split_sentences(odd, "en")
    assert letters("".join(pieces)) == letters(odd)


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "ar", "xx"])
@MANY
@given(odd=FOREIGN)
def test_numbers_of_any_text_stand_in_it_and_are_equal_to_themselves(
    language: str, odd: str
) -> None:
    for one in quantities(odd, language):
        assert odd[one.start : one.end] == one.text
        assert compare(one, one) != "different"
    assert missing_numbers(odd, odd, language, language) == ()
    assert isinstance(numbers_in(odd, language), frozenset)


@MANY
@given(odd=FOREIGN)
def test_names_of_any_text_are_found_without_an_error(odd: str) -> None:
    assert all(isinstance(name, str) for name in names(odd))


@pytest.mark.parametrize(
    "kind", ["application/rss+xml", "application/atom+xml", "application/json"]
)
@MANY
@given(odd=FOREIGN, raw=st.binary(max_size=200))
def test_any_feed_is_read_or_is_a_problem(kind: str, odd: str, raw: bytes) -> None:
    item = f"<item><title>{odd}</title><link>{odd}</link><pubDate>{odd}</pubDate></item>"
    rss = f'<rss version="2.0"><channel><title>{odd}</title>{item}</channel></rss>'
    for data in (rss.encode("utf-8", "replace"), odd.encode("utf-8", "replace"), raw):
        feed = read_feed(data, "https://x.example/f", kind, now=NOW)
        assert isinstance(feed.problem, str)


@MANY
@given(odd=FOREIGN)
def test_any_answer_of_a_model_is_an_object_or_none(odd: str) -> None:
    for text in (odd, f"```json\n{odd}\n```", f"<think>{odd}</think>{{}}", f'{{"a": {odd}}}'):
        found = find_object(text)
        assert found is None or isinstance(found, dict)
