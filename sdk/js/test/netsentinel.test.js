import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { NetSentinel, pack, unpack } from '../netsentinel.js';

/** Stands for the network and the server: remembers what was sent, says what the test wants. */
class FakeSocket {
    static all = [];
    readyState = 0;
    sent = [];

    constructor(url, protocols) {
        Object.assign(this, { url, protocols });
        FakeSocket.all.push(this);
    }

    send(data) {
        this.sent.push(typeof data === 'string' ? JSON.parse(data) : unpack(data));
    }

    close(code, reason) {
        this.readyState = 3;
        this.closedWith = { code, reason };
    }

    async open() {
        this.readyState = 1;
        this.onopen({});
        await flush();
    }

    say(...messages) {
        this.onmessage({ data: JSON.stringify(messages.length === 1 ? messages[0] : messages) });
    }

    sayBytes(bytes) {
        this.onmessage({ data: Uint8Array.from(bytes).buffer });
    }

    end(code, reason = '') {
        this.readyState = 3;
        this.onclose({ code, reason });
    }

    last(type) {
        return this.sent.findLast(message => message.type === type);
    }
}

const flush = async () => {
    for (let i = 0; i < 5; i++) await null;
};
/** Waits for what happens outside the mocked clock, such as inflating. */
async function until(condition) {
    for (let turns = 0; !condition(); turns++) {
        assert.ok(turns < 100_000, 'waited in vain');
        await new Promise(resolve => setImmediate(resolve));
    }
}
const newest = () => FakeSocket.all.at(-1);
const event = (offset, prev, more = {}) => ({ type: 'event', channel: 'alerts', offset, prev, time: 1, data: { n: offset }, ...more });

beforeEach(() => {
    FakeSocket.all = [];
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
});
afterEach(() => mock.timers.reset());

function client(options = {}) {
    return new NetSentinel({ url: 'ws://host/ws', WebSocket: FakeSocket, random: () => 0.5, ...options });
}

/** A connected client with a subscription to `alerts` at offset 10 of epoch `e1`. */
async function subscribed(request = { channel: 'alerts', offset: 10, epoch: 'e1' }, options = {}) {
    const ns = client(options);
    const seen = { events: [], gaps: [], resets: [], states: [], errors: [] };
    ns.on('state', state => seen.states.push(state));
    const subscription = ns.subscribe(request, {
        event: e => seen.events.push(e.offset),
        gap: g => seen.gaps.push([g.from, g.to, g.reason]),
        reset: r => seen.resets.push(r),
        error: e => seen.errors.push(e),
    });
    ns.connect();
    await newest().open();
    newest().say(
        { type: 'subscribed', id: 1, sub: subscription.name, channel: 'alerts', epoch: 'e1', start: 10, tail: 10, first: 1 },
        { type: 'connected', id: 1, time: 1_000_500 },
    );
    return { ns, seen, subscription, socket: newest() };
}

test('connecting is one message with the identity and all subscriptions', async () => {
    const { socket } = await subscribed({ channel: 'alerts', sub: 'feed', offset: 10, epoch: 'e1', format: 'html:feed' }, { token: 'T', name: 'desk' });
    assert.deepEqual(socket.protocols, ['netsentinel.v1.json']);
    assert.equal(socket.sent.length, 1);
    assert.deepEqual(socket.sent[0], {
        type: 'connect', id: 1, token: 'T', name: 'desk',
        subs: { feed: { channel: 'alerts', format: 'html:feed', offset: 10, epoch: 'e1' } },
    });
});

test('single frames and arrays are the same', async () => {
    const { seen, socket } = await subscribed();
    socket.say(event(11, 10));
    socket.say(event(12, 11), event(14, 12));
    assert.deepEqual(seen.events, [11, 12, 14]);
});

test('an event that was delivered before is dropped', async () => {
    const { seen, socket } = await subscribed();
    socket.say(event(11, 10), event(11, 10), event(12, 11));
    assert.deepEqual(seen.events, [11, 12]);
});

test('a prev below the position is no hole', async () => {
    const { seen, socket } = await subscribed();
    socket.say(event(15, 7));
    assert.deepEqual(seen.events, [15]);
    assert.equal(socket.last('subscribe'), undefined);
});

test('a hole makes the client subscribe again from its position and ignore the rest until the answer', async () => {
    const { seen, socket } = await subscribed();
    socket.say(event(11, 10), event(14, 13), event(15, 14));
    assert.equal(socket.last('unsubscribe').sub, 'alerts');
    const again = socket.last('subscribe');
    assert.deepEqual([again.offset, again.epoch], [11, 'e1']);
    socket.say(event(16, 15));
    socket.say({ type: 'subscribed', id: again.id, channel: 'alerts', epoch: 'e1', start: 11, tail: 16, first: 1, recovered: true });
    socket.say(event(12, 11), event(13, 12), event(14, 13), event(15, 14), event(16, 15));
    assert.deepEqual(seen.events, [11, 12, 13, 14, 15, 16]);
    assert.equal(socket.sent.filter(m => m.type === 'subscribe').length, 1);
});

test('a ping that counts more as sent than arrived shows the loss of the last event', async () => {
    const { socket } = await subscribed();
    socket.say(event(11, 10));
    socket.say({ type: 'ping', time: 1_000_000, pos: { alerts: { alerts: [12, 12] } } });
    assert.equal(socket.last('subscribe').offset, 11);
});

test('a ping moves a rarely matching subscription forward', async () => {
    const { ns, subscription, socket } = await subscribed();
    socket.say({ type: 'ping', time: 1_000_000, pos: { alerts: { alerts: [10, 900] } } });
    assert.deepEqual(subscription.positions, { alerts: { offset: 900, epoch: 'e1' } });
    assert.equal(socket.last('pong').time, 1_000_000);
    assert.equal(ns.state.name, 'live');
});

test('a gap is reported, moves the position, and an event after it is no hole', async () => {
    const { seen, socket } = await subscribed();
    socket.say({ type: 'gap', channel: 'alerts', from: 11, to: 20, reason: 'retention' }, event(21, 20));
    assert.deepEqual(seen.gaps, [[11, 20, 'retention']]);
    assert.deepEqual(seen.events, [21]);
});

test('after a break the client continues from where it was', async () => {
    const { seen, socket } = await subscribed();
    socket.say(event(11, 10));
    socket.end(1006);
    mock.timers.tick(20_000);
    await newest().open();
    assert.notEqual(newest(), socket);
    assert.deepEqual(newest().last('connect').subs.alerts, { channel: 'alerts', offset: 11, epoch: 'e1' });
    newest().say({ type: 'subscribed', id: 2, channel: 'alerts', epoch: 'e1', start: 11, tail: 12, first: 1, recovered: true }, { type: 'connected', id: 2, time: 1 });
    newest().say(event(12, 11));
    assert.deepEqual(seen.events, [11, 12]);
});

test('a position that cannot be recovered is told to the application', async () => {
    const { seen, socket } = await subscribed();
    socket.end(1006);
    mock.timers.tick(20_000);
    await newest().open();
    newest().say({ type: 'subscribed', id: 2, channel: 'alerts', epoch: 'e2', start: 100, tail: 100, first: 101, recovered: false, reason: 'epoch' });
    assert.deepEqual(seen.resets, [{ channel: 'alerts', epoch: 'e2', start: 100, reason: 'epoch' }]);
});

test('since and last count only until there is a position', async () => {
    const { socket } = await subscribed({ channel: 'alerts', last: 20 });
    assert.equal(socket.sent[0].subs.alerts.last, 20);
    socket.end(1006);
    mock.timers.tick(20_000);
    await newest().open();
    assert.deepEqual(newest().last('connect').subs.alerts, { channel: 'alerts', offset: 10, epoch: 'e1' });
});

test('a pattern keeps a position for each channel', async () => {
    const { socket, subscription } = await subscribed({ channel: 'site.*' });
    const of = (channel, offset, prev) => event(offset, prev, { sub: 'site.*', channel });
    socket.say({ type: 'subscribed', sub: 'site.*', channel: 'site.a', epoch: 'a', start: 0, tail: 2, first: 1 });
    socket.say({ type: 'subscribed', sub: 'site.*', channel: 'site.b', epoch: 'b', start: 4, tail: 4, first: 1 });
    socket.say(of('site.a', 1, 0), of('site.b', 5, 4), of('site.a', 2, 1));
    assert.equal(subscription.positions['site.a'].offset, 2);
    assert.equal(subscription.positions['site.b'].offset, 5);
    socket.end(1006);
    mock.timers.tick(20_000);
    await newest().open();
    const { positions } = newest().last('connect').subs['site.*'];
    assert.deepEqual([positions['site.a'], positions['site.b'][0]], [[2, 'a'], 5]);
    assert.equal(newest().last('connect').subs['site.*'].since, undefined);
});

test('the pause before coming back is full jitter within 0.5 and 20 seconds and grows', async () => {
    const ns = client({ random: () => 1 });
    ns.connect();
    const pauses = [];
    for (let i = 0; i < 8; i++) {
        newest().end(1006);
        pauses.push(ns.state.retryAt - Date.now());
        mock.timers.tick(20_000);
    }
    assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000]);
    const quick = client({ random: () => 0 });
    quick.connect();
    newest().end(1006);
    assert.equal(quick.state.retryAt - Date.now(), 500);
});

test('the server may say when to come back', async () => {
    const { ns, socket } = await subscribed();
    socket.say({ type: 'disconnect', code: 4001, reason: 'drain', reconnect: true, retry: [3000, 5000] });
    socket.end(4001, 'drain');
    assert.equal(ns.state.retryAt - Date.now(), 4000);
});

test('codes from 4500 on and a disconnect without return end it', async () => {
    const { ns, socket } = await subscribed();
    socket.end(4508, 'revoked');
    assert.deepEqual(ns.state, { name: 'closed', code: 4508, reason: 'revoked' });
    mock.timers.tick(60_000);
    assert.equal(FakeSocket.all.length, 1);

    const other = await subscribed();
    other.socket.say({ type: 'disconnect', code: 1000, reconnect: false });
    other.socket.end(1000);
    assert.equal(other.ns.state.name, 'closed');
});

test('whose durable subscription was taken over does not take it back', async () => {
    const { ns, socket } = await subscribed();
    socket.say({ type: 'disconnect', code: 4011, reason: 'taken over', reconnect: true, retry: [0, 0] });
    socket.end(1006);
    assert.deepEqual(ns.state, { name: 'closed', code: 4011, reason: 'taken over' });
    mock.timers.tick(60_000);
    assert.equal(FakeSocket.all.length, 1);
    ns.connect();
    assert.equal(FakeSocket.all.length, 2);
});

test('codes from 4000 to 4499 come back', async () => {
    const { ns, socket } = await subscribed();
    socket.end(4008, 'write blocked');
    assert.equal(ns.state.name, 'offline');
    mock.timers.tick(20_000);
    assert.equal(FakeSocket.all.length, 2);
});

test('retryNow does not wait', async () => {
    const { ns, socket } = await subscribed();
    socket.end(1006);
    ns.retryNow();
    assert.equal(FakeSocket.all.length, 2);
    mock.timers.tick(20_000);
    assert.equal(FakeSocket.all.length, 2);
});

test('silence counts as a dead connection', async () => {
    const { ns, socket } = await subscribed();
    mock.timers.tick(39_000);
    socket.say({ type: 'ping', time: 1 });
    mock.timers.tick(39_000);
    assert.equal(ns.state.name, 'live');
    mock.timers.tick(1_000);
    assert.equal(socket.closedWith.code, 4012);
    assert.equal(ns.state.name, 'offline');
});

test('states tell catching up from live', async () => {
    const { seen, socket } = await subscribed();
    assert.equal(seen.states.at(-1).name, 'live');
    socket.end(1006);
    mock.timers.tick(20_000);
    await newest().open();
    newest().say({ type: 'subscribed', id: 2, channel: 'alerts', epoch: 'e1', start: 10, tail: 12, first: 1, recovered: true }, { type: 'connected', id: 2, time: 1 });
    assert.deepEqual(seen.states.at(-1), { name: 'catching-up', behind: 2 });
    newest().say(event(11, 10));
    newest().say(event(12, 11));
    assert.deepEqual(seen.states.map(s => s.name), ['connecting', 'live', 'offline', 'connecting', 'catching-up', 'catching-up', 'live']);
});

test('the server clock is followed', async () => {
    const { ns } = await subscribed();
    assert.equal(ns.now(), 1_000_500);
});

test('a call resolves with its result and rejects with the error of the server', async () => {
    const { ns, socket } = await subscribed();
    const good = ns.call('alert.ack', { ids: ['x'] });
    const command = socket.last('call');
    assert.deepEqual([command.method, command.params], ['alert.ack', { ids: ['x'] }]);
    socket.say({ type: 'result', id: command.id, data: { changed: 1 } });
    assert.deepEqual(await good, { changed: 1 });

    const bad = ns.call('alert.ack', { ids: ['x'] });
    socket.say({ type: 'error', id: socket.last('call').id, code: 122, message: 'acknowledged by alice', temporary: false });
    await assert.rejects(bad, { name: 'NetSentinelError', code: 122, message: 'acknowledged by alice', temporary: false });
});

test('publish and history are promises too', async () => {
    const { ns, socket } = await subscribed();
    const published = ns.publish('logs', { a: 1 }, { key: 'k' });
    socket.say({ type: 'published', id: socket.last('publish').id, offset: 7, epoch: 'x' });
    assert.equal((await published).offset, 7);
    const page = ns.history('logs', { offset: 3, limit: 2 });
    socket.say({ type: 'history', id: socket.last('history').id, epoch: 'x', events: [], next: 5 });
    assert.equal((await page).next, 5);
});

test('a command fails when there is no connection, no answer, or the connection breaks', async () => {
    await assert.rejects(client().call('x'), { code: 0, message: 'not connected' });
    const { ns, socket } = await subscribed();
    const slow = ns.call('x');
    mock.timers.tick(10_000);
    await assert.rejects(slow, { code: 0 });
    const broken = ns.call('x');
    socket.end(1006);
    await assert.rejects(broken, { message: 'connection lost' });
});

test('a subscription can be added and ended while connected', async () => {
    const { ns, seen, socket } = await subscribed();
    const got = [];
    const more = ns.subscribe({ channel: 'logs' }, { event: e => got.push(e.offset), error: e => seen.errors.push(e.code) });
    const { id } = socket.last('subscribe');
    socket.say({ type: 'subscribed', id, channel: 'logs', epoch: 'l', start: 3, tail: 3, first: 1 }, event(4, 3, { channel: 'logs' }));
    more.close();
    assert.equal(socket.last('unsubscribe').sub, 'logs');
    socket.say(event(5, 4, { channel: 'logs' }));
    assert.deepEqual(got, [4]);
    ns.subscribe({ channel: 'audit' }, { error: e => seen.errors.push(e.code) });
    socket.say({ type: 'error', id: socket.last('subscribe').id, code: 103, message: 'no' });
    await flush();
    assert.deepEqual(seen.errors, [103]);
});

test('a subscription refused while connecting hears of it', async () => {
    const ns = client();
    const errors = [];
    ns.subscribe({ channel: 'audit' }, { error: e => errors.push(e.code) });
    ns.on('error', e => errors.push(['unexpected', e]));
    ns.connect();
    await newest().open();
    newest().say({ type: 'error', id: 1, code: 103, message: 'no', field: 'subs.audit' }, { type: 'connected', id: 1, time: 1 });
    await flush();
    assert.deepEqual(errors, [103]);
    assert.equal(ns.state.name, 'live');
});

test('a token function is asked at each connect and when the token expires', async () => {
    let n = 0;
    const { socket } = await subscribed(undefined, { token: () => `T${++n}` });
    assert.equal(socket.sent[0].token, 'T1');
    socket.say({ type: 'expiring', ttl: 60 });
    await flush();
    assert.equal(socket.last('refresh').token, 'T2');
});

test('closing is final until connect is called again', async () => {
    const { ns, socket } = await subscribed();
    ns.close();
    assert.equal(socket.closedWith.code, 1000);
    mock.timers.tick(60_000);
    assert.equal(FakeSocket.all.length, 1);
    ns.connect();
    await newest().open();
    assert.equal(newest().last('connect').subs.alerts.offset, 10);
});

test('a paused subscription asks for nothing and continues where it was', async () => {
    const { seen, subscription, socket } = await subscribed();
    socket.say(event(11, 10));
    subscription.pause();
    assert.equal(socket.last('unsubscribe').sub, 'alerts');
    socket.say(event(12, 11));
    assert.deepEqual(seen.events, [11]);
    socket.end(1006);
    mock.timers.tick(20_000);
    await newest().open();
    assert.deepEqual(newest().last('connect').subs, {});
    newest().say({ type: 'connected', id: 2, time: 1 });
    subscription.resume();
    const { id, offset } = newest().last('subscribe');
    assert.equal(offset, 11);
    newest().say({ type: 'subscribed', id, channel: 'alerts', epoch: 'e1', start: 11, tail: 12, first: 1, recovered: true }, event(12, 11));
    assert.deepEqual(seen.events, [11, 12]);
});

test('a durable subscription acknowledges its positions', async () => {
    const { subscription, socket } = await subscribed({ channel: 'alerts', durable: 'desk', offset: 10, epoch: 'e1' });
    socket.say(event(11, 10));
    subscription.ack();
    assert.deepEqual(socket.last('ack'), { type: 'ack', sub: 'alerts', channel: 'alerts', epoch: 'e1', offset: 11 });
});

test('an event of a channel whose beginning was lost is a hole', async () => {
    const { seen, socket } = await subscribed({ channel: 'site.*' });
    socket.say(event(5, 4, { sub: 'site.*', channel: 'site.born' }));
    assert.deepEqual(seen.events, []);
    assert.deepEqual(socket.last('subscribe').positions, { alerts: [10, 'e1'] });
});

test('a ping that counts a channel whose beginning was lost shows it too', async () => {
    const { socket } = await subscribed({ channel: 'site.*' });
    socket.say({ type: 'ping', time: 1, pos: { 'site.*': { alerts: [10, 10], 'site.born': [3, 3] } } });
    assert.notEqual(socket.last('subscribe'), undefined);
});

test('a pattern without a channel yet misses none that is born while it is away', async () => {
    const ns = client();
    ns.subscribe({ channel: 'site.*' }, {});
    ns.connect();
    await newest().open();
    assert.equal(newest().last('connect').subs['site.*'].positions, undefined);
    newest().say({ type: 'subscribed', id: 1, sub: 'site.*', channels: 0 }, { type: 'connected', id: 1, time: 1 });
    newest().end(1006);
    mock.timers.tick(20_000);
    await newest().open();
    assert.deepEqual(newest().last('connect').subs['site.*'].positions, {});
});

test('a channel that may not be read any more is told and forgotten', async () => {
    const { seen, subscription, socket } = await subscribed({ channel: 'site.*' });
    socket.say({ type: 'subscribed', sub: 'site.*', channel: 'alerts', recovered: false, reason: 'denied' });
    assert.deepEqual(seen.resets, [{ channel: 'alerts', reason: 'denied' }]);
    assert.deepEqual(subscription.positions, {});
});

test('every subscription refused while connecting hears of its own error', async () => {
    const ns = client();
    const errors = [];
    ns.on('error', e => errors.push(['unexpected', e]));
    for (const channel of ['a', 'b', 'c']) ns.subscribe({ channel }, { error: e => errors.push([channel, e.code]) });
    ns.connect();
    await newest().open();
    newest().say(
        { type: 'error', id: 1, code: 103, message: 'no', temporary: false, field: 'subs.a' },
        { type: 'error', id: 1, code: 111, message: 'later', temporary: true, retryMs: 3_000, field: 'subs.b' },
        { type: 'error', id: 1, code: 120, message: 'column 3', temporary: false, field: 'subs.c' },
        { type: 'connected', id: 1, time: 1 },
    );
    await flush();
    assert.deepEqual(errors, [['a', 103], ['b', 111], ['c', 120]]);
    mock.timers.tick(3_000);
    assert.deepEqual(newest().sent.filter(m => m.type === 'subscribe').map(m => m.channel), ['b']);
});

test('compressed frames keep their place among the others', async () => {
    const { seen, socket } = await subscribed(undefined, { compress: true });
    assert.deepEqual(socket.sent[0].compress, ['gzip']);
    socket.say(event(11, 10));
    socket.sayBytes(gzipSync(JSON.stringify([event(12, 11), event(13, 12)])));
    socket.say(event(14, 13));
    await until(() => seen.events.length === 4);
    assert.deepEqual(seen.events, [11, 12, 13, 14]);
    socket.say(event(15, 14));
    assert.deepEqual(seen.events, [11, 12, 13, 14, 15]);
});

test('MessagePack goes both ways', async () => {
    const ns = client({ messagePack: true });
    const seen = [];
    ns.subscribe({ channel: 'alerts' }, { event: e => seen.push(e.data) });
    ns.connect();
    await newest().open();
    assert.deepEqual(newest().protocols, ['netsentinel.v1.msgpack']);
    assert.deepEqual(newest().sent[0].subs, { alerts: { channel: 'alerts' } });
    newest().sayBytes(pack([{ type: 'subscribed', id: 1, channel: 'alerts', epoch: 'e', start: 0, tail: 0, first: 1 }, { type: 'connected', id: 1, time: 1 }]));
    newest().sayBytes(gzipSync(pack(event(1, 0, { data: { deep: [1, -1, 1.5, null, true, 'ä', 2 ** 40] } }))));
    await until(() => seen.length === 1);
    assert.deepEqual(seen, [{ deep: [1, -1, 1.5, null, true, 'ä', 2 ** 40] }]);
});

test('what is packed can be unpacked', () => {
    const long = 'x'.repeat(70_000);
    const values = [0, 127, 128, -32, -33, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, 0.1, '', 'x'.repeat(31), 'x'.repeat(32), 'x'.repeat(256), long, false,
        Array.from({ length: 15 }, (_, i) => i), Array.from({ length: 70_000 }, () => 1), { a: { b: [] } }, Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, i]))];
    for (const value of values) assert.deepEqual(unpack(pack(value)), value);
    assert.deepEqual(unpack(pack({ a: undefined, at: new Date(0) })), { at: '1970-01-01T00:00:00.000Z' });
    // what others write: unsigned numbers, floats, binary data
    const bytes = text => Uint8Array.from(text.match(/../g), two => parseInt(two, 16));
    assert.deepEqual(unpack(bytes('96cc80cdffffceffffffffcf0000000100000000ca3fc00000c40101')), [128, 65_535, 2 ** 32 - 1, 2 ** 32, 1.5, Uint8Array.of(1)]);
    assert.throws(() => unpack(new Uint8Array(0)));
    for (const bad of ['c1', 'dd00ffffff', '81', '92c0', 'c0c0', 'dbffffffff', 'df7fffffff', 'd9']) assert.throws(() => unpack(bytes(bad)), undefined, bad);
});

test('a frame that is no message ends the connection and the client comes back', async () => {
    for (const frame of ['{', '[1]', 'null', '{"no":"type"}', '[{"type":"ping"},null]']) {
        const { seen, ns, socket } = await subscribed();
        socket.say(event(11, 10));
        socket.onmessage({ data: frame });
        assert.equal(ns.state.name, 'offline', frame);
        assert.equal(socket.readyState, 3);
        mock.timers.tick(20_000);
        await newest().open();
        assert.deepEqual(newest().last('connect').subs.alerts, { channel: 'alerts', offset: 11, epoch: 'e1' });
        assert.deepEqual(seen.events, [11]);
        ns.close();
    }
    const { ns, socket } = await subscribed();
    socket.sayBytes([0x1f, 0x8b, 8, 0, 1]);
    await until(() => ns.state.name === 'offline');
});

test('what the server said before it closed counts more than the close code', async () => {
    const { ns, socket } = await subscribed();
    socket.say({ type: 'disconnect', code: 4508, reason: 'revoked', reconnect: false, retry: [0, 0] });
    socket.end(1006);
    assert.deepEqual(ns.state, { name: 'closed', code: 4508, reason: 'revoked' });
});

test('a token that cannot be had is an error, and the client comes back', async () => {
    const errors = [];
    const ns = client({ token: () => Promise.reject(new Error('no')) });
    ns.on('error', e => errors.push(e.message));
    ns.connect();
    await newest().open();
    assert.deepEqual(errors, ['no']);
    assert.equal(ns.state.name, 'offline');
});

test('a durable subscription goes on behind what is acknowledged, and nothing comes twice', async () => {
    const { ns, seen, subscription, socket } = await subscribed({ channel: 'alerts', durable: 'desk', offset: 10, epoch: 'e1' });
    socket.say(event(11, 10), event(12, 11), event(13, 12));
    subscription.ack({ channel: 'alerts', offset: 11 });
    socket.end(1006);
    subscription.ack({ channel: 'alerts', offset: 12 });
    ns.retryNow();
    await newest().open();
    const { id, subs } = newest().last('connect');
    assert.deepEqual(subs.alerts, { channel: 'alerts', durable: 'desk', offset: 12, epoch: 'e1' });
    newest().say({ type: 'subscribed', id, sub: 'alerts', channel: 'alerts', epoch: 'e1', start: 12, tail: 13, first: 1, recovered: true }, { type: 'connected', id, time: 1 });
    subscription.ack({ channel: 'alerts', offset: 13 });
    assert.equal(newest().last('ack'), undefined, 'not before it was sent again');
    newest().say(event(13, 12), event(14, 13));
    assert.equal(newest().last('ack').offset, 13);
    assert.deepEqual(seen.events, [11, 12, 13, 14]);
});

test('that a durable place was lost is acknowledged when it has been told', async () => {
    const { ns, seen, socket } = await subscribed({ channel: 'alerts', durable: 'desk', offset: 10, epoch: 'e1' });
    socket.end(1006);
    ns.retryNow();
    await newest().open();
    const { id } = newest().last('connect');
    newest().say({ type: 'subscribed', id, sub: 'alerts', channel: 'alerts', epoch: 'e1', start: 70, tail: 90, first: 71, recovered: false, reason: 'retention' });
    assert.equal(seen.resets.length, 1);
    assert.deepEqual(newest().last('ack'), { type: 'ack', sub: 'alerts', channel: 'alerts', epoch: 'e1', offset: 70 });
});

test('a durable subscription with a rare filter moves on with what a ping has seen', async () => {
    const { ns, socket } = await subscribed({ channel: 'alerts', durable: 'desk', offset: 10, epoch: 'e1', filter: 'severity >= high' });
    socket.say({ type: 'ping', time: 1, pos: { alerts: { alerts: [10, 500] } } });
    socket.end(1006);
    ns.retryNow();
    await newest().open();
    assert.equal(newest().last('connect').subs.alerts.offset, 500);
});

test('one event of a durable subscription or one direct message is acknowledged', async () => {
    const { ns, subscription, socket } = await subscribed({ channel: 'alerts', durable: 'desk', offset: 10, epoch: 'e1' });
    socket.say(event(11, 10), event(12, 11));
    subscription.ack({ channel: 'alerts', offset: 11 });
    assert.deepEqual(socket.last('ack'), { type: 'ack', sub: 'alerts', channel: 'alerts', epoch: 'e1', offset: 11 });
    const messages = [];
    ns.on('message', m => messages.push(m));
    socket.say({ type: 'message', seq: 7, prev: 6, priority: 1, time: 1, data: { to: 'you' } });
    ns.ackMessage(messages[0]);
    assert.deepEqual(socket.last('ack'), { type: 'ack', channel: 'inbox', offset: 7 });
});
