/** The topology: a picture to click at, the tables that say the same, and a slider through the past. */
import { Contacts } from './contacts.js';
import { reload } from './html.js';
import { mountSheets } from './sheets.js';

export function mountTopology(main) {
    const { pushed, follows } = main.dataset;
    // what is pushed and what is past need not be fetched; a comparison is, for it is the server's to make
    const sheets = mountSheets(main, { own: Boolean(pushed) || !main.dataset.live });
    const box = main.querySelector('#sheets');
    const contacts = pushed ? new Contacts(main, sheets.show) : undefined;
    const compared = new URLSearchParams(location.search).get('than');
    const form = main.querySelector('#moment');
    const slide = form.querySelector('[data-slide]');
    const field = form.querySelector('#at');
    const listeners = new AbortController();
    const on = (target, name, listener) => target.addEventListener(name, listener, { signal: listeners.signal });
    on(box, 'click', event => {
        const part = event.target.closest('.net [data-to]');
        if (part) sheets.show(part.dataset.to);
    });
    const zoom = new Zoom(box);
    on(box, 'click', event => zoom.press(event.target.closest('[data-zoom]')?.dataset.zoom));
    on(box, 'pointerdown', event => zoom.pull(event));
    on(box, 'wheel', event => zoom.wheel(event));
    // the first flow has come: from here on the page is live
    on(box, 'ns:filled', () => (contacts ? contacts.adopt() : follows && !compared && box.querySelector('svg.net') && reload()));
    on(slide, 'input', () => (field.value = isLatest(slide) ? '' : moment(slide)));
    on(slide, 'change', () => form.requestSubmit());
    return {
        ...sheets,
        keys: { ...sheets.keys, ...(contacts && { '.': () => contacts.release() }), '+': () => zoom.press('in'), '=': () => zoom.press('in'), '-': () => zoom.press('out'), 0: () => zoom.press('whole') },
        stop() {
            listeners.abort();
            contacts?.stop();
            sheets.stop();
        },
    };
}

const STEP = 1.4;
const LARGEST = 6;

/** Pixels that a wheel turns for one step. */
const NOTCH = 100;

/** The picture larger than its frame, which scrolls: with its bars, the arrow keys, or by pulling. What is in the middle stays there, or what is under the pointer. */
class Zoom {
    #box;
    #factor = 1;

    constructor(box) {
        this.#box = box;
    }

    get #frame() {
        return this.#box.querySelector('#net .scrolling');
    }

    press(what) {
        const next = { in: this.#factor * STEP, out: this.#factor / STEP, whole: 1 }[what];
        const frame = this.#frame;
        if (next && frame) this.#to(next, frame.clientWidth / 2, frame.clientHeight / 2);
    }

    /** With Ctrl, which is also what two fingers on a touchpad mean; without it the page scrolls as ever. */
    wheel(event) {
        const frame = this.#frame;
        if (!event.ctrlKey || !frame?.contains(event.target)) return;
        event.preventDefault();
        const { left, top } = frame.getBoundingClientRect();
        this.#to(this.#factor * STEP ** (-event.deltaY / NOTCH), event.clientX - left, event.clientY - top);
    }

    /** What is at this place of the frame stays there. */
    #to(next, atX, atY) {
        const frame = this.#frame;
        const [x, y] = [(frame.scrollLeft + atX) / frame.scrollWidth, (frame.scrollTop + atY) / frame.scrollHeight];
        this.#factor = Math.min(LARGEST, Math.max(1, next));
        // outside of what is fetched again, which would forget it
        this.#box.style.setProperty('--zoom', this.#factor);
        this.#box.toggleAttribute('data-zoomed', this.#factor > 1);
        frame.scrollLeft = x * frame.scrollWidth - atX;
        frame.scrollTop = y * frame.scrollHeight - atY;
    }

    pull(event) {
        const frame = this.#frame;
        if (event.button !== 0 || event.pointerType !== 'mouse' || !event.target.closest('#net .net') || event.target.closest('[data-to]')) return;
        const from = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
        const move = ({ clientX, clientY }) => frame.scrollTo(from.x - clientX, from.y - clientY);
        const pull = new AbortController();
        addEventListener('pointermove', move, { signal: pull.signal });
        for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => pull.abort(), { signal: pull.signal });
    }
}

/** The right end is now. */
function isLatest(slide) {
    return Number(slide.value) + Number(slide.step) > Number(slide.max);
}

/** `2026-11-30T03:15:00`, as a field for dates and times takes it. */
function moment(slide) {
    return new Date(Number(slide.value)).toISOString().slice(0, 19);
}
