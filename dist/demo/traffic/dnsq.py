"""Sends DNS queries over UDP, one after the other.

usage: dnsq.py SERVER TYPE NAME...        or: dnsq.py SERVER tunnel DOMAIN COUNT SEED PAUSE
"""

import base64
import random
import socket
import struct
import sys
import time

TYPES = {"A": 1, "NS": 2, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "ANY": 255}


def query(number, name, kind):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split("."))
    return struct.pack(">HHHHHH", number, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", TYPES[kind], 1)


def ask(sock, name, kind):
    sock.send(query(random.getrandbits(16), name, kind))
    try:
        sock.recv(2048)
    except TimeoutError:
        pass


def tunnel_names(domain, count, seed):
    rng = random.Random(seed)
    for number in range(count):
        data = base64.b32encode(struct.pack(">H", number) + rng.randbytes(34)).decode().rstrip("=").lower()
        yield f"{data[:52]}.{data[52:]}{number % 7}.{domain}"


def main(server, kind, *rest):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect((server, 53))
        sock.settimeout(1.5)
        if kind == "tunnel":
            domain, count, seed, pause = rest
            for number, name in enumerate(tunnel_names(domain, int(count), int(seed))):
                ask(sock, name, ("A", "TXT")[number % 3 == 0])
                time.sleep(float(pause))
        else:
            for name in rest:
                ask(sock, name, kind)


main(*sys.argv[1:])
