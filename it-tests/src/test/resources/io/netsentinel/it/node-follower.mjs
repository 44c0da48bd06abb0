// The same as JavaFollower.java, with netsentinel.js and the package ws.
// usage: node node-follower.mjs URL TOKEN CHANNEL
import { setTimeout as sleep } from 'node:timers/promises';
import { NetSentinel } from 'netsentinel';
import { WebSocket } from 'ws';

const [url, token, channel] = process.argv.slice(2);
const ns = new NetSentinel({ url, token: async () => token, WebSocket });
ns.on('state', state => state.name !== 'catching-up' && console.log('state', state.name));
ns.subscribe({ channel: 'network', offset: 0 }, {
    event: e => console.log('event', e.offset, e.data.url.path),
    gap: g => console.log('lost', JSON.stringify(g)),
    reset: r => console.log('lost', JSON.stringify(r)),
});
ns.connect();

// The same events with everything a client can ask for: MessagePack, gzip, encryption, and a place the server keeps.
const full = new NetSentinel({ url, token, WebSocket, messagePack: true, compress: true, encrypt: true });
const from = channel === 'again' ? {} : { offset: 0 };
const desk = full.subscribe({ channel: 'network', durable: 'desk', ...from }, {
    event(e) {
        console.log('full', e.offset, e.data.url.path);
        desk.ack(e);
    },
    gap: g => console.log('lost', JSON.stringify(g)),
    reset: r => console.log('lost', JSON.stringify(r)),
    error: e => console.log('failed', e.code, e.message),
});
full.connect();

let publishing = channel !== 'again';
process.stdin.on('end', () => (publishing = false)).resume();
for (let n = 1; publishing; n++) {
    for (;;) {
        const failure = await ns.publish(channel, { n }, { key: `node-${n}` }).then(() => null, error => error);
        if (!failure) break;
        if (!failure.temporary) console.log('failed', n, failure.message);
        await sleep(50);
    }
    console.log('published', n);
}
console.log('published all');
await sleep(60_000); // the test ends it when the last event has come
