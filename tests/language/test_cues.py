"""Rules of cues: what counts as doubt, negation, denial."""

import pytest

from factcheck.language.cues import (
    denial_cue,
    hedges,
    is_negated,
    polarity_differs,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The alleged thief may have fled.", ("alleged", "may have")),
        ("It couldn’t immediately be verified.", ("couldn't immediately be verified",)),
        ("The unconfirmed report was apparently wrong.", ("unconfirmed", "apparently")),
        ("The thief fled in May.", ()),
    ],
)
def test_hedges_are_listed_in_order(text: str, expected: tuple[str, ...]) -> None:
    assert hedges(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "There were no casualties.",
        "He didn’t come.",
        "She denied the charge.",
        "Orle had nothing to do with it.",
        "It ended without damage.",
        "He rejected the claim.",
        "He dismissed the report.",
        "The captain was unharmed.",
    ],
)
def test_negated_clauses_are_seen(text: str) -> None:
    assert is_negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two people died.",
        "Not only Orle burned.",
        "No more than five came.",
        "Norway won a notable game.",
    ],
)
def test_what_only_looks_like_a_negation_is_none(text: str) -> None:
    assert not is_negated(text)


def test_a_lost_not_shows_when_the_rest_is_the_same() -> None:
    evidence = "The ferry did not reach the harbour of Orle, Roth said."
    assert polarity_differs("The ferry reached the harbour of Orle.", evidence)
    assert not polarity_differs("The ferry did not reach the harbour.", evidence)


def test_polarity_is_not_judged_where_the_texts_differ_otherwise() -> None:
    assert not polarity_differs("The museum opened in Brane today.", "Nobody was hurt in Orle.")


@pytest.mark.parametrize(
    "text",
    [
        "Orle had nothing to do with the fire.",
        "The mayor dismissed the allegations.",
        "“We did not light it,” he said.",
        "The mine disputes the figures.",
        "No evidence of arson was found.",
        "Brane was not involved.",
        "The builder denied that the cable had been worn.",
        "Brandt rejected the accusation that the town had known.",
        "Her office dismissed the reports as gossip.",
        "“We did not close the gate,” the keeper said.",
        "The town had nothing to do with the decision, Brandt said.",
    ],
)
def test_denials_are_seen(text: str) -> None:
    assert denial_cue(text, said=True)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor rejected the offer.",
        "The mine declined to comment.",
        "“We don’t know,” he said.",
        "The mayor did not come.",
        "The record is undisputed.",
        "The owner did not dispute that the letter was real.",
        "A court in Orle dismissed their claims.",
        "The pilots were denied entry to the port.",
        "The council rejected the bid of a builder from Varn.",
        "Brandt did not deny that the cable had been worn.",
        "The family dispute over the bridge has lasted for years.",
        "The court dismissed the officer from his post.",
        "If they had nothing to do with it, they can say so, Brandt said.",
        "“I don't think we know enough,” the keeper said.",
        "“We would fail the town if we did not close the gate,” the keeper said.",
    ],
)
def test_refusals_and_ignorance_are_no_denials(text: str) -> None:
    assert not denial_cue(text, said=True)
