/** The incidents: a list that is fetched again when one of them changes, and one incident that follows what others do to it. */
import { ask, elements } from './html.js';
import { hear, isPaused, ns, onBeat, subscribe } from './live.js';
import { badge } from './shell.js';
import { fill } from './time.js';

/** What of an event these pages look at: not the evidence. */
const FIELDS = ['ns.incident.id', 'ns.incident.version', 'ns.incident.status', 'ns.incident.owner', 'ns.incident.absorbed', 'ns.change.user', 'ns.change.action', 'ns.change.time', 'ns.change.note'];
const SOON = 10;
const CALM = 250;
/** Who gets no events of the channel asks again this often. */
const ASK = 10_000;

export function mountIncidents(main) {
    const body = main.querySelector('#rows');
    const button = main.querySelector('[data-held]');
    const changed = new Set();
    let pointer = false;
    const holding = () => isPaused() || document.hidden || pointer || body.contains(document.activeElement);
    const refresh = async () => {
        if (holding()) {
            button.hidden = changed.size === 0;
            button.textContent = `${changed.size} changed`;
            return;
        }
        changed.clear();
        button.hidden = true;
        await ask('GET', location.pathname + location.search, body, { swap: 'innerMorph', push: 'false' });
        fill(body);
        const n = body.querySelectorAll('tr').length;
        main.querySelector('[data-empty]').hidden = n > 0;
        main.querySelector('[data-shown]').textContent = `${n} ${n === 1 ? 'incident' : 'incidents'}${main.querySelector('[rel=next]') ? ', more follow' : ''}`;
    };
    const soon = calm(refresh);
    const stop = follow(main, ({ id, version, status, owner }) => {
        changed.add(id);
        const row = body.querySelector(`tr[data-id="${CSS.escape(id)}"]`);
        if (row && Number(row.dataset.version) < version) {
            row.dataset.version = version;
            row.dataset.status = status;
            row.querySelector('.owner').textContent = owner;
            row.querySelector('.state').textContent = word(status);
        }
        soon();
    });
    const listeners = new AbortController();
    const on = (target, name, listener) => target.addEventListener(name, listener, { signal: listeners.signal });
    on(body, 'pointerenter', event => (pointer = event.pointerType === 'mouse'));
    on(body, 'pointerleave', () => {
        pointer = false;
        if (changed.size > 0) soon();
    });
    const release = () => {
        pointer = false;
        if (body.contains(document.activeElement)) document.activeElement.blur();
        refresh();
    };
    on(button, 'click', release);
    on(document, 'ns:resume', () => changed.size > 0 && soon());
    return {
        keys: {
            j: () => move(body, 1),
            k: () => move(body, -1),
            '.': release,
            Escape: () => document.activeElement?.blur(),
        },
        stop() {
            stop();
            listeners.abort();
        },
    };
}

export function mountIncident(main) {
    const box = main.querySelector('#incident');
    const refresh = async () => {
        if (document.hidden) return;
        const ticked = [...box.querySelectorAll('input:checked')].map(input => input.value);
        await ask('GET', location.pathname, box, { swap: 'innerMorph', push: 'false' });
        for (const input of box.querySelectorAll('input[name=member]')) input.checked = ticked.includes(input.value);
        fill(box);
    };
    const soon = calm(refresh);
    const stop = follow(main, (incident, change) => {
        if (incident.id !== main.dataset.id || isPaused()) return;
        hint(box, incident, change);
        soon();
    });
    const listeners = new AbortController();
    const on = (target, name, listener) => target.addEventListener(name, listener, { signal: listeners.signal });
    on(document, 'ns:resume', soon);
    on(document, 'visibilitychange', soon);
    // what was written since stays
    const sent = new WeakMap();
    on(box, 'submit', event => sent.set(event.target, event.target.elements.note?.value ?? ''));
    on(box, 'htmx:after:request', event => {
        const form = event.target;
        if (/^(note|merge)-form$/.test(form.id) && event.detail.ctx.response.status < 400 && (form.elements.note?.value ?? '') === sent.get(form)) form.reset();
    });
    const press = selector => box.querySelector(selector)?.click();
    return {
        keys: {
            t: () => press('[data-take]'),
            n: () => box.querySelector('#note')?.focus(),
            Escape: () => document.activeElement?.blur(),
        },
        stop() {
            stop();
            listeners.abort();
        },
    };
}

/** What the event says already, while the rest is fetched. */
function hint(box, { version, status, owner }, change) {
    const shown = box.querySelector('#case');
    if (!version || !shown || Number(shown.dataset.version) >= version) return;
    write(box.querySelector('[data-status]'), word(status));
    write(box.querySelector('[data-owner]'), `with ${owner || 'nobody'}`);
    if (change?.action === 'note' && !HIDDEN.test(change.user + change.note)) seen(shown, version, note(change));
}

/** A note changes nothing else: with it, all that is new is shown, so what is done from now on is done to that version. */
function seen(shown, version, item) {
    shown.querySelector('.changes').append(item);
    if (Number(shown.dataset.version) + 1 !== version) return;
    shown.dataset.version = version;
    for (const input of shown.querySelectorAll('input[name=version]')) input.value = version;
}

/** What the server writes as code points is left to it. */
const HIDDEN = /[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/u;

function note({ user, time, note }) {
    const [item] = elements('<li><p class="what"><strong></strong><span>wrote</span><time class="muted" data-ago></time></p><p class="said"></p></li>');
    item.querySelector('strong').textContent = user;
    item.querySelector('time').dateTime = time;
    item.querySelector('.said').textContent = note;
    fill(item);
    return item;
}

function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

function word(status) {
    return status[0].toUpperCase() + status.slice(1);
}

/** Calls back with what every change leads to. */
function follow(main, changed) {
    onBeat(() => ns.call('dashboard.pulse').then(badge));
    if (!main.dataset.follows) {
        const timer = setInterval(() => changed({ id: main.dataset.id ?? '' }), ASK);
        return () => clearInterval(timer);
    }
    const subscription = subscribe(
        { channel: 'incidents', sub: 'incidents', fields: FIELDS, offset: Number(main.dataset.offset), epoch: main.dataset.epoch || undefined },
        {
            event(event) {
                hear();
                const incident = event.data?.ns?.incident;
                if (incident) changed(incident, event.data.ns.change);
            },
        },
    );
    return () => subscription.close();
}

/** At once when it was calm, and no more often than four times a second. */
function calm(run) {
    let timer = 0;
    let notBefore = 0;
    return () => {
        if (timer) return;
        timer = setTimeout(
            () => {
                timer = 0;
                notBefore = performance.now() + CALM;
                run();
            },
            Math.max(SOON, notBefore - performance.now()),
        );
    };
}

function move(body, step) {
    const rows = [...body.querySelectorAll('tr')];
    const at = rows.indexOf(document.activeElement?.closest('#rows tr'));
    const next = rows[at < 0 ? 0 : at + step];
    next?.querySelector('.sig a').focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
}
