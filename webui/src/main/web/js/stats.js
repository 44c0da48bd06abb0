/** The figures of the server: a part of the time of any line is chosen by pulling over it or by keyboard, and shown larger. */
import { mountSheets } from './sheets.js';
import { zoomIn } from './zoom.js';

/** A line is drawn from so many points: by them the keyboard moves. */
const POINTS = 90;
const LEAST_PIXELS = 4;
/** Shorter than this there is at most one sample in it. */
const LEAST = 20_000;

export function mountStats(main) {
    const box = main.querySelector('#sheets');
    let chosen = null; // a line, and from and to on it: 0 to POINTS
    const sheets = mountSheets(main, { busy: () => chosen !== null });
    const listeners = new AbortController();
    const on = (target, name, listener) => target.addEventListener(name, listener, { signal: listeners.signal });
    const lines = () => [...box.querySelectorAll('.choosable')];
    lines()[0]?.setAttribute('tabindex', '0');

    const draw = () => {
        box.querySelector('.chosen')?.remove();
        if (!chosen) return;
        const [left, right] = [Math.min(chosen.from, chosen.to), Math.max(chosen.from, chosen.to)];
        const mark = document.createElement('i');
        mark.className = 'chosen';
        mark.style.left = `${(left / POINTS) * 100}%`;
        mark.style.width = `${((right - left) / POINTS) * 100}%`;
        chosen.line.append(mark);
    };
    const clear = () => {
        chosen = null;
        draw();
    };
    const done = () => {
        const { line, from, to } = chosen;
        const { from: begin, to: end } = line.closest('[data-from]').dataset;
        const at = point => Number(begin) + (point / POINTS) * (end - begin);
        let [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))];
        const short = LEAST - (right - left);
        if (short > 0) [left, right] = [left - short / 2, right + short / 2];
        clear();
        zoomIn(Math.floor(left / 1000) * 1000, Math.ceil(Math.min(end, right) / 1000) * 1000);
    };
    const place = (line, event) => {
        const { left, width } = line.getBoundingClientRect();
        return Math.min(POINTS, Math.max(0, ((event.clientX - left) / width) * POINTS));
    };
    on(box, 'pointerdown', event => {
        const line = event.target.closest('.choosable');
        if (!line || event.button !== 0) return;
        event.preventDefault();
        line.setPointerCapture(event.pointerId);
        line.focus({ preventScroll: true });
        chosen = { line, from: place(line, event), to: place(line, event), pulling: true };
    });
    on(box, 'pointermove', event => {
        if (!chosen?.pulling) return;
        chosen.to = place(chosen.line, event);
        draw();
    });
    on(box, 'pointerup', () => {
        if (!chosen?.pulling) return;
        chosen.pulling = false;
        const pixels = (Math.abs(chosen.to - chosen.from) / POINTS) * chosen.line.clientWidth;
        if (pixels < LEAST_PIXELS) clear();
        else done();
    });
    on(box, 'pointercancel', clear);
    on(box, 'focusout', () => chosen?.pulling || clear());
    on(box, 'focusin', ({ target }) => {
        if (target.matches('.choosable')) for (const line of lines()) line.tabIndex = line === target ? 0 : -1;
    });
    on(box, 'ns:filled', () => lines().some(line => line.tabIndex === 0) || lines()[0]?.setAttribute('tabindex', '0'));
    on(box, 'keydown', event => {
        const line = event.target.closest('.choosable');
        if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
        const step = { ArrowLeft: -1, ArrowRight: 1, Home: -POINTS, End: POINTS }[event.key];
        if (step) {
            const last = chosen?.at ?? (step > 0 ? -1 : POINTS);
            const at = Math.min(POINTS - 1, Math.max(0, last + step));
            const anchor = event.shiftKey && chosen ? chosen.anchor : at;
            chosen = { line, at, anchor, from: Math.min(at, anchor), to: Math.max(at, anchor) + 1 };
            draw();
        } else if (event.key === 'Enter' && chosen) done();
        else if (event.key === 'Escape' && chosen) clear();
        else return;
        event.preventDefault();
        event.stopPropagation();
    });
    const step = by => {
        const all = lines();
        const at = all.indexOf(document.activeElement);
        (all[at < 0 ? 0 : at + by] ?? all[at])?.focus();
    };
    return {
        ...sheets,
        keys: { ...sheets.keys, j: () => step(1), k: () => step(-1) },
        stop() {
            listeners.abort();
            sheets.stop();
        },
    };
}
