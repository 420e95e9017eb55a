"""Ordinary English words that open sentences of news, so that their capital tells nothing.

The commonest of them, found by counting words that newspapers write small elsewhere,
and the vocabulary of events. Stop words are in `words`; plurals and endings such as
"-ing" are told by rule in `names`.
"""

from __future__ import annotations

from factcheck.language.words import split_table

OPENERS = split_table(
    """
    absent according accounts across activists actress additional additionally advisers ahead
    aid aides air aircraft allegations almost along alongside already although ambassador amid
    ammunition among analysts anger another anti anybody anyone armed army around arson
    artillery aside ask asked assistant attack attacks attorney authorities autumn back bad ban
    banks based basic because behind believe beneath besides best better beyond big blast border
    bridges build buses business call calls campaign candidates captain cars casualty causes
    central chamber check chief children cities citing city civilians claim claims clashes close
    coach come commentators commuters congressional congressman conservative core counting
    countries court crews critics cross current customers cyber damage data day days death
    debate debris decisions deep defeat defensive democracy deputies deputy despite details
    developers digital diplomatic diplomats director district doctors don donors dozen dozens
    drone earlier early eastern economic economists editor eight eighty either elections
    electricity eleven emergency employees engineers enough enter environmental evening events
    eventually every everybody everyone evidence except exit expert experts explosion
    eyewitnesses facts families fans farmer farmers federal feel fewer fifty fighters fighting
    figures files find fire firefighters first fishermen five flames flights flood floods folks
    follow following food footage foreign forensic former forty four free fresh friends fuel
    full game gas general get given global go good governments governor grant great ground
    groups gunmen guys half halfway happy health heat helicopters hey high historic history hope
    hospitals hostages hours however hundred hundreds hurt identities ill illegal images imagine
    immigrants immigration including independent inflation information initial initially
    injuries inmates inside inspector instead intelligence international investigators investors
    journalists judge jurors jury keep key known labor labour large last late later latest law
    lawmakers lawyer lawyers leaders leading leave legislators less liberal life like listen
    little local long look love low main major make man many masked maybe mayors meanwhile media
    medical members men middle midnight migrants militants military million millions ministers
    minority minutes missile mission moments months moreover morning motives mourners much
    multiple national nations nearly negotiators neighbors neighbours neither never nevertheless
    news newspaper next night nine ninety nobody non none noon northern note nothing nuclear
    numbers nurses observers office officers officials often oh oil okay old one online
    opponents opposition organisers organizers others otherwise outside overall overnight owner
    parade parents parliament part party passengers past pastor patients peace people perhaps
    person photos pictures pilots pirates players please plus police political politicians
    politics poll polling polls pope power president presidential prices primary prime principal
    prior prison private pro professor profit proof proponents prosecutors protesters protests
    public questions radar radical radio rain rather ratings reacting read real rebels recent
    recently refugees regardless relatives remain remember report reported reporters reports
    representative rescue rescuers researchers residents respondents responsibility resting
    revenue right rival roads rocket run safety sales schools scientific scientists second
    secret secretary security see seen senior settle seven seventy several shares shelling ships
    shops shortly shown similarly since sirens six sixty small smoke snow social soldiers
    somebody someone sometimes soon sooner sorry sound sources southern speaking spring staff
    starting state statements stay stop storm strike strikers students summer super support
    supporters sure surveys take taken talks tanks teachers team tell ten tens terrorism thank
    thanks therefore things think third thirty thousand thousands three throughout thus time
    times timing today together toll tolls tomorrow tonight top total tourists towns trade
    traffic trains troops true trust turnout twelve twenty two unemployment union unless unlike
    unmanned upon users using van vehicles versions vice victims victory video videos villagers
    violence vote voters wait want war watch water weapons weather weeks well western whatever
    whereabouts whether whoever wind winter within without witnesses woman women workers world
    yeah year years yes yesterday yet young youths
    """,
)
