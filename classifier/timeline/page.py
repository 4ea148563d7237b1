"""A report's page: one HTML file that needs no network and reads on a phone."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any, Final

from classifier.labels import ESCALATION_LEVELS
from classifier.timeline.charts import counts_chart, pairs_chart, script, weeks_chart
from classifier.timeline.read import Event, Events
from classifier.timeline.series import RECENT, Actor, Move, actors_of, pairs_of

MOST_ACTORS: Final = 12
"""Actors with a chart of their own; the rest stand in the table alone."""

_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
)

_STYLE: Final = """
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff}
h1{font-size:1.5rem;line-height:1.2;margin:.3rem 0}h2{font-size:1.15rem;margin:2rem 0 .3rem}
p,li{max-width:46rem}
.note{color:#666;font-size:.875rem}.chart{width:100%;min-width:0}
section{border-top:1px solid #ddd}figure{margin:0}
blockquote{margin:.3rem 0;padding-left:.7rem;border-left:3px solid #ddd}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.875rem;width:100%}
th,td{text-align:right;padding:.3rem .5rem;border-bottom:1px solid #eee;white-space:nowrap}
th:first-child,td:first-child{text-align:left;white-space:normal}
td:last-child{white-space:normal}.band{display:inline-block;white-space:nowrap;color:#666}
@media(max-width:30rem){th,td{padding:.3rem .2rem;font-size:.8125rem}th{white-space:normal}}
.up{color:#c0392b;font-weight:600}.down{color:#2c6fbb;font-weight:600}
.level{font-variant-numeric:tabular-nums;font-weight:600}
"""

_DRAW: Final = """
for (const [id, spec] of Object.entries(JSON.parse(document.getElementById("specs").textContent)))
  vegaEmbed("#" + id, spec, {actions: false, renderer: "svg"});
"""


def render_page(found: Events, title: str) -> str:
    """Return the whole page for some events."""
    actors = actors_of(found.events)
    shown = actors[:MOST_ACTORS]
    span = [found.events[0].day.isoformat(), (found.events[-1].day + timedelta(days=1)).isoformat()]
    specs: dict[str, Any] = {}
    for i, actor in enumerate(shown):
        specs[f"weeks{i}"] = weeks_chart(actor, span)
        specs[f"counts{i}"] = counts_chart(actor, span)
    pairs = pairs_of(found.events, [actor.name for actor in shown])
    if pairs:
        specs["pairs"] = pairs_chart(pairs)
    body = [
        _head(found, title),
        _summary(actors),
        _figure("Who speaks how toward whom", "pairs", "Figures are counts of statements.") if pairs else "",
        *(_section(i, actor) for i, actor in enumerate(shown)),
    ]
    return _document(title, "\n".join(body), specs)


def _document(title: str, body: str, specs: Mapping[str, Any]) -> str:
    drawer = script().replace("</script", "<\\/script")
    data = json.dumps(specs, ensure_ascii=True).replace("<", "\\u003c")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
{body}
<noscript><p>The charts need JavaScript; the tables do not.</p></noscript>
<script type="application/json" id="specs">{data}</script>
<script>{drawer}</script>
<script>{_DRAW}</script>
</body>
</html>
"""


def _head(found: Events, title: str) -> str:
    scale = ", ".join(f"{level:+d} {label}".replace("+0", "0") for label, level in ESCALATION_LEVELS.items())
    out = _counted(found.left_out)
    return (
        f"<h1>{escape(title)}</h1><p>{len(found.events):,} statements, {_day(found.events[0].day)} to "
        f"{_day(found.events[-1].day)}.</p><p class=note>Levels: {scale}. A point is the mean expected level of a "
        f"week's statements, red from +1 on; the shade is where that mean lies in 90 of 100 resamples, drawn from "
        f"three statements on. Of {found.rows:,} rows, left out: {escape(out) or 'none'}. Scores are a model's: read "
        f"the statements before you conclude.</p>"
    )


def _counted(left_out: Counter[str]) -> str:
    return ", ".join(f"{count:,} {why}" for why, count in left_out.most_common())


def _summary(actors: Sequence[Actor]) -> str:
    rows = "".join(
        f"<tr><td>{escape(actor.name)}</td><td>{actor.count:,}</td><td class=level>{actor.mean:+.2f}</td>"
        f"<td>{_change(actor)}</td></tr>"
        for actor in actors[:200]
    )
    return (
        f"<h2>Levels and their change</h2><div class=wide><table><thead><tr><th>who</th><th>statements</th>"
        f"<th>mean level</th><th>change</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f"<p class=note>Change: the last {RECENT} weeks against the {RECENT} before, with its 90% band; coloured where "
        f"the band leaves out no change.</p>"
    )


def _change(actor: Actor) -> str:
    change = actor.change
    if change is None:
        return "too few"
    kind = ("up" if change.value > 0 else "down") if change.sure else ""
    band = f"({change.low:+.2f} to {change.high:+.2f})"
    return f'<span class="{kind}">{change.value:+.2f}</span> <span class=band>{band}</span>'


def _figure(title: str, name: str, note: str) -> str:
    figure = f'<figure><div class=chart id="{name}"></div></figure>'
    return f"<section><h2>{title}</h2>{figure}<p class=note>{note}</p></section>"


def _section(number: int, actor: Actor) -> str:
    charts = "".join(f'<div class=chart id="{kind}{number}"></div>' for kind in ("weeks", "counts"))
    moves = "".join(_move(move) for move in actor.moves)
    return (
        f"<section><h2>{escape(actor.name)}</h2><p class=note>{actor.count:,} statements, mean level "
        f"{actor.mean:+.2f}</p><figure>{charts}</figure>{moves}</section>"
    )


def _move(move: Move) -> str:
    way = "up" if move.change > 0 else "down"
    quotes = "".join(_quote(event) for event in move.events)
    return (
        f'<p><span class="{way}">{move.change:+.2f}</span> in the week of {_day(move.week.start)}, '
        f"to {move.week.mean:+.2f} ({move.week.count} statements). What moved it:</p>{quotes}"
    )


def _quote(event: Event) -> str:
    text = event.text if len(event.text) <= 280 else event.text[:279] + "…"
    toward = f", toward {escape(event.toward)}" if event.toward else ""
    return (
        f"<blockquote>{escape(text)}<br><span class=note>{_day(event.day)}{toward}: "
        f"{escape(event.label)} ({event.level:+.2f})</span></blockquote>"
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
