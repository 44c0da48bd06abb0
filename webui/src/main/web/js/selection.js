/** The rows somebody has ticked. */

export class Selection {
    #main;
    #last = null;

    constructor(main) {
        this.#main = main;
        main.addEventListener('change', event => {
            if (event.target.matches('[data-all]')) this.#all(event.target.checked);
            if (event.target.matches('#rows input')) this.#last = event.target.closest('tr');
            this.#draw();
        });
        main.querySelector('#rows').addEventListener('click', event => {
            if (event.shiftKey && event.target.matches('input')) this.#range(event.target.closest('tr'), event.target.checked);
        });
        main.addEventListener('htmx:finally:request', event => {
            if (event.target.id === 'bulk') this.clear();
        });
    }

    get any() {
        return this.#ticked().length > 0;
    }

    toggle(row, range) {
        if (!row) return;
        const box = row.querySelector('input');
        if (range && this.#last) this.#range(row, true);
        else box.checked = !box.checked;
        this.#last = row;
        this.#draw();
    }

    clear() {
        this.#all(false);
        this.#draw();
    }

    submit() {
        this.#main.querySelector('#bulk').requestSubmit(this.#main.querySelector('[data-bulk]'));
    }

    #ticked() {
        return [...this.#main.querySelectorAll('#rows input:checked')];
    }

    #all(checked) {
        for (const box of this.#main.querySelectorAll('#rows input')) box.checked = checked;
    }

    #range(row, checked) {
        const rows = [...this.#main.querySelectorAll('#rows tr')];
        const [from, to] = [rows.indexOf(this.#last), rows.indexOf(row)].sort((a, b) => a - b);
        if (from < 0) return;
        for (const one of rows.slice(from, to + 1)) one.querySelector('input').checked = checked;
        this.#draw();
    }

    #draw() {
        const n = this.#ticked().length;
        const button = this.#main.querySelector('[data-bulk]');
        const count = this.#main.querySelector('[data-selected]');
        if (button) button.disabled = n === 0;
        if (count) {
            count.textContent = n === 0 ? 'None selected' : `${n} selected`;
        }
        const all = this.#main.querySelector('[data-all]');
        const boxes = this.#main.querySelectorAll('#rows input').length;
        all.checked = n > 0 && n === boxes;
        all.indeterminate = n > 0 && n < boxes;
    }
}
