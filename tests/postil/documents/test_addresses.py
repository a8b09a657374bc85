"""What is a web address, and which machines a stranger's page may not make us ask."""

import pytest

from postil.documents.addresses import file_name, in_full, is_public, web_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c"),
        ("  HTTP://Example.ORG  ", "http://example.org/"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("www.example.org", "https://www.example.org/"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("http://localhost:8000/a", "http://localhost:8000/a"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
        ("https://bücher.example/ä b", ""),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
    ],
)
def test_what_is_typed_is_understood(typed: str, meant: str) -> None:
    assert web_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "", "word", "two words.org", "file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "https://",
        "https://user:secret@example.org/", "https://example.org:99999/", "https://a\u202eb.org/", "data:text/html,x",
        "https://exa\nmple.org/", "a@b.org", "https://[::1/", "http://exam ple.org", "x" * 5000 + ".org", "notes.md,",
    ],
)  # fmt: skip
def test_what_is_no_web_address(typed: str) -> None:
    assert web_address(typed) == ""


def test_machines_of_the_house_are_told_from_those_of_the_net() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
    inside = ("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1%eth0", "fc00::1")
    assert not any(map(is_public, (*inside, "::ffff:127.0.0.1", "2002:7f00:1::", "224.0.0.1", "", "a name")))


def test_addresses_on_a_page() -> None:
    assert in_full("https://example.org/a/b", "../c d.png#x") == "https://example.org/c%20d.png"
    assert in_full("https://example.org/a", "file:///etc/passwd") == ""
    assert in_full("https://example.org/a", "http://[broken") == ""


def test_files_are_called_after_their_addresses() -> None:
    assert file_name("https://example.org/a/report.pdf?x=1") == "report.pdf"
    assert file_name("https://example.org/", "text/html") == "example.org.html"
    assert file_name("https://example.org/..%2f..%2fetc%2fpasswd", "text/plain") == "etc passwd.txt"
    assert file_name("https://example.org/CON%00%3a.md") == "CON.md"
