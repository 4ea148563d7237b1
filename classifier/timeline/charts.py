"""A report's figures as Vega-Lite, built and checked by Altair; each takes the width of the page it stands on."""

from collections.abc import Sequence
from typing import Any, Final

from classifier.errors import TableError
from classifier.timeline.series import Actor, Pair

LEVELS: Final = [-2, 3]
BLUE, GREY, RED = "#2c6fbb", "#8a8f98", "#c0392b"
_FONT: Final = "system-ui, sans-serif"


def altair() -> Any:
    """Return the altair module.  Raises TableError where it is not installed."""
    try:
        import altair as module
        import vl_convert  # noqa: F401
    except ModuleNotFoundError as error:
        raise TableError(
            f"expected the package {error.name} for the report, found it not installed; "
            f"run: pip install 'detente[report]'"
        ) from error
    return module


def script() -> str:
    """Return the JavaScript that draws the charts, whole, so that a page needs no network."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


def weeks_chart(actor: Actor, span: Sequence[str]) -> dict[str, Any]:
    """Return an actor's mean level by week with its band, points as large as their counts."""
    alt = altair()
    rows = [
        {"week": w.start.isoformat(), "mean": w.mean, "low": w.low, "high": w.high, "count": w.count}
        for w in actor.weeks
    ]
    axis = alt.Axis(values=[-2, -1, 0, 1, 2, 3], title=None, labelOverlap=False, minExtent=24)
    y = alt.Y("mean:Q", scale=alt.Scale(domain=LEVELS), axis=axis)
    x = alt.X(
        "week:T", scale=alt.Scale(domain=list(span)), axis=alt.Axis(title=None, format="%b %y", labelOverlap=True)
    )
    tooltip = [
        alt.Tooltip("week:T", title="week of"),
        alt.Tooltip("mean:Q", title="mean level", format="+.2f"),
        alt.Tooltip("low:Q", title="band from", format="+.2f"),
        alt.Tooltip("high:Q", title="to", format="+.2f"),
        alt.Tooltip("count:Q", title="statements"),
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(x=x)
    band = (
        base.mark_area(opacity=0.22, color=BLUE)
        .encode(y=alt.Y("low:Q", scale=alt.Scale(domain=LEVELS), axis=axis), y2="high:Q")
        .transform_filter("datum.low !== null")
    )
    line = base.mark_line(color=BLUE, strokeWidth=1.5).encode(y=y)
    size = alt.Size("count:Q", legend=None, scale=alt.Scale(range=[12, 140], domainMin=1))
    colour = alt.condition("datum.mean >= 1", alt.value(RED), alt.value(BLUE))
    points = base.mark_circle(opacity=1).encode(y=y, size=size, color=colour, tooltip=tooltip)
    zero = alt.Chart(alt.Data(values=[{"y": 0}])).mark_rule(color=GREY, strokeDash=[3, 3]).encode(y="y:Q")
    return _spec(zero + band + line + points, 130)


def counts_chart(actor: Actor, span: Sequence[str]) -> dict[str, Any]:
    """Return an actor's statements by week, copies left out."""
    alt = altair()
    rows = [{"week": w.start.isoformat(), "count": w.count} for w in actor.weeks]
    x = alt.X("week:T", scale=alt.Scale(domain=list(span)), axis=alt.Axis(title=None, labels=False, ticks=False))
    y = alt.Y("count:Q", axis=alt.Axis(title=None, tickCount=2, tickMinStep=1, minExtent=24))
    return _spec(alt.Chart(alt.Data(values=rows)).mark_bar(color=GREY, size=4).encode(x=x, y=y), 36)


def pairs_chart(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return who speaks how toward whom: colour for the mean level, the count in figures."""
    alt = altair()
    rows = [{"who": p.who, "toward": p.toward, "mean": p.mean, "count": p.count} for p in pairs]
    colour = alt.Color(
        "mean:Q",
        scale=alt.Scale(domain=[-2, 0, 3], range=[BLUE, "#f2f2f2", RED]),
        legend=alt.Legend(title="mean level", orient="top", gradientLength=160),
    )
    x = alt.X("toward:N", axis=alt.Axis(title="toward", orient="top", labelAngle=-40, labelLimit=90))
    y = alt.Y("who:N", axis=alt.Axis(title=None, labelLimit=110))
    tooltip = ["who:N", "toward:N", alt.Tooltip("mean:Q", format="+.2f"), "count:Q"]
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    cells = base.mark_rect().encode(color=colour, tooltip=tooltip)
    dark = alt.condition("datum.mean > 1.8 || datum.mean < -1.4", alt.value("white"), alt.value("#333"))
    words = base.mark_text(fontSize=10).encode(text="count:Q", color=dark)
    return _spec(cells + words, 26 * len({pair.who for pair in pairs}))


def _spec(chart: Any, height: int) -> dict[str, Any]:
    whole = chart.properties(width="container", height=height, autosize={"type": "fit-x", "contains": "padding"})
    spec: dict[str, Any] = whole.configure(font=_FONT).configure_view(strokeWidth=0).to_dict()
    return spec
