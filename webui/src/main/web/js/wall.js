/**
 * The wall: pages in turn, without menus, for a screen nobody touches. The turn is kept for this tab, so it goes on after a
 * reload; and the tab is loaded anew after some rounds, so that nothing can pile up over days.
 */
import { navigate } from './html.js';
import { clock, now } from './time.js';

const KEY = 'ns-wall';
/** So many turns, then a fresh document. */
const FRESH = 60;

let timer = 0;
let turns = 0;

function kept() {
    try {
        return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
        return null;
    }
}

export function startWall() {
    setInterval(draw, 1000);
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
    delete document.body.dataset.wall;
    document.removeEventListener('keydown', onKey, { capture: true });
    navigate('/wall');
}

function turn() {
    const wall = kept();
    if (!wall) return;
    wall.at = (wall.at + 1) % wall.pages.length;
    sessionStorage.setItem(KEY, JSON.stringify(wall));
    const href = wall.pages[wall.at];
    clearTimeout(timer);
    timer = setTimeout(turn, wall.every * 1000);
    if (++turns >= FRESH) {
        location.replace(href);
        return;
    }
    // the address is the page's, so that what it fetches again is its own
    history.replaceState({ htmx: true }, '', href);
    navigate(href, { push: false }).catch(() => {}); // the pill says that the server is away; the next turn tries again
}

function draw() {
    const element = document.querySelector('[data-wall-clock]');
    if (element && document.body.dataset.wall) element.textContent = `${clock(now())} UTC`;
}
