# A whole client of netsentinel.v1: it goes on after every break, sees every hole, and prints each event once and in order.
# usage: python reference.py ws://127.0.0.1:8082/ws TOKEN CHANNEL [OFFSET [EPOCH]]        needs: pip install websockets
import asyncio, json, random, sys
import websockets

url, token, channel, *start = sys.argv[1:]
position = {"offset": int(start[0])} if start else {}  # where we are; at first from the tail
position |= {"epoch": start[1]} if start[1:] else {}


class Hole(Exception):
    """Something between the position and what came is missing."""


def take(message):
    """One message of the server; moves the position."""
    kind, at = message["type"], position.get("offset", 0)
    if kind == "subscribed":
        if message.get("recovered") is False:
            print("LOST after", at, message["reason"], flush=True)
        if "start" in message:
            position.update(offset=message["start"], epoch=message["epoch"])
    elif kind in ("event", "gap"):
        end = message["offset"] if kind == "event" else message["to"]
        if message.get("prev", 0) > at:
            raise Hole
        if end > at:  # else we had it
            print(kind, end, json.dumps(message.get("data", message.get("reason"))), flush=True)
            position["offset"] = end
    elif kind == "ping":
        sent, seen = message["pos"].get(channel, {}).get(channel, (0, 0))
        if sent > at:
            raise Hole
        position["offset"] = max(at, seen)  # so far there was nothing for us
    elif kind == "error":
        sys.exit(f"refused: {message['code']} {message['message']}")


async def main():
    pause = 1.0
    while True:
        try:
            async with websockets.connect(url, subprotocols=["netsentinel.v1.json"], max_size=None) as socket:
                await socket.send(json.dumps({"type": "connect", "id": 1, "token": token, "subs": {channel: {"channel": channel, **position}}}))
                while True:
                    frame = json.loads(await asyncio.wait_for(socket.recv(), 40))  # the server pings every 25 s
                    for message in frame if isinstance(frame, list) else [frame]:
                        take(message)
                    pause = 1.0
        except Hole:
            continue  # at once, from the position
        except websockets.ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 1006
            if 4500 <= code <= 4999:
                sys.exit(f"closed for good: {code}")
        except (OSError, asyncio.TimeoutError, websockets.InvalidHandshake) as error:
            print("away:", type(error).__name__, file=sys.stderr, flush=True)
        await asyncio.sleep(random.uniform(0.5, pause))  # full jitter
        pause = min(20.0, pause * 2)


asyncio.run(main())
