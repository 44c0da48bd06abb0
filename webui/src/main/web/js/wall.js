/**
 * The wall: pages in turn, without menus, for a screen nobody touches. The turn is kept for this tab, so it goes on after a
 * reload and after a new sign-in; and the tab is loaded anew after some rounds, so that nothing can pile up over days.
 */
import { navigate } from './html.js';
import { ns } from './live.js';
import { clock, now } from './time.js';

const KEY = 'ns-wall';
/** So many turns, then a fresh document. */
const FRESH = 60;
/** How often it is asked how long the session lasts, and how long before its end somebody is called. */
const ASK = 300_000;
const CALL = 3_600_000;

let timer = 0;
let turns = 0;
let asking = 0;
/** The page that is on its way. */
let going = Promise.resolve();
let lock = null;
let locking = false;

function kept() {
    try {
        return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
        return null;
    }
}

export function startWall() {
    setInterval(draw, 1000);
    // a browser takes the lock away from a page that is out of sight
    document.addEventListener('visibilitychange', stayAwake);
    if (kept()) begin();
}

/** The page `/wall`: with pages in its address, the turn begins at once. */
export function mountWall(main) {
    const { pages, every } = main.dataset;
    if (pages) {
        sessionStorage.setItem(KEY, JSON.stringify({ pages: pages.split(' '), every: Number(every), at: -1 }));
        begin();
        turn();
    }
    return { keys: {}, stop() {} };
}

function begin() {
    document.body.dataset.wall = 'yes';
    clearTimeout(timer);
    timer = setTimeout(turn, kept().every * 1000);
    document.addEventListener('keydown', onKey, { capture: true });
    document.querySelector('[data-leave-wall]')?.addEventListener('click', leave);
    clearInterval(asking);
    asking = setInterval(askSession, ASK);
    askSession();
    stayAwake();
    draw();
}

function onKey(event) {
    if (event.key !== 'Escape') return;
    event.stopImmediatePropagation();
    leave();
}

function leave() {
    sessionStorage.removeItem(KEY);
    clearTimeout(timer);
    clearInterval(asking);
    lock?.release();
    note('');
    delete document.body.dataset.wall;
    document.removeEventListener('keydown', onKey, { capture: true });
    // not before the page that is on its way has come, which would take the place of this one
    going.then(() => navigate('/wall'));
}

function turn() {
    const wall = kept();
    if (!wall) return;
    wall.at = (wall.at + 1) % wall.pages.length;
    sessionStorage.setItem(KEY, JSON.stringify(wall));
    const href = wall.pages[wall.at];
    clearTimeout(timer);
    timer = setTimeout(turn, wall.every * 1000);
    // not while the server is away: a document that cannot be loaded is one without a script, and the screen would stay as it is
    if (++turns >= FRESH && ns.state.name === 'live') {
        location.replace(href);
        return;
    }
    // the address is the page's, so that what it fetches again is its own
    history.replaceState({ htmx: true }, '', href);
    going = navigate(href, { push: false }).catch(() => {}); // the pill says that the server is away; the next turn tries again
}

/** Where the browser offers it, which is over HTTPS and on localhost, the screen does not go dark. */
async function stayAwake() {
    if (!document.body.dataset.wall || document.hidden || !navigator.wakeLock || locking || (lock && !lock.released)) return;
    locking = true;
    // refused on an empty battery, for one
    lock = await navigator.wakeLock.request('screen').catch(() => null);
    locking = false;
    if (!document.body.dataset.wall) lock?.release(); // left meanwhile
}

/** A session cannot be made longer by a page: before it ends, the screen says so. */
async function askSession() {
    const answer = await fetch('/api/session', { cache: 'no-store' }).catch(() => null);
    const expires = answer?.ok ? Date.parse((await answer.json()).expires) : NaN;
    if (!document.body.dataset.wall) return;
    note(expires - now() < CALL ? `Signed in until ${clock(expires).slice(0, 5)} UTC: sign in again before` : '');
}

function note(text) {
    const element = document.querySelector('[data-wall-note]');
    if (!element) return;
    element.textContent = text;
    element.hidden = !text;
}

function draw() {
    const element = document.querySelector('[data-wall-clock]');
    if (element && document.body.dataset.wall) element.textContent = `${clock(now())} UTC`;
}
