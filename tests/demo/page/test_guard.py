"""Nobody uses the page but the browser that was given its address with the key."""

import pytest

from tests.demo.page.conftest import KEY, OURS


def test_without_the_key_nothing_is_shown(stranger):
    for address in ("/", "/static/page.js", "/as/U1/home", "/?key=wrong", "/?key="):
        assert stranger.get(address).status_code == 403
    assert stranger.post("/time", json={"pace": "FAST"}, headers=OURS).status_code == 403


def test_the_key_in_the_address_opens_the_page_and_stays_in_a_cookie_of_our_own_pages(stranger):
    answer = stranger.get(f"/?key={KEY}")

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert KEY not in answer.text
    assert stranger.get("/").status_code == 200


def test_a_foreign_name_that_leads_here_is_turned_away(browser):
    for name in ("evil.test", "evil.test:4400", "127.0.0.1", "127.0.0.1:80", "localhost.evil.test:4400", ""):
        assert browser.get("/", headers={"Host": name}).status_code == 421
    assert browser.get("/", headers={"Host": "127.0.0.1:4400"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test", "Content-Type": "application/json"},
        {"Origin": "null", "Content-Type": "application/json"},
        {"Origin": "http://127.0.0.1:4401", "Content-Type": "application/json"},
        {"Content-Type": "application/json"},
        OURS | {"Content-Type": "text/plain"},
    ],
)
def test_other_sites_can_do_nothing_even_with_the_cookie(browser, company, headers):
    before = company.pace

    assert browser.post("/time", content='{"pace": "FAST"}', headers=headers).status_code == 403
    assert company.pace is before


def test_every_answer_forbids_foreign_scripts_frames_and_copies(browser):
    for address in ("/", "/nowhere", "/static/page.css", "/as/U0/home"):
        headers = browser.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_a_huge_request_is_turned_away(browser):
    assert browser.post("/time", content=b"x" * 300_000, headers=OURS).status_code == 413
    assert browser.post("/time", content=iter([b"x" * 99_000] * 3), headers=OURS).status_code == 413
