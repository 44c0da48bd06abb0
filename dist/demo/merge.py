"""Joins the sensors' EVE files to the one that is shipped, sorted by time.

Two things are put right, since Suricata read a file and not a wire:
* It writes all flows that are still open when a file ends; a live sensor writes each one when its time-out has passed.
  A flow record gets the time, and the reason, that it would have there.
* A file has no kernel counters. The `stats` records are those of the same Suricata listening live while the traffic was
  made, at the times of the capture.

usage: merge.py WORK_DIR START OUT.gz SENSOR...
"""

import datetime
import gzip
import json
import pathlib
import sys

from retime import Clock

LENGTH = 1800
TIMEOUT = {("TCP", "new"): 15, ("TCP", "established"): 60, ("TCP", "closed"): 2, ("UDP", "new"): 10, ("ICMP", "new"): 10}
OTHER_TIMEOUT = 15


def seconds(stamp):
    return datetime.datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S.%f%z").timestamp()


def stamp(when):
    return datetime.datetime.fromtimestamp(when, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "+0000"


def flow_time(event):
    flow = event["flow"]
    return seconds(flow["end"]) + TIMEOUT.get((event["proto"], flow.get("state")), OTHER_TIMEOUT)


def lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def seen(work, sensor, end):
    for event in lines(work / f"eve-{sensor}" / "eve.json"):
        if event["event_type"] == "stats":
            continue
        if event["event_type"] == "flow":
            event["timestamp"] = stamp(min(end, flow_time(event)))
            event["flow"]["reason"] = "timeout" if flow_time(event) < end else "shutdown"
        yield event


def counted(work, sensor, start):
    clock = Clock(work / "marks", start)
    for event in lines(work / f"live-{sensor}" / "eve.json"):
        if event["event_type"] == "stats" and seconds(event["timestamp"]) >= clock.began[0]:
            when = clock.planned_time(seconds(event["timestamp"]))
            event["stats"]["uptime"] = 86400 + int(when - start)
            event["timestamp"] = stamp(when)
            yield event


def main(work, start, target, sensors):
    end = start + LENGTH
    events = [event for sensor in sensors for event in (*seen(work, sensor, end), *counted(work, sensor, start))]
    events = [event for event in events if seconds(event["timestamp"]) <= end]
    events.sort(key=lambda event: seconds(event["timestamp"]))
    text = "".join(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n" for event in events)
    with open(target, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(text.encode())
    print(f"merge: {len(events)} events")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3], sys.argv[4:])
