/** What sensors see of the network: each row is pushed when it comes; the sums above it are fetched now and then. */
import { ask } from './html.js';
import { LiveList } from './list.js';
import { hear, isPaused, subscribe } from './live.js';
import { mountSheets } from './sheets.js';

const ROWS = 200;

export function mountNetwork(main) {
    const { pushed, format, offset, epoch, filter } = main.dataset;
    // of the past, or nothing is there yet
    if (!pushed) return mountSheets(main);
    const box = main.querySelector('#sheets');
    const rows = () => box.querySelector('#sheet-records tbody');
    const sheets = mountSheets(main, { renew: () => sums(box) });
    const list = new LiveList({
        body: rows(),
        button: main.querySelector('[data-held]'),
        most: ROWS,
        paused: isPaused,
        key: row => row.id,
        place: row => Number(row.id.slice('n-'.length)),
        changed: (added, skipped) => settle(box, added, skipped),
    });
    const subscription = subscribe(
        { channel: pushed, sub: 'rows', format, filter: filter || undefined, offset: Number(offset), epoch: epoch || undefined },
        {
            event({ html }) {
                hear();
                if (html) list.push(html);
            },
        },
    );
    // something was opened or closed beside the table
    const filled = () => rows() && list.adopt(rows());
    box.addEventListener('ns:filled', filled);
    return {
        ...sheets,
        keys: { ...sheets.keys, '.': () => list.release() },
        stop() {
            box.removeEventListener('ns:filled', filled);
            subscription.close();
            list.stop();
            sheets.stop();
        },
    };
}

/** Who is seen most: that is not told by a row alone. */
function sums(box) {
    const here = location.pathname + location.search;
    return ask('GET', here, box.querySelector('#most'), { select: '#most', swap: 'outerMorph', push: 'false', headers: { 'HX-Target': 'div#sheets' } });
}

/** A pushed row is the same for everyone: what else stands in the address goes into its link here. */
function settle(box, added, skipped) {
    for (const row of added) {
        const query = new URLSearchParams(location.search);
        query.set('event', row.id.slice('n-'.length));
        row.querySelector('a[data-in]').setAttribute('href', `${location.pathname}?${query}`);
    }
    if (added.length === 0 && skipped === 0) return;
    const shown = box.querySelectorAll('#sheet-records tbody tr').length;
    const more = skipped > 0 ? `, ${skipped.toLocaleString('en')} came and went meanwhile` : '';
    box.querySelector('#sheet-records .sub').textContent = shown < ROWS ? `${shown} ${shown === 1 ? 'line' : 'lines'}` : `the newest ${ROWS} lines${more}`;
}
