"""A text in any script is kept; where it cannot be split or read well, the report says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factcheck.articles import article_from_text
from factcheck.models import Article
from factcheck.report import render
from factcheck.sidebyside import read_side_by_side

NOW = datetime(2026, 3, 3, tzinfo=UTC)
THAI = (
    "สะพานเก่าถูกปิด\n\nนายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานเก่าจะถูกปิดเพื่อซ่อมแซมเป็นเวลาสามเดือน "
    "ประชาชนได้รับคำแนะนำให้ใช้เรือข้ามฟากแทน\n\nสำนักงานแถลงว่าไม่มีผู้ได้รับบาดเจ็บจากเหตุการณ์นี้\n"
)
BENGALI = (
    "পুরোনো সেতু বন্ধ\n\nমেয়র সোমবার বলেছেন যে পুরোনো সেতুটি মেরামতের জন্য বন্ধ থাকবে। "
    "বাসিন্দাদের ফেরি ব্যবহার করতে বলা হয়েছে। কেউ আহত হয়নি।\n\nকাজ আগামী সপ্তাহে শুরু হবে।\n"
)
AMHARIC = (
    "ድልድዩ ተዘጋ\n\nከንቲባው ሰኞ ዕለት አሮጌው ድልድይ ለጥገና እንደሚዘጋ ተናግረዋል። "
    "ነዋሪዎች ጀልባ እንዲጠቀሙ ተነግሯቸዋል። ማንም አልተጎዳም።\n\nቢሮው ሥራው እንደሚጀመር አስታውቋል።\n"
)

KHMER = (
    "ស្ពានចាស់ត្រូវបិទ\n\nអភិបាលក្រុងបាននិយាយនៅថ្ងៃច័ន្ទថា ស្ពានចាស់នឹងត្រូវបិទដើម្បីជួសជុល។ "
    "ប្រជាជនត្រូវបានប្រាប់ឱ្យប្រើសាឡាង។ ប៉ូលិសនិយាយថាមានមនុស្សប្រហែល ២០០ នាក់តវ៉ា។\n"
)
JAVANESE = "ꦮꦭꦶꦏꦸꦛꦔꦤ꧀ꦝꦶꦏꦲꦶꦁꦢꦶꦤꦱꦼꦤꦺꦤ꧀ꦧꦶꦭꦶꦃꦏꦿꦺꦠꦼꦒ꧀ꦭꦮꦱ꧀ꦧꦏꦭ꧀ꦢꦶꦠꦸꦠꦸꦥ꧀꧉ ꦮꦂꦒꦢꦶꦥꦸꦤ꧀ꦢꦸꦠ꧀ꦔꦁꦒꦺꦴꦥꦿꦲꦸ꧉\n"
MONGOLIAN = (
    "ᠬᠣᠲᠠ ᠶᠢᠨ ᠳᠠᠷᠤᠭ ᠭᠠᠷᠠᠭ ᠲᠤ ᠬᠠᠭᠤᠴᠢᠨ ᠭᠦᠦᠷ ᠬᠡᠯᠡᠪᠡ᠃\n\nᠬᠦᠮᠦᠰ ᠲᠡᠷᠡ ᠡᠳᠦᠷ ᠡᠰᠡᠷᠭᠦᠴᠡᠪᠡ ᠭᠡᠵᠦ ᠬᠡᠯᠡᠪᠡ᠃\n"
)


def read(text: str) -> Article:
    article = article_from_text(text, source="x.txt")
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("text", "sentences", "said"),
    [
        (THAI, 2, "cannot be told apart"),
        (BENGALI, 4, "not recognised"),
        (AMHARIC, 4, "not recognised"),
        (KHMER, 3, "not recognised"),
        (JAVANESE, 2, "not recognised"),
        (MONGOLIAN, 2, "not recognised"),
    ],
    ids=["Thai", "Bengali", "Amharic", "Khmer", "Javanese", "Mongolian"],
)
def test_an_article_in_a_script_that_is_not_read_well_is_kept_and_the_report_says_so(
    text: str, sentences: int, said: str
) -> None:
    article = read(text)
    assert sum(one.kind == "body" for one in article.sentences) == sentences
    [warning] = [one for one in article.warnings if one.kind == "language"]
    assert said in warning.text
    assert said in render(read_side_by_side([article], created=NOW), "html")


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is shut.\n\nThe mayor said on Monday that it would be repaired soon.",
        "Мост закрыт.\n\nМэр сообщил в понедельник, что мост скоро отремонтируют.",
        "橋が閉鎖された。\n\n市長は月曜日に「古い橋は修理のために閉鎖される。」と述べた。",
        "أغلق الجسر.\n\nقال رئيس البلدية يوم الاثنين إن الجسر القديم سيغلق للإصلاح.",
    ],
    ids=["English", "Russian", "Japanese", "Arabic"],
)
def test_a_script_that_is_read_gives_no_warning(text: str) -> None:
    assert not read(text).warnings


@pytest.mark.parametrize("end", "।。။።។۔")
def test_a_sentence_that_ends_in_any_script_is_no_headline_or_standfirst(end: str) -> None:
    sentences = [f"अ{number} आ इ ई उ ऊ ए{end}" for number in range(4)]
    article = read("\n\n".join(sentences))
    assert [one.kind for one in article.sentences] == ["body"] * 4


def test_a_quotation_in_japanese_stays_with_who_said_it() -> None:
    article = read(
        "市長は月曜日に「古い橋は修理のために閉鎖される。」と述べた。事務所は「作業は来週始まる。」"
        "と発表した。"
    )
    assert [one.text[-6:] for one in article.sentences] == [
        "。」と述べた。"[-6:],
        "」と発表した。"[-6:],
    ]


INITIALS = (
    "Karadere’de göçük oldu. Ocağın sahibi Demir A.Ş. açıklama yapmadı ve çalışmalar sürüyor.\n\n"
    "İşçilerden Hasan K. hastaneye kaldırıldı. Vali O. Şen, E. Ak için arama başlattı.\n"
)
THIN = (
    "Karadere’de maden ocağında göçük oldu, mahsur kalan 4 işçi bir van ile kurtarıldı.\n\n"
    "Vali Ahmet Şen, 2 işçinin van yolunda arandığını söyledi. Bakanlık soruşturma başlattı.\n"
)
DUTCH = "De brug is dicht voor het verkeer van de stad.\n\nDe raad komt in mei met een plan.\n"


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [(INITIALS, "", "tr"), (THIN, "", "nl"), (THIN, "tr", "tr"), (DUTCH, "tr", "nl")],
)
def test_initials_are_no_words_of_a_language_and_a_thin_vote_goes_by_what_is_declared(
    text: str, told: str, found: str
) -> None:
    article = article_from_text(text, source="a.txt", metadata={"language": told})
    assert isinstance(article, Article)
    assert article.language == found
