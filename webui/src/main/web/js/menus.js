/** The menus of the header close when something else is pressed, and with Escape. */

const OPEN = 'details.menu[open]';

export function startMenus() {
    document.addEventListener('click', event => {
        for (const menu of document.querySelectorAll(OPEN)) if (!menu.contains(event.target)) menu.open = false;
    });
    document.addEventListener('keydown', event => {
        const menu = event.key === 'Escape' && document.querySelector(OPEN);
        if (!menu) return;
        event.stopImmediatePropagation();
        menu.open = false;
        menu.querySelector('summary').focus();
    });
    // what is downloaded is what is shown, too
    document.addEventListener(
        'click',
        event => {
            const link = event.target.closest?.('a[data-file]');
            if (!link) return;
            const here = new URL(location.href);
            here.searchParams.set('format', link.dataset.file);
            link.href = here.pathname + here.search;
        },
        { capture: true },
    );
    // what is saved is what is shown: the address may have changed since the page was made
    document.addEventListener('submit', event => {
        if ('here' in event.target.dataset) event.target.elements.href.value = location.pathname + location.search;
    });
}
