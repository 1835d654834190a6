"""The kinds of entries that say who may see a concern and who looked at it: readable without the models of events."""

#: Only the people it names may see the concern from here on.
RESTRICTED = "concern-restricted"
#: Everybody may see it again.
LIFTED = "restriction-lifted"
#: Somebody looked at it while it was restricted.
VIEWED = "record-viewed"
