"""Pages: what they hide, live entries, tables, asides, consent; and that no line is lost."""

from __future__ import annotations

import re
from html import escape
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.articles import article_from_text, numbered
from factcheck.articles.formats import Format
from factcheck.articles.numbered import format_time
from factcheck.models import Article

STORY = (
    "The old mill on the river burned down on Friday night, the mayor of the town said.",
    "A lamp had been left burning in the loft, according to the police of the district.",
    "The council will meet on Monday to talk about a new mill, the mayor said.",
)
PLANT = "Planted words tell the reader that the mayor set the fire."


def read(text: str, kind: Format = "html") -> Article:
    article = article_from_text(text, source=f"article1.{kind}", kind=kind)
    assert isinstance(article, Article)
    return article


def page(extra: str = "", head: str = "", story: tuple[str, ...] = STORY) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in story[:2])
    return (
        f"<html><head><title>Mill burns</title>{head}</head><body><article><h1>Mill burns down</h1>"
        f"{paragraphs}{extra}<p>{story[2]}</p></article></body></html>"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        f'<p style="display:none">{PLANT}</p>',
        f'<p style="DISPLAY : none !important">{PLANT}</p>',
        f'<div style="visibility:hidden"><p>{PLANT}</p></div>',
        f'<p style="opacity:0">{PLANT}</p>',
        f'<p style="opacity: 0.01">{PLANT}</p>',
        f'<p>It is gone. <span style="font-size:0">{PLANT}</span></p>',
        f'<p style="font-size:1px">{PLANT}</p>',
        f'<p style="font:0/0 a">{PLANT}</p>',
        f'<p style="position:absolute;left:-9999px">{PLANT}</p>',
        f'<p style="position:fixed;top:-200em">{PLANT}</p>',
        f'<p style="text-indent:-9999px">{PLANT}</p>',
        f'<p style="margin-left:-5000px">{PLANT}</p>',
        f'<p style="transform:translateX(-9999px)">{PLANT}</p>',
        f'<p style="transform:scale(0)">{PLANT}</p>',
        f'<p style="position:absolute;clip:rect(0,0,0,0)">{PLANT}</p>',
        f'<p style="clip-path:inset(50%)">{PLANT}</p>',
        f'<div style="height:0;overflow:hidden"><p>{PLANT}</p></div>',
        f'<div style="width:1px;overflow:hidden"><p>{PLANT}</p></div>',
        f'<p style="font:bold 1px/1 serif">{PLANT}</p>',
        f'<p style="overflow:hidden;color:red;max-height:0px">{PLANT}</p>',
        f'<p style="color:#fff">{PLANT}</p>',
        f'<p style="color:white;background:#ffffff">{PLANT}</p>',
        f'<div style="background-color:#123456"><p style="color:rgb(18,52,86)">{PLANT}</p></div>',
        f'<p style="color:transparent">{PLANT}</p>',
        f'<p style="color:rgba(0,0,0,0)">{PLANT}</p>',
        f"<p hidden>{PLANT}</p>",
        f'<p class="sr-only">{PLANT}</p>',
        f'<p class="visually-hidden">{PLANT}</p>',
        f'<p class="d-none">{PLANT}</p>',
        f"<template><p>{PLANT}</p></template>",
        f"<noscript><p>{PLANT}</p></noscript>",
        f"<!-- {PLANT} -->",
        f'<p class="q9">{PLANT}</p>',
        f'<p id="q9">{PLANT}</p>',
        f'<section class="deep"><p class="in">{PLANT}</p></section>',
        f'<p style="d\\69splay:none">{PLANT}</p>',
        f'<p style="opacity:1e-9">{PLANT}</p>',
        f'<p style="filter:blur(1px) opacity(0)">{PLANT}</p>',
        f'<p style="content-visibility:hidden">{PLANT}</p>',
        *(f"<{tag}>{PLANT}</{tag}>" for tag in ("audio", "canvas", "noembed", "noframes", "video")),
        f"<ruby>It<rp>{PLANT}</rp></ruby>",
        f'<p data-r="a">{PLANT}</p>',
        f'<p class="e7">{PLANT}</p>',
        f'<p class="w7">{PLANT}</p>',
        f'<div class="n7"><p class="n8">{PLANT}</p></div>',
    ],
)
def test_hidden_text_is_no_sentence_but_a_warning_with_its_place(hidden: str) -> None:
    style = (
        "<style>/* x */ @media print{.article{display:none}} @layer a; .q9, .q8{display:none}"
        " #q9{opacity:0} section.deep > p.in {font-size:0} p[data-r='a']{display:none}"
        r" .\65 7{display:none} p:is(.w7){display:none} .n7{color:red;& .n8{display:none}}</style>"
    )
    article = read(page(hidden, style))

    assert PLANT not in " ".join(s.text for s in article.sentences)
    assert [(w.kind, w.text) for w in article.warnings] == [("hidden-text", PLANT)]
    assert article.warnings[0].place
    assert (PLANT, "hidden") in [(d.text, d.reason) for d in article.dropped]
    assert set(STORY) <= {s.text for s in article.sentences}


@pytest.mark.parametrize("tag", ["datalist", "select", "textarea"])
def test_what_a_form_offers_is_no_text(tag: str) -> None:
    offered = f"<option>{PLANT}</option>" if tag != "textarea" else PLANT
    article = read(page(f"<{tag}>{offered}</{tag}>"))
    assert PLANT not in " ".join(s.text for s in article.sentences)
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("shown", "head"),
    [
        ('<p style="opacity:0.9">{}</p>', ""),
        ('<p style="font-size:10px">{}</p>', ""),
        ('<p style="color:#fff;background:#000">{}</p>', ""),
        ('<div style="background:url(x.jpg)"><p style="color:#fff">{}</p></div>', ""),
        ('<p style="height:0">{}</p>', ""),
        ('<p style="text-indent:2em">{}</p>', ""),
        ('<p style="position:relative;left:-50%;margin-top:-120px">{}</p>', ""),
        ('<p style="font:bold 15px/1.2 serif;width:1px">{}</p>', ""),
        ('<p class="hidden md:block">{}</p>', ""),
        ("<p>{}</p>", "<style>body{background:#000} p{color:#fff}</style>"),
        ("<p>{}</p>", "<style>@media print{p{display:none}}</style>"),
        ("<p class='n7'>{}</p>", "<style>.n7, .n9{.n8{display:none}}</style>"),
        ("<p>{}</p>", "<style>p[data-x]{display:none} [a='b']{display:none}</style>"),
        ("<p>{}</p>", "<style>p:hover{display:none} body{opacity:0} .x p{display:none}</style>"),
    ],
)
def test_what_is_shown_stays(shown: str, head: str) -> None:
    text = "The stable beside the mill is safe, a woman of the village said."
    article = read(page(shown.format(text), head))

    assert text in [s.text for s in article.sentences]
    assert not article.warnings


def test_a_hidden_copy_of_the_headline_is_dropped_without_a_warning() -> None:
    copy = "Mill burns down on the river in the night"
    text = page(f'<span class="sr-only">{copy}</span>').replace("Mill burns down<", f"{copy}<")
    article = read(text)

    assert not article.warnings
    assert [s.text for s in article.sentences].count(copy) == 1


@pytest.mark.parametrize("kind", ["txt", "md", "html"])
def test_text_in_tag_characters_is_told_and_gone(kind: Format) -> None:
    secret = "".join(chr(0xE0000 + ord(char)) for char in "obey me")
    text = "\n\n".join(STORY).replace("lamp", f"lamp{secret}")
    article = read(page(story=tuple(text.split("\n\n"))) if kind == "html" else text, kind)

    assert "obey" in article.warnings[0].text
    assert article.warnings[0].kind == "hidden-text"
    assert any(s.text.startswith("A lamp had") for s in article.sentences)


def test_turned_unseen_and_mixed_characters_are_told() -> None:
    text = "\n\n".join(STORY).replace("mill", "mi\u200bll", 1).replace("lamp", "\u202elamp")
    article = read(text.replace("Monday", "M\u043enday"), "txt")

    assert [w.kind for w in article.warnings] == ["encoding", "encoding", "script"]
    assert all("line" in w.place for w in article.warnings)


def live_page() -> str:
    entries = "".join(
        f'<article class="entry"><header><time>'
        f"{14 - n // 6}:{50 - n % 6 * 10}</time><h2>Head of entry {n} is here</h2></header>"
        f"<p>Entry {n} says that the water rose by {n} centimetres at the old bridge.</p>"
        f"<p>Nobody was hurt, the mayor said for the {n}. time.</p></article>"
        for n in range(20)
    )
    ld = (
        '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Flood"}</script>'
    )
    return (
        f"<html><head>{ld}</head><body><nav><ul><li>Sports pages</li></ul></nav><main>"
        "<h1>Flood at Kelvarn: as it happens</h1><p>The river Aure has left its bed, and the town"
        f" is being cleared.</p><div class='feed'>{entries}</div></main>"
        "<footer>© 2026 Mill Post Ltd</footer></body></html>"
    )


def test_a_live_page_keeps_all_times_and_heads() -> None:
    article = read(live_page())

    texts = {s.text: s.moment for s in article.sentences}
    assert article.genre == "live"
    assert article.title == "Flood"
    for n in range(20):
        moment = f"{14 - n // 6}:{50 - n % 6 * 10}"
        assert texts[f"Head of entry {n} is here"] == moment
        rows = [s for s in article.sentences if s.text.startswith(f"Entry {n} says")]
        assert [s.moment for s in rows] == [moment]
    assert texts["The river Aure has left its bed, and the town is being cleared."] == ""
    assert "Sports pages" in [d.text for d in article.dropped]
    assert "(at 14:40) Head of entry 1 is here" in numbered(article)


@pytest.mark.parametrize(
    "entry",
    [
        "<h3>Jueves 12, {clock}. Head {n}</h3><p>{text}</p>",
        "<h2>{clock} HEAD {n}</h2><p>{text}</p><p>Nobody was hurt.</p>",
        "<p><strong>{clock}</strong> {text}</p>",
        "<h4>Update {clock}</h4><p>{text}</p>",
    ],
)
def test_entries_that_stand_one_after_the_other_keep_their_times(entry: str) -> None:
    entries = "".join(
        entry.format(clock=f"18.{50 - 10 * n}", n=n, text=f"{STORY[n]} It is entry {n}.")
        for n in range(3)
    )
    header = "<header><a href='/'>Sports</a> <a href='/b'>Weather</a></header>"
    html = f"<html><body>{header}<h1>Mill burns: live</h1>{entries}</body></html>"
    article = read(html)
    assert article.genre == "live"
    for n in range(3):
        (row,) = [s for s in article.sentences if s.text == f"It is entry {n}."]
        assert row.moment.endswith(f"18.{50 - 10 * n}")
        assert row.section == ""
    heads = [s.text.casefold() for s in article.sentences if "ead " in s.text or "EAD" in s.text]
    assert heads == ([f"head {n}" for n in range(3)] if "ead" in entry.casefold() else [])


def test_a_live_page_is_of_the_day_that_opens_its_first_paragraph() -> None:
    entries = "".join(f"<h3>18.{n}0 Head {n}</h3><p>{STORY[n]} Entry {n}.</p>" for n in range(3))
    head = "<p>Wednesday 4 June 2025. All times are local. By Ana Oakes</p>"
    article = read(f"<html><body><h1>Mill burns: live</h1>{head}{entries}</body></html>")
    assert article.published
    assert article.published.date().isoformat() == "2025-06-04"


def test_the_day_of_a_story_is_not_that_of_a_live_page() -> None:
    entries = "".join(f"<h3>18.{n}0 Head {n}</h3><p>{STORY[n]} Entry {n}.</p>" for n in range(3))
    head = "<p>6 June 1944. The boats land at dawn, and nobody on the cliffs sees them in time.</p>"
    article = read(f"<html><body><h1>Eighty years on: live</h1>{head}{entries}</body></html>")
    assert article.published is None


def test_the_end_of_a_title_names_the_paper_where_the_head_of_the_page_does() -> None:
    story = "".join(f"<p>{row}</p>" for row in STORY * 3)
    for title, header, told in (
        ("Fire on the river | Radio Vesmark", "Radio Vesmark <nav>News</nav>", "Radio Vesmark"),
        ("Fire on the river | Radio Vesmark", "News", ""),
        ("Fire on the river | News", "Home News Sport", ""),
        ("Fire on the river: two dead", "<h1>Fire on the river: two dead</h1>", ""),
    ):
        html = (
            f"<html><head><title>{title}</title></head><body>"
            f"<header>{header}</header><article><h1>The mill burns</h1>{story}</article></body>"
        )
        article = article_from_text(html, source="x.html", kind="html")
        assert isinstance(article, Article)
        assert article.outlet == told


def test_a_list_of_times_is_no_live_page() -> None:
    shows = "".join(f"<h3>18.{n}0 Concert</h3>" for n in range(3))
    html = f"<html><body><h1>The week</h1><p>{' '.join(STORY)}</p>{shows}</body></html>"
    assert read(html).genre != "live"


def test_a_live_text_keeps_its_times() -> None:
    entries = "\n\n".join(f"14:{50 - n}\n\n{STORY[n]}" for n in range(3))
    article = read(f"Mill burns: live\n\n{entries}", "txt")

    assert [s.moment for s in article.sentences if s.kind == "body"] == ["14:50", "14:49", "14:48"]


def test_rows_of_tables_and_score_boxes_are_sentences() -> None:
    table = (
        "<table><tr><th>Team</th><th>Goals</th></tr>"
        "<tr><td>Ostrey (home)</td><td>2 (Vey 23, Lund 114)</td></tr></table>"
    )
    assert "Ostrey (home) | 2 (Vey 23, Lund 114)" in [s.text for s in read(page(table)).sentences]

    box = "**Ostrey 2** (Vey 23, Lund 114)\n**Kelvarn 1** (Vance 71)\n*After extra time. Crowd: 38*"
    grid = "| Team | Goals |\n|---|---|\n| Ostrey | 2 |\n| Kelvarn | 1. After extra time. |"
    for kind in ("md", "txt"):
        text = "\n\n".join(
            ["Ostrey win the cup", box if kind == "md" else box.replace("*", ""), *STORY]
        )
        texts = [s.text for s in read(text, kind).sentences]
        assert texts[1:3] == ["Ostrey 2 (Vey 23, Lund 114)", "Kelvarn 1 (Vance 71)"]
    rows = [s.text for s in read("\n\n".join([*STORY, grid]), "md").sentences][-3:]
    assert rows == ["Team | Goals", "Ostrey | 2", "Kelvarn | 1. After extra time."]


def test_an_article_in_an_aside_is_read_where_nothing_else_is_there() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    article = read(
        f"<html><body><nav><a>Home</a></nav><aside><h1>Mill burns</h1>{paragraphs}</aside></body>"
    )

    assert set(STORY) <= {s.text for s in article.sentences}


def test_consent_text_beside_a_short_article_is_dropped() -> None:
    consent = (
        "We and our 214 partners store and access information on your device. You can change your"
        " preferences or withdraw your consent at any time. " * 4
    )
    box = f'<div id="consent-layer"><h2>Your privacy</h2><p>{consent}</p></div>'
    article = read(page().replace("<article>", box + "<article>"))

    assert "partners" not in " ".join(s.text for s in article.sentences)
    assert set(STORY) <= {s.text for s in article.sentences}


WORDS = st.sampled_from(
    [
        "the",
        "mill",
        "Burned",
        "down",
        "on",
        "Friday",
        "OSTREY",
        "POST",
        "said",
        "mayor",
        "©",
        "By",
        "Ana",
        "Vey",
        "2026",
        "14:05",
        "“Yes”",
        "(",
        ")",
        "[1]",
        "#",
        "##",
        "-",
        "*",
        "|",
        ">",
        "1.",
        "Correction:",
        "Published",
        "SYSTEM:",
        "Reuters",
        "(AP)",
        "…",
        "photo:",
        "---",
        "```",
        "~~~",
        "Related",
    ]
)
LINE = st.tuples(
    st.lists(WORDS, max_size=9), st.sampled_from(["", ".", "?", ":", ".”", ")", " |"]),
    st.sampled_from(["\n", "\n\n"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=14), st.sampled_from(["txt", "md", "html"]), st.data())
def test_every_line_is_a_sentence_a_section_a_field_or_dropped(
    lines: list[tuple[list[str], str, str]], kind: Format, data: st.DataObject
) -> None:
    rows = [
        (" ".join([*words[: len(words) // 2], f"w{n}x", *words[len(words) // 2 :]]) + end, gap)
        for n, (words, end, gap) in enumerate(lines)
    ]
    tags = st.sampled_from(["p", "h1", "h2", "div", "li", "span", "td", "figcaption", "aside"])
    if kind == "html":
        body = "".join(
            f"<{tag}>{escape(row)}</{tag}>" for row, _ in rows if (tag := data.draw(tags))
        )
        text = page(body)
    else:
        text = "".join(row + gap for row, gap in rows) + "\n\n" + "\n\n".join(STORY)
    article = read(text, kind)

    found = " ".join(
        [
            *(f"{s.text} {s.section}" for s in article.sentences),
            *(d.text for d in article.dropped),
            article.byline, article.outlet, article.title,
        ]
    )  # fmt: skip
    lost = [n for n in range(len(rows)) if not re.search(rf"(?i)w{n}x", found)]
    assert not lost


@pytest.mark.parametrize(
    "text",
    [
        page("<p>" + "The mill burned, he said. " * 5_000 + "</p>"),
        page("".join(f"<p class='c{n % 50}'>{STORY[n % 3]} {n}</p>" for n in range(4_000)),
             f"<style>{''.join(f'.c{n}{{color:#00{n:02x}00}}' for n in range(99)) * 15}</style>"),
        page("<span>" * 5_000 + "x" + "</span>" * 5_000),
        page("<p>x</p>" * 200, "<style>" + "a{" * 50_000 + "</style>"),
        page("<p>x</p>" * 200, "<style>" + "@" * 100_000 + "</style>"),
        page("<p>x</p>" * 200, "<style>" + ".a " * 60_000 + "</style>"),
        page("<!--" + "-" * 100_000 + "-->"),
        page("<time>14:05</time>" * 5_000),
        page("<div>" * 9 + f"<p><time>14:05</time>{STORY[0]}</p>" * 3_000 + "</div>" * 9),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_hostile_page_is_read_in_time(text: str) -> None:
    start = perf_counter()
    read(text)

    assert perf_counter() - start < 30


def test_an_agency_beside_the_author_of_the_metadata_is_in_the_byline() -> None:
    page = (
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "author":'
        ' [{"@type": "Person", "name": "Ada Berg"}]}</script></head><body><article>'
        "<h1>Brug gesloten na botsing</h1>"
        "<p>Ada Berg, met Interpress · dinsdag 3 maart 2026, 18.30 uur</p>"
        + "<p>De brug over de Leer blijft tot vrijdag gesloten, zegt de havendienst.</p>"
        * 3
        + "<p>Het verkeer moet omrijden over Tolne, wat een halfuur langer duurt.</p>"
        "</article></body></html>"
    )
    article = article_from_text(page, kind="html", source="a.html", article_id="a1")
    assert isinstance(article, Article)
    assert article.byline == "Ada Berg met Interpress"


def test_a_byline_over_two_rows_keeps_its_words_apart() -> None:
    html = (
        '<html><body><article><h1>The mill burns</h1><p class="byline">By Ada Berg, Ostrey<br>'
        f"Friday, 13 March 2026</p>{''.join(f'<p>{row}</p>' for row in STORY * 3)}</article></body>"
    )
    article = article_from_text(html, source="https://x.example/1", kind="html")
    assert isinstance(article, Article)
    assert "OstreyFriday" not in article.byline


def test_a_table_that_lays_the_page_out_holds_the_story() -> None:
    rows = "<br><br>".join(STORY * 8)
    html = (
        f"<html><body><table><tr><td>FRONT PAGE<br>LOCAL</td><td><p>{rows}</td></tr></table></body>"
    )
    article = article_from_text(html, source="https://x.example/1", kind="html")
    assert isinstance(article, Article)
    told = [sentence.text for sentence in article.sentences]
    assert all(any(line.startswith(row[:30]) for line in told) for row in STORY)


def test_the_link_to_the_front_page_names_the_paper_that_title_or_address_name() -> None:
    story = "".join(f"<p>{row}</p>" for row in STORY * 3)
    for name, told in (("El Zorzal", "El Zorzal"), ("Inicio", "elzorzal.example")):
        html = (
            '<html><head><link rel="canonical" href="https://elzorzal.example/1"><title>Mill</title>'
            f'</head><body><a href="/">{name}</a><article><h1>The mill burns</h1>{story}</article>'
        )
        article = article_from_text(html, source="x.html", kind="html")
        assert isinstance(article, Article)
        assert article.outlet == told


def test_names_of_pages_are_read_without_their_escapes() -> None:
    story = "".join(f"<p>{row}</p>" for row in STORY * 3)
    html = (
        '<html><head><meta property="og:site_name" content="Ninth &amp;amp; Vine"></head>'
        f"<body><article><h1>The mill burns</h1>{story}</article></body>"
    )
    article = article_from_text(html, source="https://x.example/1", kind="html")
    assert isinstance(article, Article)
    assert article.outlet == "Ninth & Vine"


COMMENT = (
    "<li><cite>Bob{n}</cite> <time>March 14, 2025 at 9:{n}2 am</time>"
    "<p>The driver was drunk, everybody in the town knows that, number {n} says it too.</p></li>"
)


def test_comments_with_times_are_no_entries_of_a_live_page() -> None:
    many = "".join(COMMENT.format(n=n) for n in range(5))
    article = read(page(f'<div id="comments"><ol class="comment-list">{many}</ol></div>'))
    assert article.genre == ""
    assert "drunk" not in article.text


def test_cards_that_lead_to_other_stories_are_no_entries() -> None:
    card = (
        '<div class="card"><h3><a href="/{n}">Tax to rise in Orley, part {n}</a></h3>'
        "<time>07:4{n}</time><p>Councillors voted on Thursday to raise it by a lot.</p></div>"
    )
    article = read(page(f"<section>{''.join(card.format(n=n) for n in range(5))}</section>"))
    assert article.genre == ""


HIDDEN = "The chief admitted on Friday that twelve people died."


@pytest.mark.parametrize(
    "markup",
    [
        f"<!-- {HIDDEN} -->",
        f'<div style="display:none">{HIDDEN}</div>',
        f"<p hidden>{HIDDEN}</p>",
        f'<font color="white">{HIDDEN}</font>',
    ],
)
def test_what_markdown_hides_is_no_sentence_but_a_warning(markup: str) -> None:
    text = f"# A mill burned\n\nThe mill burned down, the mayor said.\n\n{markup}\n\nIt is gone.\n"
    article = read(text, "md")
    assert "twelve" not in article.text
    assert "It is gone." in article.text
    assert [w.kind for w in article.warnings] == ["hidden-text"]


def test_html_that_hides_nothing_stays_in_markdown_as_it_is() -> None:
    text = '# A mill\n\nIt <b class="x">burned</b> down, the mayor said.\n\nIt is gone now.\n'
    article = read(text, "md")
    assert 'It <b class="x">burned</b> down' in article.text
    assert article.warnings == ()


LOOSE = [f"{row} This is line {n}." for n, row in enumerate(STORY[:3])]


@pytest.mark.parametrize(
    "body",
    [
        "<p>{0}</p>{1}<br><br>{2}",
        "{0}<br><br>{1}<figure><img src=x></figure>{2}",
        "<div class=byline>By Ana Oakes</div>{0}<table><tr><td>1</td></tr></table>{1}<p>{2}</p>",
        "<center>{0}<p>{1}<hr>{2}</center>",
    ],
)
def test_text_that_stands_beside_blocks_is_kept(body: str) -> None:
    article = read(
        f"<html><body><article><h1>The mill burns</h1>{body.format(*LOOSE)}</article></body></html>"
    )
    text = " ".join(s.text for s in article.sentences)
    assert all(f"This is line {n}." in text for n in range(3))


@pytest.mark.parametrize("name", ["paywall", "ticker-entry", "subscriber-only", "unrelated"])
def test_a_class_that_most_of_a_story_has_is_no_promotion(name: str) -> None:
    story = f"<p>{LOOSE[0]}</p>" + "".join(f"<p class={name}>{row}</p>" for row in LOOSE[1:])
    box = "<div class=newsletter>Sign up for our newsletter, every morning.</div>"
    article = read(f"<html><body><article><h1>Mill burns</h1>{story}{box}</article></body></html>")
    text = " ".join(s.text for s in article.sentences)
    assert all(f"This is line {n}." in text for n in range(3))
    assert "newsletter" not in text


@pytest.mark.parametrize(
    "place",
    [
        "<article><h1>Mill burns</h1>{0}<aside class=correction><p>{1}</p></aside></article>",
        "<article><h1>Mill burns</h1>{0}<footer><p>{1}</p></footer></article>",
        "<article><h1>Mill burns</h1>{0}</article><div class=article-correction>{1}</div>",
    ],
)
def test_a_published_correction_is_kept_wherever_it_stands(place: str) -> None:
    notice = "Correction: An earlier version of this article said two; it was three."
    story = "".join(f"<p>{row}</p>" for row in LOOSE)
    article = read(f"<html><body>{place.format(story, notice)}</body></html>")
    assert article.sentences[-1].text == notice


@pytest.mark.parametrize("deck", ["<p class=teaser>{}</p>", "<h2>{}</h2>"])
def test_a_deck_is_kept_whatever_its_class(deck: str) -> None:
    said = "Two firms deny that the mill was theirs, and nobody was hurt."
    story = "".join(f"<p>{row}</p>" for row in LOOSE)
    head = f"<h1>The mill burns</h1>{deck.format(said)}<p class=byline>By Ana Oakes</p>"
    article = read(f"<html><body><article>{head}{story}</article></body></html>")
    assert said in [s.text for s in article.sentences]


def test_what_stands_before_a_headline_in_a_title_is_no_paper_unless_it_reads_like_one() -> None:
    story = "".join(f"<p>{row}</p>" for row in LOOSE)
    foot = "<footer>© 2026 The Harbour Times</footer>"
    for before, told in (
        ("Exclusive", "The Harbour Times"),
        ("Breaking news", "The Harbour Times"),
        ("Marlow", "The Harbour Times"),
        ("Evening Post", "Evening Post"),
    ):
        head = f"<head><title>{before}: The mill burns</title></head>"
        page = f"<html>{head}<body><article><h1>The mill burns</h1>{story}</article>{foot}"
        assert read(f"{page}</body></html>").outlet == told


def test_a_site_that_keeps_the_pages_of_others_is_not_their_outlet() -> None:
    story = "".join(f"<p>{row}</p>" for row in LOOSE)
    head = "<title>The mill burns - The Harbour Times</title>"
    head += '<meta property="og:site_name" content="archive.ph">'
    page = f"<html><head>{head}</head><body><article><h1>The mill burns</h1>{story}</article>"
    assert read(f"{page}</body></html>").outlet == "The Harbour Times"


def test_a_quoted_sentence_and_one_with_the_mark_of_a_note_are_no_heads() -> None:
    quote = "<blockquote><p>We were warned in March</p><cite>Jane Holt</cite></blockquote>"
    noted = "<p>The count is disputed by the union.<sup>1</sup></p><p>It fell.[2]</p>"
    story = f"<p>{LOOSE[0]}</p>{quote}<p>{LOOSE[1]}</p>{noted}<p>{LOOSE[2]}</p>"
    article = read(f"<html><body><article><h1>Mill burns</h1>{story}</article></body></html>")
    texts = [s.text for s in article.sentences]
    assert {"We were warned in March", "Jane Holt", "It fell.[2]"} <= {*texts}
    assert "The count is disputed by the union." in texts
    assert not any(s.section for s in article.sentences)


def test_page_data_are_those_of_the_story_under_the_headline() -> None:
    story = "".join(f"<p>{row}</p>" for row in LOOSE)
    nodes = ",".join(
        '{{"@type":"NewsArticle","headline":"{}","datePublished":"{}","description":"a\nb"}}'.format(
            *one
        )
        for one in (("Other story", "2026-01-01"), ("Mill burns", "2026-05-12"))
    )
    data = f'<script type="application/ld+json">[{nodes}]</script>'
    top = '<header><time datetime="2026-12-01">1 December</time></header>'
    time = '<time datetime="2026-05-12">12 May</time>'
    for head, under in ((data, ""), ("", time)):
        page = f"<html><head>{head}</head><body>{top}<article><h1>Mill burns</h1>{under}{story}"
        article = read(f"{page}</article></body></html>")
        assert article.published
        assert article.published.date().isoformat() == "2026-05-12"


def test_a_page_that_says_it_is_not_free_and_asks_for_a_subscription_is_cut() -> None:
    data = '{"@type":"NewsArticle","headline":"Mill burns","isAccessibleForFree":"False"}'
    story = f"<article><h1>Mill burns</h1><p>{LOOSE[0]}</p><p>{LOOSE[1]}</p></article>"
    wall = "<div>Subscribe to unlock this article</div>"
    head = f'<head><script type="application/ld+json">{data}</script></head>'
    assert read(f"<html>{head}<body>{story}{wall}</body></html>").genre == "paywall"
    assert read(f"<html><body>{story}{wall}</body></html>").genre == ""


def test_the_rows_of_a_table_in_a_figure_are_kept() -> None:
    table = "<figure><table><tr><td>Dead</td><td>4</td></tr><tr><td>Hurt</td><td>14</td></tr>"
    story = f"<p>{LOOSE[0]}</p><p>{LOOSE[1]}</p>{table}</table></figure><p>{LOOSE[2]}</p>"
    article = read(f"<html><body><article><h1>Mill burns</h1>{story}</article></body></html>")
    assert {"Dead | 4", "Hurt | 14"} <= {s.text for s in article.sentences}


def test_entries_headed_by_day_and_clock_make_a_live_page() -> None:
    head = "<p class=by>By the desk. Last updated Thu 13 March 2025, 14:25. Newest first.</p>"
    entries = "".join(
        f"<section><h3>Thu 1{n}:10{' - Correction' * (n == 1)}</h3><p>{row}</p></section>"
        for n, row in enumerate(LOOSE)
    )
    page = f"<html><body><div><h1>Mill burns</h1>{head}{entries}</div></body></html>"
    article = read(page)
    assert article.genre == "live"
    assert {"Thu 10:10", "Thu 11:10", "Thu 12:10"} <= {s.moment for s in article.sentences}
    assert article.published
    assert article.published.isoformat()[:16] == "2025-03-13T14:25"


@pytest.mark.parametrize(
    ("changed", "told"), [("2025-10-17T17:48:00+02:00", 17), ("2025-10-14T18:00:00+02:00", 14)]
)
def test_a_page_that_was_changed_later_tells_it_and_the_model_the_day(
    changed: str, told: int | None
) -> None:
    data = (
        '{"@type":"NewsArticle","headline":"Mill burns","datePublished":"2025-10-14T10:05:00+02:00"'
        f',"dateModified":"{changed}"}}'
    )
    meta = f'<meta property="article:modified_time" content="{changed}">'
    published = '<meta property="article:published_time" content="2025-10-14T10:05:00+02:00">'
    story = "".join(f"<p>{row}</p>" for row in LOOSE)
    script = f'<script type="application/ld+json">{data}</script>'
    for head in (script, meta + published):
        article = read(f"<html><head>{head}</head><body><h1>Mill burns</h1>{story}</body></html>")
        assert article.published
        assert article.published.day == 14
        assert (article.updated.day if article.updated else None) == told
        assert ("changed 2025-10-17" in format_time(article)) is (told == 17)
        assert ("changed" in format_time(article)) is (article.later_day is not None)


def test_a_byline_with_the_hour_beside_it_credits_its_agency() -> None:
    story = "".join(f"<p>{row}</p>" for row in LOOSE)
    signed = "<p class=signature>Par C. V. avec Transwire | Publié à 07h10</p>"
    article = read(f"<html><body><h1>Le moulin brûle</h1>{signed}{story}</body></html>")
    assert article.byline == "C. V. avec Transwire"


@pytest.mark.parametrize(
    "wrapped", ["//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "<!--\n{}\n-->", "{}"]
)
def test_page_data_in_a_wrapper_of_old_are_read_whole(wrapped: str) -> None:
    data = (
        '{"@type":"NewsArticle","headline":"Mill // burns","datePublished":"2026-05-12",'
        '"publisher":{"@type":"Organization","name":"The /* Mill */ Post"}}'
    )
    script = f'<script type="application/ld+json">{wrapped.format(data)}</script>'
    story = "".join(f"<p>{row}</p>" for row in LOOSE)
    article = read(f"<html><head>{script}</head><body>{story}</body></html>")
    assert (article.title, article.outlet) == ("Mill // burns", "The /* Mill */ Post")


def test_a_comment_in_loose_text_parts_no_sentence() -> None:
    story = f"<p>{LOOSE[0]}</p>The mill of the <!-- ad --> old town burned for two whole days."
    article = read(f"<html><body><article><h1>Mill burns</h1>{story}</article></body></html>")
    assert article.sentences[-1].text == "The mill of the old town burned for two whole days."


@pytest.mark.parametrize("name", ["mt-kommentare", "reacties", "comments-area"])
def test_what_readers_wrote_is_no_part_of_the_story(name: str) -> None:
    wrote = (
        "<p><b>Sepp:</b> He was drunk, I saw it twice!</p><p><b>Mia:</b> Wait for the report.</p>"
    )
    article = read(page().replace("</article>", f'</article><div class="{name}">{wrote}</div>'))
    assert "drunk" not in article.text
    assert "drunk" in " ".join(one.text for one in article.dropped)


def lay_out(body: str, head: str = "<title>Mill burns down</title>") -> Article:
    story = "".join(f"<p>{row}</p>" for row in STORY)
    return read(
        f"<html><head>{head}</head><body>{body.format(h1='<h1>Mill burns down</h1>', story=story)}"
        "</body></html>"
    )


OTHER = "<time datetime='2024-01-02T10:00:00Z'>Jan 2, 2024</time>"


@pytest.mark.parametrize(
    "body",
    [
        f"{{h1}}<p>5 March 2026</p>{{story}}<div><h3><a href='/b'>Old</a></h3>{OTHER}</div>",
        f"{{h1}}<p>5 March 2026</p>{{story}}<div><a href='/b'><h3>Old</h3></a>{OTHER}</div>",
        f"<article>{{h1}}<p>5 March 2026</p>{{story}}</article><ul><li><a href=/b>Old</a>{OTHER}",
        f"{{h1}}<p>5 March 2026</p>{{story}}<blockquote><p>Gone.</p>{OTHER}</blockquote>",
        f"{{h1}}<time datetime='2026-03-05'>5 March</time>{{story}}<h2>See</h2>{OTHER}",
        "{h1}<p>5 March 2026</p>{story}<blockquote>I go. (@amyholt) May 2, 2024</blockquote>",
    ],
    ids=range(6),
)
def test_the_time_of_another_story_or_of_a_post_is_not_the_articles(body: str) -> None:
    published = lay_out(body).published

    assert published
    assert published.date().isoformat() == "2026-03-05"


def test_a_post_in_a_story_dates_no_article_that_has_no_time() -> None:
    post = "<blockquote><p>I leave.</p>&mdash; Amy Holt (@amyholt) <a href=/x>May 2, 2024</a>"
    embed = f"<div class='social-embed'>{post}</blockquote></div>"
    assert lay_out(f"<article>{{h1}}{{story}}{embed}</article>").published is None


KELL = "https://www.kelltimes.example/"
WAYBACK = (
    f"<div id='wm-ipp-base'><div id='wm-ipp'><input value='{KELL}fire'><div>2 May 2026 - 19 Jul"
    " 2026</div><p>The Archive keeps this page of the paper for all who read it.</p></div></div>"
    f"<a href='/web/20260502101010/{KELL}'>Kell Times</a>"
)
TODAY = (
    "<div id='HEADER'><table><tr><td>archive.today webpage capture</td>"
    "<td>8 Mar 2026 10:15:00 UTC</td></tr></table></div>"
)
OF_TODAY = (
    "<title>Mill burns down | Kell Times</title>"
    "<meta property='og:title' content='Mill burns down | Kell Times'>"
    "<meta property='og:url' content='https://archive.ph/Ab1cD'>"
    f"<link rel='canonical' href='https://archive.ph/2026.03.08-101500/{KELL}fire'>"
)


@pytest.mark.parametrize(("bar", "head"), [(WAYBACK, ""), (TODAY, OF_TODAY)])
def test_a_page_from_an_archive_is_that_of_its_paper(bar: str, head: str) -> None:
    article = lay_out(f"{bar}<article>{{h1}}<p>6 March 2026, 5pm</p>{{story}}</article>", head)

    assert (article.outlet, article.url) == ("Kell Times", "https://www.kelltimes.example/fire")
    assert article.published
    assert article.published.isoformat()[:16] == "2026-03-06T17:00"
    assert [s.text for s in article.sentences] == ["Mill burns down", *STORY]
    assert "2026" in " ".join(d.text for d in article.dropped if d.reason == "furniture")


TAG = "<meta property='%s' content='%s'>"
TAIL = "<title>Mill burns down | %s</title>"


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("<title>Mill burns down | Basin Post | Politics</title>", "Basin Post"),
        ("<title>Mill burns down - Local News</title>", ""),
        ("<title>Mill burns down - by Nora Feld</title>", ""),
        ("<title>Mill burns down - Vesmark</title>", "Vesmark"),
        (TAIL % "Vesmark | Region" + TAG % ("article:section", "Region"), "Vesmark"),
        (TAIL % "Hill Post" + TAG % ("og:site_name", "hill-post.example"), "Hill Post"),
        (TAIL % "Region" + TAG % ("og:site_name", "hill.example"), "hill.example"),
        ("<link rel='canonical' href='https://hill.example/mill'>", "hill.example"),
        ("<link rel='canonical' href='https://archive.ph/x'>", ""),
    ],
)
def test_the_head_of_a_page_names_its_paper_and_no_section(head: str, outlet: str) -> None:
    assert lay_out("<article>{h1}{story}</article>", head).outlet == outlet


@pytest.mark.parametrize(
    ("box", "byline"),
    [
        ("<div class='author'>Ирина Соколова</div>", "Ирина Соколова"),
        ("<p class='byline'>Marta Dowd</p>", "Marta Dowd"),
        ("<a rel='author'>Marta Dowd</a>", "Marta Dowd"),
        (
            "<div class='x-byline'><span>Corvia in Orle</span> <time>3 May 2026</time></div>",
            "Corvia in Orle",
        ),
        ("<p class='byline'>By Marta Dowd</p>", "Marta Dowd"),
        ("<div class='authors'>Share this story with all your friends</div>", ""),
        ("<div class='comments'><p class='author'>Marta Dowd</p></div>", ""),
        ("<div><h3><a href='/b'>Old</a></h3><p class='author'>Marta Dowd</p></div>", ""),
    ],
)
def test_a_name_in_the_box_of_an_author_is_the_byline(box: str, byline: str) -> None:
    assert lay_out(f"<article>{{h1}}{box}{{story}}</article>").byline == byline


def test_an_address_with_letters_that_no_page_may_have_is_read() -> None:
    link = f"<a href='/web/20260502101010/{KELL}&#1;'>Kell</a>"
    bar = f"<div id='wm-ipp'><input value='{KELL}&#1;'></div>"
    assert lay_out(f"{link}{bar}<article>{{h1}}{{story}}</article>").url == KELL


def test_a_name_below_the_story_is_no_author() -> None:
    story = STORY * 2
    rows = "".join(f"<p>{row} And again {i}.</p>" for i, row in enumerate(story))
    page = (
        f"<html><body><h1>Mill burns</h1>{rows}<div class='author'>Marta Dowd</div></body></html>"
    )
    assert read(page).byline == ""


@pytest.mark.parametrize("key", ["parsely-pub-date", "DC.date.issued", "sailthru.date"])
def test_a_page_tells_its_time_by_other_names(key: str) -> None:
    head = f"<meta name='{key}' content='1772712000'>"
    published = lay_out("<article>{h1}{story}</article>", head).published
    assert published
    assert published.isoformat() == "2026-03-05T12:00:00+00:00"


def test_a_part_of_a_page_that_is_marked_as_its_time_tells_it() -> None:
    mark = "<span itemprop='datePublished' content='2026-03-05'>today</span>"
    published = lay_out(f"<article>{{h1}}{mark}{{story}}</article>").published
    assert published
    assert published.day == 5


def test_the_only_heading_of_a_newsletter_is_its_headline() -> None:
    issue = "<small>Every Friday. Friday 8 May 2026, n. 211</small>"
    rows = f"<p><b>THE MILL POST</b> | THE DRAWER<br>{issue}</p>"
    story = f"<h2>A drawer full of letters</h2><p>{'</p><p>'.join(STORY)}</p>"
    article = read(f"<html><body>{rows}{story}</body></html>")
    assert article.title == "A drawer full of letters"
    assert article.published
    assert article.published.date().isoformat() == "2026-05-08"


@pytest.mark.parametrize("name", ["compartir", "partage-barre", "teilen", "condividi", "share"])
def test_a_bar_for_passing_on_is_no_sentence(name: str) -> None:
    bar = f'<ul class="{name}"><li>Enviar</li><li>Otro</li></ul>'
    story = "<p>The mill on the river burned down on Friday.</p><p>Nobody was hurt, he said.</p>"
    html = f"<html><body><article><h1>Mill burns</h1>{bar}{story}</article></body></html>"
    article = article_from_text(html, source="mill.html", kind="html")
    assert isinstance(article, Article)
    assert not {"Enviar", "Otro"} & {one.text for one in article.sentences}


LINKS = "<a href='/1'>Flour gets dearer again</a>%s<a href='/2'>Ten walks for a wet March</a>"


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ("<div><b>Más en Economía</b><ul><li>" + LINKS % "</li><li>" + "</li></ul></div>", ""),
        ("<aside><h4>Mehr aus der Wirtschaft</h4>" + LINKS % " " + "</aside>", ""),
        ("<div><p>Altro in Economia</p><p>" + LINKS % "</p><p>" + "</p></div>", ""),
        ("<div>Mer om kvarnen<ul><li>" + LINKS % "</li><li>" + "</li></ul></div>", ""),
        ("<div><b>The judge has ruled.</b> " + LINKS % " and " + "</div>", "The judge has ruled."),
        ("<div><b>Who wins</b> " + LINKS % " beats " + "</div>", "Who wins"),
    ],
)
def test_the_head_over_links_to_other_stories_goes_with_them(box: str, kept: str) -> None:
    article = read(page(box))
    body = " ".join(s.text for s in article.sentences if s.kind == "body")
    assert (body == " ".join(STORY)) is (kept == "")
    assert kept in article.text
    assert {s.section for s in article.sentences} == {""}
