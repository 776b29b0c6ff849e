"""How tests are handed out to several processes: one by one, in their order.

The order is that of pytest-django: tests that empty the database come after those that do
not. Files that prepare something at length stay whole, so that one process prepares it.
"""

from xdist.scheduler import LoadScopeScheduling

WHOLE = {
    "tests/core/test_dev.py",
    "tests/demo/test_demo.py",
    "tests/handbooks/test_printed_words.py",
    "tests/handbooks/test_quiz_texts.py",
    "tests/reference/test_fixtures.py",
    "tests/reference/test_search.py",
}


class Together(LoadScopeScheduling):
    def _split_scope(self, nodeid):
        file = nodeid.split("::")[0]
        return file if file in WHOLE else nodeid

    def mark_test_complete(self, node, item_index, duration=0):
        """And forgets what is done: it would be counted anew after every test."""
        super().mark_test_complete(node, item_index, duration)
        work = self.assigned_work[node]
        for scope in [name for name, tests in work.items() if all(tests.values())]:
            del work[scope]
