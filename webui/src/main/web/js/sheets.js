/** Pages of tables: fetched again when the channel they follow has something new, or every few seconds. */
import { ask } from './html.js';
import { hear, isPaused, ns, onBeat, subscribe } from './live.js';
import { badge } from './shell.js';
import { fill } from './time.js';

const EVERY = 3_000;
const CALM = 500;

export function mountSheets(main) {
    const box = main.querySelector('#sheets');
    let pointer = false;
    let again = 0;
    const holding = () => isPaused() || document.hidden || pointer || box.contains(document.activeElement);
    const refresh = async () => {
        if (holding()) return;
        await ask('GET', location.pathname + location.search, box, { swap: 'innerMorph', push: 'false' });
        fill(box);
    };
    const soon = () => {
        clearTimeout(again);
        again = setTimeout(refresh, CALM);
    };
    onBeat(() => ns.call('dashboard.pulse').then(badge));
    const timer = setInterval(refresh, EVERY);
    const channel = main.dataset.follows;
    const subscription = channel
        ? subscribe(
              { channel, sub: 'sheet' },
              {
                  event() {
                      hear();
                      soon();
                  },
              },
          )
        : undefined;
    const listeners = new AbortController();
    const on = (target, name, listener) => target.addEventListener(name, listener, { signal: listeners.signal });
    on(box, 'pointerenter', event => (pointer = event.pointerType === 'mouse'));
    on(box, 'pointerleave', () => {
        pointer = false;
        soon();
    });
    on(document, 'ns:resume', soon);
    on(document, 'htmx:after:request', event => event.target.closest?.('.deeds') && done());
    const done = () => {
        pointer = false;
        document.activeElement?.blur();
        refresh();
    };
    return {
        keys: { Escape: () => document.activeElement?.blur() },
        stop() {
            clearInterval(timer);
            clearTimeout(again);
            subscription?.close();
            listeners.abort();
        },
    };
}
