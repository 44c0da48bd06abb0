"""Checks a demo capture: valid, wide enough, in order, without foreign addresses and without traces of this machine.

usage: check.py [EVE.gz] [ASSETS.csv]        exits with 1 and says what is wrong
"""

import base64
import collections
import csv
import gzip
import ipaddress
import json
import pathlib
import pwd
import re
import socket
import sys

HERE = pathlib.Path(__file__).parent
OUTSIDE = [ipaddress.ip_network(text) for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
INSIDE = [ipaddress.ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
SPECIAL = [ipaddress.ip_network(text) for text in ("127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32", "0.0.0.0/32")]
ALLOWED = OUTSIDE + INSIDE + SPECIAL
TYPES = {"alert", "http", "dns", "tls", "ssh", "ftp", "smb", "smtp", "snmp", "flow", "fileinfo", "anomaly", "stats"}
SEVERITIES = {"Critical", "Major", "Minor", "Informational"}
LINES = range(5_000, 15_001)
SIGNATURES, OUTSIDE_ADDRESSES, COUNTRIES = 15, 60, 25
SENSOR = re.compile(r"sur-(edge|dmz|core)-1")
QUAD = re.compile(r"(?<![\w./-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
MACHINE_PATH = re.compile(r"(?<![\w.:])/(?:home|root|work|tmp)/")
ENCODED = ("packet", "payload", "http_request_body", "http_response_body")
HARDWARE = b"\x02\x00\x00\x00"  # how the test network's hardware addresses begin


def texts(value):
    """Every string in a record, the encoded ones decoded."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)
    elif isinstance(value, dict):
        for key, member in value.items():
            if key in ENCODED and isinstance(member, str):
                yield base64.b64decode(member).decode("latin-1")
            else:
                yield from texts(member)


def within(text, networks):
    """Whether this is an IPv4 address in one of the networks; what is no address at all is none to worry about."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return True
    return any(address in network for network in networks)


def traces():
    """What this machine would be recognised by: host names, users, hardware addresses."""
    names = {socket.gethostname(), socket.getfqdn()} | {user.pw_name for user in pwd.getpwall() if user.pw_uid >= 1000}
    names -= {"localhost", "nobody", ""}
    hardware = {path.read_text().strip() for path in pathlib.Path("/sys/class/net").glob("*/address")} - {"00:00:00:00:00:00", ""}
    # A short name occurs by chance in any text; it counts only where it is all of the text.
    long = "|".join(re.escape(name) for name in names | hardware if len(name) > 3) or "(?!)"
    whole = "|".join(re.escape(name) for name in names) or "(?!)"
    return re.compile(rf"(?<![\w.-])(?:{long})(?![\w-])|^(?:{whole})$", re.IGNORECASE)


class Capture:
    """What was read, and what is wrong with it."""

    def __init__(self):
        self.problems, self.kinds, self.severities = collections.Counter(), collections.Counter(), collections.Counter()
        self.signatures, self.sensors = collections.Counter(), collections.Counter()
        self.addresses, self.lines, self.first, self.last = set(), 0, "", ""

    def problem(self, text):
        self.problems[text] += 1

    def add(self, line):
        self.lines += 1
        try:
            event = json.loads(line)
        except ValueError as error:
            self.problem(f"line {self.lines} is not JSON: {error}")
            return None
        if event["timestamp"] < self.last:
            self.problem("timestamps are not in order")
        self.last = event["timestamp"]
        self.first = self.first or self.last
        self.kinds[event["event_type"]] += 1
        self.sensors[event.get("host", "")] += 1
        self.addresses |= {event[key] for key in ("src_ip", "dest_ip") if key in event}
        if alert := event.get("alert"):
            severity = alert["metadata"]["signature_severity"][0]
            self.severities[severity] += 1
            self.signatures[alert["signature_id"], severity, alert["signature"]] += 1
        return event

    def outside(self):
        return {address for address in self.addresses if within(address, OUTSIDE)}


def read(path, look=lambda capture, event: None):
    capture = Capture()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if event := capture.add(line):
                look(capture, event)
    return capture


def check_event(capture, event, machine):
    for key in ("src_ip", "dest_ip"):
        if not within(event.get(key, "0.0.0.0"), ALLOWED):
            capture.problem(f"{key} {event[key]} may not be shown")
    # Packets that Suricata makes up at a flow's end have no Ethernet header.
    if "packet" in event and not event.get("pkt_src", "").startswith("stream"):
        frame = base64.b64decode(event["packet"])
        if not (frame.startswith(HARDWARE) and frame[6:].startswith(HARDWARE)):
            capture.problem("a hardware address that is not the test network's")
    for text in texts(event):
        for quad in QUAD.findall(text):
            if not within(quad, ALLOWED):
                capture.problem(f"address {quad} in the text {text[:80]!r}")
        if MACHINE_PATH.search(text):
            capture.problem(f"a path of a machine in {text[:80]!r}")
        if machine.search(text):
            capture.problem(f"this machine's name in {text[:80]!r}")


def check_width(capture):
    if capture.lines not in LINES:
        capture.problem(f"{capture.lines} lines, wanted are {LINES[0]} to {LINES[-1]}")
    for wanted, there, what in ((TYPES, capture.kinds, "events"), (SEVERITIES, capture.severities, "alerts")):
        if missing := wanted - set(there):
            capture.problem(f"no {what} of {', '.join(sorted(missing))}")
    if len(capture.signatures) < SIGNATURES:
        capture.problem(f"only {len(capture.signatures)} distinct signatures")
    if len(capture.outside()) < OUTSIDE_ADDRESSES:
        capture.problem(f"only {len(capture.outside())} outside addresses")
    for sensor in capture.sensors:
        if not SENSOR.fullmatch(sensor):
            capture.problem(f"unknown sensor {sensor!r}")


def check_assets(capture, path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [(ipaddress.ip_network(row["address_or_cidr"]), row) for row in csv.DictReader(file)]
    countries = {row["country"] for network, row in rows if any(network.subnet_of(outside) for outside in OUTSIDE)}
    if len(countries) < COUNTRIES:
        capture.problem(f"assets: only {len(countries)} countries")
    for address in sorted(capture.addresses):
        if not within(address, [network for network, _ in rows]):
            capture.problem(f"assets: nothing is said about {address}")


def main(eve=HERE / "demo.eve.json.gz", assets=HERE / "assets.csv"):
    machine = traces()
    capture = read(eve, lambda capture, event: check_event(capture, event, machine))
    check_width(capture)
    check_assets(capture, assets)
    print(f"check: {capture.lines} events, {len(capture.signatures)} signatures, {len(capture.outside())} outside addresses")
    for text, times in capture.problems.most_common(30):
        print(f"check: WRONG ({times} times): {text}", file=sys.stderr)
    return 1 if capture.problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
