/** A notification of the browser and a sound when a critical alert comes, for those who have switched it on in this browser. */
import { navigate } from './html.js';
import { ns } from './live.js';
import { toast } from './toast.js';

const NOTIFY = 'ns-notify';
const SOUND = 'ns-sound';
/** One for all that come within this time, milliseconds. */
const TOGETHER = 4_000;
/** How long to wait for being heard, milliseconds. */
const PATIENCE = 400;

let subscription = null;
let audio = null;
let silent = false;
let count = 0;
let timer = 0;

export function startNotify() {
    follow();
    document.addEventListener('change', onChange);
    document.addEventListener('htmx:after:swap', draw);
    // a browser lets a page be heard only after somebody has touched it
    for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, () => on(SOUND) && wake(), { passive: true });
    draw();
}

function on(name) {
    return localStorage.getItem(name) === 'on';
}

function draw() {
    const [notify, why, sound] = ['notify', 'notify-why', 'sound'].map(name => document.querySelector(`[data-${name}]`));
    if (notify) notify.checked = on(NOTIFY) && granted();
    if (sound) sound.checked = on(SOUND);
    if (!why) return;
    why.textContent = obstacle();
    why.hidden = !why.textContent;
}

function granted() {
    return 'Notification' in globalThis && Notification.permission === 'granted';
}

/** Why there are no notifications, whatever the switch says; empty when nothing is in the way. */
function obstacle() {
    if (!('Notification' in globalThis)) return 'This browser has no notifications for this address: most have them over HTTPS and on localhost only.';
    if (Notification.permission === 'denied') return 'This browser refuses notifications for this address: allow them in its settings for the site, over HTTPS or on localhost, then switch on.';
    if (on(NOTIFY) && !granted()) return 'This browser no longer allows notifications for this address: switch on again, and it asks.';
    return '';
}

async function onChange({ target }) {
    if (target.matches('[data-notify]')) {
        if (target.checked && !(await allowed())) {
            target.checked = false;
            toast(obstacle() || 'Notifications stay off: the question of the browser was not answered with yes', true);
        }
        localStorage.setItem(NOTIFY, target.checked ? 'on' : 'off');
        draw();
    } else if (target.matches('[data-sound]')) {
        localStorage.setItem(SOUND, target.checked ? 'on' : 'off');
        if (target.checked) beep();
    } else return;
    follow();
}

async function allowed() {
    return 'Notification' in globalThis && (await Notification.requestPermission()) === 'granted';
}

/** Its own subscription, which does not rest while the page is hidden: that is when it is needed. */
function follow() {
    const wanted = on(NOTIFY) || on(SOUND);
    if (wanted && !subscription) {
        subscription = ns.subscribe(
            { channel: 'alerts', sub: 'critical', filter: 'severity = critical and event.kind = alert and not ns.house.action = suppress', fields: ['id', 'rule.name'], rate: 2 },
            { event },
        );
    } else if (!wanted) {
        subscription?.close();
        subscription = null;
    }
}

function event({ data }) {
    count++;
    if (timer) return;
    timer = setTimeout(() => {
        timer = 0;
        if (count > 1) tell(data);
        count = 0;
    }, TOGETHER);
    tell(data);
}

function tell(data) {
    if (on(SOUND)) beep();
    if (!on(NOTIFY) || !granted()) return;
    const id = data?.id;
    const title = count > 1 ? `${count} critical alerts` : 'Critical alert';
    // the same tag in every tab: it is shown once
    const shown = notification(title, { body: String(data?.rule?.name ?? ''), tag: `netsentinel-${count > 1 ? 'many' : id}` });
    shown?.addEventListener('click', () => {
        window.focus();
        navigate(count > 1 || !id ? '/alerts?severity=critical' : `/alerts?alert=${encodeURIComponent(id)}`);
        shown.close();
    });
}

/** Some browsers, of phones for the most part, have the permission and throw all the same: they take notifications from service workers only. */
function notification(title, options) {
    try {
        return new Notification(title, options);
    } catch {
        localStorage.setItem(NOTIFY, 'off');
        draw();
        follow();
        toast('This browser shows no notifications of a page: they are switched off here, the sound is left', true);
        return null;
    }
}

/** Two short tones. Of several tabs one is heard, where the browser can tell them apart. */
function beep() {
    if (!navigator.locks) return play();
    return navigator.locks.request('ns-sound', { ifAvailable: true }, lock => lock && play());
}

/** Asks to be heard. Until somebody touches the page a browser neither refuses nor agrees. */
function wake() {
    audio ??= new AudioContext();
    return audio.state === 'running' ? Promise.resolve() : audio.resume();
}

async function play() {
    await Promise.race([wake(), new Promise(done => setTimeout(done, PATIENCE))]);
    // a tone that was put off would be heard with the next click, as if something came then
    if (audio.state !== 'running') {
        if (!silent) toast('A critical alert came without its sound: this browser lets a page be heard only after a click or a key in it', true);
        silent = true;
        return;
    }
    silent = false;
    const start = audio.currentTime;
    for (const [pitch, at] of [[880, 0], [660, 0.16]]) {
        const tone = new OscillatorNode(audio, { frequency: pitch });
        const level = new GainNode(audio, { gain: 0 });
        level.gain.setTargetAtTime(0.18, start + at, 0.01);
        level.gain.setTargetAtTime(0, start + at + 0.11, 0.02);
        tone.connect(level).connect(audio.destination);
        tone.start(start + at);
        tone.stop(start + at + 0.25);
    }
    await new Promise(done => setTimeout(done, 500));
}
