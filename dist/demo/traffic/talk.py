"""Speaks a scripted text dialogue over TCP: waits for something to come, sends the next line, and so on.

usage: talk.py ADDRESS PORT LINE...        LINE: sent with CR LF; a leading '+' sends without waiting before it;
                                           \\xNN escapes give bytes
"""

import socket
import sys


def main(address, port, *script):
    with socket.create_connection((address, int(port)), 3) as peer:
        peer.settimeout(1.0)
        for line in script:
            if not line.startswith("+"):
                try:
                    peer.recv(4096)
                except TimeoutError:
                    pass
            text = line.removeprefix("+").encode().decode("unicode_escape")
            peer.sendall(text.encode("latin-1") + b"\r\n")
        try:
            peer.recv(4096)
        except TimeoutError:
            pass


main(*sys.argv[1:])
