/** The picture of the topology, changed in place: what comes is put where its address says, what is gone leaves, and nothing else moves. */
import { SEVERITIES } from './traffic.js';

const SVG = 'http://www.w3.org/2000/svg';
/** As on the server. */
const MOST_HOSTS = 400;
const MOST_EDGES = 500;
const LABELS = 28;
const LETTER = 8;
const LINE = 20;
const AROUND = 26;
/** From here on a line has the colour of its worst alert. */
const HOT = SEVERITIES.indexOf('high');

export class Net {
    #box;
    #heat;
    #again;
    #svg;
    #query;
    #hosts;
    #lines;
    #scale;
    #hostsInAll;
    #edgesInAll;

    /**
     * @param {HTMLElement} box what the picture stands in
     * @param {import('./heat.js').Heat} heat
     * @param {() => void} again asks for a new layout: there is something outside of this one
     */
    constructor(box, heat, again) {
        this.#box = box;
        this.#heat = heat;
        this.#again = again;
        this.adopt();
    }

    /** The page has been fetched again, or shows something else. */
    adopt() {
        this.#svg = this.#box.querySelector('svg.net');
        this.#query = new URLSearchParams(location.search);
        this.#hosts = new Map([...this.#layer('hosts').children].map(group => [group.dataset.ip, group]));
        this.#lines = new Map([...this.#layer('edges').children].map(line => [keyOf(line), line]));
        this.#scale = this.#svg.dataset.scale.split(' ').map(Number);
        this.#hostsInAll = Number(this.#svg.dataset.hosts);
        this.#edgesInAll = Number(this.#svg.dataset.edges);
    }

    get hostsInAll() {
        return this.#hostsInAll;
    }

    get edgesInAll() {
        return this.#edgesInAll;
    }

    /** A link that knows nothing of this page, with what its address says of the network. */
    link(href) {
        const [path, query] = href.split('?');
        const parameters = new URLSearchParams(query);
        if (!parameters.has('network') && this.#query.get('network')) parameters.set('network', this.#query.get('network'));
        return `${path}?${parameters}`;
    }

    /**
     * What came, drawn as far as it belongs here. What is new has room; what is only seen again and was not drawn
     * for want of room has none.
     *
     * @param {SVGElement} news hosts and lines without a place
     * @returns {{host: (ip: string) => boolean, edge: (from: string, to: string) => boolean}} what belongs to this page
     */
    take(news) {
        const groups = new Map([...news.querySelectorAll(':scope > g')].map(group => [group.dataset.ip, group]));
        const lines = [...news.querySelectorAll(':scope > line')];
        const network = this.#query.get('network');
        const fresh = news.dataset.action === 'new';
        const inside = ip => !network || (groups.get(ip) ?? this.#hosts.get(ip))?.dataset.network === network;
        const edge = (from, to) => inside(from) || inside(to);
        const peers = new Set(network ? lines.filter(({ dataset }) => edge(dataset.from, dataset.with)).flatMap(({ dataset }) => [dataset.from, dataset.with]) : []);
        const host = ip => inside(ip) || peers.has(ip) || this.#hosts.has(ip);
        for (const [ip, group] of groups) {
            if (this.#hosts.has(ip)) this.#update(this.#hosts.get(ip), group);
            else if (host(ip) && (fresh || this.#hosts.size < MOST_HOSTS)) this.#add(ip, group);
        }
        for (const line of lines) if (!this.#lines.has(keyOf(line)) && edge(line.dataset.from, line.dataset.with) && (fresh || this.#lines.size < MOST_EDGES)) this.#connect(line);
        this.#count(network ? {} : news.dataset);
        return { host, edge };
    }

    /** What is not drawn may be of another network: only what is drawn is one less. The event says how many there are in all. */
    gone({ ip, from, with: to }) {
        const [hosts, edges] = [this.#hosts.size, this.#lines.size];
        if (ip) this.#remove(ip);
        else this.#drop(`${from} ${to}`);
        this.#hostsInAll -= hosts - this.#hosts.size;
        this.#edgesInAll -= edges - this.#lines.size;
        this.#count({});
    }

    /** How bad it is with a host or a connection has changed. */
    warm(key) {
        const group = this.#hosts.get(key);
        if (group) this.#sign(group);
        const line = this.#lines.get(key);
        if (line) this.#colour(line);
    }

    #layer(name) {
        return this.#svg.querySelector(`[data-layer=${name}]`);
    }

    #place({ dataset: { x, y } }) {
        const [a, b, c, d] = this.#scale;
        return [Math.round(a * Number(x) + b), Math.round(c * Number(y) + d)];
    }

    #fits({ dataset: { x, y } }) {
        const [, , , , left, right, top, bottom] = this.#scale;
        return Number(x) >= left && Number(x) <= right && Number(y) >= top && Number(y) <= bottom;
    }

    #add(ip, group) {
        if (!this.#fits(group)) {
            this.#again();
            return;
        }
        const [x, y] = this.#place(group);
        group.setAttribute('transform', `translate(${x} ${y})`);
        group.dataset.to = this.link(group.dataset.to);
        this.#layer('hosts').append(group);
        this.#hosts.set(ip, group);
        this.#sign(group);
        this.#network(group);
        this.#room(this.#layer('hosts'), MOST_HOSTS, old => this.#remove(old.dataset.ip));
    }

    /** A host is drawn otherwise when it does something else than it did: its name says so. */
    #update(group, fresh) {
        if (group.querySelector('title').textContent === fresh.querySelector('title').textContent) return;
        const ring = group.querySelector('.ring');
        group.replaceChildren(...fresh.children);
        if (ring) group.querySelector('.hit').after(ring);
        this.#sign(group);
    }

    #connect(line) {
        const [from, to] = [this.#hosts.get(line.dataset.from), this.#hosts.get(line.dataset.with)];
        if (!from || !to) return;
        const [[x1, y1], [x2, y2]] = [placeOf(from), placeOf(to)];
        for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(name, value);
        line.dataset.to = this.link(line.dataset.to);
        const opened = this.#query.get('host');
        line.classList.toggle('picked', Boolean(opened) && [line.dataset.from, line.dataset.with].includes(opened));
        this.#layer('edges').append(line);
        this.#lines.set(keyOf(line), line);
        this.#colour(line);
        this.#room(this.#layer('edges'), MOST_EDGES, old => this.#drop(keyOf(old)));
    }

    /** Of too many the ones below go: the server puts the least important there. */
    #room(layer, most, remove) {
        let old = layer.firstElementChild;
        while (layer.childElementCount > most && old) {
            const next = old.nextElementSibling;
            if (!old.classList.contains('picked')) remove(old);
            old = next;
        }
    }

    #remove(ip) {
        const group = this.#hosts.get(ip);
        if (!group) return;
        group.remove();
        this.#hosts.delete(ip);
        for (const [key, line] of this.#lines) if (line.dataset.from === ip || line.dataset.with === ip) this.#drop(key);
        this.#network(group);
    }

    #drop(key) {
        this.#lines.get(key)?.remove();
        this.#lines.delete(key);
    }

    #sign(group) {
        const { worst } = this.#heat.of(group.dataset.ip);
        const name = SEVERITIES[worst];
        if (name ? group.classList.contains(name) && group.querySelector('.sign') : !group.querySelector('.sign')) return;
        group.querySelector('.sign')?.remove();
        group.classList.remove(...SEVERITIES);
        if (!name) return;
        group.classList.add(name);
        const sign = document.createElementNS(SVG, 'use');
        sign.setAttribute('class', `sign ${name}`);
        sign.setAttribute('href', `#sign-${name}`);
        if (group.querySelector('.role')) {
            sign.setAttribute('x', '13');
            sign.setAttribute('y', '-13');
        }
        group.append(sign);
    }

    #colour(line) {
        const { worst } = this.#heat.of(keyOf(line));
        line.classList.remove('hot', ...SEVERITIES);
        if (worst >= HOT) line.classList.add('hot', SEVERITIES[worst]);
    }

    /** The circle and the name of a network take in the host that came, or go with the last one. */
    #network(group) {
        const { network } = group.dataset;
        const inside = !group.classList.contains('outside');
        const places = [...this.#hosts.values()].filter(({ dataset }) => dataset.network === network).map(placeOf);
        if (places.length === 0) {
            this.#named('networks', network)?.remove();
            this.#named('names', network)?.remove();
            return;
        }
        const [left, right] = range(places.map(([x]) => x));
        const [top, bottom] = range(places.map(([, y]) => y));
        const middle = Math.trunc((left + right) / 2);
        if (inside) {
            const circle = this.#named('networks', network) ?? this.#make('networks', 'ellipse', 'around', network);
            const values = { cx: middle, cy: Math.trunc((top + bottom) / 2), rx: Math.trunc((right - left) / 2) + AROUND, ry: Math.trunc((bottom - top) / 2) + AROUND };
            for (const [name, value] of Object.entries(values)) circle.setAttribute(name, value);
        }
        const { width, height } = this.#svg.viewBox.baseVal;
        const half = (network.length * LETTER) / 2;
        const x = Math.min(Math.max(middle, half), width - half);
        const y = Math.min(bottom + (inside ? 42 : 24), height - 6) - 4;
        const name = this.#named('names', network) ?? this.#label(network, inside, { x, y, half });
        name?.setAttribute('x', x);
        name?.setAttribute('y', y);
    }

    /** As long as no other is in the way. */
    #label(network, inside, { x, y, half }) {
        const names = [...this.#layer('names').children];
        const meets = other => {
            const reach = half + (other.textContent.length * LETTER) / 2;
            return Math.abs(Number(other.getAttribute('x')) - x) < reach && Math.abs(Number(other.getAttribute('y')) - y) < LINE;
        };
        if (names.length >= LABELS || names.some(meets)) return null;
        const text = this.#make('names', 'text', inside ? 'inside' : 'outside', network);
        text.textContent = network;
        text.dataset.to = `/topology?network=${encodeURIComponent(network)}`;
        return text;
    }

    #named(layer, network) {
        return [...this.#layer(layer).children].find(({ dataset }) => dataset.network === network);
    }

    #make(layer, name, style, network) {
        const element = document.createElementNS(SVG, name);
        element.setAttribute('class', style);
        element.dataset.network = network;
        return this.#layer(layer).appendChild(element);
    }

    #count({ hosts, edges }) {
        this.#hostsInAll = Math.max(Number(hosts) || this.#hostsInAll, this.#hosts.size);
        this.#edgesInAll = Math.max(Number(edges) || this.#edgesInAll, this.#lines.size);
        const summary = summarize(this.#hosts.size, this.#hostsInAll, this.#lines.size, this.#edgesInAll);
        const sub = this.#box.querySelector('#net .sub');
        if (sub.textContent === summary) return;
        sub.textContent = summary;
        this.#svg.setAttribute('aria-label', `Hosts and connections: ${summary}. The tables list them.`);
    }
}

function summarize(hosts, hostsInAll, edges, edgesInAll) {
    if (hosts >= hostsInAll && edges >= edgesInAll) return `${count(hostsInAll, 'host')}, ${count(edgesInAll, 'connection')}`;
    return `showing ${whole(hosts)} of ${count(hostsInAll, 'host')} and ${whole(edges)} of ${count(edgesInAll, 'connection')}: with alerts first, then the latest`;
}

function keyOf({ dataset }) {
    return `${dataset.from} ${dataset.with}`;
}

function placeOf(group) {
    return /(-?\d+) (-?\d+)/.exec(group.getAttribute('transform')).slice(1).map(Number);
}

function range(values) {
    return [Math.min(...values), Math.max(...values)];
}

function whole(n) {
    return n.toLocaleString('en');
}

function count(n, noun) {
    return `${whole(n)} ${noun}${n === 1 ? '' : 's'}`;
}
