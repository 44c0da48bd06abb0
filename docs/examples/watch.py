# Prints the last ten alerts and each new one, as long as the connection holds; reference.py shows how to go on after a break.
# usage: python watch.py ws://127.0.0.1:8082/ws/alerts TOKEN        needs: pip install websockets
import asyncio, json, sys
import websockets

url, token = sys.argv[1:3]


def plain(value):
    """Event text is written by attackers: without control characters it cannot play with the terminal."""
    return "".join(c if c.isprintable() else "?" for c in str(value))


async def main():
    async with websockets.connect(url, max_size=None) as socket:
        await socket.send(json.dumps({"type": "connect", "token": token, "subs": {"alerts": {"channel": "alerts", "last": 10}}}))
        async for text in socket:
            frame = json.loads(text)
            for message in frame if isinstance(frame, list) else [frame]:
                if message["type"] == "event":
                    data = message["data"]
                    print(message["offset"], plain(data.get("rule", {}).get("name")), plain(data.get("source", {}).get("ip")), flush=True)


asyncio.run(main())
