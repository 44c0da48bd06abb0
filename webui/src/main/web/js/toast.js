/** Short messages at the bottom: what was done (with a way back), and what went wrong. */

const STAY = 9_000;

export function toast(text, bad = false) {
    const element = document.createElement('div');
    element.className = bad ? 'toast bad' : 'toast';
    element.role = bad ? 'alert' : 'status';
    const span = document.createElement('span');
    span.textContent = text;
    element.append(span);
    document.getElementById('toasts').append(element);
}

/** Presses the newest Undo button. */
export function undo() {
    document.querySelector('#toasts .toast:last-child [data-undo]')?.click();
}

export function startToasts() {
    const area = document.getElementById('toasts');
    new MutationObserver(records => {
        for (const record of records) for (const node of record.addedNodes) if (node.nodeType === 1) leave(node);
    }).observe(area, { childList: true });
    // an undo that was pressed is done: its toast goes when the answer's comes
    area.addEventListener('submit', event => event.target.closest('.toast')?.classList.add('used'));
}

function leave(element) {
    const area = element.parentElement;
    if (!area) return; // gone already: others came with it
    for (const used of area.querySelectorAll('.used')) used.remove();
    while (area.children.length > 3) area.firstElementChild.remove();
    const timer = setInterval(() => {
        if (element.matches(':hover, :focus-within')) return;
        clearInterval(timer);
        element.remove();
    }, STAY);
}
