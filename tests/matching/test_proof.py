"""The bound to which the benchmark measures gaps."""

import pytest

from bot.matching import Request, match
from tests.benchmarks.matching.company import company
from tests.benchmarks.matching.proof import bound_of


@pytest.mark.slow
def test_what_is_matched_is_never_worth_more_than_the_proof_says_and_hardly_less() -> None:
    there = company(1100)
    request = Request(there.people, history=there.history)
    value, bound = match(request).value, bound_of(request)
    assert bound * 0.9999 < value <= bound
