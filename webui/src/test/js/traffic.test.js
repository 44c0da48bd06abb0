import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ends, Traffic } from '../../main/web/js/traffic.js';

const LENGTH = 900_000;
const STEP = 10_000;
const NOW = 1_764_532_000_000;

const made = (counted, whole = true) => new Traffic(counted, LENGTH, STEP, whole);

test('goes on from what the server counted', () => {
    const traffic = made('1764531990 CH US critical 3;1764531990  CH medium 1;1764532000   info 2');
    traffic.add(NOW + 500, 'CH', 'US', 1);
    assert.equal(traffic.total, 7);
    assert.equal(traffic.nowhere, 2);
    assert.deepEqual(
        traffic.routes().map(({ from, to, worst, alerts }) => [from, to, worst, alerts]),
        [
            ['', 'CH', 2, 1],
            ['CH', 'US', 4, 4],
        ],
    );
    assert.deepEqual(traffic.sources().map(({ from, alerts }) => [from, alerts]), [['CH', 4], ['', 3]]);
});

test('what is too old leaves, also the worst of a route', () => {
    const traffic = made('');
    traffic.add(NOW - LENGTH + 5_000, 'RU', 'CH', 4);
    traffic.add(NOW, 'RU', 'CH', 1);
    assert.equal(traffic.leave(NOW), false);
    assert.equal(traffic.leave(NOW + 2 * STEP), true);
    assert.deepEqual(traffic.routes().map(({ worst, alerts }) => [worst, alerts]), [[1, 1]]);
    assert.equal(traffic.covers(NOW - LENGTH, NOW), false);
    assert.equal(traffic.covers(NOW - LENGTH + 1, NOW), true);
});

test('what comes late has its place in time', () => {
    const traffic = made('');
    for (const time of [NOW, NOW - 60_000, NOW - 30_000, NOW - 60_000]) traffic.add(time, 'A', 'B', 0);
    traffic.leave(NOW - 60_000 + LENGTH + 2 * STEP);
    assert.equal(traffic.total, 2);
});

test('of too many the newest are counted, and it says so until there are fewer', () => {
    const traffic = made('');
    for (let i = 0; i < 5_001; i++) traffic.add(NOW - (i === 0 ? 60_000 : 0), i === 0 ? 'OLD' : 'NEW', '', 0);
    traffic.leave(NOW);
    assert.equal(traffic.total, 5_000);
    assert.equal(traffic.whole, false);
    assert.deepEqual(traffic.sources().map(({ from }) => from), ['NEW']);
    traffic.add(NOW + LENGTH, 'NEW', '', 0);
    traffic.leave(NOW + LENGTH + 5 * STEP);
    assert.equal(traffic.total, 1);
    assert.equal(traffic.whole, true);
});

test('sixty routes are drawn, the worst on top', () => {
    const traffic = made('');
    for (let i = 0; i < 70; i++) traffic.add(NOW, `C${i}`, '', i === 5 ? 4 : 0);
    assert.equal(traffic.routes().length, 60);
    assert.equal(traffic.routes().at(-1).from, 'C5');
    assert.deepEqual(ends([{ from: 'A', to: '', worst: 1, alerts: 2 }, { from: '', to: 'A', worst: 3, alerts: 1 }]), [{ from: 'A', worst: 3, alerts: 3 }]);
});
