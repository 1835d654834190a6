"""Addresses in what people typed: those no mail program could read in two ways, and the domains they belong to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.email_address import addresses_in, is_address, is_secure


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("di.ray@nhs.net", ["di.ray@nhs.net"]),
        ("Di Ray <di.ray@nhs.net>, ext. 4410", ["di.ray@nhs.net"]),
        ("mailto:di@nhs.net; 0161 496 0000", ["di@nhs.net"]),
        ("Write to di@nhs.net.", ["di@nhs.net"]),
        ("a@x.gov.uk or b@x.gov.uk or a@x.gov.uk", ["a@x.gov.uk", "b@x.gov.uk"]),
        ("0161 496 0000", []),
        ("di@nhs", []),
        ("di@@nhs.net", []),
        ("di..ray@nhs.net", []),
        ("di@-nhs.net", []),
        ("dí@nhs.net", []),
        ("di@nhѕ.net", []),  # a Cyrillic letter that looks like an s
        ('"di ray"@nhs.net', []),
        ("", []),
    ],
)
def test_only_what_is_plainly_an_address_is_one(text: str, found: list[str]) -> None:
    assert addresses_in(text) == found


def test_an_address_too_long_to_be_sent_to_is_none() -> None:
    assert is_address(f"{'a' * 240}@nhs.net")
    assert not is_address(f"{'a' * 250}@nhs.net")


@given(st.text())
def test_whatever_is_typed_no_address_found_holds_what_a_header_could_break_at(text: str) -> None:
    for address in addresses_in(text + "\r\nBcc: a@x.org\n" + text):
        assert address.isascii()
        assert not set(address) & set(' \t\r\n<>,;:"\\')


@pytest.mark.parametrize(
    ("address", "domains", "secure"),
    [
        ("a@nhs.net", ["nhs.net"], True),
        ("a@TRUST.nhs.net", ["NHS.net"], True),
        ("a@evilnhs.net", ["nhs.net"], False),
        ("a@nhs.net.example.org", ["nhs.net"], False),
        ("a@north.gov.uk", [".gov.uk"], True),
        ("a@north.gov.uk", ["@north.gov.uk"], True),
        ("a@x.org", [], False),
        ("a@x.org", ["", ".", " "], False),
    ],
)
def test_a_domain_is_secure_with_everything_under_it(address: str, domains: list[str], secure: bool) -> None:
    assert is_secure(address, domains) is secure
