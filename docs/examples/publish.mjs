// Publishes each line of standard input as an event of a channel. The key makes a repetition write nothing.
// usage: ls | node publish.mjs ws://127.0.0.1:8082/ws TOKEN CHANNEL [KEY-PREFIX]        needs: npm install PATH/sdk/js ws
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetSentinel } from 'netsentinel';

const [url, token, channel, prefix = crypto.randomUUID()] = process.argv.slice(2);
const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket; // Node.js before 22 has none of its own
const ns = new NetSentinel({ url, token, WebSocket, name: 'publish.mjs' });
ns.connect();

let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
    const key = `${prefix}-${++number}`;
    for (;;) {
        try {
            const { offset, duplicate } = await ns.publish(channel, { message: line }, { key });
            console.log(offset, duplicate ? 'was there already' : 'stored');
            break;
        } catch (error) {
            if (!error.temporary) throw error;
            await sleep(Math.max(error.retryMs, 500)); // the same key again: stored once, whatever happened
        }
    }
}
ns.close();
