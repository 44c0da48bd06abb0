// A worker that deals with every alert at least once, also across its own restarts: its position stands in a file that is written
// after the work is done. With a server that offers durable subscriptions, `durable: NAME` and `alerts.ack(event)` replace the file.
// usage: node worker.mjs ws://127.0.0.1:8082/ws TOKEN POSITION-FILE        needs: npm install PATH/sdk/js ws
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { NetSentinel } from 'netsentinel';

const [url, token, file] = process.argv.slice(2);
const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket; // Node.js before 22 has none of its own
const ns = new NetSentinel({ url, token, WebSocket, name: 'worker.mjs' });

const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { offset: 0 }; // at first from the oldest kept
const keep = position => {
    writeFileSync(`${file}.new`, JSON.stringify(position));
    renameSync(`${file}.new`, file); // whole or not at all
};

const alerts = ns.subscribe({ channel: 'alerts', ...known }, {
    event(event) {
        console.log('dealt with', event.offset, event.data.event?.kind ?? ''); // the work
        keep(alerts.positions.alerts);
    },
    gap: gap => console.log('never seen:', gap.from, 'to', gap.to, gap.reason),
    reset: reset => console.log('events were lost:', reset.reason),
    error: error => {
        console.error(`refused: ${error.code} ${error.message}`);
        process.exit(1);
    },
});
ns.connect();
