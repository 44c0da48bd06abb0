/** The threat map: what comes is counted, drawn and flies along its arc; a past hour is played back. */
import { reload } from './html.js';
import { changeOf, LiveList } from './list.js';
import { hear, isPaused, subscribe } from './live.js';
import { mountSheets } from './sheets.js';
import { clock, now } from './time.js';
import { summarize } from './shell.js';
import { SEVERITIES, Traffic } from './traffic.js';
import { curve, flight, Places, World } from './world.js';

const SVG = 'http://www.w3.org/2000/svg';
const FLIGHT = 1_400;
/** So many fly at a time, and begin within a second. */
const MOST = 80;
const MOST_A_SECOND = 20;
/** Thirty frames a second are smooth enough for a line that grows, and cost half as much as sixty. */
const FRAME = 1000 / 30;
const TICK = 250;
const NEWEST = 20;
/** As on the server: how exactly it says when an alert was. */
const STEPS = 90;

export function mountMap(main) {
    const played = Boolean(main.dataset.played);
    const follows = Boolean(main.dataset.follows);
    const sheets = mountSheets(main, { own: played || follows });
    const places = new Places(main.dataset.places);
    const sky = new Sky(main, places);
    const live = follows ? new Live(main, places, sky) : undefined;
    const replay = played ? new Replay(main, sky) : undefined;
    return {
        ...sheets,
        keys: { ...sheets.keys, '.': () => live?.release(), r: () => replay?.toggle() },
        stop() {
            live?.stop();
            replay?.stop();
            sky.stop();
            sheets.stop();
        },
    };
}

/** The rows of alerts as they are pushed: into the table, into the counts, onto the map. Nothing is fetched. */
class Live {
    #sky;
    #world;
    #traffic;
    #list;
    #subscription;
    #timer;
    #changed = false;
    #fetching = false;

    constructor(main, places, sky) {
        const { counted, length, offset, epoch } = main.dataset;
        this.#sky = sky;
        this.#world = new World(main, places);
        const whole = !main.querySelector('#world .said').textContent.startsWith('Counted');
        this.#traffic = new Traffic(counted ?? '', Number(length), Number(length) / STEPS, whole);
        const body = main.querySelector('#sheet-newest tbody');
        // without rows there is no table yet
        if (body) this.#list = new LiveList({ body, button: main.querySelector('[data-held]'), most: NEWEST, paused: isPaused, wanted: row => this.#traffic.covers(timeOf(row), now()), key: row => row.id, place: timeOf });
        this.#subscription = subscribe(
            { channel: 'alerts', sub: 'map', format: 'html:map', offset: Number(offset), epoch: epoch || undefined },
            {
                event: ({ html }) => {
                    hear();
                    if (html && !changeOf(html)) this.#take(html);
                },
            },
        );
        this.#timer = setInterval(() => isPaused() || document.hidden || this.#draw(), TICK);
    }

    release() {
        this.#list?.release();
    }

    stop() {
        clearInterval(this.#timer);
        this.#subscription.close();
        this.#list?.stop();
    }

    #take(markup) {
        const alert = look(markup);
        if (!alert) return;
        summarize(alert.severity);
        if (!this.#traffic.covers(alert.time, now())) return;
        this.#traffic.add(alert.time, alert.from, alert.to, SEVERITIES.indexOf(alert.severity));
        this.#changed = true;
        // also while nothing is drawn
        this.#traffic.leave(now());
        this.#list?.push(markup);
        if (!isPaused() && !document.hidden) this.#sky.fly(alert.from, alert.to, alert.severity);
    }

    #draw() {
        const left = this.#traffic.leave(now());
        if (!this.#changed && !left) return;
        // the first row, or the last one that leaves, is another page: with tables, or without
        if (!this.#list || this.#traffic.total === 0) {
            this.#again();
            return;
        }
        this.#changed = false;
        this.#world.draw(this.#traffic);
    }

    #again() {
        if (this.#fetching) return;
        this.#fetching = true;
        // an answer that says of an error changes nothing
        const over = () => (this.#fetching = false);
        reload().then(over, over);
    }
}

/** What a row says, without making elements of it. */
function look(markup) {
    const [, severity, time, from, to] = /^<tr data-severity='(\w+)' data-time='(-?\d+)' data-from='([^']*)' data-to='([^']*)'/.exec(markup) ?? [];
    return severity && { severity, time: Number(time), from, to };
}

function timeOf(row) {
    return Date.parse(row.querySelector('time').dateTime);
}

/** Where arcs fly, all in the same frames. Who wants no motion sees them stand for a moment. */
class Sky {
    #main;
    #places;
    #calm = matchMedia('(prefers-reduced-motion: reduce)');
    #second = 0;
    #begun = 0;
    /** Path to when it began. */
    #flying = new Map();
    #timer = 0;

    constructor(main, places) {
        this.#main = main;
        this.#places = places;
    }

    fly(from, to, severity) {
        const group = this.#main.querySelector('#moving');
        const start = this.#places.at(from);
        const end = this.#places.at(to);
        if (!group || !start || !end || from === to || this.#flying.size >= MOST || this.#busy()) return;
        const path = document.createElementNS(SVG, 'path');
        path.setAttribute('class', `arc moving ${severity}`);
        path.setAttribute('d', curve(start, end));
        path.setAttribute('pathLength', '1');
        if (this.#calm.matches) path.style.strokeDashoffset = '0';
        group.append(path);
        this.#flying.set(path, performance.now());
        this.#timer ||= setInterval(() => this.#move(), FRAME);
    }

    stop() {
        clearInterval(this.#timer);
        for (const path of this.#flying.keys()) path.remove();
        this.#flying.clear();
    }

    #move() {
        const now = performance.now();
        for (const [path, began] of this.#flying) {
            const { offset, opacity, over } = flight((now - began) / FLIGHT);
            if (over) {
                this.#flying.delete(path);
                path.remove();
            } else if (!this.#calm.matches) {
                path.style.strokeDashoffset = offset.toFixed(3);
                path.style.opacity = opacity.toFixed(2);
            }
        }
        if (this.#flying.size > 0) return;
        clearInterval(this.#timer);
        this.#timer = 0;
    }

    #busy() {
        const second = Math.floor(performance.now() / 1000);
        if (second !== this.#second) this.#begun = 0;
        this.#second = second;
        return ++this.#begun > MOST_A_SECOND;
    }
}

/** A past hour again, up to sixty times as fast. */
class Replay {
    #sky;
    #moments;
    #slide;
    #play;
    #place;
    #speed;
    #timer = 0;
    #listeners = new AbortController();

    constructor(main, sky) {
        this.#sky = sky;
        this.#slide = main.querySelector('[data-step]');
        this.#play = main.querySelector('[data-play]');
        this.#place = main.querySelector('[data-place]');
        this.#speed = main.querySelector('[data-speed]');
        this.#moments = [...main.querySelectorAll('#moments > li')].map(({ dataset: { at, from, to, severity } }) => ({ at: Number(at), from, to, severity }));
        const signal = this.#listeners.signal;
        this.#play.addEventListener('click', () => this.toggle(), { signal });
        this.#slide.addEventListener('input', () => this.#draw(), { signal });
        this.#draw();
    }

    toggle() {
        if (this.#timer) {
            this.#rest();
        } else {
            if (this.#at >= Number(this.#slide.max)) this.#slide.value = this.#slide.min;
            this.#timer = setInterval(() => this.#tick(), TICK);
        }
        this.#draw();
    }

    stop() {
        this.#rest();
        this.#listeners.abort();
    }

    get #at() {
        return Number(this.#slide.value);
    }

    #rest() {
        clearInterval(this.#timer);
        this.#timer = 0;
    }

    #tick() {
        const before = this.#at;
        const now = Math.min(Number(this.#slide.max), before + Math.max(1000, TICK * Number(this.#speed.value)));
        this.#slide.value = now;
        for (const { at, from, to, severity } of this.#moments) if (at >= before && at < now) this.#sky.fly(from, to, severity);
        if (now >= Number(this.#slide.max)) this.#rest();
        this.#draw();
    }

    #draw() {
        this.#place.textContent = clock(this.#at);
        this.#play.textContent = this.#timer ? 'Pause' : 'Play';
    }
}
