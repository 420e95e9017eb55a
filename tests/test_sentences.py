"""Sentences: what splits, what does not, and that no character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.articles.sentences import split_sentences

# Each case is a paragraph with "|" at every boundary.
ENGLISH = [
    "Dr. Who met Mr. Aldous and Ms. Brinn. | They left.",
    "The U.S. said so on Monday. | It was at 3 p.m. | The next day it rained.",
    "It happened at 2:30 a.m. Moscow time. | Nobody saw it.",
    "He came at 6 p.m. Monday. | It was 6 a.m. ET on the clock.",
    "It began at 5 a.m. | US officials said so at 7 a.m. | Moscow said nothing.",
    "Gen. J. R. Varn of Acme Inc. spoke. | He left in Jan. 2023 for St. Petersburg.",
    "Order No. 7 was signed. | The answer is no. | He left.",
    "The cost is $36.4 billion, approx. 3.5 per cent. | See Norring et al. 2020 for more.",
    "“We did it. | We won. | Nobody helped,” he said. | She agreed.",
    "“It is over.” | He left the room.",
    "“Is it over?” he asked. | “No!” she said. | “Is it really?” Galt asked.",
    "“Really?” | He said that it was.",
    "'We won. | We did,' he said.",
    "Then … nothing. | Wait... what happened? | He waited... | Then he left.",
    "He said “it … was done” and went.",
    "He left on Feb. 24. | Sales rose 3.5 per cent to 1,200.50 crowns.",
    "Ft. Worth lost to Mt. Hope. | Lt. Col. A. B. Norring of Harker & Sons Ltd. wept.",
    "He works for Pell Bros., Varn Inc. and Yell!, the company. | It grew.",
    "“[Oakes] rarely goes, Galt said, adding that while “not a bunker,” it was “safe.” | He left.",
    "“Text,” he wrote on the channel. , now number two. | He left.",
    "(He was ill.) | She went.",
    "then-Rep. Lena Askvold, D-N. Y., was there. | She voted.",
]
ENGLISH += [
    "Some have it without being ill. | Mr Reuter did not dispute it.",
    "Its lawyer, J.D. Ames Jr., left with an M.A. | She paid.",
    "Full stop; caution is C. | “Callum told me,” says Lorna Speight. | C. A. Roe wept.",
]
OTHERS = [
    ("fr", "M. Dupont a parlé. | Il a dit « Nous gagnerons. | Nous sommes prêts. » | Il partit."),
    ("fr", "« Est-ce fini ? » a demandé Mme. Roux. | Il ne répondit pas."),
    ("de", "Der 3. Mai war kalt. | „Wir gehen. | Wir kommen.“ | Er ging, z. B. am 24. Februar."),
    ("de", "Der Brief trägt das Datum 14. Januar; er lag seit dem 2. März vor. | Er war echt."),
    ("de", "Es war der 3. Brand im Juni. | Gezählt wurden 14. | Danach kam keiner mehr."),
    ("de", "Er kam am Ende nicht. | 14 Leute warteten, evtl. 15, inkl. 3 Kinder."),
    ("da", "Han kom ikke. | 14 mennesker ventede, inkl. 3 børn."),
    ("cs", "Nakonec nepřišel. | 14 lidí čekalo."),
    ("fi", "Hän ei tullut. | 14 ihmistä odotti."),
    ("cs", "Dopis má datum 14. března a byl odeslán. | Nikdo neodpověděl."),
    ("es", "El Sr. Pérez llegó. | ¿Qué pasó? | ¡Nada! | «Ganamos. | Somos fuertes.» | Salió."),
    ("es", "La jueza M. Ortega lo negó, según J. Pérez. | Es el plan B. | La alcaldesa lo sabe."),
    ("fr", "Le député J. Martin l'a dit. | C'est le plan B. | Le maire le sait."),
    ("it", "Il giudice M. Rossi lo nega. | È il gruppo A. | Nessuno lo dice."),
    ("da", "Det sagde R. Holm i går. | Han spiser vitamin C. | Ingen så det."),
    ("uk", "Він сказав: «Ми не були там. | Ми вдома», — і поїхав. | «Так!» — сказав він."),
    ("uk", "У м. Київ 24 лют. 2022 р. було тихо. | Вул. Нова, 5 стоїть."),
    ("ru", "В г. Москве в 2023 г. стало тихо. | А. С. Петров ушёл. | «Да!» — сказал он."),
    ("pl", "Leży w szpitalu św. Klemensa. | Na ul. Długiej stał płk. Nowak. | Nic nie mówił."),
    ("it", "L'on. Conti e il sig. Neri sono a S. Pietro. | Il gen. Russo tace."),
    ("nl", "Dhr. Jansen en mevr. De Vries kwamen. | Het kostte 5 mln. Euro."),
    ("pt", "A Av. Central fechou. | O gen. Melo e a Dra. Ana falaram."),
    ("sv", "Där var bl.a. Anna och prof. Lund. | Kl. 5 kom han."),
    ("nb", "Der var bl.a. Kari og dr. Holm. | Så gikk de."),
    ("pt", "Moram na av. Brasil, n.º 3. | Saiu a 1.ª edição. | Chegou ontem."),
    ("es", "Vive en la calle Sol, n.º 3, desde 2020. | El 1.º de mayo hubo huelga."),
    ("it", "Abita in via Roma n.º 3. | Partì."),
    ("nl", "Zij wonen o.a. in Gent en o.m. in Aalst. | Het regent."),
    ("ru", "Дом на ул. Ленина, т. е. в центре, и т. д. стоит. | В нём тихо."),
    ("pl", "Prof. dr hab. Anna Nowak mieszka w m. st. Warszawie. | Była m.in. Gdańsku znana."),
    ("de", "Am Hbf. Nord und am Bhf. Süd, d. h. am Gleis 3, stand er. | Er ging."),
    ("fr", "Le préfet Jean-P. Roux et J.-P. Morel ont démissionné. | Il pleut."),
    ("de", "Das sagte K.-H. Müller zu Hans-J. Wöhrle. | Es waren 14. | Er ging."),
    ("hu", "2026. május 3-án történt, kb. 13.40-kor. | Esett."),
    ("tr", "Olay 5. katta oldu. | Gelenler 14. | Kimse yok."),
    ("pl", "Ok. godz. 5.50 prok. Nowak przyszła. | Trwało 8 godz. | Policja milczy."),
    ("cs", "Stalo se to v 8 hod. | Trvalo to 3 hod. 15 min. celkem."),
    ("es", "El alcalde, D. José Luque, y la Excma. Sra. Ruiz dimitieron. | Llueve."),
    ("pt", "O bispo, D. Rui Luque, e a Exma. Sra. Ana saíram. | Chove."),
    ("it", "La legge n. 211 non vale. | Risponde il tel. 055. | Piove."),
    ("el", "Η Νερό Α.Ε. αρνήθηκε. | Χάθηκαν 1,5 εκατ. ευρώ. | Ο Α. Σ. Παππάς έφυγε."),
    ("ar", "قال د. سامي إن الجسر أغلق. | وقال أ. كريم إنه فتح."),
    ("ro", "Costă 1,5 mil. lei. | Poliția tace."),
    ("no", "Skaden er 1,5 mill. kr. | Politiet er der."),
    ("da", "Skaden er 1,5 mio. kr. | Ejeren fik 20 kr. per bil."),
    ("ru", "Ущерб 3,5 млн руб. | Он заплатил 500 руб. и ушёл."),
    ("uk", "Збитки 3,5 млн грн. | Причини невідомі."),
    ("und", "Quid est? | Nihil est."),
]


@pytest.mark.parametrize(
    ("language", "marked"), [*(("en", case) for case in ENGLISH), *OTHERS], ids=lambda v: v[:24]
)
def test_a_paragraph_splits_at_its_boundaries_and_nowhere_else(language: str, marked: str) -> None:
    expected = marked.split(" | ")

    assert list(split_sentences(" ".join(expected), language)) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="aAbтЇ .!?…,\"“”'’«»()[]—-0123\n\t\u00a0¿", max_size=80),
    st.sampled_from(["en", "fr", "de", "es", "uk", "ru", "und"]),
)
def test_no_character_is_lost(paragraph: str, language: str) -> None:
    pieces = split_sentences(paragraph, language)

    assert "".join("".join(pieces).split()) == "".join(paragraph.split())
    assert all(piece == piece.strip() != "" for piece in pieces)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_unicode_text_is_split_without_loss(paragraph: str) -> None:
    pieces = split_sentences(paragraph, "en")

    assert "".join("".join(pieces).split()) == "".join(paragraph.split())


def test_a_sentence_in_chinese_may_begin_with_a_number() -> None:
    assert split_sentences("列车脱轨。14节车厢出轨。", "zh") == ("列车脱轨。", "14节车厢出轨。")


def test_a_quotation_in_chinese_after_a_colon_ends_its_sentence() -> None:
    expected = ("他说：“我们不走。”", "警方说，他们走了。", "“再见。”他说。")

    assert split_sentences("".join(expected), "zh") == expected
