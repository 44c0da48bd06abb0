/** A part of the time of any line or bars that a server drew is chosen by pulling over them or by keyboard, and shown larger. */
import { zoomIn } from './zoom.js';

/** A line is drawn from so many points: by them the keyboard moves. */
const POINTS = 90;
const LEAST_PIXELS = 4;
/** Shorter than this there is at most one sample in it. */
const LEAST = 20_000;

export class Choosing {
    #box;
    #chosen = null; // a line, and from and to on it: 0 to POINTS
    #listeners = new AbortController();

    /** @param {HTMLElement} box what the lines stand in, each within an element that says from when to when */
    constructor(box) {
        this.#box = box;
        const on = (name, listener) => box.addEventListener(name, listener, { signal: this.#listeners.signal });
        on('pointerdown', event => this.#begin(event));
        on('pointermove', event => this.#pull(event));
        on('pointerup', () => this.#end());
        on('pointercancel', () => this.#clear());
        on('focusout', () => this.#chosen?.pulling || this.#clear());
        on('focusin', ({ target }) => target.matches('.choosable') && this.#rove(target));
        on('ns:filled', () => this.#reachable());
        on('keydown', event => this.#key(event));
        this.#reachable();
    }

    /** Whether what is shown must stay as it is. */
    get active() {
        return this.#chosen !== null;
    }

    stop() {
        this.#listeners.abort();
    }

    /** From one line to the next. */
    step(by) {
        const all = this.#lines;
        const at = all.indexOf(document.activeElement);
        (all[at < 0 ? 0 : at + by] ?? all[at])?.focus();
    }

    get #lines() {
        return [...this.#box.querySelectorAll('.choosable')];
    }

    /** One of them is reached by Tab. */
    #reachable() {
        const all = this.#lines;
        if (!all.some(line => line.tabIndex === 0)) all[0]?.setAttribute('tabindex', '0');
    }

    #rove(chosen) {
        for (const line of this.#lines) line.tabIndex = line === chosen ? 0 : -1;
    }

    #draw() {
        this.#box.querySelector('.chosen')?.remove();
        if (!this.#chosen) return;
        const { line, from, to } = this.#chosen;
        const [left, right] = [Math.min(from, to), Math.max(from, to)];
        const mark = document.createElement('i');
        mark.className = 'chosen';
        mark.style.left = `${(left / POINTS) * 100}%`;
        mark.style.width = `${((right - left) / POINTS) * 100}%`;
        line.append(mark);
    }

    #clear() {
        this.#chosen = null;
        this.#draw();
    }

    #done() {
        const { line, from, to } = this.#chosen;
        const { from: begin, to: end } = line.closest('[data-from]').dataset;
        const at = point => Number(begin) + (point / POINTS) * (end - begin);
        let [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))];
        const short = LEAST - (right - left);
        if (short > 0) [left, right] = [left - short / 2, right + short / 2];
        this.#clear();
        zoomIn(Math.floor(left / 1000) * 1000, Math.ceil(Math.min(end, right) / 1000) * 1000);
    }

    #begin(event) {
        const line = event.target.closest('.choosable');
        if (!line || event.button !== 0) return;
        event.preventDefault();
        line.setPointerCapture(event.pointerId);
        line.focus({ preventScroll: true });
        const at = placeOn(line, event);
        this.#chosen = { line, from: at, to: at, pulling: true };
    }

    #pull(event) {
        if (!this.#chosen?.pulling) return;
        this.#chosen.to = placeOn(this.#chosen.line, event);
        this.#draw();
    }

    #end() {
        if (!this.#chosen?.pulling) return;
        const { line, from, to } = this.#chosen;
        this.#chosen.pulling = false;
        if ((Math.abs(from - to) / POINTS) * line.clientWidth < LEAST_PIXELS) this.#clear();
        else this.#done();
    }

    #key(event) {
        const line = event.target.closest('.choosable');
        if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
        const step = { ArrowLeft: -1, ArrowRight: 1, Home: -POINTS, End: POINTS }[event.key];
        if (step) {
            const last = this.#chosen?.at ?? (step > 0 ? -1 : POINTS);
            const at = Math.min(POINTS - 1, Math.max(0, last + step));
            const anchor = event.shiftKey && this.#chosen ? this.#chosen.anchor : at;
            this.#chosen = { line, at, anchor, from: Math.min(at, anchor), to: Math.max(at, anchor) + 1 };
            this.#draw();
        } else if (event.key === 'Enter' && this.#chosen) this.#done();
        else if (event.key === 'Escape' && this.#chosen) this.#clear();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }
}

function placeOn(line, event) {
    const { left, width } = line.getBoundingClientRect();
    return Math.min(POINTS, Math.max(0, ((event.clientX - left) / width) * POINTS));
}
