"""Tables of the English verbs and nouns that attribute: lemmas, and all their forms.

Collected from grammars of reported speech and from what attributes in the training
part of PolNeAR more often than not.
"""

from __future__ import annotations

from factcheck.language.words import split_table

# They take the content as a clause or a quotation: "she said that", '"…," he added'.
SAY = split_table(
    """say tell add write note announce suggest tweet argue explain acknowledge declare claim state
    warn insist reply respond recall conclude stress admit confirm deny reveal predict promise vow
    pledge agree allege assert maintain contend observe remark complain boast joke quip testify
    believe emphasize emphasise reiterate caution concede indicate lament counter retort
    disclose report assure remind inform advise estimate forecast hint imply post retweet interject
    interview whisper shout yell proclaim swear speculate guess
    repeat echo signal affirm reaffirm opine muse elaborate clarify specify notify object protest
    react charge mention point continue ask answer read email text foresee
    propose recommend """,
)
# They are the saying itself and take a thing: "accused Orle of", "praised the plan".
ACT = split_table(
    """accuse blame praise criticize criticise call describe urge condemn demand reject dismiss
    defend endorse blast denounce refer cite question mock slam decry tout rail
    highlight portray thank applaud assail rebuke reference
    deride lambast liken dispute refute ridicule invoke attribute depict label dub brand hail
    commend express voice bash chide chastise
    laud challenge rip scold encourage plead request appeal lobby ignore talk chant
    discuss name identify propose detail document speak""",
)
# They hold it rather than say it: weaker than an attribution, and told apart.
HOLD = split_table(
    """think feel want support seek back favor favour oppose doubt prefer expect consider worry
    wonder hope fear understand learn decide commit view welcome suspect threaten refuse decline
    offer""",
)
# They let a document or an appearance speak: "the poll found", "it seems".
SHOW = split_table("show find seem appear indicate suggest reveal read")
PASSIVE = split_table(
    """said told reported believed expected thought alleged considered known estimated quoted
    accused asked rumored rumoured suspected understood seen described called criticized criticised
    blamed viewed claimed projected predicted feared assumed hailed charged supposed deemed
    perceived cited identified convinced reminded informed assured praised""",
)
NOUNS = split_table(
    """statement statements claim claims accusation accusations allegation allegations assertion
    assertions denial denials warning warnings announcement declaration remark remarks comment
    comments criticism suggestion argument arguments view views belief opinion testimony promise
    promises vow pledge proposal prediction estimate concern concerns complaint complaints
    assumption insistence admission demand demands threats plan support opposition
    endorsement speculation doubt doubts hope hopes fear fears question questions rhetoric
    description conclusion finding findings report call calls""",
)
# Forms that attribute less often than they do not: nouns, adjectives, mere states of mind.
UNSURE = split_table(
    """states attributed points continue continues continuing emails speaking find interviews
    remarks back tweet tweets documents challenges comments thanks reporting interviewed
    interview report reports name names named naming maintained maintains charges charge
    posts commit commits written appealing encouraging encourages requests reading add
    details spoken speaks disputes state posting identify objects object worries notices
    appeal advise advises signal signals answers elaborate disclose highlight highlights
    proposes voices reject ripping learning understanding read speak advised lobbying protest felt
    feels thought""",
)
# Past and participle of those that do not make them by rule.
_IRREGULAR = {
    "say": "said said", "tell": "told told", "write": "wrote written", "think": "thought thought",
    "understand": "understood understood", "feel": "felt felt", "find": "found found",
    "show": "showed shown", "swear": "swore sworn", "read": "read read", "seek": "sought sought",
    "foresee": "foresaw foreseen", "speak": "spoke spoken", "forecast": "forecast forecast",
}  # fmt: skip
_DOUBLED = split_table("quip refer admit commit slam rebut rip dub")


def _list_forms(lemmas: frozenset[str]) -> dict[str, tuple[str, str]]:
    """The inflected forms of the lemmas: form -> (lemma, "base", "s", "past" or "ing")."""
    table: dict[str, tuple[str, str]] = {}
    for lemma in sorted(lemmas):
        third, past, ing, participle = _inflect(lemma)
        for form, kind in ((lemma, "base"), (third, "s"), (ing, "ing"), (participle, "past")):
            table.setdefault(form, (lemma, kind))
        table[past] = (lemma, "past")
    return table


def _inflect(lemma: str) -> tuple[str, ...]:
    stem, third = lemma, f"{lemma}s"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing", f"{lemma[:-1]}ied"
    if lemma.endswith(("s", "sh", "ch", "x")):
        third = f"{lemma}es"
    if lemma.endswith("e"):
        stem = lemma[:-1] if not lemma.endswith("ee") else lemma
    elif lemma in _DOUBLED:
        stem = lemma + lemma[-1]
    regular = f"{lemma}d" if lemma.endswith("ee") else f"{stem}ed"
    past, participle = _IRREGULAR.get(lemma, f"{regular} {regular}").split()
    return third, past, f"{stem}ing", participle


VERBS = {
    form: (lemma, kind, group)
    for group, lemmas in (("hold", HOLD), ("show", SHOW), ("act", ACT), ("say", SAY))
    for form, (lemma, kind) in _list_forms(lemmas).items()
}
"""Every form of these verbs, with its lemma, its kind and its group."""
