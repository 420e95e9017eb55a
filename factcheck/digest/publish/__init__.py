"""Turn an edition into documents: a static site, feeds, a mail and a chat message.

All but `site.write_documents` is pure: the same edition gives the same text.
"""
