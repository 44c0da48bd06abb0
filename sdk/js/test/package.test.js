import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as sdk from '../netsentinel.js';

const folder = join(import.meta.dirname, '..');
const read = name => readFileSync(join(folder, name), 'utf8');
const packaged = JSON.parse(read('package.json'));
const types = read('netsentinel.d.ts');

test('it is below 10 kB as it travels', () => {
    assert.ok(gzipSync(read('netsentinel.js'), { level: 9 }).length < 10_000);
});

test('it depends on nothing', () => {
    for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies']) assert.equal(packaged[kind], undefined);
    assert.doesNotMatch(read('netsentinel.js'), /^\s*import\s|\bimport\(|\brequire\(/m);
});

test('the package has what it promises', () => {
    for (const name of [packaged.main, packaged.types, ...packaged.files]) assert.ok(existsSync(join(folder, name)), name);
    assert.equal(packaged.exports['.'].default, packaged.main);
});

test('everything exported has a type, and every method too', () => {
    for (const [name, value] of Object.entries(sdk)) {
        assert.match(types, new RegExp(`export (class|function) ${name}\\b`));
        if (!/^class /.test(String(value))) continue;
        const body = types.slice(types.indexOf(`export class ${name} `));
        for (const member of Object.getOwnPropertyNames(value.prototype)) assert.match(body, new RegExp(`\\b${member}[(:<]`), member);
    }
    const client = new sdk.NetSentinel({ url: 'ws://x', WebSocket: class {} });
    const subscription = client.subscribe({ channel: 'a' });
    const body = types.slice(types.indexOf('export interface Subscription '));
    const inner = new Set(['listening', 'request', 'start', 'take', 'confirm', 'behind', 'call', 'constructor']);
    for (const member of Object.getOwnPropertyNames(Object.getPrototypeOf(subscription))) {
        if (!inner.has(member)) assert.match(body, new RegExp(`\\b${member}[(:]`), member);
    }
});
