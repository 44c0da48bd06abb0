/** Which hosts and connections have alerts that wait for somebody, kept up to date by the alerts and changes that are pushed. */

import { SEVERITIES } from './traffic.js';

export const FIELDS = ['id', 'event.kind', 'source.ip', 'destination.ip', 'ns.severity', 'ns.house.action', 'ns.change.id', 'ns.change.status'];
/** Beyond it those are given up that wait for nobody, then the least bad; of these the ones that are known longest. */
const MOST = 5_000;
/** So many changes of alerts that are not known are kept: the page may name such an alert later. */
const MOST_CHANGES = 2_000;

const ACKNOWLEDGED = 'acknowledged';

export class Heat {
    /** By id: { from, to, worst, waits }. */
    #alerts = new Map();
    /** By host, and by both hosts of a connection: the ids of their alerts. */
    #keys = new Map();
    /** Their ids as they are given up: first what waits for nobody, then by how bad. */
    #ranks = [new Set(), ...SEVERITIES.map(() => new Set())];
    /** By the id of an alert that is not known: its status. */
    #changes = new Map();

    /** @param {string} text `id from to severity;…`, as the server made it */
    constructor(text) {
        this.merge(text);
    }

    /** The page was made anew: what it knows more. What has changed since is known here. */
    merge(text) {
        if (!text) return;
        for (const one of text.split(';')) {
            const [id, from, to, severity] = one.split(' ');
            this.#add(id, from, to, severity);
        }
    }

    /** What an event of the channel `alerts` means. Returns the keys that are other than before. */
    take(data) {
        const change = data?.ns?.change;
        if (change?.id) return this.#change(change);
        const { id, event, source, destination, ns } = data ?? {};
        // a rule of the house has acknowledged it: it waits for nobody
        return event?.kind === 'alert' && id && ns?.house?.action !== 'suppress' ? this.#add(id, source?.ip ?? '', destination?.ip ?? '', ns?.severity) : [];
    }

    /** How many alerts wait, and how bad the worst is; 0 and -1 for none. */
    of(key) {
        let count = 0;
        let worst = -1;
        for (const id of this.#keys.get(key) ?? []) {
            const alert = this.#alerts.get(id);
            if (!alert.waits) continue;
            count++;
            worst = Math.max(worst, alert.worst);
        }
        return { count, worst };
    }

    #change({ id, status }) {
        const alert = this.#alerts.get(id);
        const waits = status !== ACKNOWLEDGED;
        if (!status) return [];
        if (!alert) this.#remember(id, status);
        if (!alert || alert.waits === waits) return [];
        this.#ranks[rank(alert)].delete(id);
        alert.waits = waits;
        this.#ranks[rank(alert)].add(id);
        return keys(alert);
    }

    #add(id, from, to, severity) {
        const worst = SEVERITIES.indexOf(severity);
        if (this.#alerts.has(id) || worst < 0) return [];
        const alert = { from, to, worst, waits: this.#changes.get(id) !== ACKNOWLEDGED };
        this.#changes.delete(id);
        this.#alerts.set(id, alert);
        this.#ranks[rank(alert)].add(id);
        for (const key of keys(alert)) {
            if (!this.#keys.has(key)) this.#keys.set(key, new Set());
            this.#keys.get(key).add(id);
        }
        if (this.#alerts.size > MOST) this.#forget(this.#ranks.find(ids => ids.size > 0).values().next().value);
        return keys(alert);
    }

    #remember(id, status) {
        this.#changes.delete(id);
        this.#changes.set(id, status);
        if (this.#changes.size > MOST_CHANGES) this.#changes.delete(this.#changes.keys().next().value);
    }

    #forget(id) {
        const alert = this.#alerts.get(id);
        if (!alert.waits) this.#remember(id, ACKNOWLEDGED);
        this.#ranks[rank(alert)].delete(id);
        for (const key of keys(alert)) {
            const ids = this.#keys.get(key);
            ids.delete(id);
            if (ids.size === 0) this.#keys.delete(key);
        }
        this.#alerts.delete(id);
    }
}

function rank({ waits, worst }) {
    return waits ? worst + 1 : 0;
}

/** Whoever began: the alert may be about the answer. */
function keys({ from, to }) {
    return [...new Set([from, to, `${from} ${to}`, `${to} ${from}`])].filter(key => key.trim());
}
