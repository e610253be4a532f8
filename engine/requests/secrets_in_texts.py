"""Takes out of addresses what lets whoever reads them in: logins and signatures, which also change from day to day.

So it does with passwords of databases.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

SIGNED = (
    r"signature|token|access_token|(?:api_?)?key|auth|password|passwd|pwd|secret|sas|expires|key-pair-id|cookie|"
    r"(?:[a-z-]+-)?subscription-key|(?:proxy)?userpwd|header\.[^=]*|x-(?:amz|goog)-[a-z-]+"
)
OF_AMAZON_AND_GOOGLE = r"awsaccesskeyid|googleaccessid"
OF_AZURE = r"sig|se|st|sp|sv|sr|ss|srt|spr|skoid|sktid|skt|ske|sks|skv|sip|sdd"
"""Names of an Azure shared access signature's parts; short, so they count only beside `sig`."""

OPTIONS = re.compile(r"(/vsicurl(?:_streaming)?\?)((?:[^\s\"'?]|\s(?=[^\"'?]*&))*)")
"""How GDAL is told to fetch an address, which is one of the options; they are encoded as parts of a query are."""

HARMLESS = "max_retry|retry_delay|retry_codes|use_head|list_dir|empty_dir|pc_url_signing|pc_collection".split("|")
"""Options that let nobody in; others hold headers, cookies and logins."""

LOGIN = re.compile(r"(?<=://)[^/@\s\"']*@")
QUERY = re.compile(r"\?[^\s\"'?]*")
PART = re.compile(rf"(?:{SIGNED}|{OF_AMAZON_AND_GOOGLE})=.*", re.IGNORECASE)
PART_OF_AZURE = re.compile(rf"(?:{OF_AZURE})=.*", re.IGNORECASE)

PHRASE = r"(?:password|passwd|pwd)=(?:'[^']*'|\"[^\"]*\"|[^\s,;'\"]+)"
OF_DATABASE = re.compile(rf"[ ,;]{PHRASE}|(?<![^\s:'\"]){PHRASE}[ ,;]?", re.IGNORECASE)
"""What stands in names of tables in databases, such as `PG:dbname=maps user=ann password=…`."""


def without_secrets(text: str) -> str:
    """A text with the addresses in it as anyone may see them; what is no address stays as it is."""
    opened = _open_addresses(OPTIONS.sub(lambda found: found[1] + _open_options(found[2]), text))
    return OF_DATABASE.sub("", opened)


def told_without_secrets(told: Any) -> Any:
    """The same of all texts in something told in JSON's terms."""
    if isinstance(told, dict):
        return {name: told_without_secrets(value) for name, value in told.items()}
    return without_secrets(told) if isinstance(told, str) else told


def _open_addresses(text: str) -> str:
    return QUERY.sub(lambda query: _open_parts(query[0]), LOGIN.sub("", text))


def _open_options(options: str) -> str:
    """What is harmless of GDAL's options, and the address without its secret parts."""
    kept = []
    for part in options.split("&"):
        name, _, value = unquote(part).partition("=")
        if name.lower() == "url":
            kept.append("url=" + quote(_open_addresses(value), safe=":/?="))
        elif name.lower() in HARMLESS:
            kept.append(part)
    return "&".join(kept)


def _open_parts(query: str) -> str:
    """A query, from its question mark on, without its secret parts; empty where nothing is left."""
    parts = query[1:].split("&")
    secret = [PART] + [PART_OF_AZURE] * any(part.lower().startswith("sig=") for part in parts)
    kept = [part for part in parts if not any(pattern.fullmatch(part) for pattern in secret)]
    if len(kept) == len(parts):
        return query
    return "?" + "&".join(kept) if kept else ""
