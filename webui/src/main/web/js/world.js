/** The picture and the tables of the threat map, made anew of what is counted, element by element: nothing else moves. */
import { ends, SEVERITIES } from './traffic.js';

const SVG = 'http://www.w3.org/2000/svg';
/** As on the server. */
const BEND = 0.22;
const MOST_COUNTRIES = 10;

/** The places of the page: where each country lies, and what it is called. */
export class Places {
    #places;

    constructor(text) {
        this.#places = new Map(
            text.split(';').map(one => {
                const [code, rest] = one.split('=');
                const [x, y, ...name] = rest.split(' ');
                return [code, { at: [Number(x), Number(y)], name: name.join(' ') }];
            }),
        );
    }

    at(code) {
        return this.#places.get(code)?.at;
    }

    name(code) {
        return this.#places.get(code)?.name ?? code;
    }
}

export function curve([x1, y1], [x2, y2]) {
    const length = Math.hypot(x2 - x1, y2 - y1);
    return `M${x1} ${y1}Q${Math.round((x1 + x2) / 2)} ${Math.round((y1 + y2) / 2 - length * BEND)} ${x2} ${y2}`;
}

/** How a line looks at a part of its flight, 0 to 1: it grows to its end, slowly at first and at last, then leaves from its start and fades. */
export function flight(part) {
    const eased = part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) ** 2;
    return { offset: 1 - 2 * eased, opacity: eased < 0.5 ? 1 : 1 - 1.2 * (eased - 0.5), over: part >= 1 };
}

export class World {
    #main;
    #places;

    constructor(main, places) {
        this.#main = main;
        this.#places = places;
    }

    draw(traffic) {
        const routes = traffic.routes();
        const drawn = [
            ...routes.map(route => this.#arc(route)),
            ...ends(routes).map(end => this.#spot(end)),
        ].filter(Boolean);
        this.#settle(this.#main.querySelector('#arcs'), drawn);
        this.#countries(traffic);
        this.#words(traffic);
    }

    /** What is the same stays the same element, so that a pointer over it is not disturbed. Known by countries: some lie at one place. */
    #settle(group, drawn) {
        const known = new Map([...group.children].map(element => [element.dataset.key, element]));
        const used = new Set();
        let before = group.firstElementChild;
        for (const { name, key, attributes, title } of drawn) {
            const element = known.get(key) ?? document.createElementNS(SVG, name);
            used.add(element);
            element.dataset.key = key;
            for (const [attribute, value] of Object.entries(attributes)) if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
            const said = element.querySelector('title') ?? element.appendChild(document.createElementNS(SVG, 'title'));
            write(said, title);
            if (element === before) before = before.nextElementSibling;
            else group.insertBefore(element, before);
        }
        for (const element of [...group.children]) if (!used.has(element)) element.remove();
    }

    #arc({ from, to, worst, alerts }) {
        const [start, end] = [this.#places.at(from), this.#places.at(to)];
        if (!start || !end) return null;
        const d = curve(start, end);
        return { name: 'path', key: `${from}>${to}`, attributes: { class: `arc ${SEVERITIES[worst]}`, d }, title: `${this.#places.name(from)} to ${this.#places.name(to)}: ${count(alerts)}` };
    }

    #spot({ from, worst, alerts }) {
        const at = this.#places.at(from);
        if (!at) return null;
        const [cx, cy] = at.map(String);
        const r = (2.5 + 1.7 * Math.log10(1 + alerts)).toFixed(1);
        return { name: 'circle', key: from, attributes: { class: `spot ${SEVERITIES[worst]}`, cx, cy, r }, title: `${this.#places.name(from)}: ${count(alerts)}` };
    }

    /** Figures change where they stand; the order waits for a pointer that is in the table. */
    #countries(traffic) {
        const body = this.#main.querySelector('#sheet-countries tbody');
        const rows = new Map([...body.children].map(row => [row.id, row]));
        const wanted = traffic.sources().slice(0, MOST_COUNTRIES);
        const still = body.matches(':hover');
        const pattern = body.firstElementChild;
        const shown = [];
        for (const source of wanted) {
            const id = `cc-${source.from}`;
            const row = rows.get(id) ?? (still ? null : pattern.cloneNode(true));
            if (!row) continue;
            row.id = id;
            this.#country(row, source, traffic.total);
            shown.push(row);
        }
        if (!still && shown.some((row, i) => body.children[i] !== row)) body.replaceChildren(...shown);
    }

    #country(row, { from, worst, alerts }, total) {
        const [name, state, number, share] = row.cells;
        const word = SEVERITIES[worst][0].toUpperCase() + SEVERITIES[worst].slice(1);
        write(name, `${from ? `${from} ` : ''}${this.#places.name(from)}`);
        name.title = name.textContent;
        if (state.textContent !== word) {
            const mark = state.querySelector('.mark');
            mark.className = `mark ${SEVERITIES[worst]}`;
            state.replaceChildren(mark, word);
            state.title = word;
        }
        write(number, alerts.toLocaleString('en'));
        write(share, `${((100 * alerts) / Math.max(1, total)).toFixed(1)} %`);
    }

    #words(traffic) {
        const time = this.#main.querySelector('#world .sub').textContent;
        this.#main.querySelector('svg.world').setAttribute('aria-label', `Map of the world: ${count(traffic.total)}, ${time}. The tables list them.`);
        const cut = traffic.whole ? '' : 'Counted are the newest 5,000 alerts of that time. ';
        const { nowhere } = traffic;
        const lost = nowhere === 0 ? '' : ` ${count(nowhere)} without a country at either end ${nowhere === 1 ? 'is' : 'are'} not on it.`;
        write(this.#main.querySelector('#world .said'), `${cut}A place is the middle of its country.${lost}`);
    }
}

function count(n) {
    return `${n.toLocaleString('en')} ${n === 1 ? 'alert' : 'alerts'}`;
}

function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
}
