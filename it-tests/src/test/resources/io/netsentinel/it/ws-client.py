# usage: python3 ws-client.py URL WISH [MESSAGE...]
# A client made of the Python package `websockets`. WISH is a JSON object: `token`, `subprotocol` (may be empty), `format` (how messages look
# on the wire), `deflate` (whether permessage-deflate is offered). Sends the messages, which are JSON, and every further line of standard
# input, and prints what it gets, one JSON object on a line. Closes with 1000 when standard input ends.
import asyncio
import json
import sys

import websockets

FORMATS = {"json": (lambda text: text, json.loads)}


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
