"""The demo's letter box, which does not exist outside demo mode."""

TABLE = """
# url                       thing     method visitor employee member chair secretary director administrator left
outbox:mails                -         GET    404     404      404    404   404       404      404           404
outbox:mail                 mail      GET    404     404      404    404   404       404      404           404
outbox:mail_html            mail      GET    404     404      404    404   404       404      404           404
"""


def things(_cast: object) -> dict[str, dict[str, str]]:
    """A mail by its file's name."""
    return {"mail": {"name": "1.eml"}}
