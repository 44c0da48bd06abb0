/** Ages beside the rows, by the server's clock: a wrong clock on the desk must not make news look old. */

let offset = 0;

/** Milliseconds to add to this machine's clock. */
export function follow(serverNow) {
    offset = serverNow - Date.now();
}

export function now() {
    return Date.now() + offset;
}

/** `5s`, `12m`, `3h`, `2d`; a time ahead of the server's clock is `0s`. */
export function age(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    if (seconds < 60) return `${seconds}s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
    if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
    return `${Math.floor(seconds / 86_400)}d`;
}

/** `5 s ago`, for places with room. */
export function ago(ms) {
    return age(ms).replace(/(\d)([a-z])$/, (_, n, unit) => `${n} ${unit === 'm' ? 'min' : unit} ago`);
}

/** `03:44:21`, in UTC as everywhere. */
export function clock(ms) {
    return new Date(ms).toISOString().slice(11, 19);
}

const PARSED = new WeakMap();
const SECOND = 1_000;
/** A frame that is drawn anyway takes the ages with it when they are about due: none is drawn only for them. */
const NEARLY = 700;
let filledAt = -SECOND;

/** Writes the ages of the whole page, at most once a second. */
export function fillDue() {
    if (performance.now() - filledAt >= SECOND) fill();
}

/** The same, when something else is written anyway. */
export function fillSoon() {
    if (performance.now() - filledAt >= NEARLY) fill();
}

/** Writes the present age into every `<time>` below `root`; touches only those that changed. */
export function fill(root = document) {
    const at = now();
    if (root === document) filledAt = performance.now();
    for (const element of root.querySelectorAll('time[datetime]:not([data-fixed])')) {
        let moment = PARSED.get(element);
        if (moment?.text !== element.dateTime) {
            moment = { text: element.dateTime, ms: Date.parse(element.dateTime) };
            PARSED.set(element, moment);
        }
        const text = 'ago' in element.dataset ? ago(at - moment.ms) : age(at - moment.ms);
        if (element.textContent !== text) element.textContent = text;
    }
}
