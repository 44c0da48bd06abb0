// Serves target/preview and the assets under the policy of the real server, to look at pages without one.
// Usage: node build/preview.js [PORT]
import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { join, extname } from 'node:path';

const target = join(import.meta.dirname, '../target');
const POLICY =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx";
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.html': 'text/html; charset=utf-8' };

createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const asset = path.match(/^\/assets\/\w+\/([\w.]+)$/);
    const file = asset ? join(target, 'classes/io/netsentinel/webui/assets', asset[1]) : join(target, 'preview', path.slice(1) + '.html');
    if (path.includes('..') || !existsSync(file)) {
        response.writeHead(404).end();
        return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)], 'Content-Security-Policy': POLICY }).end(readFileSync(file));
}).listen(Number(process.argv[2] ?? 8090), '127.0.0.1');
