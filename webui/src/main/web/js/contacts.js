/** Who talks to whom, live: hosts and connections come as markup on the channel `topology`, how bad it is with them on `alerts`. */
import { ask, elements } from './html.js';
import { FIELDS, Heat } from './heat.js';
import { LiveList } from './list.js';
import { hear, isPaused, subscribe } from './live.js';
import { Net } from './net.js';
import { SEVERITIES } from './traffic.js';

const TICK = 250;
/** A new layout, or what is opened, is fetched so often at most, milliseconds. */
const LAYOUT = 10_000;
const OPENED = 3_000;
/** The server makes its view of all at most once a second: what is asked for sooner may be of before. */
const FRESH = 1_100;
/** As on the server. */
const ROWS = 100;
/** More than this waiting, and the page is fetched instead. */
const MOST = 200;
const MOST_WARM = 2_000;
/** Cells that are not the event's to say: alerts, and what has changed. */
const KEPT = { hosts: [1, 4], edges: [2, 4] };
const QUIET = ':is(.scrolls, .drawer):hover';

export class Contacts {
    #main;
    #box;
    #show;
    #heat;
    #net;
    #hosts;
    #edges;
    #subscriptions;
    #timer;
    #news = [];
    #warm = new Set();
    /** What is to be fetched: a new layout, what is opened. */
    #wanted = new Set();
    #notBefore = 0;

    /** @param {(href: string) => Promise<void>} show fetches what an address shows */
    constructor(main, show) {
        const { pushed, offset, epoch, heated, alertsOffset, alertsEpoch } = main.dataset;
        this.#main = main;
        this.#box = main.querySelector('#sheets');
        this.#show = show;
        this.#heat = new Heat(this.#box.querySelector('#heat').dataset.alerts);
        this.#net = new Net(this.#box, this.#heat, () => this.#want('layout'));
        this.#hosts = this.#list('hosts', '[data-held]', hostOf);
        this.#edges = this.#list('edges', '[data-held-edges]', edgeOf);
        this.#subscriptions = [subscribe({ channel: pushed, sub: 'contacts', format: 'html:topology', offset: Number(offset), epoch: epoch || undefined }, { event: ({ html }) => this.#take(html) })];
        if (heated) {
            this.#subscriptions.push(
                subscribe({ channel: 'alerts', sub: 'heat', fields: FIELDS, offset: Number(alertsOffset), epoch: alertsEpoch || undefined }, { event: ({ data }) => this.#alert(data) }),
            );
        }
        this.#timer = setInterval(() => isPaused() || document.hidden || this.#round(), TICK);
    }

    /** The page has been fetched again, or shows something else beside the tables. */
    adopt() {
        if (!this.#box.querySelector('svg.net')) return;
        this.#heat.merge(this.#box.querySelector('#heat').dataset.alerts);
        this.#net.adopt();
        this.#hosts = this.#adopted(this.#hosts, 'hosts', '[data-held]', hostOf);
        this.#edges = this.#adopted(this.#edges, 'edges', '[data-held-edges]', edgeOf);
        this.#wanted.clear();
    }

    /** A table that was not there may have come with the page, and one that was may be gone. */
    #adopted(list, which, button, keyOf) {
        const body = this.#body(which);
        if (!list) return this.#list(which, button, keyOf);
        if (body) list.adopt(body);
        else list.stop();
        return body ? list : null;
    }

    release() {
        this.#hosts?.release();
        this.#edges?.release();
    }

    stop() {
        clearInterval(this.#timer);
        for (const subscription of this.#subscriptions) subscription.close();
        this.#hosts?.stop();
        this.#edges?.stop();
    }

    #body(which) {
        return this.#box.querySelector(`#sheet-${which} tbody`);
    }

    /** A table that has no row yet is none: it comes with the next layout. */
    #list(which, button, keyOf) {
        const body = this.#body(which);
        if (!body) return null;
        return new LiveList({
            body,
            button: this.#main.querySelector(button),
            most: ROWS,
            noun: which === 'hosts' ? 'host' : 'connection',
            paused: isPaused,
            key: row => row.id,
            place: row => this.#weight(row, keyOf(row)),
            changed: added => this.#settle(which, added, keyOf),
        });
    }

    /** As the server sorts: what is opened, the worst, hosts inside, the latest. */
    #weight(row, name) {
        const rank = (row.dataset.open ? 100 : 0) + 2 * (this.#heat.of(name).worst + 1) + (row.id.startsWith('h-') && row.cells[2].textContent !== 'Internet' ? 1 : 0);
        return rank * 1e13 + Date.parse(row.querySelector('time').dateTime);
    }

    #settle(which, added, keyOf) {
        const body = this.#body(which);
        if (!body) return;
        for (const row of added) {
            for (const link of row.querySelectorAll('a')) link.setAttribute('href', this.#net.link(link.getAttribute('href')));
            this.#mark(row, KEPT[which][0], keyOf(row));
        }
        const all = which === 'hosts' ? this.#net.hostsInAll : this.#net.edgesInAll;
        const shown = body.children.length;
        const text = shown >= all ? all.toLocaleString('en') : `the first ${shown.toLocaleString('en')} of ${all.toLocaleString('en')}`;
        const sub = this.#box.querySelector(`#sheet-${which} .sub`);
        if (sub.textContent !== text) sub.textContent = text;
    }

    #take(html) {
        hear();
        if (!html) return;
        this.#news.push(html);
        if (this.#news.length <= MOST) return;
        this.#news = [];
        this.#want('layout');
    }

    #alert(data) {
        hear();
        for (const name of this.#heat.take(data)) this.#warm.add(name);
        if (this.#warm.size <= MOST_WARM) return;
        this.#warm.clear();
        this.#want('layout');
    }

    #round() {
        const news = this.#news.splice(0);
        if (this.#box.querySelector('svg.net')) this.#draw(news);
        // a network without hosts: there is nothing to draw on
        else if (news.length > 0) this.#want('layout');
        this.#fetch();
    }

    #draw(news) {
        for (const html of news) this.#apply(html);
        for (const name of this.#warm) this.#heated(name);
        this.#warm.clear();
    }

    #apply(html) {
        const [svg, table, gone] = elements(html);
        const fresh = svg.dataset.action === 'new';
        for (const { dataset } of gone.children) this.#gone(dataset);
        const belongs = this.#net.take(svg);
        const [hosts, edges] = [...table.tBodies].map(body => [...body.rows]);
        for (const row of hosts) this.#row('hosts', this.#hosts, row, hostOf(row), fresh && belongs.host(hostOf(row)));
        for (const row of edges) this.#row('edges', this.#edges, row, edgeOf(row), fresh && belongs.edge(...edgeOf(row).split(' ')));
    }

    /** Known rows get their figures; others come in when they are new: what is not listed for want of room stays so. */
    #row(which, list, row, name, wanted) {
        const known = list?.row(row.id);
        if (known) refresh(known, row, KEPT[which]);
        else if (wanted && list) list.push(row.outerHTML);
        else if (wanted) this.#want('layout');
        if (this.#isOpened(name)) this.#want('opened');
    }

    #gone({ ip, from, with: to }) {
        this.#net.gone({ ip, from, with: to });
        if (ip) this.#hosts?.remove(`h-${ip}`);
        else this.#edges?.remove(`c-${from}-${to}`);
    }

    #heated(name) {
        this.#net.warm(name);
        for (const [list, id, at] of [[this.#hosts, `h-${name}`, KEPT.hosts[0]], [this.#edges, `c-${name.replace(' ', '-')}`, KEPT.edges[0]]]) {
            const row = list?.row(id);
            if (row) this.#mark(row, at, name);
        }
        if (this.#isOpened(name)) this.#want('opened');
    }

    #mark(row, at, name) {
        const { count, worst } = this.#heat.of(name);
        const cell = row.cells[at];
        const text = count > 0 ? `${count.toLocaleString('en')} ${SEVERITIES[worst]}` : '';
        if (cell.textContent === text) return;
        const mark = document.createElement('span');
        mark.className = `mark ${SEVERITIES[worst]}`;
        mark.setAttribute('aria-hidden', 'true');
        cell.replaceChildren(...(text ? [mark, text] : []));
        cell.title = text;
    }

    /** Whether what is open beside the picture tells of it. */
    #isOpened(name) {
        const query = new URLSearchParams(location.search);
        const host = query.get('host');
        return host ? name.split(' ').includes(host) : query.has('source') && name === `${query.get('source')} ${query.get('destination')}`;
    }

    /** What cannot be changed in place: a layout with another part of the plane, and what is opened. Not while somebody reads there. */
    #fetch() {
        if (this.#wanted.size === 0) return;
        if (performance.now() < this.#notBefore || this.#box.querySelector(QUIET) || document.activeElement?.closest('#sheets .scrolls')) return;
        const here = location.pathname + location.search;
        const layout = this.#wanted.has('layout');
        this.#notBefore = performance.now() + (layout ? LAYOUT : OPENED);
        this.#wanted.clear();
        if (layout) this.#show(here);
        else ask('GET', here, this.#box.querySelector('#drawer'), { select: '#drawer', swap: 'outerMorph', push: 'false', headers: { 'HX-Target': 'div#sheets' } });
    }

    #want(what) {
        if (this.#wanted.size === 0) this.#notBefore = Math.max(this.#notBefore, performance.now() + FRESH);
        this.#wanted.add(what);
    }
}

function hostOf(row) {
    return row.id.slice('h-'.length);
}

function edgeOf(row) {
    return row.id.slice('c-'.length).replace('-', ' ');
}

/** New figures in a row that stays, with the focus that may be in it. */
function refresh(row, fresh, kept) {
    [...fresh.cells].forEach((cell, i) => {
        const old = row.cells[i];
        if (kept.includes(i) || old.querySelector('a') || old.textContent === cell.textContent) return;
        old.replaceChildren(...cell.childNodes);
        old.title = cell.title;
    });
}
