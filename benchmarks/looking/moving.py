"""From the key to the picture in the real window while the line is at rest; milliseconds.

Cold means that nothing of the image is in memory. True are the result's own pixels, however small they are shown;
exact are those of both files, which a decision needs.
"""

from benchmarks.looking.clock import Answer
from benchmarks.looking.clock import loop_for
from benchmarks.looking.clock import loop_until
from benchmarks.looking.clock import percentiles
from benchmarks.looking.made import Place
from benchmarks.looking.sitting import neighbour
from benchmarks.looking.sitting import opened
from benchmarks.looking.sitting import press_towards
from reviewer.views.window import MainWindow

DWELL_MILLISECONDS = 200
GOALS = {
    "next_idle_wall_p50": ("<=", 5.0),
    "next_idle_wall_p95": ("<=", 50.0),
    "cold_true_pixels_processor": ("<=", 60.0),
}


def measure(place: Place, *, quick: bool) -> dict[str, float]:
    """Return how soon the next image appears when it was decoded ahead, and when nothing of it is in memory."""
    turns = 8 if quick else 100
    with opened(place) as window:
        figures = named("next_idle_wall", flips(window, turns))
        figures |= _cold(window, 2 if quick else 20)
        window.compare.canvas.zoom_to(1.0)
        figures |= named("next_at_one_to_one_wall", flips(window, turns // 3))
    return figures


def flips(window: MainWindow, turns: int) -> list[float]:
    """Return the wall milliseconds from key to exact pixels, each after the next image was decoded and a look."""
    return [_flip(window) for _ in range(turns)]


def _flip(window: MainWindow) -> float:
    canvas, target = window.compare.canvas, neighbour(window)
    loop_until(lambda: window.session.queue.entry(target) is not None)
    gallery, entry = window.session.desk.pictures.gallery, window.session.queue.entry(target)
    close = not canvas.view.fit

    def ready() -> bool:
        pair = gallery.pair(entry)
        return pair is not None and pair.exact and (pair.result.whole or not close)

    loop_until(ready)
    loop_for(DWELL_MILLISECONDS)
    painted = Answer(
        lambda: press_towards(window, target),
        canvas.appeared,
        lambda: canvas.painted is not None and canvas.painted[0] == target,
    )
    return painted.wall


def _cold(window: MainWindow, turns: int) -> dict[str, float]:
    """Forget all pictures before each key; processor time is that of all threads until then."""
    canvas, gallery = window.compare.canvas, window.session.desk.pictures.gallery
    true, exact = [], []
    for number in range(2 * turns):
        target = neighbour(window)
        loop_for(DWELL_MILLISECONDS)
        loop_until(lambda: gallery.rests)
        gallery.forget()
        first = number % 2 == 0
        signal = canvas.sharpened if first else canvas.appeared

        def there(target: int = target, first: bool = first) -> bool:
            seen = canvas.sharp if first else canvas.painted
            return seen is not None and seen[0] == target

        (true if first else exact).append(Answer(lambda target=target: press_towards(window, target), signal, there))
    return {
        "cold_true_pixels_processor": min(answer.processor for answer in true),
        "cold_true_pixels_wall": min(answer.wall for answer in true),
        "cold_exact_pixels_processor": min(answer.processor for answer in exact),
        "cold_exact_pixels_wall": min(answer.wall for answer in exact),
    }


def named(name: str, values: list[float]) -> dict[str, float]:
    """Return the percentiles under this name."""
    return {f"{name}_{share}": value for share, value in percentiles(values).items()}
