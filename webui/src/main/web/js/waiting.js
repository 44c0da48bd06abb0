/** No event has come yet: the page with the commands looks again as soon as one does. */
import { reload } from './html.js';
import { ns, onBeat } from './live.js';
import { badge } from './shell.js';

export function mountWaiting() {
    onBeat(async () => {
        const pulse = await ns.call('dashboard.pulse');
        badge(pulse);
        if (pulse.started) await reload();
    });
    return { keys: {}, stop() {} };
}
