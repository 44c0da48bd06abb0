import { test } from 'node:test';
import assert from 'node:assert/strict';
import { flight } from '../../main/web/js/world.js';

test('an arc grows from its start to its end, then leaves from its start and fades', () => {
    assert.deepEqual(flight(0), { offset: 1, opacity: 1, over: false });
    assert.deepEqual(flight(0.5), { offset: 0, opacity: 1, over: false });
    const late = flight(0.999);
    assert.ok(late.offset > -1 && late.offset < -0.99);
    assert.ok(late.opacity > 0.39 && late.opacity < 0.42);
    assert.ok(!late.over);
});

test('it moves one way only and ends', () => {
    let before = flight(0).offset;
    for (let part = 0.01; part < 1; part += 0.01) {
        const { offset } = flight(part);
        assert.ok(offset < before);
        before = offset;
    }
    assert.ok(flight(1).over);
    assert.ok(flight(7).over);
});
