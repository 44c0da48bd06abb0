/** Light or dark: the system's choice until the switch is used; then a cookie, so the server draws it right at once. */

const YEAR = 31_536_000;

export function theme() {
    const chosen = document.documentElement.dataset.theme;
    return chosen || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

/** Calls back after each change, by the switch or by the system. */
export function onTheme(listener) {
    document.addEventListener('ns:theme', listener);
    return () => document.removeEventListener('ns:theme', listener);
}

/** The colour a custom property stands for at present. */
export function colour(name) {
    const probe = document.createElement('i');
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
}

export function startTheme() {
    document.querySelector('[data-switch-theme]')?.addEventListener('click', () => {
        const next = theme() === 'dark' ? 'light' : 'dark';
        document.documentElement.dataset.theme = next;
        document.cookie = `ns-theme=${next}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
        document.dispatchEvent(new CustomEvent('ns:theme'));
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => document.dispatchEvent(new CustomEvent('ns:theme')));
}
