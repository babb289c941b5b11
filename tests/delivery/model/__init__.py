"""Model check of delivery: whatever goes wrong, and whenever, each message reaches Slack exactly once.

`python -m tests.delivery.model` prints the tables; `--deep` allows one fault more in each row, `--stories` prints the
shortest way to each bad ending.

**States** (world.py). A small world: two or three processes, a database with atomic transactions, one or two messages,
and Slack. Every state that can be reached is visited, breadth first, in every order of steps. A tick is ten seconds.
A step takes no time unless its process is paused; a request takes up to a tick.

**Steps** (steps.py). What a process does: each step is one transaction, one request or one decision, and others may act
between any two. Each names the function of bot/delivery that does the same.

**Faults** (faults.py). At any point, as often as a budget allows: a process is killed or paused, a commit fails, the
power fails, a request or an answer is lost, Slack answers 429 or nonsense, or carries out a request after nobody waits
for it. A history may show a post a tick late. The clock that a process measures silence with stands still while it is
paused, as on a frozen virtual machine, which is the worst case.

**Verdict** (search.py). From every state the faults end and the story runs on until all is well or nothing changes:
once with paused processes going on, and once with them asleep for ever. All is well when each message is in Slack once,
the outbox says that it was sent with the `ts` of that one, and this within PATIENCE. Otherwise it is TWICE, LOST (given
up), STUCK (waits), or a LIE (said to be sent, and not there, or somewhere else).

Assumed: Slack carries out a request within LATE of its being written, or never. Not in the model: opening
conversations, files, changes of messages, merged messages, budgets and limits.
"""
