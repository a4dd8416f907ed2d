"""Requests as the SPARQL 1.1 Protocol has them."""

import pytest

from seston.web.exchange import Asked, Refusal
from seston.web.protocol import FORM, QUERY, read_request

ASK = "ASK { ?s ?p '+&=é🦐' }"
SENT = b"query=ASK+%7B+%3Fs+%3Fp+%27%2B%26%3D%C3%A9%F0%9F%A6%90%27+%7D"
GRAPHS = b"default-graph-uri=http://a&default-graph-uri=http://b&named-graph-uri=http://c"
ASKED = Asked(ASK, ("http://a", "http://b"), ("http://c",), "text/csv")


def test_the_three_ways_of_asking_are_one() -> None:
    assert read_request("GET", SENT + b"&" + GRAPHS, "", b"", "text/csv") == ASKED
    assert read_request("POST", b"", FORM, SENT + b"&" + GRAPHS, "text/csv") == ASKED
    assert read_request("POST", GRAPHS, f"{QUERY}; charset=UTF-8", ASK.encode(), "text/csv") == ASKED


@pytest.mark.parametrize(
    ("method", "url", "content_type", "body", "status"),
    [
        ("GET", b"", "", b"", 400),
        ("GET", b"query=ASK{}&query=ASK{}", "", b"", 400),
        ("GET", b"query=%ff", "", b"", 400),
        ("GET", b"&".join([b"a=b"] * 300), "", b"", 400),
        ("GET", b"update=DROP+ALL", "", b"", 403),
        ("GET", b"query=ASK{}&update=DROP+ALL", "", b"", 403),
        ("POST", b"", FORM, b"update=DROP+ALL", 403),
        ("POST", b"", "application/sparql-update", b"DROP ALL", 403),
        ("POST", b"query=ASK{}", QUERY, b"ASK {}", 400),
        ("POST", b"", QUERY, b"\xff\xfe", 400),
        ("POST", b"", f'{QUERY}; charset="latin-1"', b"ASK {}", 415),
        ("POST", b"", "text/plain", b"ASK {}", 415),
        ("POST", b"", "", b"ASK {}", 415),
    ],
)
def test_requests_that_are_not_right(method: str, url: bytes, content_type: str, body: bytes, status: int) -> None:
    with pytest.raises(Refusal) as caught:
        read_request(method, url, content_type, body, "")
    assert caught.value.status == status
    assert caught.value.reason.endswith(".")
