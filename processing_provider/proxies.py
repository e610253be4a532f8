"""Turns QGIS's proxy settings into the environment variables that installers understand."""

from __future__ import annotations

import os
import sys
from typing import Any
from urllib.parse import quote

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtNetwork import QNetworkProxy

from ..engine.errors import SetupError

SCHEMES = {"HttpProxy": "http", "HttpCachingProxy": "http", "Socks5Proxy": "socks5"}


def proxies(settings: QgsSettings) -> dict[str, str]:
    """Proxy variables for a child process; empty where QGIS uses no proxy of its own.

    QGIS's "DefaultProxy" means the system's, which the child finds by itself.

    Raises:
        SetupError: QGIS uses a proxy that installers cannot use.
    """
    scheme = SCHEMES.get(settings.value("proxy/proxyType", ""))
    host = settings.value("proxy/proxyHost", "")
    if not settings.value("proxy/proxyEnabled", False, bool) or not scheme or not host:
        return {}
    if scheme == "socks5":
        raise SetupError(
            "QGIS reaches the internet through a SOCKS proxy, which pip cannot use. Choose an HTTP proxy in QGIS's "
            "options, or give a folder of wheels as WHEELS."
        )
    user, password = _user_and_password(settings)
    login = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    port = settings.value("proxy/proxyPort", "")
    address = f"{scheme}://{login}{host}{f':{port}' if port else ''}"
    found = {"HTTP_PROXY": address, "HTTPS_PROXY": address, "NO_PROXY": ",".join(_excluded(settings))}
    if sys.platform == "win32":  # names there know no case
        return found
    return {**found, **{name.lower(): value for name, value in found.items()}}  # lower case goes before upper


def _user_and_password(settings: QgsSettings) -> tuple[str, str]:
    """Those of the settings, or of QGIS's store of logins where the proxy has its own there."""
    user, password = settings.value("proxy/proxyUser", ""), settings.value("proxy/proxyPassword", "")
    stored = settings.value("proxy/authcfg", "")
    if not stored:
        return user, password
    proxy = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "", 0, user, password)
    _, proxy = QgsApplication.authManager().updateNetworkProxy(proxy, stored)
    return proxy.user(), proxy.password()


def _excluded(settings: QgsSettings) -> list[str]:
    """Hosts that are reached without the proxy: this machine, those QGIS lists as address beginnings, the user's."""
    urls = [url for key in ("proxy/proxyExcludedUrls", "proxy/noProxyUrls") for url in _listed(settings.value(key))]
    hosts = [url.partition("://")[2] or url for url in urls]
    users = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").split(",")
    return ["localhost", "127.0.0.1", *(host.partition("/")[0] for host in hosts if host), *filter(None, users)]


def _listed(value: Any) -> list[str]:
    """A list of the settings file; one of a single entry is read back as that entry."""
    return [value] if isinstance(value, str) else list(value or [])
