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
ALLOWED = [
    ipaddress.ip_network(text)
    for text in "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 127.0.0.0/8 169.254.0.0/16 "
    "224.0.0.0/4 255.255.255.255/32 0.0.0.0/32 fe80::/10 ff00::/8 fc00::/7 2001:db8::/32 ::/127".split()
]
OUTSIDE = ALLOWED[3:6]
TYPES = {"alert", "http", "dns", "tls", "ssh", "ftp", "smb", "smtp", "snmp", "flow", "fileinfo", "anomaly", "stats"}
SEVERITIES = {"Critical", "Major", "Minor", "Informational"}
SENSOR = re.compile(r"sur-(edge|dmz|core)-1")
QUAD = re.compile(r"(?<![\w./-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|mnt|tmp/tmp)\b[/.]")
ENCODED = ("packet", "payload", "http_request_body", "http_response_body")
MAC_PREFIX = b"\x02\x00\x00\x00"


def texts(value):
    """Every string in a record, the encoded ones also decoded."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key in ENCODED and isinstance(member, str):
                yield base64.b64decode(member).decode("latin-1")
            else:
                yield from texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)
    elif isinstance(value, str):
        yield value


def allowed(text):
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return True
    return any(address in network for network in ALLOWED if network.version == address.version)


def traces():
    """Names by which this machine would be recognised: host, users, hardware addresses."""
    names = {socket.gethostname(), socket.getfqdn()} | {user.pw_name for user in pwd.getpwall() if user.pw_uid >= 1000}
    names -= {"localhost", "nobody", "gateway"}
    hardware = {path.read_text().strip() for path in pathlib.Path("/sys/class/net").glob("*/address")} - {"00:00:00:00:00:00"}
    return [re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", re.IGNORECASE) for name in names | hardware if len(name) > 3]


def check_event(event, patterns, problem):
    for key in ("src_ip", "dest_ip"):
        if not allowed(event.get(key, "0.0.0.0")):
            problem(f"{key} {event[key]} is nobody's to show")
    if not SENSOR.fullmatch(event.get("host", "")):
        problem(f"unknown sensor {event.get('host')}")
    if packet := event.get("packet"):
        frame = base64.b64decode(packet)
        if not (frame.startswith(MAC_PREFIX) and frame[6:].startswith(MAC_PREFIX)) and event.get("packet_info", {}).get("linktype") == 1:
            problem("a hardware address that is not the test network's")
    for text in texts(event):
        for quad in QUAD.findall(text):
            if not allowed(quad):
                problem(f"address {quad} in the text {text[:80]!r}")
        if MACHINE_PATH.search(text) and "/root:" not in text:
            problem(f"a path of a machine in {text[:80]!r}")
        if any(pattern.search(text) for pattern in patterns):
            problem(f"this machine's name in {text[:80]!r}")


def check_assets(path, addresses, problem):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    networks = [ipaddress.ip_network(row["address_or_cidr"]) for row in rows]
    countries = {row["country"] for row in rows if any(network.subnet_of(outside) for network in [ipaddress.ip_network(row["address_or_cidr"])] for outside in OUTSIDE)}
    if len(countries) < 25:
        problem(f"assets: only {len(countries)} countries")
    for address in sorted(addresses):
        if address.version == 4 and not any(address in network for network in networks):
            problem(f"assets: nothing is said about {address}")


def main(eve, assets):
    problems = collections.Counter()
    problem = lambda text: problems.update([text])  # noqa: E731
    patterns = traces()
    kinds, severities, signatures, addresses, last, count = collections.Counter(), collections.Counter(), set(), set(), "", 0
    with gzip.open(eve, "rt", encoding="utf-8") as file:
        for count, line in enumerate(file, 1):
            try:
                event = json.loads(line)
            except ValueError as error:
                problem(f"line {count}: not JSON: {error}")
                continue
            if event["timestamp"] < last:
                problem("timestamps are not in order")
            last = event["timestamp"]
            kinds[event["event_type"]] += 1
            addresses |= {ipaddress.ip_address(event[key]) for key in ("src_ip", "dest_ip") if key in event}
            if alert := event.get("alert"):
                signatures.add(alert["signature_id"])
                severities.update(alert.get("metadata", {}).get("signature_severity", []))
            check_event(event, patterns, problem)
    outside = {address for address in addresses if any(address in network for network in OUTSIDE if network.version == address.version)}
    if not 5_000 <= count <= 15_000:
        problem(f"{count} lines, wanted are 5,000 to 15,000")
    if missing := TYPES - set(kinds):
        problem(f"no events of type {', '.join(sorted(missing))}")
    if missing := SEVERITIES - set(severities):
        problem(f"no alerts of severity {', '.join(sorted(missing))}")
    if len(signatures) < 15:
        problem(f"only {len(signatures)} distinct signatures")
    if len(outside) < 60:
        problem(f"only {len(outside)} outside addresses")
    check_assets(assets, addresses, problem)
    print(f"check: {count} events, {len(signatures)} signatures, {len(outside)} outside addresses; {dict(kinds)}; {dict(severities)}")
    for text, times in problems.most_common(30):
        print(f"check: WRONG ({times} times): {text}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    given = sys.argv[1:] + [str(HERE / "demo.eve.json.gz"), str(HERE / "assets.csv")][len(sys.argv) - 1 :]
    sys.exit(main(*given))
