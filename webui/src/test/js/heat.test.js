import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Heat } from '../../main/web/js/heat.js';

const alert = (id, severity, more = {}) => ({ id, event: { kind: 'alert' }, source: { ip: '10.0.0.1' }, destination: { ip: '10.0.0.2' }, ns: { severity, ...more } });
const change = (id, status) => ({ id: 'x', event: { kind: 'state' }, ns: { change: { id, status } } });

test('an alert warms both hosts and their connection, whoever began', () => {
    const heat = new Heat('A 10.0.0.1 10.0.0.2 medium');
    assert.deepEqual(heat.take(alert('B', 'critical')), ['10.0.0.1', '10.0.0.2', '10.0.0.1 10.0.0.2', '10.0.0.2 10.0.0.1']);
    for (const key of ['10.0.0.1', '10.0.0.2', '10.0.0.2 10.0.0.1']) assert.deepEqual(heat.of(key), { count: 2, worst: 4 });
    assert.deepEqual(heat.of('10.0.0.3'), { count: 0, worst: -1 });
});

test('what is acknowledged waits no more, and again when that is undone', () => {
    const heat = new Heat('A 10.0.0.1 10.0.0.2 medium;B 10.0.0.1 10.0.0.2 critical');
    assert.equal(heat.take(change('B', 'acknowledged')).length, 4);
    assert.deepEqual(heat.of('10.0.0.1'), { count: 1, worst: 2 });
    assert.deepEqual(heat.take(change('B', 'acknowledged')), []);
    heat.take(change('B', 'open'));
    assert.deepEqual(heat.of('10.0.0.1'), { count: 2, worst: 4 });
    assert.deepEqual(heat.take(change('unknown', 'acknowledged')), []);
});

test('a page made anew does not wake what was acknowledged meanwhile', () => {
    const heat = new Heat('A 10.0.0.1 10.0.0.2 high');
    heat.take(change('A', 'acknowledged'));
    heat.merge('A 10.0.0.1 10.0.0.2 high;C 10.0.0.1 10.0.0.9 low');
    assert.deepEqual(heat.of('10.0.0.1'), { count: 1, worst: 1 });
});

test('twice the same, what a rule suppressed, and what is no alert change nothing', () => {
    const heat = new Heat('');
    heat.take(alert('A', 'high'));
    assert.deepEqual(heat.take(alert('A', 'high')), []);
    assert.deepEqual(heat.take(alert('B', 'high', { house: { action: 'suppress' } })), []);
    assert.deepEqual(heat.take({ id: 'C', event: { kind: 'event' } }), []);
    assert.deepEqual(heat.take(undefined), []);
    assert.equal(heat.of('10.0.0.1').count, 1);
});

test('thousands of alerts do not pile up', () => {
    const heat = new Heat('');
    for (let i = 0; i < 5_003; i++) heat.take({ ...alert(`A${i}`, 'low'), source: { ip: `10.1.${i >> 8}.${i & 255}` } });
    assert.equal(heat.of('10.0.0.2').count, 5_000);
    assert.equal(heat.of('10.1.0.0').count, 0);
    assert.equal(heat.of('10.1.0.3').count, 1);
});

test('of too many the least bad are given up, and what waits for nobody before them', () => {
    const heat = new Heat('A 10.0.0.1 10.0.0.2 critical;B 10.0.0.1 10.0.0.2 high');
    heat.take(change('B', 'acknowledged'));
    for (let i = 0; i < 5_003; i++) heat.take({ ...alert(`C${i}`, 'low'), source: { ip: '10.0.0.3' } });
    assert.deepEqual(heat.of('10.0.0.1'), { count: 1, worst: 4 });
    assert.deepEqual(heat.of('10.0.0.2'), { count: 5_000, worst: 4 });
    heat.merge('B 10.0.0.1 10.0.0.2 high');
    assert.deepEqual(heat.of('10.0.0.1'), { count: 1, worst: 4 });
});

test('what was acknowledged while the page was fetched does not wait on it', () => {
    const heat = new Heat('');
    heat.take(change('A', 'acknowledged'));
    heat.take(change('B', 'acknowledged'));
    heat.take(change('B', 'open'));
    heat.merge('A 10.0.0.1 10.0.0.2 high;B 10.0.0.1 10.0.0.2 low');
    assert.deepEqual(heat.of('10.0.0.1'), { count: 1, worst: 1 });
});
