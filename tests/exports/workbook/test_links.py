"""Addresses of evidence become links that spreadsheet programs take."""

from __future__ import annotations

import pytest

from exports.workbook.links import link_target


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://example.org/wiki", "https://example.org/wiki"),
        ("example.org/a b", "https://example.org/a%20b"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("https://example.org/ä?q=ü#z", "https://example.org/%C3%A4?q=%C3%BC#z"),
        ("https://example.org/%20", "https://example.org/%20"),
        ("https://wiki/page", "https://wiki/page"),
        ("mailto:team@example.org", "mailto:team@example.org"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
        ("localhost:8080/wiki", "https://localhost:8080/wiki"),
    ],
)
def test_web_and_mail_addresses_are_links(address: str, target: str) -> None:
    assert link_target(address) == target


@pytest.mark.parametrize(
    "address",
    [
        "", "see the wiki", "file:///etc/passwd", "javascript:alert(1)", "C:\\secret.docx",
        "\\\\server\\share", "https://", "https://[x", "mailto:nobody", "https://a b.org",
        "https://example.org/" + "x" * 3_000, "https://example.org/\x07", "=1+1",
        "https://example.org:port/",
    ],
)  # fmt: skip
def test_anything_else_stays_text(address: str) -> None:
    assert link_target(address) is None
