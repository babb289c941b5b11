from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import BETWEEN_POSTS, MINUTE, OPEN, POST, Pacer

BEGIN = timedelta(hours=9)
calls = st.lists(
    st.tuples(st.sampled_from([OPEN, POST]), st.sampled_from(["C1", "C2", "C3"]), st.floats(0, 2)), max_size=120
)


@given(calls)
def test_calls_made_when_the_pacer_allows_them_keep_every_limit(wanted):
    pacer, now, made = Pacer({OPEN: 5, POST: 20}), BEGIN, []
    for method, channel, latency in wanted:
        where = channel if method == POST else None
        sent = now = pacer.ready_at(method, now, where)
        now += timedelta(seconds=latency)
        pacer.called(method, now, where)
        made.append((method, where, sent))

    for method, limit in ((OPEN, 5), (POST, 20)):
        times = [at for name, _, at in made if name == method]
        assert all(later - earlier > MINUTE for earlier, later in zip(times, times[limit:], strict=False))
    for channel in ("C1", "C2", "C3"):
        times = [at for _, where, at in made if where == channel]
        assert all(later - earlier >= BETWEEN_POSTS for earlier, later in pairwise(times))


def test_a_method_that_must_wait_holds_up_no_other():
    pacer = Pacer()
    pacer.wait(OPEN, BEGIN + MINUTE)

    assert pacer.ready_at(OPEN, BEGIN) == BEGIN + MINUTE
    assert pacer.ready_at(POST, BEGIN, "C1") == BEGIN


def test_the_allowance_of_a_minute_may_be_used_at_once():
    pacer = Pacer()
    for _ in range(50):
        assert pacer.ready_at(OPEN, BEGIN) == BEGIN
        pacer.called(OPEN, BEGIN)

    assert pacer.ready_at(OPEN, BEGIN) > BEGIN + MINUTE
