/** How long alerts take from when they were taken in until they are on this screen: the server is told now and then. */
import { ns } from './live.js';
import { now } from './time.js';

const EVERY = 10_000;
const MOST = 50;

let times = [];
let liveSince = Infinity;

/**
 * Rows were put into the page that waited for nobody. Only the newest counts, and only what came while the stream was live.
 * `framed`: this is the start of a frame, which shows them.
 */
export function painted(rows, framed) {
    const taken = Math.max(...rows.map(row => Date.parse(row.dataset.taken)).filter(Number.isFinite));
    if (taken < liveSince || !Number.isFinite(taken) || times.length >= MOST) return;
    const seen = () => times.push(Math.max(0, Math.round(now() - taken)));
    if (framed) afterFrame(seen);
    else requestAnimationFrame(() => afterFrame(seen));
}

/** The task after the present frame: what was put in before can be seen. */
function afterFrame(task) {
    const channel = new MessageChannel();
    channel.port1.onmessage = task;
    channel.port2.postMessage(0);
}

async function tell() {
    if (times.length === 0 || !/^(live|catching-up)$/.test(ns.state.name)) return;
    const millis = times.slice(0, MOST);
    times = [];
    // a figure is not worth an error on the page: what was not told is not counted
    await ns.call('dashboard.painted', { millis }).catch(() => {});
}

export function startScreen() {
    ns.on('state', ({ name }) => {
        if (name !== 'live') liveSince = Infinity;
        else if (liveSince === Infinity) liveSince = now();
    });
    setInterval(tell, EVERY);
}
