"""Who escalates toward whom, over time: scored statements in, one self-contained HTML page out.

The rooms: ``read`` (files of scored rows -> events), ``series`` (events -> weeks, changes and movers), ``charts``
(figures as Vega-Lite), ``page`` (the HTML).
"""
