/** Client of the protocol `netsentinel.v1`, for browsers and Node. */

export interface Options {
    /** Where to connect, such as `wss://soc.example/ws`; default `/ws` of the page's own host. */
    url?: string;
    /** Access token; a function is asked anew at each connect and before the old token ends. */
    token?: string | (() => string | Promise<string>);
    /** Stable id of this client, for direct messages. */
    client?: string;
    /** Shown in the server's list of connections. */
    name?: string;
    version?: string;
    /**
     * Encrypts all messages end to end, whoever ends TLS between. A string is the key the server must have (its log names it at its
     * start); `true` takes any. Browsers allow it to pages over https or from localhost.
     */
    encrypt?: boolean | string;
    /** Lets the server compress large frames. */
    compress?: boolean;
    /** Speaks MessagePack instead of JSON. */
    messagePack?: boolean;
    /** The implementation, where there is no global one (Node before 22: the package `ws`). */
    WebSocket?: new (url: string, protocols: string[]) => any;
    /** Milliseconds without any frame after which the connection counts as dead; 40,000. */
    silence?: number;
    /** Milliseconds to wait for the answer to a command; 10,000. */
    timeout?: number;
    /** Source of jitter in [0, 1). */
    random?: () => number;
}

export type State =
    | { name: 'idle' }
    | { name: 'connecting' }
    | { name: 'live'; behind: 0 }
    /** What stood in the log when subscribing is still arriving; `behind` offsets at most. */
    | { name: 'catching-up'; behind: number }
    /** The client comes back by itself at `retryAt`, in milliseconds since 1970. */
    | { name: 'offline'; code: number; reason: string; retryAt: number }
    /** Over, until `connect()` is called again. */
    | { name: 'closed'; code: number; reason: string };

export interface Event<T = any> {
    type: 'event';
    sub?: string;
    channel: string;
    offset: number;
    prev: number;
    /** Of the commit, in milliseconds since 1970. */
    time: number;
    priority?: number;
    /** What was published. It comes from the network under attack: treat it as text. */
    data: T;
    html?: string;
}

/** Offsets that will not be delivered, both included. */
export interface Gap {
    type: 'gap';
    sub?: string;
    channel: string;
    from: number;
    to: number;
    reason: 'retention' | 'expired' | 'lost' | 'sampled' | 'quota' | (string & {});
}

export interface Subscribed {
    channel: string;
    epoch: string;
    /** Delivery begins after it. */
    start: number;
    tail: number;
    recovered?: boolean;
}

/** The position could not be recovered: events before `start` may be lost. Without `start` there are no more. */
export interface Reset {
    channel: string;
    epoch?: string;
    start?: number;
    reason: 'epoch' | 'retention' | 'denied';
}

export interface Position {
    offset: number;
    epoch: string;
}

export interface Request {
    /** A name, or a pattern such as `lab.*` or `**`. */
    channel: string;
    /** The subscription's name; default the channel. */
    sub?: string;
    /** After this offset; 0 without an epoch is the oldest event kept. */
    offset?: number;
    epoch?: string;
    /** An ISO 8601 time, or back from now: `-90s`, `-15m`, `-24h`, `-7d`. */
    since?: string;
    last?: number;
    /** A pattern's positions: `{channel: [offset, epoch]}`. */
    positions?: Record<string, [number, string]>;
    filter?: string;
    format?: string;
    fields?: string[];
    rate?: number;
    /** A name under which the server keeps the acknowledged position. */
    durable?: string;
}

export interface Handlers<T = any> {
    event?(event: Event<T>): void;
    gap?(gap: Gap): void;
    subscribed?(answer: Subscribed): void;
    reset?(reset: Reset): void;
    error?(error: NetSentinelError): void;
}

export interface Subscription {
    readonly name: string;
    /** Keep it to continue another day. */
    readonly positions: Record<string, Position>;
    /** Whether it is paused. */
    readonly paused: boolean;
    /** Durable: this and all before it on its channel is dealt with; without an argument, everything delivered. */
    ack(item?: Event | Gap | { channel: string; offset: number }): void;
    /** Wants nothing more for now, but keeps its positions. */
    pause(): void;
    resume(): void;
    close(): void;
}

export interface DirectMessage<T = any> {
    type: 'message';
    seq: number;
    prev: number;
    priority: number;
    time: number;
    ttl?: number;
    /** How many before it ran out of time unread. */
    expired?: number;
    data: T;
}

export interface Connected {
    type: 'connected';
    session: string;
    client: string;
    user: string;
    exp?: number;
    node: string;
    time: number;
    limits: Record<string, number>;
    channels: { name: string; can: ('subscribe' | 'publish')[]; retention: number }[];
}

export interface Published {
    type: 'published';
    channel: string;
    offset: number;
    epoch: string;
    /** Its key had been committed before; nothing was written now. */
    duplicate?: boolean;
}

export interface HistoryPage<T = any> {
    type: 'history';
    epoch: string;
    events: { offset: number; time: number; priority?: number; data: T }[];
    gaps?: { from: number; to: number; reason: string }[];
    next?: number;
}

/** An `error` of the server, or code 0 when no answer came. */
export class NetSentinelError extends Error {
    constructor(error: { code?: number; message: string; temporary?: boolean; retryMs?: number; field?: string });
    readonly code: number;
    /** Whether the same command can succeed later without a change. */
    readonly temporary: boolean;
    readonly retryMs: number;
    /** The member of the command that is to blame. */
    readonly field: string;
}

export class NetSentinel {
    constructor(options?: Options);
    readonly state: State;
    /** The server's clock, in milliseconds since 1970, as well as it is known. */
    now(): number;
    on(type: 'state', listener: (state: State) => void): () => void;
    on(type: 'connected', listener: (answer: Connected) => void): () => void;
    on(type: 'message', listener: (message: DirectMessage) => void): () => void;
    on(type: 'expiring', listener: (warning: { ttl: number }) => void): () => void;
    on(type: 'error', listener: (error: Error) => void): () => void;
    connect(): void;
    /** Ends the connection for good; `connect()` opens it again and continues. */
    close(): void;
    /** Does not wait for the end of the current pause between two attempts. */
    retryNow(): void;
    subscribe<T = any>(request: Request, handlers?: Handlers<T>): Subscription;
    call(method: string, params?: object): Promise<any>;
    /** Resolves after the commit. Give a `key` to be able to repeat it safely. */
    publish(channel: string, data: object, options?: { key?: string; ttl?: number; priority?: number }): Promise<Published>;
    /** Until a direct message is acknowledged it comes again. */
    ackMessage(message: { seq: number }): void;
    history<T = any>(
        channel: string,
        options?: { offset?: number; since?: string; limit?: number; reverse?: boolean; filter?: string },
    ): Promise<HistoryPage<T>>;
}

/** MessagePack as far as JSON goes. */
export function unpack(bytes: Uint8Array): any;
export function pack(value: unknown): Uint8Array;
