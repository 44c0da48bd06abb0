/** The figures of the server: a line for each, and `j` and `k` go from one to the next. */
import { mountSheets } from './sheets.js';

export function mountStats(main) {
    const sheets = mountSheets(main);
    return { ...sheets, keys: { ...sheets.keys, j: () => sheets.choosing.step(1), k: () => sheets.choosing.step(-1) } };
}
