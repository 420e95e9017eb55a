"""An edition of the digest in, documents out: a static site, feeds, a mail and a chat message.

All but `write_documents` is pure: the same edition gives the same text.
"""

from factcheck.digest.publish.chat import message
from factcheck.digest.publish.mail import Mail, mail
from factcheck.digest.publish.site import documents, write_documents

__all__ = ["Mail", "documents", "mail", "message", "write_documents"]
