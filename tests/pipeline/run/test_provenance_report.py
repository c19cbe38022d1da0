"""The provenance of a batch as a page: complete, escaped, and in need of nothing but itself."""

from collections.abc import Callable
from pathlib import Path

from defusedxml.ElementTree import fromstring

from pipeline.model import Action
from pipeline.model import State
from pipeline.model import WorkItem
from pipeline.run.deliver import export
from pipeline.run.plots import BINS
from pipeline.run.plots import histogram
from pipeline.run.provenance_report import provenance_page
from pipeline.settings import Settings
from pipeline.store.store import Store


def test_the_page_tells_everything_and_runs_nothing(
    add: Callable[..., list[WorkItem]],
    store: Store,
    build_item: Callable[..., WorkItem],
    settings: Settings,
    tmp_path: Path,
) -> None:
    codes = [{"asin": "B0TEST0001", "sku": '<script>alert("x")</script>'}, {"asin": "B0TEST0002"}]
    add([build_item(), build_item(color=(60, 120, 40))], codes=codes, state=State.REVIEW)
    store.decide(1, Action.APPROVE, person="Ana <b>", note="fine & clean", seconds=7.5)
    export(store, "shoot", ["amazon_main"], tmp_path / "out", settings)
    text = provenance_page(store, "shoot").decode()
    assert "<script" not in text
    assert "&lt;script&gt;alert(&#34;x&#34;)" in text
    assert "Ana &lt;b&gt; (editor)" in text
    assert "fine &amp; clean" in text
    assert "http" not in text.replace('xmlns="http://www.w3.org', ""), "it loads nothing"
    assert text.count("data:image/jpeg;base64,") == 4, "original and result of two images"
    assert text.count("<svg") == 7
    assert store.deliveries("shoot")[0].sha256 in text
    assert store.head()[1] in text
    for step in store.entry(1).version.outcome.steps:
        assert f"<td>{step.stage}</td><td>{step.tool}</td>" in text


def test_a_histogram_counts_every_value_once_and_marks_the_median() -> None:
    values = [0.0, *[50.0] * 7, 99.9, 100.0, float("nan")]
    plot = fromstring(str(histogram(values, title='a "score" <', unit="%", low=0, high=100)))
    bars = [float(bar.get("height")) for bar in plot.iter("rect")]
    assert len(bars) == BINS
    highest = max(bars)
    assert [round(7 * bar / highest) for bar in bars if bar] == [1, 7, 2]
    assert 'a "score" <: 10 images, median 50 %' in "".join(plot.itertext())
    assert "nothing was measured" in histogram([], title="x", unit="")
    assert histogram([3.0, 3.0], title="x", unit="s").count("<rect") == BINS
