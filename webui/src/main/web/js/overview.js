/** The overview: figures by a question every two seconds; between two answers the feed's own rows keep the chart moving. */
import { morph, navigate } from './html.js';
import { zoomIn, zoomOut } from './zoom.js';
import { changeOf, glance, LiveList } from './list.js';
import { hear, isPaused, ns, onBeat, subscribe } from './live.js';
import { Timeline } from './timeline.js';
import { fill } from './time.js';
import { badge, summarize } from './shell.js';
import { mountWaiting } from './waiting.js';

const FEED = 20;
const SAMPLES = 500;

export function mountOverview(main) {
    if (!main.querySelector('#timeline')) return mountWaiting();
    const { epoch, offset } = main.dataset;
    const at = { offset: Number(offset), epoch: epoch || undefined };
    const parts = [];
    const panel = main.querySelector('#timeline');
    const past = main.dataset.past === 'yes';
    const timeline = new Timeline(panel, isPaused, { still: past, zoom: zoomIn });
    const delivery = new Delivery(() => main.querySelector('#kpi-delivery'));
    const feed = feedList(main);
    parts.push(timeline, feed);

    const range = new URLSearchParams(location.search).get('range') ?? '';
    const rows = past ? null : subscribe(
        { channel: 'alerts', sub: 'feed', format: 'html:feed', ...at },
        {
            event({ html, offset, time }) {
                hear();
                if (!html || changeOf(html)) return;
                const alert = glance(html);
                timeline.add(offset, alert);
                delivery.add(time);
                summarize(alert.severity);
                feed.push(html);
            },
        },
    );
    onBeat(async () => {
        const answer = await ns.call('dashboard.overview', { range });
        badge(answer);
        if (isPaused()) return;
        if (!past) timeline.set(answer.timeline);
        for (const [id, markup] of Object.entries(answer.parts)) {
            const target = main.querySelector(`#${id}`);
            if (target && markup) await morph(target, markup);
        }
        delivery.draw();
        fill(main);
    });
    const open = event => {
        const link = event.target.closest('#feed a');
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        navigate('/alerts?alert=' + encodeURIComponent(link.closest('li').dataset.id));
    };
    main.addEventListener('click', open);

    return {
        keys: feedKeys(main, feed),
        stop() {
            rows?.close();
            for (const part of parts) part.stop();
        },
    };
}

function feedList(main) {
    const more = main.querySelector('[data-more]');
    return new LiveList({
        body: main.querySelector('#feed'),
        button: main.querySelector('#alert-feed [data-held]'),
        most: FEED,
        paused: isPaused,
        changed(added, skipped) {
            if (added.length > 0) main.querySelector('#alert-feed [data-empty]').hidden = true;
            if (added.length > 0 || skipped > 0) more.textContent = skipped > 0 ? `and ${skipped.toLocaleString('en')} more` : '';
        },
    });
}

function feedKeys(main, feed) {
    const links = () => [...main.querySelectorAll('#feed a')];
    const move = step => {
        const all = links();
        const at = all.indexOf(document.activeElement);
        (all[at < 0 ? 0 : at + step] ?? all[at])?.focus();
    };
    return { j: () => move(1), k: () => move(-1), '.': () => feed.release(), Escape: () => leave(links()) };
}

/** Out of the feed, else out of the time that was chosen. */
function leave(links) {
    if (!links.includes(document.activeElement) && zoomOut()) return;
    document.activeElement?.blur();
}

/** From commit on the server to this browser, over the last alerts. */
class Delivery {
    #find;
    #values = [];
    #trend = [];

    constructor(find) {
        this.#find = find;
    }

    add(time) {
        if (ns.state.name !== 'live') return; // what is caught up says nothing about the way
        this.#values.push(Math.max(0, ns.now() - time));
        if (this.#values.length > SAMPLES) this.#values.shift();
    }

    draw() {
        const element = this.#find();
        if (!element || this.#values.length === 0) return;
        const sorted = [...this.#values].sort((a, b) => a - b);
        const p99 = Math.round(sorted[Math.floor((sorted.length - 1) * 0.99)]);
        element.querySelector('.value span').textContent = p99.toLocaleString('en');
        element.querySelector('.unit').textContent = 'ms';
        this.#trend.push(p99);
        if (this.#trend.length > 90) this.#trend.shift();
        const max = Math.max(...this.#trend, 1);
        const points = this.#trend.map((value, i) => `${((100 * i) / Math.max(1, this.#trend.length - 1)).toFixed(1)},${(25 - (value / max) * 23).toFixed(1)}`);
        if (points.length === 1) points.push(points[0].replace(/^[\d.]+/, '100'));
        element.querySelector('.line').setAttribute('points', points.join(' '));
        element.querySelector('.area').setAttribute('points', `0,26 ${points.join(' ')} 100,26`);
    }
}
