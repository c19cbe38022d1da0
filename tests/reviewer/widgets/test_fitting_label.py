"""Words that give way where there is no room for them."""

from reviewer.widgets.fitting_label import FittingLabel


def test_a_narrow_line_keeps_what_counts_and_its_tip_says_all(qtbot) -> None:
    label = FittingLabel()
    qtbot.addWidget(label)
    label.say("Faint remains, 3 of 15", "3 of 15")
    metrics = label.fontMetrics()
    label.resize(metrics.horizontalAdvance("Faint remains, 3 of 15") + 20, 24)
    assert label.shown() == "Faint remains, 3 of 15"
    label.resize(metrics.horizontalAdvance("Faint rem… 3 of 15") + 4, 24)
    assert label.shown().startswith("Faint")
    assert label.shown().endswith("… 3 of 15")
    label.resize(metrics.horizontalAdvance("3 of 15") + 8, 24)
    assert label.shown() == "3 of 15"
    label.resize(metrics.horizontalAdvance("3 o…") + 2, 24)
    assert label.shown().endswith("…")
    assert label.text() == label.toolTip() == "Faint remains, 3 of 15"
