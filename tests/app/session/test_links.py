"""Addresses of evidence are checked when they are entered."""

from __future__ import annotations

import pytest

from app.errors import InvalidInput
from app.session.links import link_target


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://example.org/a b?x=1", None),
        ("https://example.org/page?q=a b#c", "https://example.org/page?q=a b#c"),
        ("HTTP://Example.org", "HTTP://Example.org"),
        ("example.org/page", "https://example.org/page"),
        ("wiki/display/X", "https://wiki/display/X"),
        ("localhost:8080/x", "https://localhost:8080/x"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("https://bücher.example/straße", "https://bücher.example/straße"),
        ("team@example.org", "mailto:team@example.org"),
        ("mailto:team@example.org?subject=Hi there", "mailto:team@example.org?subject=Hi there"),
        ("  example.org ", "https://example.org"),
        ("example.org?back=https://other.org", "https://example.org?back=https://other.org"),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("ftp://example.org", None),
        ("smb://server/share", None),
        ("\\\\server\\share", None),
        ("C:\\reports\\a.pdf", None),
        ("/home/me/report.pdf", None),
        ("Protokoll", None),
        ("see the minutes", None),
        ("https://", None),
        ("https:///page", None),
        ("https://a:b/", None),
        ("mailto:", None),
        ("mailto:nobody", None),
        ("", None),
    ],
)
def test_only_web_and_mail_addresses_are_links(address: str, target: str | None) -> None:
    if target is not None:
        assert link_target(address) == target
        return
    with pytest.raises(InvalidInput):
        link_target(address)
