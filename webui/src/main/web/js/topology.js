/** The topology: the tables' page with a picture to click at and a slider through the past. */
import { mountSheets } from './sheets.js';

export function mountTopology(main) {
    const sheets = mountSheets(main);
    const box = main.querySelector('#sheets');
    const form = main.querySelector('#moment');
    const slide = form.querySelector('[data-slide]');
    const field = form.querySelector('#at');
    const listeners = new AbortController();
    const on = (target, name, listener) => target.addEventListener(name, listener, { signal: listeners.signal });
    on(box, 'click', event => {
        const part = event.target.closest('.net [data-to]');
        if (part) sheets.show(part.dataset.to);
    });
    on(slide, 'input', () => (field.value = isLatest(slide) ? '' : moment(slide)));
    on(slide, 'change', () => form.requestSubmit());
    return {
        ...sheets,
        stop() {
            listeners.abort();
            sheets.stop();
        },
    };
}

/** The right end is now. */
function isLatest(slide) {
    return Number(slide.value) + Number(slide.step) > Number(slide.max);
}

/** `2026-11-30T03:15:00`, as a field for dates and times takes it. */
function moment(slide) {
    return new Date(Number(slide.value)).toISOString().slice(0, 19);
}
