"""The demo's letter box, absent outside demo mode, and the administrator's numbers."""

TABLE = """
# url                       thing     method visitor employee member chair secretary director administrator left
outbox:mails                -         GET    404     404      404    404   404       404      404           404
outbox:mail                 mail      GET    404     404      404    404   404       404      404           404
outbox:mail_html            mail      GET    404     404      404    404   404       404      404           404
outbox:events               -         POST   404     404      404    404   404       404      404           404
outbox:status               -         GET    in      404      404    404   404       404      200           in
"""


def things(_cast: object) -> dict[str, dict[str, str]]:
    """A mail by its file's name."""
    return {"mail": {"name": "1.eml"}}
