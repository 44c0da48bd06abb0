/** What stands around every page: number of open alerts, and a spoken summary that does not chatter. */

const SUMMARY_EVERY = 10_000;
let fresh = 0;
let critical = 0;

/** The number beside Alerts. */
export function badge({ open, hot }) {
    for (const element of document.querySelectorAll('#nav [data-open]')) {
        const text = open.toLocaleString('en');
        if (element.textContent !== text) element.textContent = text;
        element.classList.toggle('hot', hot);
        const title = `${text} open alerts`;
        if (element.title !== title) element.title = title;
    }
}

/** A new alert has come. */
export function summarize(severity) {
    fresh++;
    if (severity === 'critical') critical++;
}

/** At most one sentence in ten seconds for those who listen to the page. */
export function startSummary() {
    setInterval(() => {
        if (fresh === 0) return;
        const words = `${fresh} new ${fresh === 1 ? 'alert' : 'alerts'}`;
        document.getElementById('summary').textContent = critical > 0 ? `${words}, ${critical} critical` : words;
        fresh = 0;
        critical = 0;
    }, SUMMARY_EVERY);
}
