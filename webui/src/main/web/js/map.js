/** The threat map: what comes flies along its arc, and a past hour is played back. */
import { isPaused, subscribe } from './live.js';
import { mountSheets } from './sheets.js';
import { clock } from './time.js';

const SVG = 'http://www.w3.org/2000/svg';
const FIELDS = ['source.geo.country_iso_code', 'destination.geo.country_iso_code', 'ns.severity'];
/** As on the server. */
const BEND = 0.22;
const FLIGHT = 1_400;
const MOST = 80;
const TICK = 250;

export function mountMap(main) {
    const played = Boolean(main.dataset.played);
    const sheets = mountSheets(main, { busy: () => played });
    const sky = new Sky(main);
    const live = main.dataset.follows
        ? subscribe(
              { channel: 'alerts', sub: 'arcs', fields: FIELDS, rate: 20 },
              {
                  event({ data }) {
                      if (isPaused() || document.hidden || !data?.ns?.severity) return;
                      sky.fly(data.source?.geo?.country_iso_code ?? '', data.destination?.geo?.country_iso_code ?? '', data.ns.severity);
                  },
              },
          )
        : undefined;
    const replay = played ? new Replay(main, sky) : undefined;
    return {
        ...sheets,
        keys: { ...sheets.keys, r: () => replay?.toggle() },
        stop() {
            live?.close();
            replay?.stop();
            sheets.stop();
        },
    };
}

/** Where arcs fly. Who wants no motion sees them stand for a moment. */
class Sky {
    #main;
    #places;
    #calm = matchMedia('(prefers-reduced-motion: reduce)');

    constructor(main) {
        this.#main = main;
        this.#places = new Map(
            main.dataset.places.split(';').map(one => {
                const [code, at] = one.split('=');
                return [code, at.split(' ').map(Number)];
            }),
        );
    }

    fly(from, to, severity) {
        const group = this.#main.querySelector('#moving');
        const start = this.#places.get(from);
        const end = this.#places.get(to);
        if (!group || !start || !end || from === to || group.childElementCount >= MOST) return;
        const path = document.createElementNS(SVG, 'path');
        path.setAttribute('class', `arc moving ${severity}`);
        path.setAttribute('d', curve(start, end));
        path.setAttribute('pathLength', '1');
        group.append(path);
        const frames = this.#calm.matches ? { opacity: [1, 1] } : { strokeDashoffset: [1, 0, -1], opacity: [1, 1, 0.4] };
        path.animate(frames, { duration: FLIGHT, easing: 'ease-in-out' }).finished.then(
            () => path.remove(),
            () => path.remove(),
        );
    }

    clear() {
        this.#main.querySelector('#moving')?.replaceChildren();
    }
}

function curve([x1, y1], [x2, y2]) {
    const length = Math.hypot(x2 - x1, y2 - y1);
    return `M${x1} ${y1}Q${Math.round((x1 + x2) / 2)} ${Math.round((y1 + y2) / 2 - length * BEND)} ${x2} ${y2}`;
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
