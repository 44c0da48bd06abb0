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
     * @param {typeof WebSocket} [options.WebSocket] the implementation, where there is no global one
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

    /** One page of a channel's past: `{epoch, events, gaps, next}`. */
    history(channel, options = {}) {
        return this.#command({ type: 'history', channel, ...options });
    }

    get #ready() {
        return this.#socket?.readyState === 1 && this.#socket.greeted;
    }

    #link = {
        open: subscription => this.#ready && this.#sendSubscribe(subscription),
        end: name => this.#ready && this.#send({ type: 'unsubscribe', id: this.#nextId++, sub: name }),
        send: message => this.#ready && this.#send(message),
        remove: name => this.#subscriptions.delete(name),
    };

    #open() {
        this.#become({ name: 'connecting' });
        let socket;
        try {
            socket = new this.#options.WebSocket(this.#options.url, ['netsentinel.v1.json']);
        } catch (error) {
            this.#lost(1006, String(error));
            return;
        }
        this.#socket = socket;
        const mine = handler => event => socket === this.#socket && handler(event);
        socket.onopen = mine(() => this.#greet(socket));
        socket.onmessage = mine(event => this.#frame(event.data));
        socket.onclose = mine(event => this.#lost(event.code, event.reason));
        socket.onerror = () => {}; // the close event that follows says the same
    }

    /** One round trip: identity and every subscription with its position. */
    async #greet(socket) {
        const { token, client, name, version } = this.#options;
        const connect = { type: 'connect', id: this.#nextId++, client, name, version };
        if (token) connect.token = typeof token === 'function' ? await token() : token;
        if (socket !== this.#socket) return;
        const wanted = [...this.#subscriptions].filter(([, subscription]) => !subscription.paused);
        connect.subs = Object.fromEntries(wanted.map(([name, subscription]) => [name, { ...subscription.request(), sub: undefined }]));
        for (const subscription of this.#subscriptions.values()) subscription.awaiting = 0;
        socket.greeted = true;
        this.#heard();
        this.#expect(connect.id).catch(error => this.#refused(error));
        this.#send(connect);
    }

    /** A subscription that `connect` named was refused, or `connect` itself. */
    #refused(error) {
        const subscription = this.#subscriptions.get(error.field.replace(/^subs\./, ''));
        if (subscription) subscription.call('error', error);
        else this.#emit('error', error);
    }

    #send(message) {
        this.#socket.send(JSON.stringify(message));
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
        this.#expect(id).catch(error => subscription.call('error', error));
        this.#send({ type: 'subscribe', id, ...subscription.request() });
    }

    /** Something was lost between server and client: asks for everything after the last known position again. */
    #resume(subscription) {
        this.#link.end(subscription.name);
        this.#sendSubscribe(subscription);
    }

    #frame(text) {
        this.#heard();
        const frame = JSON.parse(text);
        for (const message of Array.isArray(frame) ? frame : [frame]) this.#message(message);
        this.#settle();
    }

    #message(message) {
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
                if (message.reconnect === false) this.#wanted = false;
                return undefined;
            case 'error':
                if (!this.#answer(message.id, null, message)) this.#emit('error', new NetSentinelError(message));
                return undefined;
            case 'expiring':
                return this.#expiring(message);
            case 'message':
                return this.#emit('message', message);
            default:
                return this.#answer(message.id, message);
        }
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
        this.#connected = false;
        clearTimeout(this.#silenceTimer);
        clearTimeout(this.#retryTimer);
        for (const id of [...this.#pending.keys()]) this.#answer(id, null, { message: reason });
    }

    /** Codes 4500 to 4999 mean: do not come back. */
    #lost(code, reason) {
        this.#clear('connection lost');
        if (!this.#wanted || (code >= 4500 && code <= 4999)) {
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

/** A named subscription and, per channel, the position up to which everything is known. */
class Subscription {
    /** Id of the `subscribe` whose answer is outstanding; until then nothing of this subscription is taken. */
    awaiting = 0;
    paused = false;
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
        if (offset !== undefined) this.#positions.set(channel, { offset, epoch, target: 0 });
        for (const [key, [at, of]] of Object.entries(positions ?? {})) this.#positions.set(key, { offset: at, epoch: of, target: 0 });
    }

    /** `{channel: {offset, epoch}}`: keep it to continue another day. */
    get positions() {
        return Object.fromEntries([...this.#positions].map(([channel, { offset, epoch }]) => [channel, { offset, epoch }]));
    }

    /** Tells the server that everything up to the current positions is dealt with (durable subscriptions). */
    ack() {
        for (const [channel, { offset, epoch }] of this.#positions) this.#link.send({ type: 'ack', sub: this.name, channel, epoch, offset });
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
        if (this.#positions.size === 0) return { ...rest, since, last };
        if (!rest.channel.includes('*')) return { ...rest, ...this.positions[rest.channel] };
        const known = [...this.#positions].map(([channel, p]) => [channel, [p.offset, p.epoch]]);
        return { ...rest, positions: Object.fromEntries(known) };
    }

    start({ channel, epoch, start, tail, recovered, reason }) {
        this.#positions.set(channel, { offset: start, epoch, target: this.#request.filter ? 0 : tail });
        this.call('subscribed', { channel, epoch, start, tail, recovered });
        if (recovered === false) this.call('reset', { channel, epoch, start, reason });
    }

    /** Takes an event or a gap; false when something before it is missing. */
    take(message) {
        const at = this.#positions.get(message.channel) ?? this.#begin(message);
        const end = message.type === 'gap' ? message.to : message.offset;
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
            if (!at) continue;
            if (sent > at.offset) return false;
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

    #begin({ channel, prev = 0 }) {
        const at = { offset: prev, epoch: undefined, target: 0 };
        this.#positions.set(channel, at);
        return at;
    }
}

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
