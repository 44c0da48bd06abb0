/** What the threat map counts, as the server counted it: what comes is added, what has grown too old leaves. */

/** In this order: the last is the worst. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'];
/** As on the server: so many of the newest alerts are counted, so many routes drawn. */
const MOST = 5_000;
const MOST_ROUTES = 60;

export class Traffic {
    #length;
    #step;
    /** Oldest first: { at, from, to, worst, alerts }. */
    #moments;
    #total;
    #whole;

    /**
     * @param {string} counted `1764532000 CH US high 3;…`: when (seconds), from, to, how bad, how many
     * @param {number} length of the time that is shown, milliseconds
     * @param {number} step how exactly it is known when
     * @param {boolean} whole whether all of that time is in it
     */
    constructor(counted, length, step, whole) {
        this.#length = length;
        this.#step = step;
        this.#whole = whole;
        this.#moments = counted
            ? counted.split(';').map(one => {
                  const [at, from, to, worst, alerts] = one.split(' ');
                  return { at: Number(at) * 1000, from, to, worst: SEVERITIES.indexOf(worst), alerts: Number(alerts) };
              })
            : [];
        this.#total = this.#moments.reduce((sum, moment) => sum + moment.alerts, 0);
    }

    get total() {
        return this.#total;
    }

    /** Whether all alerts of the time are counted. */
    get whole() {
        return this.#whole;
    }

    /** Whether an alert of this moment is of the time that is shown. */
    covers(time, now) {
        return time > now - this.#length;
    }

    add(time, from, to, worst) {
        const at = Math.floor(time / this.#step) * this.#step;
        let place = this.#moments.length;
        this.#total++;
        while (place > 0 && this.#moments[place - 1].at >= at) {
            const moment = this.#moments[--place];
            if (moment.at === at && moment.from === from && moment.to === to && moment.worst === worst) {
                moment.alerts++;
                return;
            }
        }
        this.#moments.splice(place, 0, { at, from, to, worst, alerts: 1 });
    }

    /** Lets go of what is too old, and of the oldest of too many. True when anything went. */
    leave(now) {
        const before = this.#total;
        while (this.#moments.length > 0 && this.#moments[0].at + this.#step <= now - this.#length) this.#total -= this.#moments.shift().alerts;
        if (this.#total < before && this.#total < MOST) this.#whole = true;
        while (this.#total > MOST) {
            this.#whole = false;
            this.#total--;
            if (--this.#moments[0].alerts === 0) this.#moments.shift();
        }
        return this.#total < before;
    }

    /** Alerts that have a country at neither end. */
    get nowhere() {
        return this.#moments.reduce((sum, { from, to, alerts }) => (from || to ? sum : sum + alerts), 0);
    }

    /** From one country to another, the most important last, so that it lies on top. */
    routes() {
        const routes = sum(this.#moments.filter(({ from, to }) => from !== to), ({ from, to }) => `${from}>${to}`);
        routes.sort((a, b) => b.worst - a.worst || b.alerts - a.alerts || compare(a.from, b.from) || compare(a.to, b.to));
        return routes.slice(0, MOST_ROUTES).reverse();
    }

    /** Where alerts come from, those with most first. */
    sources() {
        return sum(this.#moments, ({ from }) => from).sort((a, b) => b.alerts - a.alerts || compare(a.from, b.from));
    }
}

/** Both ends of all routes, the worst last. Addresses without a country have no circle. */
export function ends(routes) {
    const both = routes.flatMap(({ from, to, worst, alerts }) => [{ from, worst, alerts }, { from: to, worst, alerts }]);
    return sum(both.filter(({ from }) => from), ({ from }) => from).sort((a, b) => a.worst - b.worst || compare(a.from, b.from));
}

function sum(all, key) {
    const sums = new Map();
    for (const one of all) {
        const known = sums.get(key(one));
        if (!known) {
            sums.set(key(one), { ...one });
            continue;
        }
        known.alerts += one.alerts;
        known.worst = Math.max(known.worst, one.worst);
    }
    return [...sums.values()];
}

function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
