// Makes what the server sends from the sources in src/main/web, the client in sdk/js and the packages of package.json:
//   assets/NAME and assets/NAME.gz   the files below /assets/{version}/
//   assets.properties                the version (a hash over all of them) and the names
//   templates/icons.html             the icons as one inline SVG sprite
//   templates/world.html             the map of the world, and places.properties, the countries on it
//   licenses/PACKAGE.txt             the licences of what was copied
// Usage: node build/build.js OUTPUT-FOLDER
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, constants } from 'node:zlib';
import './install.js';
import { world } from './map.js';

const root = join(import.meta.dirname, '..');
const out = join(root, process.argv[2] ?? 'target/classes/io/netsentinel/webui');
const modules = join(root, 'node_modules');
const web = join(root, 'src/main/web');
const read = (...path) => readFileSync(join(...path));
const text = (...path) => read(...path).toString('utf8');

/** Stylesheets in cascade order. */
const STYLES = ['tokens', 'base', 'shell', 'panels', 'overview', 'alerts', 'drawer', 'incidents', 'forms', 'sheets', 'topology', 'pages', 'menus', 'groups', 'map', 'preferences'];

/** Icons by the name templates use. */
const ICONS = {
    overview: 'layout-dashboard',
    alerts: 'bell',
    incidents: 'siren',
    scores: 'gauge',
    health: 'heart-pulse',
    map: 'globe',
    stats: 'chart-line',
    topology: 'network',
    network: 'activity',
    logs: 'scroll-text',
    honeypot: 'bug',
    integrations: 'plug',
    connections: 'cable',
    channels: 'radio-tower',
    queues: 'inbox',
    rules: 'shield',
    settings: 'settings',
    help: 'circle-question-mark',
    users: 'users',
    views: 'bookmark',
    when: 'clock',
    download: 'download',
    audit: 'file-clock',
    account: 'circle-user-round',
    search: 'search',
    theme: 'sun-moon',
    sign_out: 'log-out',
    close: 'x',
    check: 'check',
    escalate: 'arrow-up-right',
    undo: 'undo-2',
    note: 'message-square-text',
    keyboard: 'keyboard',
    pause: 'pause',
    copy: 'copy',
    table: 'table-2',
    up: 'arrow-up',
    older: 'chevron-right',
    newer: 'chevrons-left',
    sensor: 'radio-tower',
    warning: 'triangle-alert',
    lock: 'lock-keyhole',
    missing: 'map-pin-off',
    menu: 'menu',
    role_server: 'server',
    role_web: 'globe',
    role_dns: 'signpost',
    role_mail: 'mail',
    role_files: 'folder',
    role_database: 'database',
    role_printer: 'printer',
    role_industrial: 'factory',
    role_voice: 'phone',
    role_dhcp: 'router',
    role_time: 'clock',
    role_domain: 'key-round',
};

/** Our own mark. */
const LOGO =
    '<symbol id="i-logo" viewBox="0 0 24 24"><path d="M12 2.5l8 3v6.2c0 4.9-3.4 8.3-8 9.8-4.6-1.5-8-4.9-8-9.8V5.5z"/>' +
    '<circle cx="12" cy="11.5" r="2.4" fill="currentColor" stroke="none"/></symbol>';

const LICENSES = {
    'htmx.org': 'LICENSE',
    uplot: 'LICENSE',
    'lucide-static': 'LICENSE',
    '@fontsource-variable/inter': 'LICENSE',
    'world-atlas': 'LICENSE',
};

function assets() {
    const files = new Map();
    files.set('app.css', squeeze([...STYLES.map(name => text(web, 'css', `${name}.css`)), text(modules, 'uplot/dist/uPlot.min.css')].join('\n')));
    for (const name of readdirSync(join(web, 'js'))) files.set(name, read(web, 'js', name));
    files.set('netsentinel.js', read(root, '../sdk/js/netsentinel.js'));
    files.set('htmx.js', read(modules, 'htmx.org/dist/htmx.esm.min.js'));
    files.set('uplot.js', text(modules, 'uplot/dist/uPlot.iife.min.js').trimEnd() + '\nexport default uPlot;\n');
    files.set('inter.woff2', read(modules, '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'));
    files.set('icon.svg', read(web, 'icon.svg'));
    return files;
}

/** Drops comments and indentation; a stylesheet has no string that either could hurt. */
function squeeze(css) {
    return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\n\s+/g, '\n').replace(/\n+/g, '\n').trim() + '\n';
}

function sprite() {
    const symbols = Object.entries(ICONS).map(([name, file]) => {
        const svg = text(modules, 'lucide-static/icons', `${file}.svg`);
        const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
        return `<symbol id="i-${name}" viewBox="0 0 24 24">${body}</symbol>`;
    });
    return `<svg th:fragment="icons" class="sprite" aria-hidden="true" xmlns:th="http://www.thymeleaf.org">\n${LOGO}\n${symbols.join('\n')}\n</svg>\n`;
}

function write() {
    const files = assets();
    const hash = createHash('sha256');
    rmSync(join(out, 'assets'), { recursive: true, force: true });
    for (const folder of ['assets', 'templates', 'licenses']) mkdirSync(join(out, folder), { recursive: true });
    for (const [name, content] of [...files].sort()) {
        const bytes = Buffer.from(content);
        hash.update(name).update(bytes);
        writeFileSync(join(out, 'assets', name), bytes);
        if (!name.endsWith('.woff2')) {
            writeFileSync(join(out, 'assets', `${name}.gz`), gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
        }
    }
    const version = hash.digest('hex').slice(0, 12);
    writeFileSync(join(out, 'assets.properties'), `version=${version}\nfiles=${[...files.keys()].sort().join(' ')}\n`);
    writeFileSync(join(out, 'templates/icons.html'), sprite());
    const map = world(modules);
    writeFileSync(join(out, 'templates/world.html'), map.template);
    writeFileSync(join(out, 'places.properties'), map.places);
    for (const [name, file] of Object.entries(LICENSES)) {
        writeFileSync(join(out, 'licenses', `${name.replace(/[@/]/g, '_').replace(/^_/, '')}.txt`), read(modules, name, file));
    }
}

write();
