"""Reading articles through the public API: files and folders to articles."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest

from factcheck.articles import article_from_text, read_articles
from factcheck.articles.decode import decode, decode_as
from factcheck.errors import UsageError
from factcheck.models import Article, Excluded
from tests.test_boundary import STORY

STORIES = Path(__file__).parent / "stories"
BODY = "The mill on the river burned down on Friday night.\n\nNobody was hurt, the mayor said.\n"


def read_one(path: Path) -> Article:
    kept, excluded = read_articles([path])
    assert not excluded
    return kept[0]


def bodies(article: Article) -> list[str]:
    return [s.text for s in article.sentences if s.kind == "body"]


def dropped(article: Article) -> dict[str, str]:
    return {d.text: d.reason for d in article.dropped}


def test_a_folder_is_read_in_the_order_of_names_and_ids_go_to_what_is_kept(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("Bridge reopens\n\n" + BODY)
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "sub" / "c.txt").write_text("Mill burns\n\n" + BODY)
    (tmp_path / "notes.csv").write_text("1,2")
    (tmp_path / "README.md").write_text("# About\n\n" + BODY)

    kept, excluded = read_articles([tmp_path])

    assert [(a.id, a.source) for a in kept] == [("a1", "b.txt"), ("a2", "sub/c.txt")]
    assert [(e.source, e.reason) for e in excluded] == [("a.txt", "empty")]


def test_files_keep_the_order_given_and_each_is_read_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Report {name}\n\n{BODY}")

    kept, excluded = read_articles([tmp_path / "b.txt", tmp_path])

    assert [a.source for a in kept] == ["b.txt", "a.txt"]
    assert not excluded


def test_a_readme_that_names_its_outlet_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\noutlet: The Mill Post\n---\n" + BODY)

    assert read_one(tmp_path).outlet == "The Mill Post"


@pytest.mark.parametrize("name", ["missing", "missing.txt"])
def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="does not exist") as caught:
        read_articles([tmp_path / name])

    assert caught.value.hint


def test_all_paths_that_do_not_exist_are_named(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(BODY)
    with pytest.raises(UsageError, match=r"one\.txt, .*two, .*xxx do not exist"):
        read_articles([tmp_path / n for n in ("one.txt", "x.txt", "two", "x" * 300)])


def test_a_folder_without_articles_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no articles") as caught:
        read_articles([tmp_path])

    assert ".txt" in caught.value.hint


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.7\n1 0 obj", b"\x00\x01" * 9]
)
def test_a_binary_file_is_unreadable(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(data)

    _, excluded = read_articles([tmp_path])

    assert excluded[0].reason == "unreadable"


def test_another_kind_of_file_named_directly_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text(BODY)

    _, excluded = read_articles([tmp_path / "x.docx"])

    assert excluded[0].reason == "unreadable"
    assert ".txt" in excluded[0].detail


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_usual_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    text = "“Die Mühle brannte”, sagte Zoë Ångmark in Brévanne. Das Café blieb für alle offen.\n"
    (tmp_path / "x.txt").write_bytes(text.encode(encoding))

    assert " ".join(bodies(read_one(tmp_path))) == text.strip()


def test_a_broken_byte_costs_one_character_and_not_the_article(tmp_path: Path) -> None:
    data = "“The café burned,” said Zoë. “All of it is gone,” she said.".encode()
    (tmp_path / "x.txt").write_bytes(data + b" It was \xff old.")

    assert bodies(read_one(tmp_path))[-1] == "It was \ufffd old."


def test_cyrillic_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    text = "Мельница на реке сгорела в пятницу ночью. Никто не пострадал, сказал мэр города. " * 3
    (tmp_path / "x.txt").write_bytes(text.encode("cp1251"))

    article = read_one(tmp_path)

    assert article.language == "ru"
    assert bodies(article)[0] == "Мельница на реке сгорела в пятницу ночью."


def test_unseen_characters_are_taken_out_and_the_rest_is_verbatim(tmp_path: Path) -> None:
    text = (
        "The cafe\u0301\u200b “burn\u00aded”\u202e down\U000e0041 on Fri\x07day."
        " It’s gone for good.\r\n"
    )
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")

    assert bodies(read_one(tmp_path)) == [
        "The café “burned” down on Friday.",
        "It’s gone for good.",
    ]


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_character_references_bring_no_unseen_characters_back(tmp_path: Path, suffix: str) -> None:
    text = "The mill&#8238; bur&shy;ned&#x200b; down on Friday night, he said. It is gone for good."
    text = f"<article><p>{text}</p><p>&#xe000;{BODY}</p></article>" if suffix == ".html" else text
    (tmp_path / f"x{suffix}").write_text(text)

    article = read_one(tmp_path)

    assert article.sentences[0].text == "The mill burned down on Friday night, he said."
    assert {s.kind for s in article.sentences} == {"body"}


def test_one_zero_byte_does_not_make_a_text_binary(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(BODY.encode().replace(b"river", b"ri\x00ver"))

    assert bodies(read_one(tmp_path))[0].startswith("The mill on the river")


def test_front_matter_gives_the_metadata(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(
        "---\ntitle: Mill burns\nPublisher: The Mill Post\nauthor: [A. Oakes, B. Galt]\n"
        "date: 2026-03-04 15:20\nlang: en-GB\nagency: VPB\nurl: https://mill.example.com/1\n---\n"
        "# Mill burns\n\n## The night\n\n" + BODY
    )

    article = read_one(tmp_path)

    assert (article.outlet, article.outlet_from) == ("The Mill Post", "metadata")
    assert (article.title, article.byline) == ("Mill burns", "A. Oakes, B. Galt")
    assert article.published == datetime(2026, 3, 4, 15, 20, tzinfo=UTC)
    assert (article.agency, article.language) == ("VPB", "en")
    assert article.url == "https://mill.example.com/1"
    assert article.sentences[0].kind == "headline"
    assert {s.section for s in article.sentences[1:]} == {"The night"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.md", "---\nurl: 'http://[::'\n---\n" + BODY),
        ("x.html", f'<html><head><meta property="og:url" content="http://[a"></head><p>{BODY}</p>'),
        ("x.html", f'<link rel="canonical" href="https://[::1"><article><p>{BODY}</p></article>'),
    ],
)
def test_an_address_that_is_none_does_not_leave_an_article_out(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    assert read_one(tmp_path).url == ""


@pytest.mark.parametrize("tag", ["p", "div", "pre", "blockquote"])
def test_a_piece_of_a_page_is_read(tmp_path: Path, tag: str) -> None:
    (tmp_path / "x.html").write_text(f"<{tag}>{BODY}</{tag}>")
    assert bodies(read_one(tmp_path))[0].startswith("The mill on the river")


def test_bad_yaml_is_read_line_by_line_with_a_warning(tmp_path: Path) -> None:
    bad = "title: Tram: the line is open\noutlet: The Mill Post\ntags: [unclosed"
    (tmp_path / "x.md").write_text(f"---\n{bad}\n---\n{BODY}")

    article = read_one(tmp_path)

    assert (article.title, article.outlet) == ("Tram: the line is open", "The Mill Post")
    assert [w.kind for w in article.warnings] == ["metadata"]
    assert "YAML in line" in article.warnings[0].text


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [*a]",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
        "a: " + "[" * 15_000,
        "a: " + "[" * 20_000,
        "a: " + ":".join(["59"] * 4_000),
        "a: " + "9" * 15_000,
        "- " * 8_000 + "x",
        "? " * 8_000 + "x",
        "a: !!python/object/apply:os.system [x]",
        "{" * 4_000,
        "a: |\n" + "  x\n" * 4_000,
        "'" * 9_000,
        "published: 99999-99-99",
    ],
    ids=range(13),
)
def test_hostile_front_matter_neither_crashes_nor_hangs(block: str) -> None:
    text = f"---\ntitle: Mill burns\noutlet: The Mill Post\n{block}\n---\n{BODY}"

    start = perf_counter()
    article = article_from_text(text, source="x.md", kind="md")

    assert perf_counter() - start < 20
    assert isinstance(article, Article)
    assert article.outlet == "The Mill Post"
    assert len(bodies(article)) == 2


def test_json_ld_of_a_hundred_thousand_brackets_is_not_read() -> None:
    page = (
        '<html><head><script type="application/ld+json">' + "[" * 100_000 + "</script></head>"
        f"<body><article><h1>Mill burns</h1><p>{BODY * 3}</p></article></body></html>"
    )

    assert isinstance(article_from_text(page, source="x.html", kind="html"), Article)


def test_dashes_at_the_top_of_a_plain_text_are_no_front_matter(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("---\nThe mill is old\n---\n\n" + BODY)

    assert len(bodies(read_one(tmp_path))) == 2


def test_a_page_gives_text_captions_headings_and_metadata(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(
        """<html lang="en"><head><title>Mill burns - Mill Post</title>
        <meta property="og:site_name" content="Mill Post">
        <script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
        "headline": "Mill burns", "datePublished": "2026-03-04T15:20:00+02:00",
        "author": [{"name": "A. Oakes"}]}]}</script></head><body>
        <nav><ul><li>Sports pages</li></ul></nav><article><h1>Mill burns</h1>
        <p class="byline">By A. Oakes</p>
        <p>The old mill on the river burned down on Friday night, the mayor of the town said.</p>
        <figure><img src="a.jpg"><figcaption>The mill in March. <span class="credit">AP</span>
        </figcaption></figure>
        <h2>The cause</h2><p>A lamp had been left burning in the loft, according to the police.</p>
        <ul><li>Two horses were saved from the stable.</li></ul>
        <div class="newsletter"><p>Sign up for the Mill Letter</p></div>
        <p>The council will meet on Monday to talk about a new mill, the mayor said.</p>
        </article></body></html>"""
    )

    article = read_one(tmp_path)

    assert (article.outlet, article.byline, article.title) == (
        "Mill Post",
        "A. Oakes",
        "Mill burns",
    )
    assert article.published
    assert article.published.isoformat() == "2026-03-04T15:20:00+02:00"
    assert [(s.kind, s.section) for s in article.sentences] == [
        ("headline", ""),
        ("body", ""),
        ("caption", ""),
        ("body", "The cause"),
        ("body", "The cause"),
        ("body", "The cause"),
    ]
    assert article.sentences[2].text == "The mill in March."
    reasons = dropped(article)
    assert reasons["AP"] == "credit"
    assert reasons["By A. Oakes"] == "byline"
    assert reasons["Sign up for the Mill Letter"] == "teaser"
    assert reasons["Sports pages"] == "furniture"


def test_the_traps_are_kept_or_excluded_for_the_right_reason() -> None:
    kept, excluded = read_articles([STORIES / "traps"])

    assert {e.source: e.reason for e in excluded} == {
        "duplicate-b.txt": "duplicate",
        "empty.txt": "empty",
        "furniture.html": "furniture-only",
    }
    assert "duplicate-a.txt" in next(e.detail for e in excluded if e.reason == "duplicate")
    assert all(a.published and a.title for a in kept)


def test_the_trap_of_captions_loses_no_caption_and_keeps_none_twice() -> None:
    article = read_one(STORIES / "traps" / "captions.txt")

    captions = [s.text for s in article.sentences if s.kind == "caption"]

    assert len(captions) == len(set(captions)) == 7
    assert len(bodies(article)) == 6
    assert sorted(dropped(article).values()).count("credit") == 5
    assert article.agency == ""


def test_the_trap_of_a_junk_tail_leaves_only_the_story() -> None:
    article = read_one(STORIES / "traps" / "junk-tail.txt")

    assert len(bodies(article)) == 6
    assert (article.outlet, article.agency) == ("Vesmark Press Bureau", "VPB")
    reasons = dropped(article)
    assert reasons["Why the gas bill went up"] == "teaser"
    assert reasons["Back to top button"] == "junk-tail"
    assert {"edition-note", "metadata"} <= set(reasons.values())


def test_the_ferry_story_tells_its_outlets_agencies_and_times() -> None:
    kept, _ = read_articles([STORIES / "ferry"])
    by_name = {Path(a.source).stem[:2]: a for a in kept}

    assert len(kept) == 8
    assert (by_name["01"].agency, by_name["02"].agency) == ("VPB", "VPB")
    assert (by_name["06"].outlet, by_name["06"].byline) == ("Dravonia Record", "Lorne Haddick")
    assert all(a.published for a in kept)
    assert by_name["07"].language == "fr"
    assert by_name["04"].sentences[-1].text.startswith("Correction")


def test_the_same_words_with_another_headline_are_no_duplicate(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mill burns\n\n" + BODY)
    (tmp_path / "b.txt").write_text("Old mill lost\n\n" + BODY)

    kept, excluded = read_articles([tmp_path])

    assert len(kept) == 2
    assert not excluded


@pytest.mark.parametrize(
    "text", ["One sentence of the story stands here.", "No.\n\nYes.", "Read more: x"]
)
def test_a_text_without_a_story_is_excluded(text: str) -> None:
    result = article_from_text(text, source="x")

    assert isinstance(result, Excluded)
    assert result.reason == "furniture-only"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayor said that nobody was hurt. The mill was old and it was empty.", "en"),
        ("Le maire a dit que personne n’est blessé. Le moulin est vide depuis un an.", "fr"),
        ("Der Müller sagte, dass niemand verletzt ist. Die Mühle war alt und leer.", "de"),
        ("El alcalde dijo que no hay heridos. El molino era viejo y estaba vacío.", "es"),
        ("Мер сказав, що ніхто не постраждав. Млин був старий і порожній.", "uk"),
        ("Мэр сказал, что никто не пострадал. Мельница была старой и пустой.", "ru"),
    ],
)
def test_the_language_is_told_from_the_text(text: str, language: str) -> None:
    article = article_from_text(text, source="x", metadata={"language": "en"})

    assert isinstance(article, Article)
    assert article.language == language


def test_reading_plain_text_loads_no_html_library(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(BODY)
    code = (
        "import sys; from pathlib import Path; from factcheck.articles import read_articles;"
        f"read_articles([Path({str(tmp_path)!r})]); print('trafilatura' in sys.modules)"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code

    assert out.stdout.strip() == "False"


def test_a_reprint_by_another_outlet_stays_and_one_by_the_same_does_not(tmp_path: Path) -> None:
    story = "Mill burns down on the river\n\n" + BODY
    for name, masthead in {
        "a": "THE MILL POST",
        "b": "KELVARN COURIER",
        "c": "The Mill Post",
    }.items():
        (tmp_path / f"{name}.txt").write_text(f"{masthead}\n4 March 2026\n\n{story}")
    (tmp_path / "d.txt").write_text(story)

    kept, excluded = read_articles([tmp_path])

    assert [a.outlet for a in kept] == ["The Mill Post", "Kelvarn Courier"]
    assert [(e.source, e.reason) for e in excluded] == [
        ("c.txt", "duplicate"),
        ("d.txt", "duplicate"),
    ]


def test_a_file_with_the_longest_name_is_read(tmp_path: Path) -> None:
    (tmp_path / ("a" * 250 + ".txt")).write_text(STORY)
    kept, left = read_articles([tmp_path])
    assert (len(kept), left) == (1, ())


def test_a_folder_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text(STORY)
    look = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    kept, [left] = read_articles([tmp_path])
    assert len(kept) == 1
    assert (left.source, left.detail) == (
        "shut/",
        "the folder cannot be opened: Permission denied",
    )


def make_odd_folder(folder: Path) -> None:
    """A folder of one article, with links, a pipe and a device beside it."""
    folder.mkdir()
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "elsewhere" / "far.txt").write_text("Another town\n\n" + STORY)
    (folder / "a.txt").write_text(STORY)
    (folder / "today").symlink_to("../elsewhere")
    (folder / ".hidden").symlink_to("../elsewhere")
    (folder / "self").symlink_to(".")
    (folder / "nothing.txt").symlink_to("nowhere.txt")
    (folder / "circle.md").symlink_to("circle.md")
    (folder / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "README.md")


LEFT_OF_ODD_FOLDER = {
    "self/": "a link to a folder, which is not followed",
    "today/": "a link to a folder, which is not followed",
    "circle.md": "a link to nothing",
    "nothing.txt": "a link to nothing",
    "pipe.txt": "a pipe or a device, and no file",
    "zero.txt": "a pipe or a device, and no file",
}


def test_links_to_folders_and_what_is_no_file_are_left_out_by_name(tmp_path: Path) -> None:
    make_odd_folder(tmp_path / "in")
    [article], left = read_articles([tmp_path / "in"])
    assert article.source == "a.txt"
    assert {one.source: one.detail for one in left} == LEFT_OF_ODD_FOLDER


def test_a_pipe_that_is_named_directly_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    kept, [left] = read_articles([tmp_path / "pipe.txt"])
    assert not kept
    assert left.detail == "a pipe or a device, and no file"


def test_a_file_whose_path_is_too_long_is_left_out_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(21):
        Path("d" * 200).mkdir()
        monkeypatch.chdir("d" * 200)
    Path("deep.txt").write_text(STORY)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(STORY)
    kept, [left] = read_articles([tmp_path])
    assert len(kept) == 1
    assert left.source.startswith("ddd")
    assert "name too long" in left.detail.lower()


def test_documents_that_are_not_read_and_the_frames_of_a_saved_page(tmp_path: Path) -> None:
    story = "The mill burned down on Friday, the mayor said.\n\nThe council meets on Monday.\n"
    (tmp_path / "one.txt").write_text(f"Fire\n\n{story}")
    (tmp_path / "two.markdown").write_text(f"# Fire at the mill\n\n{story}It rained on Sunday.\n")
    (tmp_path / "police.PDF").write_bytes(b"%PDF-1.4")
    (tmp_path / "picture.jpg").write_bytes(b"x")
    (tmp_path / "page.html").write_text(f"<html><body><main><h1>X</h1><p>{story}</p></main>")
    frames = tmp_path / "page_files"
    frames.mkdir()
    (frames / "saved_resource.html").write_text("<p>We and our partners ask for your consent.</p>")
    articles, excluded = read_articles([tmp_path])
    read = {one.source for one in articles} | {x.source for x in excluded}
    assert "two.markdown" in read
    assert not [name for name in read if "saved_resource" in name or "picture" in name]
    [pdf] = [one for one in excluded if one.source == "police.PDF"]
    assert pdf.reason == "unreadable"
    assert ".txt, .md" in pdf.detail


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO-8859-1", "latin1", "us-ascii"])
def test_a_page_that_calls_itself_latin_1_is_read_as_browsers_do(label: str) -> None:
    page = b'<meta charset="%s"><p>cost \x80 4.5 million, 10\x9612 workers, \x93a ruin\x94</p>'
    text = decode(page % label.encode())
    assert text is not None
    assert "€ 4.5 million, 10–12 workers, “a ruin”" in text


@pytest.mark.parametrize("label", ["undefined", "rot13", "zip", "no such thing", ""])
def test_what_is_no_encoding_of_text_is_none(label: str) -> None:
    assert decode_as(b"caf\xe9", label) is None


WIRE_LEAD = (
    "PORT ELLEN, Oct 14 ({0}) - A crane fell across two barges on Tuesday, the harbour office said."
)


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (("TRANSWIRE  TWR0417  GEN/POL/MIG\n2ND LEAD  Crane-Port-Ellen\n14 OCT 2025  14:52 GMT\n"
         "EDS: Adds harbour office. Replaces TWR0388."), "Transwire"),
        (("TRANSWIRE NEWS AGENCY\nTWR-0731  ECO/FIN  priority 3\nELLEN-CRANE (UPDATE 2)\n"
         "14 OCT 2025  14:52 GMT\nEDS: ADDS quay, minister; RECASTS lead"), "Transwire"),
        (("TWR4417 3 POL 0447 GMX\n:URGENT: ELLEN-CRANE/QUAY 3RD LEAD\n"
         "TWR-14-10-25 1452 LOCAL\n14 OCT 2025  14:52 GMT"), "Transwire"),
    ],
)  # fmt: skip
def test_the_headline_of_an_agency_stands_below_its_codes(head: str, outlet: str) -> None:
    body = f"{WIRE_LEAD.format(outlet)}\n\nNobody was hurt, it said, and the quay is closed."
    text = f"{head}\n\nCrane falls on two barges\n\nBy Ana Oakes\n\n{body}\n\nTWR 141452 OCT 25\n"
    article = article_from_text(text, source="wire.txt")
    assert isinstance(article, Article)
    assert (article.title, article.outlet) == ("Crane falls on two barges", outlet)
    assert article.genre == "agency"
    assert article.published
    assert article.published.isoformat() == "2025-10-14T14:52:00+00:00"
    assert len(article.sentences) == 3


def test_a_line_that_an_editor_corrects_is_no_note_to_be_dropped() -> None:
    text = "EDS: CORRECTS the number of barges in paragraph 1.\n\nCrane falls\n\n"
    story = f"{WIRE_LEAD.format('TWR')}\n\nNobody was hurt there, it said."
    article = article_from_text(text + story, source="wire.txt")
    assert isinstance(article, Article)
    assert any("CORRECTS" in s.text for s in article.sentences)
