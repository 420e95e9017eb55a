"""Pure functions on language: text goes in, words, numbers, names, times and cues come out.

Nothing here knows articles, models or the network, needs a download, or keeps state.
English is read well; other languages degrade to what digits, capitals and shared
words tell.
"""
