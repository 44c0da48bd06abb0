"""Small services for one network of the capture, each just complete enough for a real exchange.

usage: small.py SERVICE@ADDRESS:PORT...      services: smtp snmp ntp ldap stratum irc telnet
"""

import asyncio
import struct
import sys
import time


def lines(reply):
    """A service that answers line by line; `reply` gets the line and the connection's state, and returns bytes."""

    async def serve(reader, writer):
        state = {}
        writer.write(reply(None, state))
        while line := await asyncio.wait_for(reader.readline(), 30):
            writer.write(reply(line.decode("latin-1").rstrip("\r\n"), state))
            if state.get("end"):
                break
        writer.close()

    return serve


def smtp(line, state):
    if line is None:
        return b"220 mail ESMTP\r\n"
    if state.get("data"):
        state["data"] = line != "."
        return b"" if state["data"] else b"250 2.0.0 queued\r\n"
    verb = line[:4].upper()
    if verb == "EHLO":
        return b"250-mail\r\n250-SIZE 10240000\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n"
    if verb == "AUTH":
        return b"235 2.7.0 accepted\r\n" if "AGFyY2hpdmU" in line else b"535 5.7.8 authentication failed\r\n"
    if verb == "DATA":
        state["data"] = True
        return b"354 go ahead\r\n"
    if verb == "QUIT":
        state["end"] = True
        return b"221 2.0.0 bye\r\n"
    return b"250 2.1.0 ok\r\n"


def stratum(line, _):
    return b"" if line is None else b'{"id":1,"result":[[["mining.notify","ae68"]],"08000002",4],"error":null}\n'


def irc(line, _):
    if line is None:
        return b":irc.botnest.test NOTICE AUTH :*** Looking up your host\r\n"
    return b":irc.botnest.test 001 bot :Welcome\r\n" if line.startswith("USER") else b""


def telnet(line, state):
    if line is None:
        return b"\xff\xfd\x18login: "
    state["asked"] = not state.get("asked")
    return b"Password: " if state["asked"] else b"Login incorrect\r\nlogin: "


async def ldap(reader, writer):
    await asyncio.wait_for(reader.read(512), 30)
    writer.write(bytes.fromhex("300c02010161070a010004000400"))
    writer.close()


class Snmp(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, sender):
        # The request comes back as a response: the PDU type changes from GET (a0) to RESPONSE (a2).
        at = data.find(b"\xa0")
        if at > 0:
            self.transport.sendto(data[:at] + b"\xa2" + data[at + 1 :], sender)


class Ntp(Snmp):
    def datagram_received(self, data, sender):
        now = int(time.time()) + 2208988800
        head = struct.pack(">BBbbII4s", 0x24, 2, 6, -20, 0, 0, b"\xc0\x00\x02\x7b")
        self.transport.sendto(head + struct.pack(">QQQQ", now << 32, *struct.unpack(">Q", data[40:48]), now << 32, now << 32), sender)


STREAMS = {"smtp": lines(smtp), "stratum": lines(stratum), "irc": lines(irc), "telnet": lines(telnet), "ldap": ldap}
DATAGRAMS = {"snmp": Snmp, "ntp": Ntp}


async def main(wanted):
    loop = asyncio.get_running_loop()
    for entry in wanted:
        service, _, place = entry.partition("@")
        host, _, port = place.partition(":")
        if service in STREAMS:
            await asyncio.start_server(STREAMS[service], host, int(port))
        else:
            await loop.create_datagram_endpoint(DATAGRAMS[service], local_addr=(host, int(port)))
    await asyncio.Event().wait()


asyncio.run(main(sys.argv[1:]))
