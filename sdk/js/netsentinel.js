/**
 * NetSentinel client: protocol `netsentinel.v1` over one WebSocket, for browsers and Node, without a dependency.
 *
 *     const ns = new NetSentinel({ url: 'ws://127.0.0.1:8082/ws', token });
 *     ns.on('state', state => console.log(state.name, state.behind));
 *     ns.subscribe({ channel: 'alerts', last: 20 }, { event: e => console.log(e.offset, e.data) });
 *     ns.connect();
 *
 * A subscription is a position in a channel's log. After any break the client comes back by itself and continues
 * from its positions, so every event arrives exactly once and in order, or is named by a `gap` or a `reset`.
 */

const BACKOFF_MIN = 500;
const BACKOFF_MAX = 20_000;
/** Bytes of the largest frame taken, inflated: above the largest event the server keeps. */
const FRAME_MAX = 20 << 20;
/** Another connection holds the durable subscription now: whoever comes back would take it away again, and so on. */
const TAKEN_OVER = 4011;
const P256 = { name: 'ECDH', namedCurve: 'P-256' };
/** All that is taken from a server before it has agreed on keys. */
const IN_THE_OPEN = ['encrypted', 'error', 'disconnect'];

/** An `error` of the server, or code 0 when no answer came. */
export class NetSentinelError extends Error {
    constructor({ code = 0, message, temporary = true, retryMs = 0, field = '' }) {
        super(message);
        this.name = 'NetSentinelError';
        Object.assign(this, { code, temporary, retryMs, field });
    }
}

export class NetSentinel {
    #options;
    #socket = null;
    #nextId = 1;
    #pending = new Map();
    #subscriptions = new Map();
    #listeners = new Map();
    #attempt = 0;
    #retryTimer = 0;
    #silenceTimer = 0;
    #retryRange = null;
    #farewell = null;
    #greeting = 0;
    #decoding = 0;
    #decoded = Promise.resolve();
    #wanted = false;
    #connected = false;
    #behind = 0;
    #clockOffset = 0;
    #state = { name: 'idle' };

    /**
     * @param {object} options
     * @param {string} [options.url] where to connect; default `/ws` of the page's own host
     * @param {string | (() => string | Promise<string>)} [options.token] access token; a function is asked anew each time
     * @param {string} [options.client] stable id of this client, for direct messages
     * @param {string} [options.name] @param {string} [options.version] shown in the server's list of connections
     * @param {boolean} [options.compress] lets the server compress large frames
     * @param {boolean | string} [options.encrypt] encrypts all messages end to end; a string is the key the server must have
     * @param {boolean} [options.messagePack] speaks MessagePack instead of JSON
     * @param {typeof WebSocket} [options.WebSocket] the implementation, where there is no global one (Node before 22: the package `ws`)
     * @param {number} [options.silence=40000] ms without any frame after which the connection counts as dead
     * @param {number} [options.timeout=10000] ms to wait for the answer to a command
     * @param {() => number} [options.random] source of jitter in [0, 1)
     */
    constructor(options = {}) {
        this.#options = { silence: 40_000, timeout: 10_000, random: Math.random, WebSocket: globalThis.WebSocket, ...options };
        this.#options.url ??= globalThis.location?.origin.replace(/^http/, 'ws') + '/ws';
    }

    /** `{name: idle|connecting|live|catching-up|offline|closed, behind?, retryAt?, code?, reason?}` */
    get state() {
        return this.#state;
    }

    /** The server's clock, in ms since 1970, as well as it is known. */
    now() {
        return Date.now() + this.#clockOffset;
    }

    /**
     * Listens to `state`, `connected`, `message` (direct messages), `expiring`, `error` (without a command).
     * @returns {() => void} stops listening
     */
    on(type, listener) {
        const set = this.#listeners.get(type) ?? this.#listeners.set(type, new Set()).get(type);
        set.add(listener);
        return () => set.delete(listener);
    }

    connect() {
        if (this.#wanted) return;
        this.#wanted = true;
        this.#open();
    }

    /** Ends the connection for good; `connect()` opens it again and continues. */
    close() {
        this.#wanted = false;
        this.#drop(1000, 'closed by the client');
        this.#become({ name: 'closed', code: 1000, reason: 'closed by the client' });
    }

    /** Does not wait for the end of the current pause between two attempts. */
    retryNow() {
        if (!this.#wanted || this.#socket) return;
        clearTimeout(this.#retryTimer);
        this.#open();
    }

    /**
     * @param {object} request `channel`, and from the protocol `sub offset epoch since last positions filter format fields rate durable`
     * @param {object} handlers `event(e)`, `gap(g)`, `subscribed(s)`, `reset(s)` (not recoverable: events were lost), `error(e)`
     */
    subscribe(request, handlers = {}) {
        const name = request.sub ?? request.channel;
        if (this.#subscriptions.has(name)) throw new Error(`already subscribed: ${name}`);
        const subscription = new Subscription(request, handlers, this.#link);
        this.#subscriptions.set(name, subscription);
        if (this.#ready) this.#sendSubscribe(subscription);
        return subscription;
    }

    /** Calls a method, for example `call('alert.ack', {ids})`. */
    async call(method, params = {}) {
        return (await this.#command({ type: 'call', method, params })).data;
    }

    /** Resolves with `{offset, epoch}` after the commit. Give a `key` to be able to repeat it safely. */
    publish(channel, data, { key, ttl, priority } = {}) {
        return this.#command({ type: 'publish', channel, data, key, ttl, priority });
    }

    /** Tells the server that a direct message is dealt with; until then it comes again. */
    ackMessage({ seq }) {
        this.#link.send({ type: 'ack', channel: 'inbox', offset: seq });
    }

    /** One page of a channel's past: `{epoch, events, gaps, next}`. */
    history(channel, options = {}) {
        return this.#command({ type: 'history', channel, ...options });
    }

    get #ready() {
        return this.#socket?.readyState === 1 && this.#socket.greeted;
    }

    #link = {
        open: subscription => this.#ready && !subscription.paused && this.#subscriptions.get(subscription.name) === subscription && this.#sendSubscribe(subscription),
        end: name => this.#ready && this.#send({ type: 'unsubscribe', id: this.#nextId++, sub: name }),
        send: message => this.#ready && this.#send(message),
        remove: name => this.#subscriptions.delete(name),
    };

    #open() {
        this.#become({ name: 'connecting' });
        let socket;
        try {
            socket = new this.#options.WebSocket(this.#options.url, [`netsentinel.v1.${this.#options.messagePack ? 'msgpack' : 'json'}`]);
            socket.binaryType = 'arraybuffer';
        } catch (error) {
            this.#lost(1006, String(error));
            return;
        }
        this.#socket = socket;
        const mine = handler => event => socket === this.#socket && handler(event);
        socket.onopen = mine(() => (this.#options.encrypt ? this.#offer(socket) : this.#greet(socket)));
        socket.onmessage = mine(event => this.#arrive(socket, event.data));
        socket.onclose = mine(event => this.#lost(event.code, event.reason));
        socket.onerror = () => {}; // the close event that follows says the same
    }

    /** Agrees on keys before anything else is said. */
    async #offer(socket) {
        try {
            const { subtle } = crypto;
            const own = await subtle.generateKey(P256, false, ['deriveBits']);
            const key = new Uint8Array(await subtle.exportKey('raw', own.publicKey));
            if (socket !== this.#socket) return;
            socket.agree = ({ key: theirs, identity, framesPerKey }) => {
                const { encrypt } = this.#options;
                if (encrypt !== true && encrypt !== identity) return this.#refuseServer('the server has another key than the one given');
                const keys = [theirs, identity].map(fromBase64);
                const secret = Promise.all(keys.map(async raw => subtle.deriveBits({ name: 'ECDH', public: await subtle.importKey('raw', raw, P256, false, []) }, own.privateKey, 256))).then(joined);
                const salt = joined([key, ...keys]);
                socket.opens = new FrameCipher(secret, salt, 'server', framesPerKey);
                socket.seals = new FrameCipher(secret, salt, 'client', framesPerKey);
                return this.#greet(socket);
            };
            const id = this.#nextId++;
            this.#heard();
            this.#expect(id).catch(error => this.#emit('error', error));
            this.#send({ type: 'connect', id, encrypt: { key: toBase64(key) } });
        } catch {
            if (socket === this.#socket) this.#refuseServer('no encryption here: browsers allow it to pages over https or from localhost');
        }
    }

    #refuseServer(message) {
        this.#emit('error', new NetSentinelError({ message, temporary: false }));
        this.#wanted = false;
        this.#drop(1000, message);
        this.#become({ name: 'closed', code: 1000, reason: message });
    }

    /** One round trip: identity and every subscription with its position. */
    async #greet(socket) {
        const { token, client, name, version, compress } = this.#options;
        const connect = { type: 'connect', id: this.#nextId++, client, name, version };
        if (compress) connect.compress = ['gzip'];
        try {
            if (token) connect.token = typeof token === 'function' ? await token() : token;
        } catch (error) {
            this.#emit('error', error);
            return socket === this.#socket && this.#drop(1000, 'no token', true);
        }
        if (socket !== this.#socket) return;
        const wanted = [...this.#subscriptions].filter(([, subscription]) => !subscription.paused);
        this.#greeting = connect.id;
        connect.subs = Object.fromEntries(wanted.map(([name, subscription]) => [name, { ...subscription.request(), sub: undefined }]));
        for (const subscription of this.#subscriptions.values()) subscription.awaiting = connect.id;
        socket.greeted = true;
        this.#heard();
        this.#expect(connect.id).catch(error => this.#emit('error', error));
        this.#send(connect);
    }

    #send(message) {
        const socket = this.#socket;
        const plain = this.#options.messagePack ? pack(message) : JSON.stringify(message);
        if (!socket.seals) return socket.send(plain);
        const bytes = typeof plain === 'string' ? new TextEncoder().encode(plain) : plain;
        const send = sealed => socket.readyState === 1 && socket.send(sealed);
        return socket.seals.next('encrypt', bytes).then(send, error => socket === this.#socket && this.#drop(3007, String(error), true));
    }

    #command(message) {
        if (!this.#ready) return Promise.reject(new NetSentinelError({ message: 'not connected' }));
        const id = this.#nextId++;
        const answer = this.#expect(id);
        this.#send({ ...message, id });
        return answer;
    }

    #expect(id) {
        return new Promise((resolve, reject) => {
            const late = () => this.#answer(id, null, { message: `no answer within ${this.#options.timeout} ms` });
            const timer = setTimeout(late, this.#options.timeout);
            this.#pending.set(id, { resolve, reject, timer });
        });
    }

    #answer(id, message, error) {
        const waiting = this.#pending.get(id);
        if (!waiting) return false;
        this.#pending.delete(id);
        clearTimeout(waiting.timer);
        if (error) waiting.reject(new NetSentinelError(error));
        else waiting.resolve(message);
        return true;
    }

    #sendSubscribe(subscription) {
        const id = this.#nextId++;
        subscription.awaiting = id;
        this.#expect(id).catch(error => this.#refuse(subscription, error));
        this.#send({ type: 'subscribe', id, ...subscription.request() });
    }

    /** Something was lost between server and client: asks for everything after the last known position again. */
    #resume(subscription) {
        this.#link.end(subscription.name);
        this.#sendSubscribe(subscription);
    }

    /** Text is read at once; what must be inflated or decrypted takes a moment, and what follows waits for it. */
    #arrive(socket, data) {
        this.#heard();
        if (typeof data === 'string' && !this.#decoding && !socket.opens) return this.#frame(() => JSON.parse(data));
        this.#decoding++;
        const read = async () => decode(socket.opens ? await socket.opens.next('decrypt', data) : data);
        this.#decoded = this.#decoded.then(read).then(frame => () => frame, failing).then(frame => {
            this.#decoding--;
            if (socket === this.#socket) this.#frame(frame);
        });
        return undefined;
    }

    #frame(read) {
        let messages;
        try {
            messages = [read()].flat();
            if (!messages.every(message => typeof message?.type === 'string')) throw new TypeError('not a message');
        } catch {
            return this.#drop(3007, 'malformed frame', true);
        }
        for (const message of messages) {
            if (!this.#socket) return undefined;
            this.#message(message);
        }
        return this.#settle();
    }

    #message(message) {
        if (this.#options.encrypt && !this.#socket.opens && !IN_THE_OPEN.includes(message.type)) return undefined;
        switch (message.type) {
            case 'event':
            case 'gap':
                return this.#deliver(message);
            case 'subscribed':
                return this.#subscribed(message);
            case 'ping':
                return this.#ping(message);
            case 'connected':
                this.#connected = true;
                this.#attempt = 0;
                this.#clockOffset = millis(message.time) - Date.now();
                this.#answer(message.id, message);
                return this.#emit('connected', message);
            case 'disconnect':
                this.#retryRange = message.retry ?? null;
                this.#farewell = message;
                if (message.reconnect === false) this.#wanted = false;
                return undefined;
            case 'error':
                return this.#error(message);
            case 'expiring':
                return this.#expiring(message);
            case 'message':
                return this.#emit('message', message);
            case 'encrypted':
                this.#answer(message.id, message);
                return this.#socket.opens ? undefined : this.#socket.agree?.(message);
            default:
                return this.#answer(message.id, message);
        }
    }

    #error(message) {
        const named = message.id === this.#greeting && this.#subscriptions.get(message.field?.match(/^subs\.(.*)/)?.[1]);
        if (named) this.#refuse(named, new NetSentinelError(message));
        else if (!this.#answer(message.id, null, message)) this.#emit('error', new NetSentinelError(message));
    }

    /** What is temporary is tried again. */
    #refuse(subscription, error) {
        const socket = this.#socket;
        const again = () => socket === this.#socket && this.#link.open(subscription);
        if (socket && error.code && error.temporary) setTimeout(again, Math.max(error.retryMs, 1_000));
        subscription.call('error', error);
    }

    #deliver(message) {
        const subscription = this.#subscriptions.get(message.sub ?? message.channel);
        if (subscription?.listening && !subscription.take(message)) this.#resume(subscription);
    }

    #subscribed(message) {
        const subscription = this.#subscriptions.get(message.sub ?? message.channel);
        this.#answer(message.id, message);
        if (!subscription || (subscription.awaiting && message.id !== subscription.awaiting)) return;
        subscription.awaiting = 0;
        subscription.start(message);
    }

    #ping(message) {
        this.#clockOffset = Math.max(this.#clockOffset, millis(message.time) - Date.now());
        for (const [name, positions] of Object.entries(message.pos ?? {})) {
            const subscription = this.#subscriptions.get(name);
            if (subscription?.listening && !subscription.confirm(positions)) this.#resume(subscription);
        }
        this.#send({ type: 'pong', time: message.time });
    }

    async #expiring(message) {
        this.#emit('expiring', message);
        const { token } = this.#options;
        if (typeof token !== 'function') return;
        await this.#command({ type: 'refresh', token: await token() }).catch(error => this.#emit('error', error));
    }

    /** Live once everything that stood in the log at the time of subscribing has arrived. */
    #settle() {
        if (!this.#connected) return;
        let behind = 0;
        for (const subscription of this.#subscriptions.values()) behind += subscription.behind();
        if (behind === this.#behind && ['live', 'catching-up'].includes(this.#state.name)) return;
        this.#behind = behind;
        this.#become(behind > 0 ? { name: 'catching-up', behind } : { name: 'live', behind: 0 });
    }

    #heard() {
        clearTimeout(this.#silenceTimer);
        this.#silenceTimer = setTimeout(() => this.#drop(4012, 'nothing heard', true), this.#options.silence);
    }

    #drop(code, reason, comeBack = false) {
        const socket = this.#socket;
        if (comeBack) this.#lost(code, reason);
        else this.#clear('connection closed');
        socket?.close(code, reason);
    }

    #clear(reason) {
        this.#socket = null;
        this.#farewell = null;
        this.#connected = false;
        clearTimeout(this.#silenceTimer);
        clearTimeout(this.#retryTimer);
        for (const id of [...this.#pending.keys()]) this.#answer(id, null, { message: reason });
    }

    /** Codes 4500 to 4999 mean: do not come back. */
    #lost(code, reason) {
        // what the server said before counts: proxies eat close codes
        if (this.#farewell) ({ code, reason } = this.#farewell);
        this.#clear('connection lost');
        if (!this.#wanted || code === TAKEN_OVER || (code >= 4500 && code <= 4999)) {
            this.#wanted = false;
            this.#become({ name: 'closed', code, reason });
            return;
        }
        const delay = this.#delay();
        this.#retryTimer = setTimeout(() => this.#open(), delay);
        this.#become({ name: 'offline', code, reason, retryAt: Date.now() + delay });
    }

    /** Full jitter: anywhere between the least pause and a bound that doubles; or what the server asked for. */
    #delay() {
        const [least, most] = this.#retryRange ?? [BACKOFF_MIN, Math.min(BACKOFF_MAX, BACKOFF_MIN * 2 ** (this.#attempt + 1))];
        this.#attempt++;
        this.#retryRange = null;
        return least + this.#options.random() * Math.max(0, most - least);
    }

    #become(state) {
        this.#state = state;
        this.#emit('state', state);
    }

    #emit(type, value) {
        for (const listener of this.#listeners.get(type) ?? []) guarded(() => listener(value));
    }
}

/**
 * A named subscription and, per channel, the position up to which everything is known. A durable one also remembers what is
 * acknowledged: after a break it goes on there, so that what a program had in hand comes again to whoever takes its place.
 */
class Subscription {
    /** Id of the `subscribe` whose answer is outstanding; until then nothing of this subscription is taken. */
    awaiting = 0;
    paused = false;
    #begun = false;
    #request;
    #handlers;
    #link;
    #positions = new Map();

    constructor(request, handlers, link) {
        this.name = request.sub ?? request.channel;
        this.#request = { ...request };
        this.#handlers = handlers;
        this.#link = link;
        const { channel, offset, epoch, positions } = request;
        if (offset !== undefined) this.#place(channel, offset, epoch);
        for (const [key, [at, of]] of Object.entries(positions ?? {})) this.#place(key, at, of);
    }

    /** `here`: how far this connection was sent something; `due`: an acknowledgement that waits for that. */
    #place(channel, offset, epoch, target = 0) {
        this.#positions.set(channel, { offset, epoch, target, acked: offset, here: offset, due: Infinity });
    }

    /** `{channel: {offset, epoch}}`: keep it to continue another day. */
    get positions() {
        return Object.fromEntries([...this.#positions].map(([channel, { offset, epoch }]) => [channel, { offset, epoch }]));
    }

    /**
     * Tells the server that an event or gap and all before it on its channel is dealt with; without one, everything up to the
     * current positions (durable subscriptions).
     */
    ack(item) {
        for (const [channel, at] of this.#positions) {
            if (item && item.channel !== channel) continue;
            const offset = item ? (item.to ?? item.offset) : at.offset;
            at.acked = Math.max(at.acked, offset);
            at.due = offset;
            this.#acknowledge(channel, at);
        }
    }

    /** What was not sent on this connection cannot be acknowledged on it: it will come again. */
    #acknowledge(channel, at) {
        if (at.due > at.here) return;
        this.#link.send({ type: 'ack', sub: this.name, channel, epoch: at.epoch, offset: at.due });
        at.due = Infinity;
    }

    close() {
        this.#link.remove(this.name);
        if (!this.paused) this.#link.end(this.name);
    }

    /** Wants nothing more for now, but keeps its positions. */
    pause() {
        if (this.paused) return;
        this.paused = true;
        this.#link.end(this.name);
    }

    /** Continues where it was paused. */
    resume() {
        if (!this.paused) return;
        this.paused = false;
        this.#link.open(this);
    }

    get listening() {
        return !this.awaiting && !this.paused;
    }

    /** The `subscribe` that continues where this one stands. */
    request() {
        const { offset, epoch, since, last, positions, ...rest } = this.#request;
        const pattern = rest.channel.includes('*');
        // a pattern that has begun goes on by positions even when it has none: a channel may have been born meanwhile
        if (this.#positions.size === 0 && !(pattern && (this.#begun || positions))) return { ...rest, since, last };
        const known = [...this.#positions].map(([channel, p]) => [channel, [rest.durable ? p.acked : p.offset, p.epoch]]);
        if (pattern) return { ...rest, positions: Object.fromEntries(known) };
        const [[, [from, of]]] = known;
        return { ...rest, offset: from, epoch: of };
    }

    start({ channel, epoch, start, tail, recovered, reason }) {
        this.#begun = true;
        if (channel === undefined) return; // a pattern without a channel yet
        if (start === undefined) {
            this.#positions.delete(channel); // it may not be read any more
            this.call('reset', { channel, reason });
            return;
        }
        const before = this.#positions.get(channel);
        this.#place(channel, start, epoch, this.#request.filter ? 0 : tail);
        if (this.#request.durable && before?.offset > start && recovered !== false) this.#positions.get(channel).offset = before.offset;
        this.call('subscribed', { channel, epoch, start, tail, recovered });
        if (recovered !== false) return;
        this.call('reset', { channel, epoch, start, reason });
        if (this.#request.durable) this.ack({ channel, offset: start }); // else the next connection is told again
    }

    /** Takes an event or a gap; false when something before it is missing. */
    take(message) {
        const at = this.#positions.get(message.channel);
        if (!at) return false; // its `subscribed` was lost: what came before is not known
        const end = message.type === 'gap' ? message.to : message.offset;
        at.here = Math.max(at.here, end);
        this.#acknowledge(message.channel, at);
        if (end <= at.offset) return true;
        if (message.prev > at.offset) return false;
        at.offset = end;
        this.call(message.type, message);
        return true;
    }

    /** Compares with `{channel: [sent, seen]}` of a ping; false when something sent never arrived. */
    confirm(positions) {
        for (const [channel, [sent, seen]] of Object.entries(positions)) {
            const at = this.#positions.get(channel);
            if (!at || sent > at.offset) return false;
            if (at.acked === at.offset) at.acked = Math.max(at.acked, seen);
            at.offset = Math.max(at.offset, seen);
        }
        return true;
    }

    behind() {
        let n = 0;
        if (this.paused) return n;
        for (const { offset, target } of this.#positions.values()) n += Math.max(0, target - offset);
        return n;
    }

    call(handler, value) {
        if (this.#handlers[handler]) guarded(() => this.#handlers[handler](value));
    }
}

/** One direction of an encrypted connection: AES-256-GCM. The nonce counts, and after so many frames comes the next key. */
class FrameCipher {
    #secret;
    #hkdf;
    #frames;
    #key;
    #first;
    #count;
    #last = Promise.resolve();

    constructor(secret, salt, sender, frames) {
        this.#secret = secret;
        this.#hkdf = { name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(`netsentinel.v1 ${sender}`) };
        this.#frames = this.#count = frames;
    }

    /** Does 'encrypt' or 'decrypt' with the next frame, in the order of the calls. After a failure nothing can be done any more. */
    next(what, data) {
        return (this.#last = this.#last.then(() => this.#step(what, data)));
    }

    async #step(what, data) {
        if (this.#count === this.#frames) await this.#nextKey();
        const iv = this.#first.slice();
        const view = new DataView(iv.buffer);
        view.setBigUint64(4, view.getBigUint64(4) ^ BigInt(this.#count++));
        return crypto.subtle[what]({ name: 'AES-GCM', iv }, this.#key, data);
    }

    async #nextKey() {
        const { subtle } = crypto;
        const secret = await subtle.importKey('raw', await this.#secret, 'HKDF', false, ['deriveBits']);
        const bits = new Uint8Array(await subtle.deriveBits(this.#hkdf, secret, 608));
        this.#key = await subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['encrypt', 'decrypt']);
        this.#first = bits.slice(32, 44);
        this.#secret = bits.slice(44);
        this.#count = 0;
    }
}

const joined = parts => Uint8Array.from(parts.flatMap(part => [...new Uint8Array(part)]));
const toBase64 = bytes => btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, c => ({ '+': '-', '/': '_' })[c] ?? '');
const fromBase64 = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
const failing = error => () => {
    throw error;
};

function millis(time) {
    return typeof time === 'number' ? time : Date.parse(time);
}

/** A listener that throws must not cost the position; the error is reported as uncaught. */
function guarded(run) {
    try {
        run();
    } catch (error) {
        queueMicrotask(() => {
            throw error;
        });
    }
}

/** A frame that is not text: perhaps a gzip (0x1f 0x8b), of JSON or MessagePack. The first byte tells. */
async function decode(data) {
    if (typeof data === 'string') return JSON.parse(data);
    let bytes = new Uint8Array(data);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = await inflate(bytes);
    if (bytes[0] === 0x7b || bytes[0] === 0x5b) return JSON.parse(new TextDecoder().decode(bytes));
    return unpack(bytes);
}

async function inflate(bytes) {
    const parts = [];
    let size = 0;
    for await (const part of new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))) {
        size += part.length;
        if (size > FRAME_MAX) throw new RangeError('frame too large');
        parts.push(part);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** MessagePack as far as JSON goes. */
export function unpack(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const utf8 = new TextDecoder();
    let at = 0;
    const skip = n => (at += n) - n;
    const long = n => (Number.isSafeInteger(Number(n)) ? Number(n) : n);
    const numbers = {
        0xca: () => view.getFloat32(skip(4)),
        0xcb: () => view.getFloat64(skip(8)),
        0xcc: () => view.getUint8(skip(1)),
        0xcd: () => view.getUint16(skip(2)),
        0xce: () => view.getUint32(skip(4)),
        0xcf: () => long(view.getBigUint64(skip(8))),
        0xd0: () => view.getInt8(skip(1)),
        0xd1: () => view.getInt16(skip(2)),
        0xd2: () => view.getInt32(skip(4)),
        0xd3: () => long(view.getBigInt64(skip(8))),
    };
    const size = width => numbers[0xcb + width]();
    const binary = n => {
        if (n > bytes.length - at) throw new RangeError('frame ends too early');
        return bytes.subarray(skip(n), at);
    };
    const text = n => utf8.decode(binary(n));
    const many = (n, one) => {
        if (n > bytes.length - at) throw new RangeError('frame ends too early'); // a value has a byte at least
        return Array.from({ length: n }, one);
    };
    const list = n => many(n, value);
    const map = n => Object.fromEntries(many(n, () => [value(), value()]));
    function value() {
        const head = view.getUint8(skip(1));
        if (head < 0x80) return head;
        if (head < 0x90) return map(head & 15);
        if (head < 0xa0) return list(head & 15);
        if (head < 0xc0) return text(head & 31);
        if (head >= 0xe0) return head - 256;
        if (numbers[head]) return numbers[head]();
        switch (head) {
            case 0xc0: return null;
            case 0xc2: return false;
            case 0xc3: return true;
            case 0xc4: case 0xc5: case 0xc6: return binary(size(head - 0xc3));
            case 0xd9: case 0xda: case 0xdb: return text(size(head - 0xd8));
            case 0xdc: case 0xdd: return list(size(head - 0xda));
            case 0xde: case 0xdf: return map(size(head - 0xdc));
        }
        throw new TypeError(`no MessagePack: ${head}`);
    }
    const result = value();
    if (at !== bytes.length) throw new RangeError('more than one value');
    return result;
}

/** The opposite, for what JSON can say. */
export function pack(value) {
    const out = [];
    const number = (head, width, set) => {
        const view = new DataView(new ArrayBuffer(width));
        set(view);
        out.push(head, ...new Uint8Array(view.buffer));
    };
    const length = (n, small, most, large) => {
        if (n < most) out.push(small | n);
        else if (large === 0xd9 && n < 256) out.push(large, n);
        else if (n < 65_536) number(large + (large === 0xd9), 2, view => view.setUint16(0, n));
        else number(large + 1 + (large === 0xd9), 4, view => view.setUint32(0, n));
    };
    const put = value => {
        if (value === null || value === undefined) out.push(0xc0);
        else if (typeof value === 'boolean') out.push(value ? 0xc3 : 0xc2);
        else if (typeof value === 'number') {
            if (!Number.isSafeInteger(value)) number(0xcb, 8, view => view.setFloat64(0, value));
            else if (value >= -32 && value < 128) out.push(value & 255);
            else if (value === (value | 0)) number(0xd2, 4, view => view.setInt32(0, value));
            else number(0xd3, 8, view => view.setBigInt64(0, BigInt(value)));
        } else if (typeof value === 'string') {
            const bytes = new TextEncoder().encode(value);
            length(bytes.length, 0xa0, 32, 0xd9);
            for (const byte of bytes) out.push(byte);
        } else if (Array.isArray(value)) {
            length(value.length, 0x90, 16, 0xdc);
            value.forEach(put);
        } else {
            if (value.toJSON) return put(value.toJSON());
            const members = Object.entries(value).filter(([, member]) => member !== undefined);
            length(members.length, 0x80, 16, 0xde);
            members.flat(1).forEach(put);
        }
        return undefined;
    };
    put(value);
    return new Uint8Array(out);
}
