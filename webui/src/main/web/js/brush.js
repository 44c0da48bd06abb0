/** Chooses a part of a chart: by pulling the pointer over it, or with the arrow keys, Shift to widen, and Enter. */

const LEAST_PIXELS = 4;

export class Brush {
    #box;
    #chart;
    #width;
    #choose;
    #at = null;
    #from = null;
    #pulling = false;

    /**
     * @param {HTMLElement} box what the chart stands in
     * @param {object} options
     * @param {() => object | null} options.chart the chart, as uPlot has it
     * @param {() => {from: number, width: number, count: number}} options.bars milliseconds
     * @param {(from: number, to: number) => void} options.choose
     */
    constructor(box, { chart, bars, choose }) {
        this.#box = box;
        this.#chart = chart;
        this.#width = bars;
        this.#choose = choose;
        box.tabIndex = 0;
        box.addEventListener('pointerdown', () => (this.#pulling = true));
        addEventListener('pointerup', this.#release);
        box.addEventListener('keydown', event => this.#key(event));
        box.addEventListener('blur', () => this.#clear());
    }

    #release = () => (this.#pulling = false);

    stop() {
        removeEventListener('pointerup', this.#release);
    }

    /** Whether the chart must stay as it is. */
    get active() {
        return this.#pulling || this.#at !== null;
    }

    /** What uPlot calls when the pointer has been pulled over it. */
    pulled(chart) {
        const { left, width } = chart.select;
        if (width < LEAST_PIXELS) return;
        this.#done(chart.posToVal(left, 'x') * 1000, chart.posToVal(left + width, 'x') * 1000);
    }

    #done(from, to) {
        const { width } = this.#width();
        this.#choose(Math.floor(from / width) * width, Math.ceil(to / width) * width);
    }

    #key(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const { from, width, count } = this.#width();
        const step = { ArrowLeft: -1, ArrowRight: 1, Home: -count, End: count }[event.key];
        if (step) this.#move(Math.min(count - 1, Math.max(0, (this.#at ?? (step > 0 ? -1 : count)) + step)), event.shiftKey);
        else if (event.key === 'Enter' && this.#at !== null) this.#done(from + Math.min(this.#at, this.#from) * width, from + (Math.max(this.#at, this.#from) + 1) * width);
        else if (event.key === 'Escape' && this.#at !== null) this.#clear();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }

    #move(to, widen) {
        this.#at = to;
        if (!widen || this.#from === null) this.#from = to;
        const chart = this.#chart();
        if (!chart) return;
        const { from, width } = this.#width();
        const left = chart.valToPos((from + Math.min(this.#at, this.#from) * width) / 1000, 'x');
        const right = chart.valToPos((from + (Math.max(this.#at, this.#from) + 1) * width) / 1000, 'x');
        chart.setSelect({ left, width: right - left, top: 0, height: chart.over.clientHeight }, false);
        chart.setCursor({ left: (left + right) / 2, top: 0 });
    }

    #clear() {
        this.#at = null;
        this.#from = null;
        this.#chart()?.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    }
}
