/** Starts the dashboard: one connection for the tab, and for each page its own part while it is shown. */
import { navigate } from './html.js';
import { isPaused, ns, onBeat, startLive, togglePause } from './live.js';
import { startScreen } from './screen.js';
import { bind, startKeys } from './keys.js';
import { startTheme } from './theme.js';
import { startToasts, toast, undo } from './toast.js';
import { badge, startSummary } from './shell.js';
import { fill, fillDue, follow } from './time.js';
import { mountOverview } from './overview.js';
import { startMenus } from './menus.js';
import { startNotify } from './notify.js';
import { mountWall, startWall } from './wall.js';

/** What a page does while it is shown, by the `data-page` of its `<main>`. */
const PAGES = { overview: mountOverview, wall: mountWall };

/** The scripts of these are fetched with the first of their pages. */
const LATER = {
    alert: () => import('./alerts.js').then(({ mountAlert }) => mountAlert),
    alerts: () => import('./alerts.js').then(({ mountAlerts }) => mountAlerts),
    groups: () => import('./groups.js').then(({ mountGroups }) => mountGroups),
    incident: () => import('./incidents.js').then(({ mountIncident }) => mountIncident),
    incidents: () => import('./incidents.js').then(({ mountIncidents }) => mountIncidents),
    map: () => import('./map.js').then(({ mountMap }) => mountMap),
    network: () => import('./network.js').then(({ mountNetwork }) => mountNetwork),
    session: () => import('./honeypot.js').then(({ mountSession }) => mountSession),
    sheets: () => import('./sheets.js').then(({ mountSheets }) => mountSheets),
    stats: () => import('./stats.js').then(({ mountStats }) => mountStats),
    topology: () => import('./topology.js').then(({ mountTopology }) => mountTopology),
};

let shown = null;
let element = null;

async function mount() {
    const main = document.getElementById('main');
    if (!main || main === element) return;
    shown?.stop();
    element = main;
    const moved = Boolean(shown);
    const { page } = main.dataset;
    show((PAGES[page] ?? mountPlain)(main));
    fill(main);
    showCurrent();
    if (moved && !document.activeElement?.id) main.focus({ preventScroll: true });
    const later = await LATER[page]?.().catch(missing);
    if (!later || main !== element) return;
    shown.stop();
    show(later(main));
}

/** The page is shown all the same, and all that is not of this script works. */
function missing(error) {
    reportError(error);
    toast('A script of this page did not come: it does not change by itself. Load it again.', true);
}

function show(page) {
    shown = page;
    bind(page.keys);
}

/** On a phone the pages are a strip: the present one is in the middle of it. */
function showCurrent() {
    const nav = document.getElementById('nav');
    const current = nav?.querySelector('[aria-current]');
    if (!current || nav.scrollWidth <= nav.clientWidth) return;
    nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
}

function mountPlain() {
    onBeat(() => ns.call('dashboard.pulse').then(badge));
    return { keys: {}, stop() {} };
}

/** Going back: the page is fetched again, with present data, and put where it was. */
function onHistory(event) {
    event.preventDefault();
    navigate(event.detail.path, { push: false });
}

function onRequest(event) {
    event.detail.ctx.request.headers['X-CSRF-Token'] = document.body.dataset.csrf ?? '';
}

function onCopy(event) {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const text = button.closest('.command').querySelector('code').textContent;
    navigator.clipboard.writeText(text).then(
        () => toast('Copied'),
        () => toast('Copying is not possible here: select the command instead', true),
    );
}

document.documentElement.classList.add('js');
follow(Number(document.getElementById('main')?.dataset.now) || Date.now());
document.addEventListener('htmx:config:request', onRequest);
document.addEventListener('htmx:before:history:restore', onHistory);
document.addEventListener('htmx:after:swap', mount);
document.addEventListener('htmx:error', () => toast('The server did not answer. Nothing was changed.', true));
document.addEventListener('click', onCopy);
// a form that has done its work leads back; the message about it stays
document.addEventListener('htmx:after:request', event => {
    const back = event.target.dataset?.return;
    if (back && event.detail.ctx.response?.status < 400) navigate(back);
});
let path = location.pathname;
document.addEventListener('htmx:after:swap', () => {
    if (location.pathname !== path) scrollTo(0, 0);
    path = location.pathname;
});
startTheme();
startMenus();
startToasts();
startSummary();
startKeys({ navigate, togglePause, undo });
// live is a page that does all it can
await mount();
startScreen();
startLive();
startNotify();
startWall();
setInterval(() => isPaused() || document.hidden || fillDue(), 250);
