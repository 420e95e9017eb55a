"""Rules of ranking: which findings an article addresses, and where."""

from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.rank import best_sentences, relevance

ARTICLE = [
    "The ferry left Orle at dawn.",
    "Its captain had been warned of a storm.",
    "Nobody on the pier saw it turn.",
    "Prices of fish have doubled since spring.",
    "Fishermen blame the new quota.",
]


def test_the_sentence_that_says_it_comes_first() -> None:
    assert best_sentences("The price of fish doubled.", ARTICLE, 2)[0] == 3
    assert best_sentences("A storm warning reached the captain.", ARTICLE, 1) == [1]


def test_a_query_that_the_article_answers_outranks_one_that_it_does_not() -> None:
    scores = relevance(
        ["The captain of the ferry had a storm warning.", "A museum opened in Brane."], ARTICLE
    )
    assert scores[0] > 0.5 > scores[1]


def test_what_neighbouring_sentences_say_together_counts() -> None:
    query = "The ferry of the warned captain left Orle unseen from the pier."
    alone = max(relevance([query], [sentence])[0] for sentence in ARTICLE[:3])
    assert relevance([query], ARTICLE)[0] > 0
    assert best_sentences(query, ARTICLE, 3)[0] in (0, 1)
    assert alone < 1


def test_nothing_to_read_and_nothing_asked_score_nothing() -> None:
    assert relevance(["A storm."], []) == [0.0]
    assert relevance(["", "of the"], ARTICLE) == [0.0, 0.0]
    assert best_sentences("A storm.", [], 3) == []


@given(st.lists(st.text("abc ", max_size=8), max_size=6), st.text("abc ", max_size=8))
def test_scores_are_shares_and_places_are_places(sentences: list[str], query: str) -> None:
    assert all(0.0 <= score <= 1.0 for score in relevance([query], sentences))
    assert sorted(best_sentences(query, sentences, 99)) == list(range(len(sentences)))
