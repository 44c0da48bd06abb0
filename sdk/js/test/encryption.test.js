import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, createECDH, hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { NetSentinel, pack, unpack } from '../netsentinel.js';

/** One direction as docs/protocol.md has it, on another implementation of the algorithms than the client's. */
class Direction {
    count = 0;

    constructor(salt, secret, sender, frames) {
        Object.assign(this, { salt, secret, info: `netsentinel.v1 ${sender}`, frames });
        this.next();
    }

    next() {
        const bytes = Buffer.from(hkdfSync('sha256', this.secret, this.salt, this.info, 76));
        Object.assign(this, { key: bytes.subarray(0, 32), first: bytes.subarray(32, 44), secret: bytes.subarray(44), count: 0 });
    }

    nonce() {
        if (this.count === this.frames) this.next();
        const nonce = Buffer.from(this.first);
        nonce.writeBigUInt64BE(nonce.readBigUInt64BE(4) ^ BigInt(this.count++), 4);
        return nonce;
    }

    seal(bytes) {
        const nonce = this.nonce();
        const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
        return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    }

    open(bytes) {
        const nonce = this.nonce();
        const cipher = createDecipheriv('aes-256-gcm', this.key, nonce);
        cipher.setAuthTag(bytes.subarray(-16));
        return Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]);
    }
}

/** The server's end: answers the offer of keys, then speaks through the cipher. */
class Peer {
    static all = [];
    static identity = createECDH('prime256v1');
    static frames = 4;
    readyState = 0;
    received = [];

    constructor(url, protocols) {
        Object.assign(this, { url, packed: protocols[0].endsWith('msgpack') });
        Peer.all.push(this);
    }

    send(data) {
        if (!this.opener) return this.received.push(this.packed ? unpack(data) : JSON.parse(data));
        const bytes = this.opener.open(Buffer.from(data));
        return this.received.push(this.packed ? unpack(bytes) : JSON.parse(bytes));
    }

    close(code, reason) {
        this.readyState = 3;
        this.closedWith = { code, reason };
    }

    connect() {
        this.readyState = 1;
        this.onopen({});
    }

    plain(message) {
        this.onmessage({ data: this.packed ? Uint8Array.from(pack(message)).buffer : JSON.stringify(message) });
    }

    answer(connect) {
        const own = createECDH('prime256v1');
        own.generateKeys();
        const client = Buffer.from(connect.encrypt.key, 'base64url');
        const salt = Buffer.concat([client, own.getPublicKey(), Peer.identity.getPublicKey()]);
        const secret = Buffer.concat([own.computeSecret(client), Peer.identity.computeSecret(client)]);
        const answer = {
            type: 'encrypted', id: connect.id, framesPerKey: Peer.frames,
            key: own.getPublicKey().toString('base64url'), identity: Peer.identity.getPublicKey().toString('base64url'),
        };
        this.sealer = new Direction(salt, secret, 'server', Peer.frames);
        this.plain(answer);
        this.opener = new Direction(salt, secret, 'client', Peer.frames);
    }

    say(...messages) {
        const frame = messages.length === 1 ? messages[0] : messages;
        this.bytes(this.packed ? pack(frame) : JSON.stringify(frame));
    }

    bytes(bytes) {
        this.deliver(this.sealer.seal(Buffer.from(bytes)));
    }

    deliver(sealed) {
        this.onmessage({ data: Uint8Array.from(sealed).buffer });
    }
}
Peer.identity.generateKeys();

async function until(condition) {
    for (let turns = 0; !condition(); turns++) {
        assert.ok(turns < 100_000, 'waited in vain');
        await new Promise(resolve => setImmediate(resolve));
    }
}
const event = (offset, prev) => ({ type: 'event', channel: 'alerts', offset, prev, time: 1, data: { n: offset } });

/** A client that has agreed on keys, with a subscription to `alerts` at offset 10. */
async function connected(options = {}) {
    Peer.all = [];
    const ns = new NetSentinel({ url: 'ws://host/ws', WebSocket: Peer, random: () => 0, encrypt: true, token: 'SECRET', ...options });
    const seen = { events: [], errors: [], states: [] };
    ns.on('error', error => seen.errors.push(error.message));
    ns.on('state', state => seen.states.push(state));
    ns.subscribe({ channel: 'alerts', offset: 10, epoch: 'e1' }, { event: e => seen.events.push(e.offset) });
    ns.connect();
    const peer = Peer.all.at(-1);
    peer.connect();
    await until(() => peer.received.length === 1);
    const [offer] = peer.received;
    if (options.before) options.before(peer);
    peer.answer(offer);
    if (options.encrypt === undefined) {
        await until(() => peer.received.length === 2);
        const { id } = peer.received[1];
        peer.say({ type: 'subscribed', id, sub: 'alerts', channel: 'alerts', epoch: 'e1', start: 10, tail: 10, first: 1 }, { type: 'connected', id, time: 1 });
        await until(() => ns.state.name === 'live');
    }
    return { ns, peer, seen, offer };
}

for (const messagePack of [false, true]) {
    test(`keys first, then everything is encrypted, through several keys${messagePack ? ', MessagePack' : ''}`, async () => {
        const { ns, peer, seen, offer } = await connected({ messagePack });
        assert.deepEqual(Object.keys(offer), ['type', 'id', 'encrypt']);
        assert.equal(peer.received[1].token, 'SECRET');
        assert.deepEqual(peer.received[1].subs.alerts, { channel: 'alerts', offset: 10, epoch: 'e1' });
        for (let n = 11; n <= 40; n++) peer.say(event(n, n - 1));
        const asked = Array.from({ length: 20 }, (_, n) => ns.history('alerts', { offset: n }));
        await until(() => seen.events.length === 30 && peer.received.filter(m => m.type === 'history').length === 20);
        assert.deepEqual(seen.events, Array.from({ length: 30 }, (_, n) => n + 11));
        assert.deepEqual(peer.received.filter(m => m.type === 'history').map(m => m.offset), asked.map((_, n) => n));
        for (const message of peer.received.filter(m => m.type === 'history')) peer.say({ type: 'history', id: message.id, events: [] });
        await Promise.all(asked);
        ns.close();
    });
}

test('what is compressed inside is inflated', async () => {
    const { ns, peer, seen } = await connected({ compress: true });
    peer.bytes(gzipSync(JSON.stringify([event(11, 10), event(12, 11)])));
    await until(() => seen.events.length === 2);
    ns.close();
});

const tampering = {
    'a frame that was changed': (peer, sealed) => peer.deliver(sealed.map((byte, n) => (n === 3 ? byte ^ 1 : byte))),
    'a frame that comes twice': (peer, sealed) => [sealed, sealed].forEach(one => peer.deliver(one)),
    'a frame that is left out': peer => peer.say(event(12, 11)),
    'a frame in the open': peer => peer.plain(event(11, 10)),
    'a short frame': peer => peer.deliver(Buffer.alloc(3)),
};
for (const [name, tamper] of Object.entries(tampering)) {
    test(`${name} ends the connection, and the client comes back`, async () => {
        const { ns, peer, seen } = await connected();
        tamper(peer, peer.sealer.seal(Buffer.from(JSON.stringify(event(11, 10)))));
        await until(() => ns.state.name === 'offline');
        assert.equal(peer.closedWith.code, 3007);
        assert.ok(seen.events.length < 2 && !seen.events.includes(12));
        ns.close();
    });
}

test('nothing is taken in the open before the keys', async () => {
    const { ns, seen } = await connected({
        before(peer) {
            peer.plain({ type: 'subscribed', sub: 'alerts', channel: 'alerts', epoch: 'e1', start: 10, tail: 10, first: 1 });
            peer.plain(event(11, 10));
        },
    });
    assert.deepEqual(seen.events, []);
    ns.close();
});

test('a server with another key than the one given gets no token', async () => {
    const other = createECDH('prime256v1');
    other.generateKeys();
    const { ns, peer, seen } = await connected({ encrypt: other.getPublicKey().toString('base64url') });
    assert.equal(ns.state.name, 'closed');
    assert.match(seen.errors[0], /another key/);
    assert.equal(peer.received.length, 1);
});

test('a server that holds the key given is taken', async () => {
    const { ns, peer } = await connected({ encrypt: Peer.identity.getPublicKey().toString('base64url') });
    await until(() => peer.received.length === 2);
    assert.equal(peer.received[1].token, 'SECRET');
    ns.close();
});
