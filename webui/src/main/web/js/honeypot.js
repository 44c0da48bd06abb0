/** One session of a honeypot: what was typed, played back in order and with its pauses. */
import { mountSheets } from './sheets.js';

/** A pause of the attacker is no pause for the reader. */
const LONGEST = 2_000;

export function mountSession(main) {
    const box = main.querySelector('#sheets');
    const play = main.querySelector('[data-play]');
    const place = main.querySelector('[data-place]');
    const slide = main.querySelector('[data-step]');
    const speed = main.querySelector('[data-speed]');
    let timer = 0;
    const steps = () => [...box.querySelectorAll('.steps > li')];
    const whole = () => Number(slide.value) >= Number(slide.max);
    const sheets = mountSheets(main, { busy: () => !whole() });
    const draw = () => {
        const all = steps();
        const at = Number(slide.value);
        all.forEach((step, i) => {
            step.hidden = i >= at;
            step.toggleAttribute('data-at', i === at - 1 && !whole());
        });
        const region = box.querySelector('.transcript');
        if (!whole()) region.scrollTop = region.scrollHeight;
        place.textContent = `${at} of ${all.length}`;
        play.textContent = timer ? 'Pause' : whole() ? 'Play' : 'Go on';
    };
    const stop = () => {
        clearTimeout(timer);
        timer = 0;
    };
    const next = () => {
        const all = steps();
        const at = Number(slide.value);
        if (at >= all.length) {
            stop();
            draw();
            return;
        }
        const wait = at === 0 ? 0 : Math.min(LONGEST, Number(all[at].dataset.after) - Number(all[at - 1].dataset.after));
        timer = setTimeout(() => {
            slide.value = at + 1;
            next();
        }, wait / Number(speed.value));
        draw();
    };
    const toggle = () => {
        if (timer) {
            stop();
        } else {
            if (whole()) slide.value = 0;
            next();
        }
        draw();
    };
    const listeners = new AbortController();
    const on = (target, name, listener) => target.addEventListener(name, listener, { signal: listeners.signal });
    on(play, 'click', toggle);
    on(slide, 'input', () => {
        stop();
        draw();
    });
    on(box, 'ns:filled', () => {
        const all = steps().length;
        slide.max = all;
        slide.value = all;
        draw();
    });
    return {
        ...sheets,
        keys: { ...sheets.keys, r: toggle },
        stop() {
            stop();
            listeners.abort();
            sheets.stop();
        },
    };
}
