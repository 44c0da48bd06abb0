"""Moves the packets of a capture to the times the plan gave their steps.

Every packet belongs to the step that was under way when it was captured. Within a step the distances between packets stay
as they were, except that pauses of more than PAUSE seconds are multiplied by the step's stretch.

usage: retime.py MARKS START IN.pcap OUT.pcap     (START: the capture's first second, as seconds since 1970)
"""

import bisect
import pathlib
import struct
import sys

PAUSE = 0.2


class Clock:
    """Translates real times to planned ones; packets have to come in order of capture."""

    def __init__(self, marks, start):
        rows = [line.split() for line in pathlib.Path(marks).read_text("ascii").splitlines()]
        self.began = [float(row[0]) for row in rows]
        self.planned = [start + float(row[1]) for row in rows]
        self.stretch = [float(row[2]) for row in rows]
        self.step = None

    def planned_time(self, real):
        step = max(0, bisect.bisect_right(self.began, real) - 1)
        if step != self.step:
            self.step, self.last, self.now = step, self.began[step], self.planned[step]
        gap = max(0.0, real - self.last)
        self.now += gap * self.stretch[step] if gap > PAUSE else gap
        self.last = real
        return self.now


def packets(file):
    magic = file.read(24)
    if magic[:4] != b"\xd4\xc3\xb2\xa1":
        raise SystemExit("retime: not a little-endian pcap file with microseconds")
    yield magic
    while head := file.read(16):
        seconds, micros, kept, _ = struct.unpack("<IIII", head)
        yield seconds + micros / 1e6, head[8:], file.read(kept)


def main(marks, start, source, target):
    clock = Clock(marks, start)
    moved = []
    with open(source, "rb") as file:
        rows = packets(file)
        header = next(rows)
        for real, lengths, data in rows:
            if real >= clock.began[0]:
                moved.append((clock.planned_time(real), lengths, data))
    moved.sort(key=lambda row: row[0])
    with open(target, "wb") as out:
        out.write(header)
        for when, lengths, data in moved:
            seconds, micros = divmod(round(when * 1e6), 1_000_000)
            out.write(struct.pack("<II", seconds, micros) + lengths + data)
    print(f"retime: {len(moved)} packets")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3], sys.argv[4])
