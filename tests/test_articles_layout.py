"""Layout: what parts the lines of a page or text, and which of them are headings."""

from __future__ import annotations

import pytest

from factcheck.articles import article_from_text
from factcheck.articles.formats import Format
from factcheck.models import Article

FIRST = "The old mill on the river burned down on Friday night, the mayor of the town said."
LAST = "The council will meet on Monday to talk about a new mill, the mayor said."


def read(text: str, kind: Format = "html") -> Article:
    article = article_from_text(text, source=f"article1.{kind}", kind=kind)
    assert isinstance(article, Article)
    return article


def page(middle: str) -> Article:
    body = f"<article><h1>Mill burns down</h1><p>{FIRST}</p>{middle}<p>{LAST}</p></article>"
    return read(f"<html><head><title>Mill burns</title></head><body>{body}</body></html>")


def texts(article: Article) -> list[str]:
    return [sentence.text for sentence in article.sentences if sentence.kind == "body"]


def sections(article: Article) -> set[str]:
    return {sentence.section for sentence in article.sentences} - {""}


@pytest.mark.parametrize(
    "line", ["The lamp had been lit since noon, a log shows", "“We saw it burn,” Ms. Holt said [b]"]
)
def test_a_paragraph_without_a_stop_is_no_heading_where_the_format_tells_them(line: str) -> None:
    for article in (
        page(f"<p>{line}</p>"),
        page(f"<div>{line}</div>"),
        read(f"# Mill burns down\n\n{FIRST}\n\n{line}\n\n{LAST}\n", "md"),
        read(f"# Mill burns down\n\n{FIRST}\n\n> - A\n> - {line}\n\n{LAST}\n", "md"),
    ):
        assert line in texts(article)
        assert sections(article) == set()


@pytest.mark.parametrize(
    "head",
    [
        "<p><b>What the mayor says</b></p>",
        "<p>\n<strong><i>What the mayor says</i></strong> </p>",
        "<p class=MsoTitle>What the mayor says</p>",
        "<h3>What the mayor says</h3>",
    ],
)
def test_a_heading_in_bold_or_by_its_class_or_tag_stays_one(head: str) -> None:
    article = page(head)
    assert sections(article) == {"What the mayor says"}
    assert texts(article) == [FIRST, LAST]


def test_bold_words_in_a_paragraph_leave_no_mark() -> None:
    assert "The <mill was old, said Holt." in texts(
        page("<p>The <b>&lt;mill</b> was old, said <b>Holt.</b></p>")
    )


def test_a_bold_block_of_markdown_stays_a_heading() -> None:
    text = f"# Mill burns down\n\n{FIRST}\n\n**What the mayor says**\n\n{LAST}\n"
    assert sections(read(text, "md")) == {"What the mayor says"}


@pytest.mark.parametrize(
    ("above", "rows"),
    [
        ("The dead were named as:", ["Carl Voss, 52", "Ann Hill, 31"]),
        ("The owner was named as:", ["Carl Voss, a miller"]),
        ("It is not the first fire.", ["Orle mill, in May", "Tarn mill, in June", "Orle barn"]),
    ],
)
def test_rows_of_a_list_in_a_plain_text_are_no_headings(above: str, rows: list[str]) -> None:
    article = read("\n\n".join(["Mill burns down", FIRST, above, *rows, LAST]), "txt")
    assert sections(article) == set()
    assert texts(article) == [FIRST, above, *rows, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "“I will clear my name,” Mr. Holt told reporters.[b]",
        "“I will clear my name,” Mr. Holt told reporters",
        "«Non c’ero», ha detto il sindaco",
        "“I was not there that night”",
    ],
)
def test_what_somebody_says_is_no_heading_in_a_plain_text(line: str) -> None:
    article = read(f"Mill burns down\n\n{FIRST}\n\n{line}\n\n{LAST}", "txt")
    assert sections(article) == set()
    assert line.removesuffix("[b]") in texts(article)


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<p>The water came<br>at once.</p>", ["The water came at once."]),
        (
            "<p>The wheel fell on the deputy mayor<br/>\nLyle Benning, who was there.</p>",
            ["The wheel fell on the deputy mayor Lyle Benning, who was there."],
        ),
        ("<p><font>The water came<br>at once.</font></p>", ["The water came at once."]),
        ("<p>The water came.<br>The wheel fell.</p>", ["The water came.", "The wheel fell."]),
        ("<p>The water came<br><br>The wheel fell.</p>", ["The water came", "The wheel fell."]),
        ("<p>Carl Voss, Orle<br>Ann Hill, Tarn</p>", ["Carl Voss, Orle", "Ann Hill, Tarn"]),
        (
            "<p>The men of the upper mill 4<br>The men of the lower mill 2<br>It is over.</p>",
            ["The men of the upper mill 4", "The men of the lower mill 2", "It is over."],
        ),
        (
            "<p>The water came with the\nnoon <x:y>train</x:y> on\r\nFriday.</p>",
            ["The water came with the noon train on Friday."],
        ),
    ],
)
def test_a_line_break_cuts_no_sentence_and_parts_the_rows_of_a_list(
    markup: str, told: list[str]
) -> None:
    article = page(markup)
    assert texts(article) == [FIRST, *told, LAST]
    assert sections(article) == set()


def test_wrapped_lines_of_preformatted_text_are_one_paragraph() -> None:
    rows = (
        "The wheel fell on the old\ndeputy mayor <b>Lyle Benning</b>\nat noon, Holt said.\n\nIt is"
    )
    article = page(f"<pre>{rows} gone.\n\nCarl Voss, 52\nAnn Hill, 31\n</pre>")
    assert texts(article)[1:-1] == [
        "The wheel fell on the old deputy mayor Lyle Benning at noon, Holt said.",
        "It is gone.",
        "Carl Voss, 52",
        "Ann Hill, 31",
    ]


def test_a_row_in_bold_above_a_line_break_is_a_heading() -> None:
    article = page("<p><b>What the mayor of the town says</b><br>The wheel fell.</p>")
    assert texts(article) == [FIRST, "The wheel fell.", LAST]
    assert sections(article) == {"What the mayor of the town says"}


def test_a_byline_above_a_line_break_stays_one() -> None:
    head = "<b>By Wes Tarrant of the Courier</b><br>Posted 10/09/2026 4:15 PM CDT<br>"
    body = f"<h1>Mill burns down</h1>{head}{FIRST}<br><br><p>{LAST}</p><p>It was old.</p>"
    article = read(f"<html><body>{body}</body></html>")
    assert article.byline == "Wes Tarrant of the Courier"
    assert texts(article) == [FIRST, LAST, "It was old."]


FACT = "The wheel had been taken down in May, and nobody put it up again, a log shows."


@pytest.mark.parametrize(
    "box",
    [
        "<aside class=box><p>{}</p></aside>",
        "<aside><h3>The wheel</h3><p>{}</p></aside>",
        "<footer><p>{}</p></footer>",
        "<div class=related-facts><p>{}</p></div>",
        "<div class=article-footer><p>{}</p></div>",
        "<p class=byline>{}</p>",
        "<p class=share>{}</p>",
        "<div class=social><blockquote><p>{}</p>Holt, <a href=/x>3 May</a></blockquote></div>",
    ],
)
def test_a_box_of_whole_sentences_between_paragraphs_is_of_the_story(box: str) -> None:
    article = page(box.format(FACT))
    assert FACT in texts(article)
    assert sections(article) == set()


def test_a_paid_paragraph_at_the_end_is_of_the_story() -> None:
    body = (
        f"<article><h1>Mill burns down</h1><p>{FIRST}</p><p>{LAST}</p><div class=paywall-content>"
    )
    article = read(f"<html><body>{body}<p>{FACT}</p></div></article></body></html>")
    assert texts(article) == [FIRST, LAST, FACT]


@pytest.mark.parametrize(
    "box",
    [
        "<div class=newsletter><p>{}</p></div>",
        "<div class=related><p><a href=/x>{}</a></p></div>",
        "<div class=related><p>Your guide to the mills of the river, by our own staff.</p></div>",
        "<aside><p>Wheel of Orle taken down</p></aside>",
        "<aside class=pull-quote><p>{}</p></aside>",
        "<div class=comments><p>{}</p></div>",
        "<div class=cookie-bar role=dialog><p>{}</p></div>",
    ],
)
def test_a_box_that_leads_elsewhere_or_speaks_to_readers_is_not(box: str) -> None:
    assert texts(page(box.format(FACT))) == [FIRST, LAST]


def test_the_lines_of_a_short_page_are_kept_apart() -> None:
    body = (
        "<h1>Ferry hits barge in Skarn</h1><div>By Ann Poe</div><img src=a.jpg>"
        "<p class=caption>The ferry at the pier, with 40 people aboard</p>"
        "<div class=article-body>"
        "<p>The ferry struck a <b>moored</b> barge on Thursday, injuring nine people.</p>"
        "<p>All sailings were cancelled until Saturday, Holt said.</p></div>"
    )
    article = read(f"<html><body><article>{body}</article></body></html>")
    assert article.byline == "Ann Poe"
    assert [(s.kind, s.text) for s in article.sentences] == [
        ("headline", "Ferry hits barge in Skarn"),
        ("caption", "The ferry at the pier, with 40 people aboard"),
        ("body", "The ferry struck a moored barge on Thursday, injuring nine people."),
        ("body", "All sailings were cancelled until Saturday, Holt said."),
    ]


OFFER = "<h2>Subscribe to unlock this article</h2>"
PRICE = "Only $1 for 4 weeks, then $75 per month."


def test_what_a_subscription_costs_is_no_part_of_the_story_that_is_cut_off() -> None:
    data = '{"@type":"NewsArticle","headline":"Mill burns down","isAccessibleForFree":false}'
    head = f'<head><script type="application/ld+json">{data}</script></head>'
    body = f"<h1>Mill burns down</h1><div><p>{FIRST}</p><p>{LAST}</p></div>"
    rest = f"<div class=barrier>{OFFER}<p>{PRICE}</p><h3>Why the Post?</h3><p>It pays.</p></div>"
    for top in (head, ""):
        article = read(f"<html>{top}<body><article>{body}{rest}</article></body></html>")
        assert texts(article) == [FIRST, LAST]
        assert article.genre == "paywall"


def test_a_story_goes_on_beneath_an_offer_that_stands_in_it() -> None:
    assert texts(page(f"{OFFER}<p>{FACT}</p>")) == [FIRST, FACT, LAST]
    like = "To read the full charge took the judge an hour."
    assert texts(page(f"<div><p>{like}</p><p>{FACT}</p></div>")) == [FIRST, like, FACT, LAST]


def test_what_a_story_tells_below_a_price_or_under_the_name_of_comments_stays() -> None:
    told = (FIRST, FACT, LAST)
    paragraphs = "".join(f"<p>{one}</p>" for one in told)
    menu = "".join(f"<li><a href=/{n}>Section {n} of the site</a></li>" for n in range(20))
    for body in (
        f"<div><h2>Subscribers to pay more for full access</h2>{paragraphs}</div>",
        f"<ul>{menu}</ul><h1>No new mill</h1><div class='text comment'>{paragraphs}</div>",
    ):
        assert texts(read(f"<html><body>{body}</body></html>")) == [*told]


DECK = "Residents of the mill had twenty minutes to leave, the sheriff said"


def test_deck_and_captions_outside_the_story_stand_between_headline_and_story() -> None:
    figure = "<figure><img><figcaption>The mill of Orle on Friday, in flames.</figcaption></figure>"
    for deck in (f"<h2 class=b-subheadline>{DECK}</h2>", f"<h2>{DECK}</h2>"):
        head = f"<section><h1>Mill burns down</h1>{deck}<div>By Ana Oakes</div>{figure}"
        story = f"<article><p>{FIRST}</p><p>{LAST}</p></article></section>"
        article = read(f"<html><body><div>{head}{story}</div></body></html>")
        assert [(s.kind, s.text) for s in article.sentences] == [
            ("headline", "Mill burns down"),
            ("standfirst", DECK),
            ("caption", "The mill of Orle on Friday, in flames."),
            ("body", FIRST),
            ("body", LAST),
        ]


def test_a_heading_between_paragraphs_that_was_left_out_comes_back() -> None:
    head = "<h2>Is the wheel safe?</h2>"
    body = f"<div><h1>Mill burns down</h1><p>{FIRST}</p><p>{FACT}</p>{head}<p>{LAST}</p></div>"
    article = read(f"<html><body>{body}</body></html>")
    assert [s.section for s in article.sentences if s.text == LAST] == ["Is the wheel safe?"]
    assert [s.section for s in article.sentences if s.text == FACT] == [""]


def entry(clock: str, *paragraphs: str, head: str = "") -> str:
    stamp = f"<header><time datetime=2026-03-18T{clock}Z>{clock} GMT</time>{head}</header>"
    foot = f"<footer><button>Share</button><span>Updated at {clock} GMT</span></footer>"
    return (
        f"<article>{stamp}<div>{''.join(f'<p>{p}</p>' for p in paragraphs)}</div>{foot}</article>"
    )


def test_two_entries_make_a_live_page_that_says_it_is_one() -> None:
    data = '{"@type":"LiveBlogPosting","headline":"Mill burns","datePublished":"2026-03-18"}'
    keys = (
        "<ul><li><time>12:40</time> Mayor to speak</li><li><time>12:33</time> Mill burns</li></ul>"
    )
    entries = entry("12:40", FIRST, head="<h2>Mayor to speak</h2>") + entry("12:33", LAST, FACT)
    body = f"<main><h1>Mill burns</h1><div>{keys}</div><div>{entries}</div></main>"
    head = f'<head><script type="application/ld+json">{data}</script></head>'
    article = read(f"<html>{head}<body>{body}</body></html>")
    moments = {s.text: s.moment for s in article.sentences if s.moment}
    assert moments == {
        **dict.fromkeys(("Mayor to speak", FIRST), "12:40 GMT"),
        **dict.fromkeys((LAST, FACT), "12:33 GMT"),
    }
    assert sections(article) == set()


def test_the_heading_of_an_entry_is_none_of_the_next() -> None:
    entries = [entry("12:40", FIRST, "<b>What the mayor says</b>", LAST)]
    entries += [entry("12:33", FACT), entry("12:20", "The mill was old, the mayor said.")]
    body = f"<main><h1>Mill burns</h1><div>{''.join(entries)}</div></main>"
    article = read(f"<html><body>{body}</body></html>")
    told = {s.text: s.section for s in article.sentences if s.section}
    assert told == {LAST: "What the mayor says"}


@pytest.mark.parametrize("said", ["lang=en-x-mtfrom-de", "lang=en class=translated-ltr"])
def test_a_translated_page_has_the_title_that_it_shows(said: str) -> None:
    head = '<meta property="og:title" content="Mühle brennt ab">'
    body = f"<article><h1>Mill burns down</h1><p>{FIRST}</p><p>{LAST}</p></article>"
    article = read(f"<html {said}><head>{head}</head><body>{body}</body></html>")
    assert article.title == "Mill burns down"


@pytest.mark.parametrize(("rest", "told"), [(FACT * 2, 1), ("", 0)])
def test_a_page_that_shows_a_part_of_its_text_is_told(rest: str, told: int) -> None:
    data = f'{{"@type":"NewsArticle","headline":"Mill","articleBody":"{FIRST} {LAST} {rest}"}}'
    head = f'<head><script type="application/ld+json">{data}</script></head>'
    body = f"<article><h1>Mill burns down</h1><p>{FIRST}</p><p>{LAST}</p></article>"
    article = read(f"<html>{head}<body>{body}</body></html>")
    assert texts(article) == [FIRST, LAST]
    assert [one.kind for one in article.warnings] == ["metadata"] * told


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("El molino, ayer. / R. Sanchís", "El molino, ayer."),
        ("Le moulin, hier ! / Agence Vive", "Le moulin, hier !"),
        ("«È tutto finito.» / M. Rossi", "«È tutto finito.»"),
        ("The mill on Friday. Left / Right: its two gates", None),
        ("The mill before / After the fire", None),
    ],
)
def test_the_name_behind_a_slash_is_the_credit_of_a_picture(text: str, caption: str | None) -> None:
    story = "<p>The mill on the river burned down on Friday.</p><p>Nobody was hurt, he said.</p>"
    figure = f"<figure><img><figcaption>{text}</figcaption></figure>"
    html = f"<html><body><article><h1>Mill burns</h1>{figure}{story}</article></body></html>"
    article = article_from_text(html, source="mill.html", kind="html")
    assert isinstance(article, Article)
    shown = " ".join(s.text for s in article.sentences if s.kind == "caption")
    assert shown == (caption or text)
