/** The drawer beside the list: one alert in full. The address names it, so a link opens the same view. */
import { ask } from './html.js';
import { fill } from './time.js';

export class Drawer {
    #main;
    #element;
    #timer = 0;

    constructor(main) {
        this.#main = main;
        this.#element = main.querySelector('#drawer');
        this.#mark();
        this.#element.addEventListener('htmx:after:request', event => {
            if (event.target.id === 'note-form' && event.detail.ctx.response.status < 400) event.target.reset();
        });
    }

    get isOpen() {
        return this.#element.childElementCount > 0;
    }

    get id() {
        return this.#element.querySelector('#detail')?.dataset.id;
    }

    async open(row, { replace = false } = {}) {
        const { id } = row.dataset;
        const url = new URL(location.href);
        url.searchParams.set('alert', id);
        const address = url.pathname + url.search;
        await ask('GET', row.querySelector('.sig a').getAttribute('href'), this.#element, {
            swap: 'innerHTML',
            [replace || this.isOpen ? 'replace' : 'push']: address,
            headers: { 'NS-Back': address },
        });
        this.#main.querySelector('#triage').classList.add('opened');
        this.#element.scrollTop = 0;
        this.#mark();
        fill(this.#element);
    }

    close() {
        const id = this.id;
        this.#element.replaceChildren();
        this.#main.querySelector('#triage').classList.remove('opened');
        this.#mark();
        const url = new URL(location.href);
        url.searchParams.delete('alert');
        // marks the entry that is left as one to restore: a page that was opened by its address is not yet
        history.replaceState({ htmx: true }, '');
        history.pushState({ htmx: true }, '', url.pathname + url.search);
        this.#main.querySelector(`#rows tr[data-id="${CSS.escape(id ?? '')}"] .sig a`)?.focus({ preventScroll: true });
    }

    /** Somebody changed this alert: shows its new state without disturbing a note that is being written. */
    changed(id) {
        if (id !== this.id) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(async () => {
            if (id !== this.id) return;
            await ask('GET', `/alerts/${encodeURIComponent(id)}`, this.#element, {
                swap: 'innerMorph',
                push: 'false',
                headers: { 'NS-Back': location.pathname + location.search },
            });
            fill(this.#element);
        }, 60);
    }

    /** The form that makes a rule of an alert, in the place of the alert. */
    async suppress(id) {
        if (!id) return;
        await ask('GET', `/alerts/suppress?alert=${encodeURIComponent(id)}`, this.#element, {
            swap: 'innerHTML',
            push: 'false',
            headers: { 'NS-Back': location.pathname + location.search },
        });
        this.#main.querySelector('#triage').classList.add('opened');
        this.#element.querySelector('#reason')?.focus();
    }

    press(selector) {
        this.#element.querySelector(selector)?.click();
    }

    note() {
        this.#element.querySelector('#note')?.focus();
    }

    /** The row of the opened alert is marked in the list. */
    #mark() {
        for (const row of this.#main.querySelectorAll('#rows tr[data-open]')) row.removeAttribute('data-open');
        if (this.id) this.#main.querySelector(`#rows tr[data-id="${CSS.escape(this.id)}"]`)?.setAttribute('data-open', '');
    }
}
