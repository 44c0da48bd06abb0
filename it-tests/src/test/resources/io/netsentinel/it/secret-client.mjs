// Publishes on the channel `secret`, reads it back and follows it; says what came, or how it was refused.
// usage: node secret-client.mjs URL TOKEN KEY        KEY: the server's, or `none` for a client that does not encrypt
import { NetSentinel } from 'netsentinel';
import { WebSocket } from 'ws';

const [url, token, key] = process.argv.slice(2);
const ns = new NetSentinel({ url, token, WebSocket, encrypt: key === 'none' ? false : key });
const refused = what => error => console.log(what, error.code, error.field);
ns.on('state', state => state.name === 'closed' && console.log(`closed: ${state.reason}`) === undefined && process.exit(0));
ns.on('connected', async () => {
    const followed = new Promise(resolve => {
        ns.subscribe({ channel: 'secret', offset: 0 }, {
            event: e => resolve(console.log('event', e.data.n)),
            error: e => resolve(refused('subscribe')(e)),
        });
    });
    await ns.publish('secret', { n: 1 }, { key: 'once' }).catch(refused('publish'));
    await ns.history('secret').then(page => console.log('read back', page.events[0].data.n), refused('history'));
    await followed;
    process.exit(0);
});
ns.connect();
