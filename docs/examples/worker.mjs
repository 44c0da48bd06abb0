// A worker that deals with every alert at least once, also across its own restarts: the server keeps its place under a name (a durable
// subscription) and moves it when the worker says that an alert is dealt with. A new name begins with what is new.
// usage: node worker.mjs ws://127.0.0.1:8082/ws TOKEN NAME        needs: npm install PATH/sdk/js ws
import { NetSentinel } from 'netsentinel';

const [url, token, name] = process.argv.slice(2);
const WebSocket = globalThis.WebSocket ?? (await import('ws')).WebSocket; // Node.js before 22 has none of its own
const ns = new NetSentinel({ url, token, WebSocket, name: 'worker.mjs' });

const alerts = ns.subscribe({ channel: 'alerts', durable: name }, {
    event(event) {
        console.log('dealt with', event.offset, event.data.event?.kind ?? ''); // the work
        alerts.ack(event);
    },
    gap: gap => console.log('never seen:', gap.from, 'to', gap.to, gap.reason),
    reset: reset => console.log('events were lost:', reset.reason),
    subscribed: at => console.log('goes on after', at.start),
    error: error => {
        console.error(`refused: ${error.code} ${error.message}`);
        process.exit(1);
    },
});
ns.on('state', state => {
    if (state.name !== 'closed') return;
    console.error(state.code === 4011 ? `another worker goes by the name ${name}` : `closed: ${state.code} ${state.reason}`);
    process.exit(1);
});
ns.connect();
