/** Alerts in groups: a table that is fetched again, with the keys of triage. */
import { mountSheets } from './sheets.js';

export function mountGroups(main) {
    const sheets = mountSheets(main);
    const press = selector => document.activeElement?.closest('#sheets tr')?.querySelector(selector)?.click();
    return { ...sheets, keys: { ...sheets.keys, a: () => press('.deeds button'), s: () => press('.deeds a') } };
}
