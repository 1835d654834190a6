"""Good files made bad: bytes cut, copied, turned and replaced, with the words that parsers trip over among them."""

from __future__ import annotations

from random import Random

#: What a parser of one kind or another takes for something of its own.
WORDS = (
    *(b"", b"\0", b"\r", b"\r\n\r\n", b"\n\n", b"\t", b'"', b'"""', b"'", b"''''", b"\\", b"\\u0000"),
    *(b"\x1b[2J", b"%s%n", b"<", b">", b"&x;", b"&#0;", b"]]>", b"<!--"),
    *(b"<!DOCTYPE m [<!ENTITY a SYSTEM 'secret.txt'>]>", b"<a>" * 500, b"[", b"]", b"{", b"}"),
    *(b"[" * 3000, b"{a=" * 3000, b"a." * 3000 + b"a = 1", b"= 0x" + b"f" * 6000, b"\xff\xfe", b"\xfe\xff"),
    *(b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"+AGEAYg-", b"\xe2\x80\xae", b"\xc2\x85", b"0"),
    *(b"-1", b"1e999", b"nan", b"inf", b"-inf", b"true", b"9" * 400, b"9" * 5000, b"0x" + b"f" * 5000, b"1_0"),
    *(b"\xd9\xa1", b"9999-12-31", b"0001-01-01", b"2026-02-30", b"9999-12-31T23:59:59-14:00"),
    *(b"0001-01-01T00:00:00+14:00", b"24:00", b"Mon, 01 Jan 0001 00:00:00 +1400"),
    *(b"Fri, 31 Dec 9999 23:59:59 -1400", b"Fri, 20 Nov 99999 18:00:00 +9999", b"=?utf-8?b?////?="),
    *(b"=?x?q?=00?=", b"=1+1", b"@SUM(A1)", b"../../etc/passwd", b"MAILTO:a@b.example"),
    *(b"multipart/mixed; boundary=b", b"message/rfc822", b"message/delivery-status", b"charset=utf-7"),
    *(b"base64", b"x-uuencode"),
)  # fmt: skip


def spoilt(whole: bytes, rng: Random) -> bytes:
    """`whole` after one to five changes at random places, mostly one."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
        whole = rng.choice(_CHANGES)(whole, rng)
    return whole


def _piece(whole: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randint(0, len(whole))
    return start, min(len(whole), start + int(rng.expovariate(1 / 20)))


def _replaced(whole: bytes, rng: Random) -> bytes:
    start, end = _piece(whole, rng)
    return whole[:start] + rng.choice(WORDS) + whole[end:]


def _cut(whole: bytes, rng: Random) -> bytes:
    start, end = _piece(whole, rng)
    return whole[:start] + whole[end:]


def _ended(whole: bytes, rng: Random) -> bytes:
    return whole[: rng.randint(0, len(whole))]


def _turned(whole: bytes, rng: Random) -> bytes:
    at = rng.randint(0, max(len(whole) - 1, 0))
    return whole[:at] + rng.randbytes(1) + whole[at + 1 :]


def _copied(whole: bytes, rng: Random) -> bytes:
    start, end = _piece(whole, rng)
    at = rng.randint(0, len(whole))
    return whole[:at] + whole[start:end] * rng.choice((1, 2, 50)) + whole[at:]


def _value(whole: bytes, rng: Random) -> bytes:
    """One line's value, after its `=`, `:`, `,` or `>`, replaced by a word."""
    lines = whole.split(b"\n")
    at = rng.randrange(len(lines))
    for sign in (b"=", b":", b",", b">"):
        head, found, _ = lines[at].partition(sign)
        if found:
            lines[at] = head + found + b" " + rng.choice(WORDS)
            break
    return b"\n".join(lines)


def _lines(whole: bytes, rng: Random) -> bytes:
    """Two lines that change places, or one that is there twice or not at all."""
    lines = whole.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(3):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(one, lines[other])
        case _:
            del lines[one]
    return b"\n".join(lines)


_CHANGES = (_replaced, _replaced, _value, _value, _cut, _ended, _turned, _copied, _lines)
