"""Work ahead: what is needed in order is computed on several threads, a little before it is asked for."""

from collections import deque
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def ahead(work: Callable[[Given], Made], of: Iterable[Given], *, threads: int) -> Iterator[tuple[Given, Made]]:
    """Yield every item with what `work` makes of it, in their order, at most `threads` of them early.

    What waits to be asked for is bounded, as `Executor.map` is not before Python 3.14. Whoever stops asking waits for
    the items at work and no others. Raises what `work` raises, when its item's turn has come.
    """
    waiting: deque[tuple[Given, Future[Made]]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="ahead") as pool:
        try:
            for item in of:
                waiting.append((item, pool.submit(work, item)))
                if len(waiting) > threads:
                    first, made = waiting.popleft()
                    yield first, made.result()
            while waiting:
                first, made = waiting.popleft()
                yield first, made.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
