"""Prints the contents of a demo capture as Markdown tables.

usage: contents.py EVE.gz
"""

import sys

from check import read

ORDER = ["Critical", "Major", "Minor", "Informational"]


def table(heads, rows):
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(map(str, row)) + " |" for row in rows)
    yield ""


def report(capture):
    yield "# What is in demo.eve.json.gz"
    yield ""
    yield "Written by `make-capture.sh`; do not edit."
    yield ""
    yield f"{capture.lines} events from {capture.first} to {capture.last}, {len(capture.outside())} outside addresses."
    yield ""
    yield from table(["event type", "events"], capture.kinds.most_common())
    yield from table(["sensor", "events"], sorted(capture.sensors.items()))
    yield from table(["severity", "alerts"], [(severity, capture.severities[severity]) for severity in ORDER])
    rows = sorted(capture.signatures.items(), key=lambda item: (ORDER.index(item[0][1]), item[0][0]))
    yield from table(["severity", "sid", "signature", "alerts"], [(severity, sid, name, count) for (sid, severity, name), count in rows])


print("\n".join(report(read(sys.argv[1]))).rstrip())
