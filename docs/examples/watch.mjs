// Prints the last ten alerts and each new one, with its rule, severity and addresses.
// usage: node watch.mjs ws://127.0.0.1:8082/ws TOKEN [FILTER]        needs: npm install PATH/sdk/js ws
import { NetSentinel } from 'netsentinel';

const [url, token, filter] = process.argv.slice(2);
const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket; // Node.js before 22 has none of its own
const ns = new NetSentinel({ url, token, WebSocket, name: 'watch.mjs' });

/** Event text is written by attackers: without control characters it cannot play with the terminal. */
const plain = value => String(value ?? '-').replace(/\p{C}/gu, '?');

ns.on('state', state => console.error(state.name, state.reason ?? ''));
ns.subscribe({ channel: 'alerts', last: 10, filter }, {
    event: ({ offset, data }) =>
        console.log(offset, plain(data.ns?.severity), plain(data.rule?.name), plain(data.source?.ip), '->', plain(data.destination?.ip)),
    gap: gap => console.log('not delivered:', gap.from, 'to', gap.to, gap.reason),
    reset: reset => console.log('events were lost:', reset.reason),
    error: error => {
        console.error(`refused: ${error.code} ${error.message}`);
        process.exit(1);
    },
});
ns.connect();
