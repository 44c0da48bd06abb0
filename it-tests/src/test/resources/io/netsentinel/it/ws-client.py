# usage: python3 ws-client.py URL WISH [MESSAGE...]
# A client made of the Python package `websockets`. WISH is a JSON object: `token`, `subprotocol` (may be empty), `format` (how messages look
# on the wire), `deflate` (whether permessage-deflate is offered). Sends the messages, which are JSON, and every further line of standard
# input, and prints what it gets, one JSON object on a line. Closes with 1000 when standard input ends.
import asyncio
import json
import sys

import struct

import websockets

NUMBERS = {0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q", 0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q"}
LENGTHS = {0xD9: ("str", 1), 0xDA: ("str", 2), 0xDB: ("str", 4), 0xDC: ("list", 2), 0xDD: ("list", 4), 0xDE: ("map", 2), 0xDF: ("map", 4)}


def unpack(data):
    """MessagePack as far as JSON goes, for where the package msgpack is not installed."""

    def many(kind, count, at):
        if kind == "str":
            return data[at : at + count].decode("utf-8"), at + count
        values = []
        for _ in range(count * (2 if kind == "map" else 1)):
            value, at = one(at)
            values.append(value)
        return (dict(zip(values[::2], values[1::2])) if kind == "map" else values), at

    def one(at):
        head, at = data[at], at + 1
        if head < 0x80:
            return head, at
        if head >= 0xE0:
            return head - 256, at
        if head < 0xC0:
            kind, mask = ("map", 15) if head < 0x90 else ("list", 15) if head < 0xA0 else ("str", 31)
            return many(kind, head & mask, at)
        if head in NUMBERS:
            size = struct.calcsize(NUMBERS[head])
            return struct.unpack(NUMBERS[head], data[at : at + size])[0], at + size
        if head in LENGTHS:
            kind, size = LENGTHS[head]
            return many(kind, int.from_bytes(data[at : at + size], "big"), at + size)
        return {0xC0: None, 0xC2: False, 0xC3: True}[head], at

    value, end = one(0)
    assert end == len(data), "more than one value"
    return value


def pack(value):
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return struct.pack(">Bq", 0xD3, value)
    if isinstance(value, float):
        return struct.pack(">Bd", 0xCB, value)
    if isinstance(value, str):
        text = value.encode("utf-8")
        return struct.pack(">BI", 0xDB, len(text)) + text
    if isinstance(value, list):
        return struct.pack(">BI", 0xDD, len(value)) + b"".join(map(pack, value))
    return struct.pack(">BI", 0xDF, len(value)) + b"".join(pack(key) + pack(one) for key, one in value.items())


try:
    import msgpack

    pack, unpack = msgpack.packb, msgpack.unpackb
except ImportError:
    pass

FORMATS = {
    "json": (lambda text: text, json.loads),
    "msgpack": (lambda text: pack(json.loads(text)), unpack),
}


def show(message):
    print(json.dumps(message), flush=True)


async def send_lines(socket, encode):
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        await socket.send(encode(line.rstrip("\n")))
    await socket.close(1000)


async def main(url, wish, messages):
    encode, decode = FORMATS[wish["format"]]
    newer = int(websockets.__version__.split(".")[0]) >= 14
    headers = {"Authorization": "Bearer " + wish["token"]} if wish["token"] else {}
    options = {
        "additional_headers" if newer else "extra_headers": headers,
        "subprotocols": [wish["subprotocol"]] if wish["subprotocol"] else None,
        "compression": "deflate" if wish["deflate"] else None,
        "max_size": None,
    }
    try:
        socket = await websockets.connect(url, **options)
    except Exception as refusal:
        answer = getattr(refusal, "response", refusal)
        if not hasattr(answer, "status_code"):
            raise
        show({"type": "refused", "status": answer.status_code})
        return
    answer = socket.response.headers if newer else socket.response_headers
    extensions = answer.get("Sec-WebSocket-Extensions", "")
    show({"type": "open", "protocol": socket.subprotocol or "", "extensions": extensions})
    for message in messages:
        await socket.send(encode(message))
    lines = asyncio.ensure_future(send_lines(socket, encode))
    try:
        while True:
            frame = decode(await socket.recv())
            for message in frame if isinstance(frame, list) else [frame]:
                show(message)
    except websockets.ConnectionClosed:
        show({"type": "closed", "code": socket.close_code})
    lines.cancel()


sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
asyncio.run(main(sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:]))
