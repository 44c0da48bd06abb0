/** Single-key shortcuts. They can be switched off (some people speak to their machine), and rest while somebody types. */

const SWITCH = 'ns-keys';
const GO_TIME = 1200;
let bindings = {};
let goUntil = 0;

/** The keys of the page that is shown: `{j: () => …}`. */
export function bind(keys) {
    bindings = keys;
}

export function startKeys({ navigate, togglePause, undo }) {
    const always = {
        p: togglePause,
        u: undo,
        '?': () => document.getElementById('help').showModal(),
        '/': () => document.getElementById('search')?.focus(),
        g: () => (goUntil = Date.now() + GO_TIME),
    };
    document.addEventListener('keydown', event => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        if (event.key === 'Escape') return escape(event);
        if (!enabled() || typing(event.target) || document.querySelector('dialog[open]')) return;
        const action = going(event.key, navigate) ?? bindings[event.key] ?? always[event.key];
        if (!action) return;
        event.preventDefault();
        action(event);
    });
    const box = document.querySelector('[data-keys]');
    box.checked = enabled();
    box.addEventListener('change', () => localStorage.setItem(SWITCH, box.checked ? 'on' : 'off'));
}

function enabled() {
    return localStorage.getItem(SWITCH) !== 'off';
}

function going(key, navigate) {
    if (Date.now() > goUntil) return undefined;
    goUntil = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    return link ? () => navigate(link.getAttribute('href')) : undefined;
}

function escape(event) {
    if (typing(event.target)) event.target.blur();
    else bindings.Escape?.(event);
}

function typing(element) {
    return element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) || (element.tagName === 'INPUT' && !/^(checkbox|radio|button|submit)$/.test(element.type));
}
