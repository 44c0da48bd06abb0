/**
 * A list that grows at its top without moving under the reader: while the pointer or the focus is in it, while it is
 * scrolled, or while everything is paused, new rows wait and are only counted.
 */
import { elements } from './html.js';
import { painted } from './screen.js';
import { fill, fillSoon } from './time.js';

/** Four rounds a second under load; a calm list shows a row with the next frame, and no sooner than after one row's share of time. */
const SLOW = 250;
const FRAME = 16;
const PER_ROW = 5;
/** Rows that nothing was told of are looked at so often: some belong to a list for a time. */
const LOOK = 1_000;
/** Rows of a group: one that is whole is not laid out or painted again when rows come above it. */
const GROUP = 10;

export class LiveList {
    #waiting = [];
    #skipped = 0;
    #changes = new Map();
    #rows = new Map();
    #timer = 0;
    #soon = false;
    #wait = 0;
    #frame = 0;
    #notBefore = 0;
    #pointer = false;
    #waited = false;
    #changed = false;
    #lookAt = 0;
    #listeners = new AbortController();

    /**
     * @param {object} options
     * @param {HTMLElement} options.body what holds the rows
     * @param {HTMLElement} options.button shows how many wait
     * @param {number} options.most rows that stay
     * @param {string} [options.noun] what the rows are, for the button
     * @param {boolean} [options.grouped] whether the rows stand in groups of a few, elements like the one that holds them
     * @param {() => boolean} options.paused
     * @param {(row: HTMLElement) => boolean} [options.wanted] whether a row belongs here
     * @param {(added: HTMLElement[], skipped: number) => void} [options.changed] after each round that looked at the rows
     * @param {(row: HTMLElement) => string} [options.key] what tells a row apart
     * @param {(row: HTMLElement) => number} [options.place] the greatest stands at the top
     */
    constructor(options) {
        Object.assign(this, { wanted: () => true, changed: () => {}, key: row => row.dataset.id, place: row => Number(row.dataset.time) }, options);
        const { body } = this;
        this.body = null;
        this.adopt(body);
        this.button.addEventListener('click', () => this.release(), { signal: this.#listeners.signal });
        this.#timer = setInterval(() => this.#round(), SLOW);
    }

    stop() {
        clearInterval(this.#timer);
        this.#unschedule();
        this.#listeners.abort();
        this.button.hidden = true;
    }

    /** The rows of the page have been fetched again, perhaps with what holds them; what waits still does. */
    adopt(body) {
        if (body !== this.body) {
            body.addEventListener('pointerenter', event => (this.#pointer = event.pointerType === 'mouse'));
            body.addEventListener('pointerleave', () => (this.#pointer = false));
            this.body = body;
            this.#pointer = false;
        }
        const rows = this.grouped ? [...body.querySelectorAll(':scope > tr, :scope > tbody > tr')] : [...body.children];
        if (this.grouped) body.replaceChildren(...groups(rows));
        this.#rows = new Map(rows.map(row => [this.key(row), row]));
    }

    row(id) {
        return this.#rows.get(id);
    }

    /** How many rows are shown. */
    get size() {
        return this.#rows.size;
    }

    /** Takes a row out that is shown or waits. */
    remove(id) {
        const row = this.#rows.get(id);
        if (row) this.#drop(row);
        this.#waiting = this.#waiting.filter(markup => !markup.includes(id) || this.key(elements(markup)[0]) !== id);
    }

    /** How many rows wait. */
    get held() {
        return this.#waiting.length + this.#skipped;
    }

    /** A new row, as markup: it is parsed only when it is shown. */
    push(markup) {
        this.#waiting.push(markup);
        if (this.#waiting.length > this.most) {
            this.#waiting.shift();
            this.#skipped++;
        }
        if (!this.#soon) this.#schedule();
    }

    /** A round belongs at the start of a frame: what it inserts is painted with that frame and not with the one after. */
    #schedule() {
        this.#soon = true;
        const wait = this.#notBefore - performance.now();
        if (wait > FRAME) this.#wait = setTimeout(() => this.#atFrame(), wait - FRAME);
        else this.#atFrame();
    }

    #atFrame() {
        this.#frame = requestAnimationFrame(() => this.#round(true));
    }

    /** Timers and frames are numbered apart: the number of a frame may be that of a timer of somebody else. */
    #unschedule() {
        clearTimeout(this.#wait);
        cancelAnimationFrame(this.#frame);
        this.#soon = false;
    }

    /** A change of a row that is shown or waits. Changes may come twice; the version tells. */
    change(change) {
        const row = this.#rows.get(change.id);
        if (!row) this.#remember(change);
        else if (apply(row, change)) this.#changed = true;
        return row;
    }

    /** Shows what waits, now. */
    release() {
        this.body.contains(document.activeElement) && document.activeElement.blur();
        this.#pointer = false;
        this.#waited = true;
        window.scrollTo({ top: 0 });
        this.body.closest('.scrolls')?.scrollTo({ top: 0 });
        this.#show();
    }

    #remember(change) {
        const known = this.#changes.get(change.id);
        if (!known || known.version < change.version) this.#changes.set(change.id, change);
        if (this.#changes.size > 2000) this.#changes.delete(this.#changes.keys().next().value);
    }

    #holding() {
        return this.paused() || this.#pointer || this.body.contains(document.activeElement) || this.#scrolled() || this.body.querySelector('input:checked');
    }

    #scrolled() {
        if (this.body.closest('.scrolls')?.scrollTop > 0) return true;
        const top = this.body.getBoundingClientRect().top;
        return top < (document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0) - 1;
    }

    /** `framed`: at the start of a frame. */
    #round(framed = false) {
        this.#unschedule();
        if (document.hidden) {
            this.#waited = this.#waiting.length > 0;
            return;
        }
        const n = this.#waiting.length;
        if (this.held === 0 && !this.#mustLook()) {
            this.#waited = false;
            this.#count();
            return;
        }
        this.#notBefore = performance.now() + Math.min(SLOW, n * PER_ROW);
        if (this.#holding()) {
            this.#waited = n > 0;
            this.#count();
            return;
        }
        this.#show(framed);
    }

    #mustLook() {
        return this.#changed || performance.now() >= this.#lookAt;
    }

    #count() {
        const n = this.held;
        if (this.button.hidden !== (n === 0)) this.button.hidden = n === 0;
        const text = `${n.toLocaleString('en')} new${this.noun ? ` ${this.noun}${n === 1 ? '' : 's'}` : ''}`;
        if (n > 0 && this.button.textContent !== text) this.button.textContent = text;
    }

    #show(framed = false) {
        const added = [];
        for (const row of elements(this.#waiting.join(''))) {
            if (this.#rows.has(this.key(row))) continue;
            const change = this.#changes.get(this.key(row));
            if (change) apply(row, change);
            if (this.wanted(row)) added.push(row);
        }
        const skipped = this.#skipped;
        this.#waiting = [];
        this.#skipped = 0;
        for (const row of added) {
            fill(row);
            this.#insert(row);
        }
        if (this.#mustLook()) this.#tidy();
        while (this.#rows.size > this.most) this.#drop(this.#last());
        this.#count();
        if (added.length > 0) fillSoon();
        if (added.length > 0 && !this.#waited) painted(added, framed);
        this.#waited = false;
        this.changed(added, skipped);
    }

    /** Newest first by the time of the event, which is nearly always the top. */
    #insert(row) {
        const at = this.place(row);
        let before = this.#first();
        while (before && this.place(before) > at) before = this.#next(before);
        if (before && before === this.#first()) this.#top().prepend(row);
        else if (before) before.before(row);
        else (this.grouped ? (this.body.lastElementChild ?? this.#top()) : this.body).append(row);
        this.#rows.set(this.key(row), row);
    }

    /** What holds the first row; of groups a new one when the first is full, so that no row ever changes its place in the document. */
    #top() {
        if (!this.grouped) return this.body;
        const first = this.body.firstElementChild;
        if (first?.childElementCount < GROUP) return first;
        const [group] = groups([], 1);
        this.body.prepend(group);
        return group;
    }

    #first() {
        return this.grouped ? this.body.firstElementChild?.firstElementChild : this.body.firstElementChild;
    }

    #last() {
        return this.grouped ? this.body.lastElementChild?.lastElementChild : this.body.lastElementChild;
    }

    #next(row) {
        return row.nextElementSibling ?? (this.grouped ? row.parentElement.nextElementSibling?.firstElementChild : null);
    }

    #tidy() {
        this.#changed = false;
        this.#lookAt = performance.now() + LOOK;
        for (const row of this.#rows.values()) if (!this.wanted(row)) this.#drop(row);
    }

    #drop(row) {
        const holder = row.parentElement;
        this.#rows.delete(this.key(row));
        row.remove();
        if (this.grouped && holder?.childElementCount === 0) holder.remove();
    }
}

/** Rows in groups of a few; they are nothing but boxes, so who has the page read out hears one table of rows. */
function groups(rows, n = Math.ceil(rows.length / GROUP)) {
    return Array.from({ length: n }, (_, i) => {
        const group = document.createElement('tbody');
        group.role = 'presentation';
        group.append(...rows.slice(i * GROUP, (i + 1) * GROUP));
        return group;
    });
}

/** What a row says at first glance, without making elements of it. */
export function glance(markup) {
    const [, severity, time] = /^<\w+ data-severity='(\w+)' data-time='(-?\d+)'/.exec(markup) ?? [];
    return { severity, time: Number(time) };
}

/** Writes a change into its row; false when the row is as new already. */
export function apply(row, { version, status, user }) {
    if (Number(row.dataset.version ?? 0) >= version) return false;
    row.dataset.version = version;
    if (!status) return true;
    row.dataset.status = status;
    const who = row.querySelector('.who');
    if (who) who.textContent = status === 'open' ? '' : `${status === 'escalated' ? 'Escalated' : 'Ack'} by ${user}`;
    return true;
}

/** The change that an invisible row of the html format tells, or null for an alert. */
export function changeOf(markup) {
    if (!/^<(?:tr|li) class='change'/.test(markup)) return null;
    const { id, action, status, user, version } = elements(markup)[0].dataset;
    return { id, action, status, user, version: Number(version) };
}
