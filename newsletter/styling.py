"""Styles written into each tag: the way HTML keeps its looks in mail programs old and new."""

import re

STYLES = {
    "p": "margin:0 0 16px 0;",
    "h2": "margin:24px 0 10px 0;font-size:21px;line-height:28px;font-weight:700;",
    "h3": "margin:20px 0 8px 0;font-size:18px;line-height:26px;font-weight:700;",
    "h4": "margin:18px 0 8px 0;font-size:17px;line-height:26px;font-weight:700;",
    "ul": "margin:0 0 16px 0;padding:0 0 0 24px;",
    "ol": "margin:0 0 16px 0;padding:0 0 0 24px;",
    "li": "margin:0 0 6px 0;",
    "blockquote": "margin:0 0 16px 0;padding:0 0 0 16px;border-left:3px solid #a9cdc7;",
    "a": "color:#0d585c;text-decoration:underline;",
    "table": "margin:0 0 16px 0;border-collapse:collapse;",
    "th": "padding:6px 12px 6px 0;text-align:left;border-bottom:1px solid #d5dad2;",
    "td": "padding:6px 12px 6px 0;text-align:left;border-bottom:1px solid #d5dad2;",
    "pre": "margin:0 0 16px 0;white-space:pre-wrap;font-size:15px;line-height:22px;",
    "hr": "border:0;border-top:1px solid #d5dad2;margin:24px 0;",
}
TAG = re.compile(rf"<({'|'.join(sorted(STYLES, key=len, reverse=True))})(?=[\s>])")


def styled(html: str) -> str:
    """Clean HTML (``dossiers.markdown.to_html``) with a style in every tag that needs one."""
    return TAG.sub(lambda match: f'<{match[1]} style="{STYLES[match[1]]}"', html)
