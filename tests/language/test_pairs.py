"""Rules of comparison, on a table of pairs in the style of news, in four languages."""

from pathlib import Path

from factcheck.language.agreement import compare
from factcheck.language.quantities import quantities

TABLE = Path(__file__).with_name("number_pairs.tsv")
ORDER = ("equal", "compatible", "different", "incomparable")
TOLERATED = 0.02


def relation(one: str, language: str, other: str, other_language: str) -> str:
    """The closest relation of any two quantities of the texts."""
    pairs = [
        compare(a, b) for a in quantities(one, language) for b in quantities(other, other_language)
    ]
    return min(pairs, key=ORDER.index, default="incomparable")


def rows() -> list[tuple[str, str, str, str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    found = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    return [(a, b, c, d, e) for a, b, c, d, e in found]


def test_nearly_every_pair_is_called_right() -> None:
    table = rows()
    assert len(table) >= 150
    assert {row[4] for row in table} == set(ORDER)
    wrong = [(*row, got) for row in table if (got := relation(*row[:4])) != row[4]]
    for one, language, other, other_language, expected, got in wrong:
        print(f"{one} ({language}) / {other} ({other_language}): {got}, not {expected}")  # noqa: T201
    assert len(wrong) / len(table) <= TOLERATED, wrong


def test_the_order_of_two_does_not_matter() -> None:
    for one, language, other, other_language, _ in rows():
        back = relation(other, other_language, one, language)
        assert relation(one, language, other, other_language) == back, (one, other)
