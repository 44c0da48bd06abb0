/** Pages of tables: fetched again when the channels they follow have something new, or every few seconds. */
import { Choosing } from './choose.js';
import { ask } from './html.js';
import { hear, isPaused, ns, onBeat, subscribe } from './live.js';
import { badge } from './shell.js';
import { fill } from './time.js';
import { zoomOut } from './zoom.js';

const EVERY = 3_000;
const CALM = 500;
/** A page that takes long to make is asked for less often: four times as long it is left alone. */
const SHARE = 4;
/** An event only says that there is something new: so little of it, and so many a second. */
const FIELDS = ['event.dataset'];
const RATE = 2;
/** Where a reader must not be disturbed. */
const QUIET = '.scrolls, .drawer';
/** What somebody has unfolded stays so. */
const FOLDS = '.drawer details, .volume details';

/**
 * @param {() => boolean} [options.busy] whether what is shown must not change now
 * @param {boolean} [options.own] whether the page brings up to date by itself what it shows: then nothing is fetched but what somebody opens
 * @param {() => Promise<void>} [options.renew] fetches what does not come by itself, in place of all
 */
export function mountSheets(main, { busy = () => false, own = false, renew } = {}) {
    const box = main.querySelector('#sheets');
    const button = own || renew ? null : main.querySelector('[data-held]');
    const choosing = new Choosing(box);
    let pointer = false;
    let again = 0;
    let notBefore = 0;
    const holding = () => own || busy() || choosing.active || isPaused() || document.hidden || pointer || document.activeElement?.closest('#sheets .scrolls, #sheets .deeds');
    const fetchAgain = async href => {
        const same = href === here();
        const folded = same ? [...box.querySelectorAll(FOLDS)].map(details => details.open) : [];
        const began = performance.now();
        await ask('GET', href, box, { swap: 'innerMorph', push: same ? 'false' : href });
        box.querySelectorAll(FOLDS).forEach((details, i) => (details.open = folded[i] ?? false));
        notBefore = performance.now() + SHARE * (performance.now() - began);
        if (button) button.hidden = true;
        fill(box);
        box.dispatchEvent(new CustomEvent('ns:filled'));
    };
    const refresh = () => holding() || (renew ? renewed() : fetchAgain(here()));
    const renewed = async () => {
        const began = performance.now();
        await renew();
        notBefore = performance.now() + SHARE * (performance.now() - began);
    };
    const soon = () => {
        again ||= setTimeout(
            () => {
                again = 0;
                refresh();
            },
            Math.max(CALM, notBefore - performance.now()),
        );
    };
    const news = () => {
        hear();
        if (button && holding()) button.hidden = false;
        soon();
    };
    onBeat(() => ns.call('dashboard.pulse').then(badge));
    // the past does not change
    const past = new URLSearchParams(location.search).has('from');
    const timer = setInterval(() => past || (performance.now() > notBefore && refresh()), EVERY);
    const channels = own ? [] : (main.dataset.follows ?? '').split(' ').filter(Boolean);
    const subscriptions = channels.map((channel, n) =>
        subscribe({ channel, sub: `sheet-${n}`, filter: main.dataset.filter || undefined, fields: FIELDS, rate: RATE }, { event: news }),
    );
    const listeners = new AbortController();
    const on = (target, name, listener) => target.addEventListener(name, listener, { signal: listeners.signal });
    const release = () => {
        pointer = false;
        if (box.contains(document.activeElement)) document.activeElement.blur();
        return fetchAgain(here());
    };
    on(box, 'pointerover', event => (pointer = event.pointerType === 'mouse' && Boolean(event.target.closest(QUIET))));
    on(box, 'pointerleave', () => {
        pointer = false;
        soon();
    });
    if (button) on(button, 'click', release);
    on(document, 'ns:resume', () => refresh());
    on(document, 'htmx:after:request', event => event.target.closest?.('.deeds') && release());
    // before htmx, which would fetch the whole page
    const open = event => {
        const link = event.target.closest('a[data-in]');
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        event.stopPropagation();
        fetchAgain(link.getAttribute('href'));
    };
    box.addEventListener('click', open, { capture: true, signal: listeners.signal });
    return {
        show: fetchAgain,
        choosing,
        keys: {
            j: () => move(box, 1),
            k: () => move(box, -1),
            '.': release,
            Escape: () => leave(box, fetchAgain),
        },
        stop() {
            clearInterval(timer);
            clearTimeout(again);
            choosing.stop();
            for (const subscription of subscriptions) subscription.close();
            listeners.abort();
        },
    };
}

function here() {
    return location.pathname + location.search;
}

/** Closes what is open beside the tables, or leaves them. */
function leave(box, show) {
    const close = box.querySelector('.drawer [data-close]');
    if (close) show(close.getAttribute('href'));
    else if (document.activeElement?.closest('#sheets .scrolls') || !zoomOut()) document.activeElement?.blur();
}

/** From row to row, by the link that opens it. */
function move(box, step) {
    const links = [...box.querySelectorAll('.sheet tbody tr')].map(row => row.querySelector('a[data-in], a[data-row]') ?? row.querySelector('a')).filter(Boolean);
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? 0 : at + step];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
}
