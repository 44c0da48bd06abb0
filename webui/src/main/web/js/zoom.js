/** From a time to a part of it, and back: both moments are in the address, and where one came from is remembered. */
import { navigate } from './html.js';

const MOST = 50;
const before = [];

/** Shows a part of the time of a page, with whatever else its address says. */
export function zoomIn(from, to) {
    const iso = ms => new Date(ms).toISOString().replace('.000', '');
    const query = new URLSearchParams(location.search);
    query.delete('range');
    query.delete('before');
    query.set('from', iso(from));
    query.set('to', iso(to));
    before.push(here());
    if (before.length > MOST) before.shift();
    navigate(`${location.pathname}?${query}`);
}

/** Back to the longer time, or to now. False when what is shown is no chosen time. */
export function zoomOut() {
    const now = document.querySelector('#past a');
    if (!now) return false;
    let href = now.getAttribute('href');
    while (before.length > 0) {
        const last = before.pop();
        if (last === here() || last.split('?')[0] !== location.pathname) continue;
        href = last;
        break;
    }
    navigate(href);
    return true;
}

function here() {
    return location.pathname + location.search;
}
