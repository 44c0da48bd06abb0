/** The one connection of this tab, the pill that tells its state, and the beat that keeps the figures fresh. */
import { NetSentinel, NetSentinelError } from './netsentinel.js';
import { reload } from './html.js';
import { clock, follow, now } from './time.js';

const BEAT = 2_000;
const HIDDEN_BEAT = 10_000;
const STALE = 10_000;
/** The server no longer knows this session: sign in again. */
const SIGNED_OUT = new Set([4005, 4500, 4502, 4508]);

export const ns = new NetSentinel({ name: 'dashboard' });

/** Hidden for this long, a tab asks for figures only. */
const REST = 5_000;
/** Further behind than this, a fresh page is quicker than all that was missed. */
const TOO_FAR = 500;
/** After a gap the page is fetched anew, so often at most; while gaps go on, half as often each time, until it is as seldom as the second. */
const RENEW = 10_000;
const RARELY = 80_000;
/** Gaps come together. */
const HURRY = 300;
/** How soon to look again whether somebody is still at work in the page. */
const WAIT = 1_000;
/** Who has touched nothing for so long only has the focus standing somewhere. */
const AT_REST = 60_000;

let heard = now();
let paused = false;
let beat = async () => {};
let beatTimer = 0;
let due = false;

/** The server's time of the last sign of life. */
export function lastHeard() {
    return heard;
}

export function isPaused() {
    return paused;
}

export function togglePause() {
    paused = !paused;
    draw();
    if (!paused) document.dispatchEvent(new CustomEvent('ns:resume'));
}

const subscriptions = new Set();
let restTimer = 0;

let renewal = 0;
let renewedAt = -Infinity;
let between = RENEW;

/** Something was left out, so what the page has counted is not so. */
function renew() {
    renewal ||= setTimeout(renewNow, Math.max(HURRY, renewedAt + between - performance.now()));
}

function renewNow() {
    clearTimeout(renewal);
    renewal = 0;
    if (paused) {
        document.addEventListener('ns:resume', renew, { once: true });
    } else if (atWork()) {
        renewal = setTimeout(renewNow, WAIT);
    } else {
        const since = performance.now() - renewedAt;
        between = since < 2 * between ? Math.min(2 * between, RARELY) : RENEW;
        renewedAt = performance.now();
        reload();
    }
}

/** A fresh page would take away the note that is being written, and the focus of whoever is using it; who rests is given true counts. */
function atWork() {
    const at = document.activeElement;
    if (at?.id === 'main' || !at?.closest('#main')) return false;
    return Boolean(at.matches('textarea, input:not([type=checkbox])') && at.value) || performance.now() - touchedAt < AT_REST;
}

let touchedAt = -Infinity;
const touched = () => (touchedAt = performance.now());
for (const kind of ['keydown', 'pointerdown', 'input']) addEventListener(kind, touched, { capture: true, passive: true });

/**
 * A subscription of the page that is shown: it rests with the tab, and a page too far behind, or with a gap in what it
 * counts, is fetched anew. Who asks for so many a second expects gaps; what has expired is not shown any more.
 */
export function subscribe(request, handlers) {
    let first = true;
    const subscription = ns.subscribe(request, {
        ...handlers,
        subscribed({ start, tail }) {
            if (!first && tail - start > TOO_FAR) renewNow();
            first = false;
        },
        gap(gap) {
            handlers.gap?.(gap);
            if (gap.reason !== 'expired' && !request.rate) renew();
        },
        reset: renewNow,
    });
    subscriptions.add(subscription);
    return {
        close() {
            subscriptions.delete(subscription);
            subscription.close();
        },
    };
}

function onVisibility() {
    clearTimeout(restTimer);
    if (document.hidden) restTimer = setTimeout(() => subscriptions.forEach(subscription => subscription.pause()), REST);
    else subscriptions.forEach(subscription => subscription.resume());
    runBeat();
}

/** What to ask the server for, every two seconds while somebody looks. Returns a promise that fails when it is unreachable. */
export function onBeat(ask) {
    beat = ask;
    runBeat();
}

/** Something came: what is on the screen is true at this moment. */
export function hear() {
    heard = now();
}

export function startLive() {
    heard = Number(document.getElementById('main')?.dataset.now) || now();
    ns.on('connected', () => {
        follow(ns.now());
        hear();
        due = true;
    });
    ns.on('state', state => {
        if (due && reachable(state)) {
            due = false;
            runBeat();
        }
        if (state.name === 'closed' && SIGNED_OUT.has(state.code)) signIn();
        if (state.name === 'offline') checkSession();
        draw();
    });
    ns.connect();
    setInterval(draw, 1000);
    addEventListener('online', () => ns.retryNow());
    document.addEventListener('visibilitychange', onVisibility);
    document.querySelector('#pill [data-retry]').addEventListener('click', () => (ns.state.name === 'closed' ? ns.connect() : ns.retryNow()));
}

function reachable({ name }) {
    return name === 'live' || name === 'catching-up';
}

async function runBeat() {
    clearTimeout(beatTimer);
    if (reachable(ns.state)) {
        await beat().then(hear, unlessUnreachable);
        draw();
    }
    clearTimeout(beatTimer);
    beatTimer = setTimeout(runBeat, document.hidden ? HIDDEN_BEAT : BEAT);
}

/** No answer is what the pill is for; anything else is a mistake of ours and must show. */
function unlessUnreachable(error) {
    if (!(error instanceof NetSentinelError)) reportError(error);
}

/** A refused upgrade looks like a broken network; this tells the difference. */
async function checkSession() {
    if (leaving() > 0) return;
    const answer = await fetch('/api/session', { cache: 'no-store' }).catch(() => null);
    if (answer?.status === 401) signIn();
}

/** The answer to a form is on its way, perhaps with a new session: going elsewhere would lose what it says. */
const LEAVING = 5_000;
let left = -LEAVING;
addEventListener('beforeunload', () => (left = performance.now()));

function leaving() {
    return left + LEAVING - performance.now();
}

function signIn() {
    if (leaving() > 0) {
        setTimeout(signIn, leaving());
        return;
    }
    const wall = document.body.dataset.wall ? 'wall&' : '';
    location.assign(`/login?${wall}next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Six states, each a word: connecting, live, catching up, paused, stale, offline. */
function describe() {
    const silence = now() - heard;
    const { name, behind, retryAt, reason } = ns.state;
    if (name === 'closed') return { state: 'offline', word: 'Offline', detail: reason || 'disconnected', retry: true };
    if (name === 'offline') {
        const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
        return { state: 'offline', word: 'Offline', detail: `retry in ${seconds} s`, retry: true };
    }
    if (silence > STALE) return { state: 'stale', word: 'Stale', detail: `${Math.floor(silence / 1000)} s` };
    if (name === 'catching-up') return { state: 'catching-up', word: 'Catching up', detail: behind.toLocaleString('en') };
    if (name !== 'live') return { state: 'connecting', word: 'Connecting' };
    return paused ? { state: 'paused', word: 'Paused' } : { state: 'live', word: 'Live' };
}

function draw() {
    const { state, word, detail = '', retry = false } = describe();
    const pill = document.getElementById('pill');
    write(pill.querySelector('[data-word]'), word);
    write(pill.querySelector('[data-detail]'), detail);
    hide(pill.querySelector('[data-detail]'), !detail);
    hide(pill.querySelector('[data-retry]'), !retry);
    if (pill.dataset.state !== state) pill.dataset.state = state;
    const main = document.getElementById('main');
    const old = now() - heard > STALE;
    main.toggleAttribute('data-stale', old);
    main.toggleAttribute('data-paused', paused && !old);
    if (old || paused) for (const element of main.querySelectorAll('.asof')) write(element, `as of ${clock(paused && !old ? pausedAt() : heard)}`);
}

let pauseMoment = 0;
function pausedAt() {
    pauseMoment ||= now();
    return pauseMoment;
}
document.addEventListener('ns:resume', () => (pauseMoment = 0));

/** What is so already is not written: that, too, would draw a frame. */
function hide(element, hidden) {
    if (element.hidden !== hidden) element.hidden = hidden;
}

function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
}
