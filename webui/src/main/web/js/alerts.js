/** The alerts page: the list that grows, the drawer, the keyboard, and what can be done to alerts. */
import { ask, reload } from './html.js';
import { changeOf, glance, LiveList } from './list.js';
import { hear, isPaused, ns, onBeat, subscribe } from './live.js';
import { badge, summarize } from './shell.js';
import { Drawer } from './drawer.js';
import { Selection } from './selection.js';
import { mountWaiting } from './waiting.js';
import { Timeline } from './timeline.js';
import { zoomIn, zoomOut } from './zoom.js';

const ROWS = 200;
const RECOUNT = 10_000;

export function mountAlerts(main) {
    const body = main.querySelector('#rows');
    if (!body) return mountWaiting();
    const filter = new Filter(main.dataset, new URLSearchParams(location.search));
    const drawer = new Drawer(main);
    const selection = new Selection(main);
    const list = new LiveList({
        body,
        button: main.querySelector('[data-held]'),
        most: ROWS,
        grouped: true,
        paused: isPaused,
        wanted: row => filter.wants(row),
        changed: () => settle(main, list),
    });
    const timeline = new Timeline(main.querySelector('#timeline'), isPaused, { still: Boolean(main.querySelector('#past')), zoom: zoomIn });
    let recountAt = performance.now() + RECOUNT;
    const later = debounce(() => list.held || body.contains(document.activeElement) || reload(), 600);
    const subscription = subscribe(
        { channel: 'alerts', sub: 'rows', format: 'html:alert', filter: main.dataset.filter || undefined, offset: Number(main.dataset.offset), epoch: main.dataset.epoch || undefined },
        {
            event(event) {
                hear();
                const change = changeOf(event.html ?? '');
                if (change) {
                    const row = list.change(change);
                    drawer.changed(change.id);
                    if (!row && filter.live && filter.wantsStatus(change.status)) later();
                } else if (event.html) {
                    const alert = glance(event.html);
                    summarize(alert.severity);
                    timeline.add(event.offset, alert);
                    if (filter.live && filter.mayWant(event.html)) list.push(event.html);
                }
            },
        },
    );
    onBeat(async () => {
        counts(main, await ns.call('dashboard.pulse'));
        if (isPaused() || main.querySelector('#past') || performance.now() < recountAt) return;
        recountAt = performance.now() + RECOUNT;
        await recount(timeline);
    });
    const listeners = new AbortController();
    main.addEventListener('click', event => onClick(event, drawer), { capture: true, signal: listeners.signal });

    return {
        keys: keys(main, list, drawer, selection),
        stop() {
            subscription.close();
            timeline.stop();
            list.stop();
            listeners.abort();
        },
    };
}

/** Counted again by the server, now and then: also what a filter keeps from this page, and whatever was missed. */
async function recount(timeline) {
    const range = new URLSearchParams(location.search).get('range');
    timeline.set((await ns.call('dashboard.overview', { range: !range || range === 'all' ? '24h' : range })).timeline);
}

/** One alert alone: its drawer fills the page. */
export function mountAlert(main) {
    const drawer = new Drawer(main);
    const subscription = subscribe(
        { channel: 'alerts', sub: 'rows', format: 'html:alert', offset: Number(main.dataset.offset), epoch: main.dataset.epoch || undefined },
        {
            event(event) {
                hear();
                const change = changeOf(event.html ?? '');
                if (change) drawer.changed(change.id);
            },
        },
    );
    onBeat(() => ns.call('dashboard.pulse').then(badge));
    return {
        keys: { a: () => drawer.press('[data-toggle]'), e: () => drawer.press('[data-escalate]'), n: () => drawer.note() },
        stop: () => subscription.close(),
    };
}

/** The filters of the address, applied to rows that come later as the server applied them to those of the page. */
class Filter {
    constructor({ live, severity, status, query }, parameters) {
        this.live = live === 'yes' && parameters.get('sort') !== 'severity';
        this.severities = new Set(severity ? severity.split(',') : []);
        this.statuses = new Set(status ? status.split(',') : []);
        this.query = (query ?? '').toLowerCase();
    }

    wantsStatus(status) {
        return !status || this.statuses.size === 0 || this.statuses.has(status);
    }

    wants(row) {
        const { severity, status } = row.dataset;
        return (this.severities.size === 0 || this.severities.has(severity)) && this.wantsStatus(status) && (!this.query || row.textContent.toLowerCase().includes(this.query) || row.dataset.id.toLowerCase().includes(this.query));
    }

    /** A cheap look before the row is parsed. */
    mayWant(markup) {
        return this.severities.size === 0 || this.severities.has(glance(markup).severity);
    }
}

function settle(main, list) {
    const n = list.size;
    main.querySelector('[data-empty]').hidden = n > 0;
    const shown = main.querySelector('[data-shown]');
    const text = `${n.toLocaleString('en')} ${n === 1 ? 'alert' : 'alerts'}${main.querySelector('[rel=next]') ? ', older ones follow' : ''}`;
    if (shown.textContent !== text) shown.textContent = text;
}

function counts(main, pulse) {
    badge(pulse);
    for (const element of main.querySelectorAll('[data-count]')) {
        const text = (pulse.severities[element.dataset.count] ?? 0).toLocaleString('en');
        if (element.textContent !== text) element.textContent = text;
    }
}

function onClick(event, drawer) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (event.target.closest('[data-close]')) {
        event.preventDefault();
        drawer.close();
        return;
    }
    if (event.target.closest('#drawer [data-suppress]')) {
        event.preventDefault();
        event.stopPropagation();
        drawer.suppress(drawer.id);
        return;
    }
    const row = event.target.closest('#rows tr');
    if (!row || event.target.closest('input, button')) return;
    event.preventDefault();
    drawer.open(row);
}

function keys(main, list, drawer, selection) {
    const rows = () => [...main.querySelectorAll('#rows tr')];
    const current = () => document.activeElement?.closest('#rows tr') ?? main.querySelector('#rows tr[data-open]');
    const move = step => {
        const all = rows();
        const at = all.indexOf(current());
        const next = all[at < 0 ? 0 : at + step];
        if (!next) return;
        next.querySelector('.sig a').focus({ preventScroll: true });
        next.scrollIntoView({ block: 'nearest' });
        if (drawer.isOpen) drawer.open(next, { replace: true });
    };
    const act = (action, fallback) => {
        if (!document.body.dataset.triage) return;
        if (action === 'ack' && selection.any) {
            selection.submit();
            return;
        }
        const row = current();
        if (!row) {
            fallback?.();
            return;
        }
        ask('POST', `/alerts/${action}`, document.getElementById('toasts'), { swap: 'beforeend', values: { alert: row.dataset.id } });
        if (action === 'ack' && !drawer.isOpen) move(1);
    };
    return {
        j: () => move(1),
        k: () => move(-1),
        x: event => selection.toggle(current(), event.shiftKey),
        X: event => selection.toggle(current(), event.shiftKey),
        a: () => act('ack'),
        e: () => act('escalate'),
        s: () => document.body.dataset.admin && drawer.suppress(drawer.id ?? current()?.dataset.id),
        n: () => (drawer.isOpen ? drawer.note() : current() && drawer.open(current()).then(() => drawer.note())),
        '.': () => list.release(),
        Escape: () => (drawer.isOpen ? drawer.close() : selection.any ? selection.clear() : main.contains(document.activeElement?.closest('tr')) || !zoomOut() ? document.activeElement?.blur() : undefined),
    };
}

function debounce(run, ms) {
    let timer = 0;
    return () => {
        clearTimeout(timer);
        timer = setTimeout(run, ms);
    };
}
