"""Sends one UDP request and waits for the answer.

usage: udp.py ADDRESS PORT snmp COMMUNITY | ntp
"""

import socket
import sys
import time


def snmp(community):
    name = community.encode()
    oid = bytes.fromhex("300e300c06082b060102010101000500")
    pdu = bytes.fromhex("020401020304020100020100") + oid
    body = b"\x02\x01\x01\x04" + bytes([len(name)]) + name + b"\xa0" + bytes([len(pdu)]) + pdu
    return b"\x30" + bytes([len(body)]) + body


def ntp():
    return b"\x23" + bytes(39) + (int(time.time()) + 2208988800).to_bytes(4, "big") + bytes(4)


address, port, kind, *rest = sys.argv[1:]
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.settimeout(1.0)
    sock.connect((address, int(port)))
    sock.send(snmp(rest[0]) if kind == "snmp" else ntp())
    try:
        sock.recv(1024)
    except (TimeoutError, ConnectionRefusedError):
        pass
