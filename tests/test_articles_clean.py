"""What is dropped from plain text, as what, and what must never be."""

from __future__ import annotations

import pytest

from factcheck.articles import article_from_text
from factcheck.models import Article

FIRST = "The mill on the river burned down on Friday night, the mayor said."
LAST = "The council will meet on Monday to talk about a new one."


def read(*parts: str, gap: str = "\n\n") -> Article:
    article = article_from_text(gap.join(parts), source="mill-news.txt")
    assert isinstance(article, Article)
    return article


def shown(article: Article) -> list[tuple[str, str]]:
    return [(s.kind, s.text) for s in article.sentences]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Additional reporting by A. Oakes in Kelvarn", "credit"),
        ("Reporting by A. Oakes; Editing by B. Galt", "credit"),
        ("Reporting by A. Oakes in Orle and C. de Vries; additional reporting by VPB.", "credit"),
        ("Translated by A. Oakes for the news desk.", "credit"),
        ("Copyright Mill Post Ltd 2026. This material may not be sold or sent on.", "credit"),
        ("Copyright by Mill Post Ltd. No part may be printed without leave.", "credit"),
        ("Register to read the full story.", "teaser"),
        ("The Associated Press contributed to this report.", "credit"),
        ("This story was provided by the VPB news agency", "credit"),
        ("With AFP", "credit"),
        ("Read the full article here", "teaser"),
        ("Read more: Ten mills that burned", "teaser"),
        ("ALSO READ: Ten mills that burned", "teaser"),
        ("Most Read from The Mill Post", "teaser"),
        ("Sign up for our newsletter", "teaser"),
        ("Related Articles", "teaser"),
        ("Got a story? Ring the newsdesk or drop into Mill Street.", "teaser"),
        ("Haben Sie einen Tipp für uns? Schreiben Sie der Redaktion.", "teaser"),
        ("¿Tienes una historia? Escríbenos o llama a la redacción del diario.", "teaser"),
        ("Har du nyhetstips? Ring 123 45 eller mejla redaktionen.", "teaser"),
        ("MORE IN TOWN: Pool to shut for August | Planning: 22 houses", "teaser"),
        ("Mehr aus Orle: Bad bleibt zu | Rat vertagt sich | Zehn Wege", "teaser"),
        ("(Updates with the mayor in second paragraph)", "edition-note"),
        ("Source by [author_name]", "junk-tail"),
        ("Back to top button", "junk-tail"),
        ("©2026 Mill Post L.P.", "credit"),
        ("Copyright 2026 Mill Post Ltd. All rights reserved.", "credit"),
        ("Published by the Mill Workers’ League", "credit"),
        ("xyz-sports-01", "junk-tail"),
        ("We use cookies to make this site better.", "furniture"),
        ("Share on Facebook", "furniture"),
        ("Story continues below advertisement", "furniture"),
        ("https://mill.example.com/1", "metadata"),
        ("Läs också: Tio kvarnar som brann", "teaser"),
        ("Leggi anche › Dieci mulini", "teaser"),
        ("À lire aussi : Dix moulins", "teaser"),
        ("Czytaj też: Dziesięć młynów", "teaser"),
        ("Διαβάστε επίσης: Δέκα μύλοι", "teaser"),
        ("اقرأ أيضا: عشر طواحين", "teaser"),
        ("[Read more: Ten mills that burned]", "teaser"),
        ("Foto: Olle Ek/TT", "credit"),
        ("Condividi Facebook WhatsApp Copia link", "furniture"),
        ("Share Tweet Print 3 min read", "furniture"),
        ("Share | Save | Print | Listen (3 min)", "furniture"),
        ("Compartir WhatsApp Enviar por correo Comentarios (3)", "furniture"),
        ("Page 1 of 2", "junk-tail"),
        ("Contact: Janelle Ruiz, Media Relations", "metadata"),
        ("Phone: (555) 014-2299", "metadata"),
    ],
)
@pytest.mark.parametrize("place", [1, 2])
def test_a_line_that_is_not_the_story_is_dropped_with_its_reason(
    line: str, reason: str, place: int
) -> None:
    parts = [FIRST, LAST]
    parts.insert(place, line)

    article = read(*parts)

    assert [text for _, text in shown(article)] == [FIRST, LAST]
    assert [(d.text, d.reason) for d in article.dropped] == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "Do you know more about the driver? Call Orle police on 0123.",
        "Haben Sie Hinweise? Melden Sie sich bei der Polizei Orle.",
        "Har du tips? Ring polisen.",
        "Heeft u een tip? Bel de politie.",
    ],
)
def test_what_the_police_ask_readers_for_is_no_appeal_of_the_paper(line: str) -> None:
    assert line in read(FIRST, line, LAST).text


@pytest.mark.parametrize(
    "line",
    [
        "Correction: The mill burned on Friday, not on Thursday.",
        "An earlier version of this article said the mill was new.",
        "This story has been corrected.",
        "(Corrects the day in the first paragraph to Friday)",
        "Sign up or go home, the mayor told the men.",
        "Reuters reported that the mill had been sold.",
        "AP, the agency, said so.",
        "Photos show the mill in flames.",
        "By Friday night the mill was gone.",
        "Copyright is the reason, said the lawyer of the mill.",
        "Read the letter, she said, and then burn it.",
        "On 3 May 2023 the mill was sold.",
        "Will the council pay?",
        "Via Roma was closed.",
        "Mehr dazu: Der Bürgermeister sagte am Montag, er habe nichts davon gewusst.",
        "Contact: the police ask who saw the fire to call them.",
        "Share and save, the mayor said.",
        "[The mill burned down in an hour, he wrote.]",
        "Reporting by the newspaper Le Phare showed that the mayor had known since March.",
        "Additional reporting by inspectors found that 12 of the 40 wheels had failed.",
        "Copyright Office staff told the panel in 2025 that such works could not be registered.",
        "Translated by Maria Lopez, the letter says the mayor took the money.",
        "Edited by Judge Marcy Holt, the version shown to jurors runs 12 minutes.",
        "Register to vote by Monday, officials said.",
        "Har du tips om branden?",
        "More dead: 12 in Orle | 28 in Kell.",
        "More than that: it burned | and nobody rang.",
        "The report was published on Monday.",
        "The report was provided by the ministry to the court.",
    ],
)
def test_a_real_sentence_is_never_dropped(line: str) -> None:
    article = read(FIRST, line, LAST)

    assert ("body", line) in shown(article)


def test_a_headline_a_garbled_repeat_and_section_heads_are_told_apart() -> None:
    article = read(
        "Was the mill set on fire? What is known so far",
        "Was the mill set on fire What is known",
        FIRST,
        "What the mayor says",
        LAST,
    )

    assert shown(article)[0] == ("headline", "Was the mill set on fire? What is known so far")
    assert [d.reason for d in article.dropped] == ["repeat"]
    assert [s.section for s in article.sentences] == ["", "", "What the mayor says"]


def test_a_first_paragraph_is_no_headline() -> None:
    article = read(FIRST, LAST, gap="\n")

    assert [kind for kind, _ in shown(article)] == ["body", "body"]
    assert article.title == ""


@pytest.mark.parametrize(
    "credit",
    ["REUTERS", "AP", "via REUTERS", "AFP via Getty Images", "Getty Images", "(AP Photo/A. Oakes)"],
)
def test_a_caption_by_its_credit_is_kept_once_and_gives_no_agency(credit: str) -> None:
    caption = "Men look at what is left of the mill on the river."
    article = read(FIRST, f"The mill\n{caption}\n{caption}\n{credit}", LAST)

    assert shown(article) == [("body", FIRST), ("caption", caption), ("body", LAST)]
    assert sorted(d.reason for d in article.dropped) == ["credit", "repeat", "repeat"]
    assert article.agency == ""


def test_a_line_that_stands_twice_in_a_row_is_a_caption() -> None:
    caption = "Men look at what is left of the mill."

    assert ("caption", caption) in shown(read(FIRST, f"{caption}\n{caption}", LAST))


def test_likeness_alone_does_not_make_neighbours_one() -> None:
    one, two = (
        "Twelve men of the mill were hurt badly.",
        "Thirteen men of the mill were hurt badly.",
    )
    denial = "Twelve men of the mill were not hurt badly."

    article = read(FIRST, one, two, denial, LAST)

    assert not article.dropped


def test_titles_under_a_list_of_links_go_with_it() -> None:
    article = read(FIRST, LAST, "Most Read from The Mill Post", "Ten Old Mills", "Why Mills Burn")

    assert [d.reason for d in article.dropped] == ["teaser"] * 3


def test_a_section_head_after_a_teaser_stays() -> None:
    article = read(FIRST, "Most Read from The Mill Post", "The Cause", LAST)

    assert article.sentences[-1].section == "The Cause"


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph() -> None:
    wrapped = (
        "The mill on the river burned down on Friday night, the mayor of\n"
        "the town said, and the men who had come to put it out could only\n"
        "watch. Nobody had been in the building since it was sold in\n"
        "March, he said."
    )
    article = read(wrapped, wrapped.replace("March", "April"))

    assert len(article.sentences) == 4
    assert article.sentences[-1].paragraph == 2
    assert article.sentences[0].text.endswith("could only watch.")


def test_an_imprint_longer_than_the_lines_below_is_no_measure_of_their_width() -> None:
    wrapped = (
        "The mill on the river burned down on Friday night, the mayor of\n"
        "the town said, and the men who had come to put it out could only\n"
        "watch. Nobody had been in the building since it was sold in\n"
        "March, he said."
    )
    imprint = "Edition of Saturday, put online by the night desk on Friday 13 March 2026 at 19:50"
    months = (wrapped.replace("March", month) for month in ("April", "May", "June"))
    article = read(f"THE MILL POST\n{imprint} (all hours local)\n\n{wrapped}", *months)
    assert any(line.text.endswith("could only watch.") for line in article.sentences)


def test_a_line_that_was_wrapped_early_goes_on_in_small_letters() -> None:
    article = read(
        "Policja weszła we wtorek o świcie do starej słodowni, gdzie\n"
        "mieszkało około stu osób, a drzwi wyleciały razem\n"
        "z futryną. Potem padły strzały, mówią mieszkańcy, lecz nikt\n"
        "nie wie, kto strzelał pierwszy."
    )
    assert len(article.sentences) == 2


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"{FIRST} It burned on Tues-\nday too, they wrote.", "It burned on Tuesday too"),
        (f"{FIRST} It is co-owned and co-\nowned by two.", "co-owned and co-owned by"),
        (f"{FIRST} Der Sicherheits-\nund Ordnungsdienst kam.", "Sicherheits- und Ordnungsdienst"),
        (f"{FIRST} He called the plan\n“reckless and unnecessary”.", "plan “reckless and"),
        (f"{FIRST} He called the plan\nreckless and bad.", "plan reckless and"),
        ("The mill and the weir had\n\nPage 1 of 2\n\nlong been sold.", "weir had long been"),
    ],
)
def test_a_sentence_that_ends_on_the_next_row_or_page_is_one(text: str, whole: str) -> None:
    article = read(f"{text}\n\n{LAST}")
    assert any(whole in s.text for s in article.sentences)
    assert "Page 1" not in article.text


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("[Picture] The gates of the mill on Friday night. Photo: A. Oakes", "Photo: A. Oakes"),
        ("[Légende] La porte du moulin, vendredi.", ""),
        ("[Caption: The gates of the mill on Friday night.]", ""),
    ],
)
def test_what_describes_a_picture_above_the_story_is_a_caption(line: str, credit: str) -> None:
    head = ("The Mill Post", "Mill burns down at night", "Saturday 7 March 2026, 6.30 am")
    article = read(*head, line, FIRST, LAST)
    caption = line.removesuffix(credit).strip()
    assert [s.text for s in article.sentences if s.kind == "caption"] == [caption]
    assert [s.text for s in article.sentences if s.kind == "standfirst"] == []
    assert (credit in [d.text for d in article.dropped if d.reason == "credit"]) is bool(credit)


@pytest.mark.parametrize(
    "row",
    [
        "Dela artikeln · Tipsa redaktionen · Kurirens nyhetsbrev",
        "Artikel melden | Abo und Service | Unser Newsletter",
        "Partager l'article • Signaler une erreur • Nous écrire",
    ],
)
def test_a_row_of_links_below_the_story_is_no_sentence(row: str) -> None:
    assert [text for _, text in shown(read(FIRST, LAST, row))] == [FIRST, LAST]
    assert row not in [d.text for d in read(FIRST, row, LAST).dropped]


@pytest.mark.parametrize(
    "row",
    [
        "Anna Berg · Carl von Dahl · Eva Falk",
        "Orle gewinnt Gold · Kell holt Silber · Marden geht leer aus",
        "Share 1 of the mill · Write 2 · Count 3",
        "Share this: the mill · the weir · the lock",
    ],
)
def test_a_row_of_names_or_figures_below_the_story_stays(row: str) -> None:
    assert row in read(FIRST, LAST, row).text


def test_bare_titles_under_an_offer_in_any_language_go_with_it() -> None:
    for offer in ("LEGGI ANCHE", "Te puede interesar", "READ NEXT"):
        article = read(FIRST, LAST, offer, "Ten mills", "Five weirs")
        assert [text for _, text in shown(article)] == [FIRST, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "The mill before it burned (Image: Mill Post)",
        "(Foto: the mill before it burned. Foto Voce/Rizzoli)",
        "[Pie de foto] The mill before it burned",
    ],
)
def test_what_describes_a_picture_by_brackets_is_a_caption_and_no_section(line: str) -> None:
    article = read(FIRST, line, LAST)
    assert shown(article) == [("body", FIRST), ("caption", line), ("body", LAST)]
    assert not any(s.section for s in article.sentences)


def test_a_kicker_in_capitals_over_headline_and_deck_is_not_the_headline() -> None:
    headline, deck = "Mill burns on Friday, mayor calls for help", "Nobody knows how it began"
    assert read("THE FIRE AT THE MILL", headline, deck, FIRST, LAST).title == headline
    assert read("MILL BURNS ON FRIDAY", deck, FIRST, LAST).title == "MILL BURNS ON FRIDAY"


def test_a_stamp_below_a_button_that_no_list_has_tells_the_time() -> None:
    head = "Mill burns on Friday\nNobody knows how\nPress here twice.\n10:15, 7 APR 2026\nShare"
    article = read(f"Options of it\n{head}\n{FIRST}", LAST)
    assert article.published
    assert article.published.isoformat()[:16] == "2026-04-07T10:15"


def test_a_headline_does_not_go_on_below() -> None:
    story = f"“I am tired of it,” he said.\n{FIRST}\n{LAST}"
    article = read(f"Mill burns. Mayor leaves and tells why\nby Anna Roth\n{story}")
    assert (article.title, article.byline) == (
        "Mill burns. Mayor leaves and tells why",
        "Anna Roth",
    )
    article = read(f"Mayor leaves and tells why\n{story}")
    assert article.sentences[0].text == "“I am tired of it,” he said."


def test_a_credit_in_brackets_is_cut_off_the_last_paragraph() -> None:
    article = read(FIRST, f"{LAST} (Reporting by A. Oakes; Editing by B. Galt)")

    assert shown(article)[-1] == ("body", LAST)
    assert article.dropped[0].reason == "credit"


@pytest.mark.parametrize(
    ("lead", "agency"),
    [
        ("(Bloomberg) — ", "Bloomberg"),
        ("MOSCOW (Reuters) - ", "Reuters"),
        ("PARIS, March 3 (AFP) – ", "AFP"),
        ("KELVARN, Vesmark (VPB) — ", "VPB"),
        ("MOSCOW, May 3 /TASS/. ", "TASS"),
    ],
)
def test_a_dateline_names_the_agency_and_stays_in_the_text(lead: str, agency: str) -> None:
    article = read("Mill burns", lead + FIRST, LAST)

    assert (article.agency, article.outlet, article.outlet_from) == (agency, agency, "text")
    assert article.sentences[1].text.startswith(lead.strip())


def test_a_quoted_agency_or_a_bracket_is_no_dateline() -> None:
    article = read("The mayor (Green) - who is ill - said so to Reuters on the phone.", LAST)

    assert (article.agency, article.outlet, article.outlet_from) == ("", "mill news", "file-name")


@pytest.mark.parametrize("line", ["Reuters", "With AFP", "Reporting by A. Oakes for AP"])
def test_an_agency_credit_below_the_story_names_the_agency_and_not_the_outlet(line: str) -> None:
    article = read(FIRST, LAST, line)

    assert article.agency in {"Reuters", "AFP", "AP"}
    assert article.outlet_from == "file-name"


@pytest.mark.parametrize(
    "line", ["KPA tr/kl", "(KPA) hd/rk 091020 UTC JUN 26", "ulz/dpa", "ak/ jw/", "(PAP)"]
)
def test_the_initials_of_an_agencys_desk_are_no_sentence(line: str) -> None:
    article = read(FIRST, LAST, line)
    assert shown(article)[-1] == ("body", LAST)
    assert article.dropped[0].reason == "credit"


@pytest.mark.parametrize("line", ["Agencias (KPA) / REDACCIÓN", "Agencies (KPA)"])
def test_agencies_above_a_stamp_are_a_credit(line: str) -> None:
    article = read("Mill burns", f"{line}\nOrle - 3 March 2026 - 09:20", FIRST, LAST)
    assert article.agency == "KPA"
    assert (line, "credit") in [(d.text, d.reason) for d in article.dropped]


@pytest.mark.parametrize("line", ["ENDS", "END", "FIN"])
def test_what_closes_a_press_release_is_no_agency(line: str) -> None:
    assert read(FIRST, LAST, line).agency == ""


def test_an_address_as_source_is_no_paper() -> None:
    front = "---\nsource: https://hill.example/mill\npublisher: {}\n---\n\n"
    story = f"# Mill burns\n\n{FIRST}\n\n{LAST}"
    for paper, outlet in (("", "hill.example"), ("The Hill", "The Hill")):
        article = article_from_text(front.format(paper) + story, source="x.md", kind="md")
        assert isinstance(article, Article)
        assert (article.outlet, article.url) == (outlet, "https://hill.example/mill")


def test_a_front_matter_names_paper_and_author_in_other_languages() -> None:
    front = (
        "---\ntestata: Corriere del Porto\ntitolo: Il molo\n"
        "autore: Ida Moro\ndata: 2026-04-07\n---\n"
    )
    article = article_from_text(f"{front}\n{FIRST}\n\n{LAST}\n", source="a.md")
    assert isinstance(article, Article)
    assert (article.outlet, article.outlet_from) == ("Corriere del Porto", "metadata")
    assert (article.title, article.byline) == ("Il molo", "Ida Moro")
    assert article.published_precision == "day"


def test_a_line_that_opens_with_a_time_tells_it_and_is_kept() -> None:
    line = "Wednesday 8 April 2026, 15:00. Transcript, lightly edited. Check against delivery."
    article = read(line, FIRST, LAST)
    assert article.published is not None
    assert f"{article.published:%Y-%m-%d %H:%M}" == "2026-04-08 15:00"
    assert "Transcript, lightly edited." in [sentence.text for sentence in article.sentences]
    assert read(f"{FIRST} On 8 April 2026 at 15:00 it fell.", LAST).published is None
    told = "6 June 1944. The boats come in at dawn and hundreds of men wade to the beach."
    assert read(told, FIRST, LAST).published is None


def test_an_address_tells_an_outlet_only_where_nothing_else_does() -> None:
    front = "---\nurl: https://www.mill-post.example/fire\n---\n"
    article = article_from_text(f"{front}\n{FIRST}\n\n{LAST}\n", source="a.md")
    assert isinstance(article, Article)
    assert (article.outlet, article.outlet_from) == ("mill-post.example", "address")


def test_a_copyright_line_names_the_outlet() -> None:
    article = read(FIRST, LAST, "©2026 Mill Post L.P.")

    assert (article.outlet, article.outlet_from) == ("Mill Post", "text")


def test_reserved_rights_are_nobodys_name() -> None:
    assert read(FIRST, LAST, "© RIPRODUZIONE RISERVATA").outlet_from == "file-name"
    article = read(FIRST, LAST, "© La Gaceta de Ostrey. Todos los derechos reservados.")
    assert article.outlet == "La Gaceta de Ostrey"


def test_a_byline_gives_the_author_and_the_outlet() -> None:
    article = read("Mill burns", "By A. Oakes, The Mill Post", FIRST, LAST)

    assert (article.byline, article.outlet) == ("A. Oakes", "The Mill Post")


@pytest.mark.parametrize(
    "line",
    [
        "Gogglebox uses cookies to follow people who had refused them, the regulator found.",
        "By using the data of 14 million people, the firm broke privacy law, said Judge Otto Lind.",
        "Copyright law from 1988 does not cover images made by machines, the High Court ruled.",
        "Register for evacuation by noon, police told everybody who lives in Mill Lane.",
        "This site is protected by law, and nothing may be built on it before 2031.",
    ],
)
def test_a_whole_sentence_that_speaks_to_nobody_is_of_the_story(line: str) -> None:
    assert ("body", line) in shown(read(FIRST, line, LAST))


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ("3 comments", ["What do you think?", "John Smith", "The driver was drunk, all know."]),
        ("Comments (2)", ["marden_mum: My son saw the fire start.", "Reply"]),
        ("Kommentare", ["Jan Brock", "Es waren Brandstifter."]),
    ],
)
def test_what_readers_wrote_below_a_pasted_story_is_dropped(head: str, below: list[str]) -> None:
    article = read(FIRST, LAST, head, *below)
    said = " ".join(text for _, text in shown(article))
    assert below[-1] not in said
    assert below[1] not in said


def test_a_count_of_comments_amid_a_story_ends_nothing() -> None:
    article = read(FIRST, LAST, "3 comments", "A third paragraph tells of the inquiry by police.")
    assert shown(article)[-1][1].startswith("A third paragraph")


def test_an_entry_of_a_live_text_whose_clock_has_its_head_beside_it_is_one() -> None:
    entries = ["11:40", "Five are hurt, police say.", "11:05", "The driver was questioned today."]
    entries += ["10:30 Line open again", "Trains run again, the railway says."]
    entries += ["09:15", "Three people were hurt, the ambulance service says."]
    article = read("Live: bus hits bridge", *entries)
    moments = {s.text: s.moment for s in article.sentences}
    assert moments["Trains run again, the railway says."] == "10:30"
    assert moments["Three people were hurt, the ambulance service says."] == "09:15"


@pytest.mark.parametrize(
    "offer",
    [
        *("Subscribe from 2 crowns a week", "Try digital for £1 a week", "Join us from £4 a month"),
        *("Jetzt 4 Wochen für 1 € testen", "Abbonati da 1 euro al mese", "S'abonner dès 1 €"),
    ],
)
def test_an_offer_above_a_headline_is_none(offer: str) -> None:
    head = f"The Mill Post\n\n{offer}\n\nMill burns down at night"
    body = "The mill on the river burned down on Friday.\n\nNobody was hurt, the mayor said."
    article = article_from_text(f"{head}\n\n{body}", source="mill.txt")
    assert isinstance(article, Article)
    assert article.title == "Mill burns down at night"


@pytest.mark.parametrize("name", ["[[Ana Oakes]]", "[[people/oakes|Ana Oakes]]", "Ana Oakes"])
def test_the_name_in_a_link_of_a_note_is_a_name(name: str) -> None:
    story = "The mill on the river burned down on Friday.\n\nNobody was hurt, the mayor said."
    text = f'---\nauthor:\n  - "{name}"\n---\n{story}'
    article = article_from_text(text, source="mill.md", kind="md")
    assert isinstance(article, Article)
    assert article.byline == "Ana Oakes"


@pytest.mark.parametrize(
    "title",
    ["Rents rise to £900 a month", "Mill sold for €3 to its workers", "Try again, says judge"],
)
def test_a_headline_with_a_price_is_no_offer(title: str) -> None:
    body = "The mill on the river burned down on Friday.\n\nNobody was hurt, the mayor said."
    article = article_from_text(f"The Mill Post\n\n{title}\n\n{body}", source="mill.txt")
    assert isinstance(article, Article)
    assert article.title == title
