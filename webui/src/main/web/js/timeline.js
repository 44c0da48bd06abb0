/** The threat timeline: alerts per time, stacked by severity, moving with the clock. */
import { Brush } from './brush.js';
import { now, clock } from './time.js';
import { colour, onTheme } from './theme.js';

const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'];
const REDRAW = 250;
/** Timers and frames are not exact. */
const SLACK = 50;
/** How wide a time below the chart is: half of the last one stands beside the bars. */
const LABEL = 32;
/** A chart below this has room for more than one line only when they stand closer. */
const LOW = 150;
/** So many wait at most until the server has counted them. */
const MOST_RECENT = 20_000;

export class Timeline {
    #panel;
    #width;
    #n;
    #from;
    #counts;
    #chart = null;
    #dirty = true;
    #timer;
    #frame = 0;
    #drawnAt = 0;
    #paused;
    #stopTheme;
    #observer;
    #uPlot = null;
    #offset;
    #recent = [];

    #still;
    #brush;

    /**
     * @param {HTMLElement} panel
     * @param {() => boolean} paused
     * @param {object} options
     * @param {boolean} options.still whether it is of the past and does not move
     * @param {(from: number, to: number) => void} options.zoom shows a part of it
     */
    constructor(panel, paused, { still = false, zoom }) {
        this.#panel = panel;
        this.#still = still;
        this.#paused = paused;
        this.#width = Number(panel.dataset.bucket);
        this.#n = Number(panel.dataset.buckets);
        this.#from = Number(panel.dataset.from);
        this.#counts = SEVERITIES.map(() => new Array(this.#n).fill(0));
        this.#offset = Number(panel.closest('main').dataset.offset);
        this.#read();
        const bars = () => ({ from: this.#from, width: this.#width, count: this.#n });
        this.#brush = new Brush(this.#box, { chart: () => this.#chart, bars, choose: zoom });
        panel.querySelector('details').addEventListener('toggle', () => this.#table());
        this.#timer = setInterval(() => paused() || performance.now() - this.#drawnAt < REDRAW - SLACK || this.#tick(), REDRAW);
        this.#stopTheme = onTheme(() => this.#rebuild());
        this.#observer = new ResizeObserver(() => this.#resize());
        import('./uplot.js').then(module => {
            this.#uPlot = module.default;
            this.#rebuild();
            this.#observer.observe(this.#box);
        });
    }

    stop() {
        clearInterval(this.#timer);
        cancelAnimationFrame(this.#frame);
        this.#stopTheme();
        this.#observer.disconnect();
        this.#brush.stop();
        this.#chart?.destroy();
        this.#uPlot = null;
    }

    /** One more alert, at an offset of the channel. */
    add(offset, alert) {
        if (this.#still || offset <= this.#offset) return;
        this.#recent.push({ offset, ...alert });
        if (this.#recent.length > MOST_RECENT) this.#recent.shift();
        this.#slide();
        this.#count(alert);
        this.#frame ||= requestAnimationFrame(() => this.#withRow());
    }

    /** Where nothing was drawn just now, a bar grows in the frame that shows its row: a frame of its own costs as much again. */
    #withRow() {
        this.#frame = 0;
        if (!this.#paused() && performance.now() - this.#drawnAt >= REDRAW - SLACK) this.#tick();
    }

    /** The counts as the server has them; what came after them is added again. */
    set({ offset, from, counts }) {
        this.#offset = offset;
        this.#from = from;
        this.#counts = counts;
        this.#n = counts[0].length;
        this.#recent = this.#recent.filter(alert => alert.offset > offset);
        this.#slide();
        for (const alert of this.#recent) this.#count(alert);
        this.#dirty = true;
        this.#table();
    }

    #count({ time, severity }) {
        const index = Math.floor((time - this.#from) / this.#width);
        const row = SEVERITIES.indexOf(severity);
        if (index < 0 || index >= this.#n || row < 0) return;
        this.#counts[row][index]++;
        this.#dirty = true;
    }

    /** The same as a table, for those who cannot use a picture; kept up to date while it is open. */
    #table() {
        const details = this.#panel.querySelector('details');
        if (!details.open) return;
        const rows = [];
        for (let i = this.#n - 1; i >= 0; i--) {
            const counts = this.#counts.map(row => row[i]).reverse();
            if (counts.every(count => count === 0)) continue;
            const row = document.createElement('tr');
            const head = document.createElement('th');
            head.scope = 'row';
            head.textContent = label(this.#from + i * this.#width, this.#n * this.#width);
            row.append(head, ...counts.map(count => cell(count)));
            rows.push(row);
        }
        details.querySelector('tbody').replaceChildren(...rows);
    }

    get #box() {
        return this.#panel.querySelector('.chart');
    }

    /** The table beside the chart is its data. */
    #read() {
        for (const row of this.#panel.querySelectorAll('tr[data-at]')) {
            const index = (Number(row.dataset.at) - this.#from) / this.#width;
            [...row.cells].slice(1).forEach((cell, i) => {
                this.#counts[SEVERITIES.length - 1 - i][index] = Number(cell.textContent.replaceAll(',', ''));
            });
        }
    }

    #tick() {
        if (this.#brush.active) return;
        this.#slide();
        if (!this.#dirty || !this.#chart || document.hidden) return;
        this.#dirty = false;
        this.#drawnAt = performance.now();
        this.#chart.setData(this.#data());
    }

    /** Time has passed: the oldest bars leave at the left. */
    #slide() {
        if (this.#still) return;
        const last = Math.floor(now() / this.#width) * this.#width;
        const by = Math.min(this.#n, Math.round((last - this.#from) / this.#width) - this.#n + 1);
        if (by <= 0) return;
        for (const counts of this.#counts) {
            counts.splice(0, by);
            counts.push(...new Array(by).fill(0));
        }
        this.#from = last - (this.#n - 1) * this.#width;
        this.#dirty = true;
    }

    /** Sums from the bottom up, drawn from the tallest to the lowest, look like a stack. */
    #data() {
        const times = this.#counts[0].map((_, i) => (this.#from + i * this.#width) / 1000);
        const sums = [];
        this.#counts.reduce((below, counts) => {
            const sum = counts.map((count, i) => below[i] + count);
            sums.unshift(sum);
            return sum;
        }, new Array(this.#n).fill(0));
        return [times, ...sums];
    }

    #resize() {
        const box = this.#box;
        if (this.#chart && box.clientWidth > 0) this.#chart.setSize(size(box));
    }

    #rebuild() {
        if (!this.#uPlot) return;
        this.#chart?.destroy();
        const box = this.#box;
        box.querySelector('.still')?.remove();
        this.#chart = new this.#uPlot(this.#options(box), this.#data(), box);
        this.#dirty = false;
    }

    #options(box) {
        const bars = this.#uPlot.paths.bars({ size: [0.86, 64], align: 1 });
        const text = colour('muted');
        const line = colour('line');
        const axis = { stroke: text, font: '11px Inter, sans-serif', ticks: { show: false } };
        return {
            ...size(box),
            padding: [8, LABEL / 2, 0, 0],
            legend: { show: false },
            cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
            tzDate: seconds => this.#uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
            scales: {
                x: { time: true, range: (_, min) => [min, min + (this.#n * this.#width) / 1000] },
                y: { range: (_, __, max) => [0, Math.max(4, max * 1.08)] },
            },
            axes: [
                { ...axis, grid: { show: false }, size: 24, space: 44, values: (_, splits) => splits.map((s, i) => tick(s * 1000, i > 0 ? splits[i - 1] * 1000 : 0, this.#n * this.#width)) },
                { ...axis, grid: { stroke: line, width: 1 }, size: 40, space: box.clientHeight < LOW ? 24 : 42, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6] },
            ],
            series: [{}, ...[...SEVERITIES].reverse().map(severity => ({ fill: colour(severity), width: 0, paths: bars, points: { show: false } }))],
            hooks: { setCursor: [chart => this.#tip(chart)], setSelect: [chart => this.#brush.pulled(chart)] },
        };
    }

    #tip(chart) {
        const tip = this.#box.querySelector('.tip');
        const { idx, left } = chart.cursor;
        tip.hidden = idx === null || idx === undefined || left < 0;
        if (tip.hidden) return;
        const time = document.createElement('strong');
        time.className = 'num';
        time.textContent = `${label(this.#from + idx * this.#width, this.#n * this.#width)} UTC`;
        const list = document.createElement('dl');
        for (let i = SEVERITIES.length - 1; i >= 0; i--) {
            const name = document.createElement('dt');
            name.textContent = SEVERITIES[i][0].toUpperCase() + SEVERITIES[i].slice(1);
            const count = document.createElement('dd');
            count.className = 'num';
            count.textContent = this.#counts[i][idx].toLocaleString('en');
            list.append(name, count);
        }
        tip.replaceChildren(time, list);
        const over = chart.over.getBoundingClientRect();
        const box = this.#box.getBoundingClientRect();
        const at = over.left - box.left + left;
        tip.style.left = `${at + 14 + tip.offsetWidth > box.width ? at - 14 - tip.offsetWidth : at + 14}px`;
    }
}

const DAY = 86_400_000;

/** A time as the table and the tip show it: with its day when the range is long. */
function label(ms, range) {
    return range < DAY ? clock(ms) : new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/** A time below the chart; the day stands where it changes. */
function tick(ms, before, range) {
    const day = new Date(ms).toISOString().slice(5, 10);
    return range >= DAY && (!before || new Date(before).toISOString().slice(5, 10) !== day) ? day : clock(ms).slice(0, 5);
}

function cell(count) {
    const element = document.createElement('td');
    element.textContent = count.toLocaleString('en');
    return element;
}

function size(box) {
    const style = getComputedStyle(box);
    return {
        width: Math.max(120, Math.floor(box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight))),
        height: Math.floor(box.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)),
    };
}
