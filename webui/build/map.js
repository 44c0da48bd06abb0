// The map of the world, from the shapes of the package world-atlas (Natural Earth, public domain), for the page /map:
//   templates/world.html   the countries as one SVG path
//   places.properties      where the middle of each country lies on it, by its code of two letters
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the picture. */
const WIDTH = 1000;
/** From the equator to the upper edge. */
const ABOVE = 252;
const SCALE = WIDTH / (2 * Math.PI * 0.8707);
/** Nobody attacks from there, and it takes a fifth of the picture. */
const ANTARCTICA = '010';

/** The projection Natural Earth: nothing is torn, and no size is far off where people live. */
function project([longitude, latitude]) {
    const lambda = (longitude * Math.PI) / 180;
    const phi = (latitude * Math.PI) / 180;
    const p2 = phi * phi;
    const p4 = p2 * p2;
    const x = lambda * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)));
    const y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
    return [WIDTH / 2 + x * SCALE, ABOVE - y * SCALE];
}

/** The lines that shapes are made of, as longitude and latitude: TopoJSON keeps differences of whole numbers. */
function lines({ arcs, transform: { scale, translate } }) {
    return arcs.map(arc => {
        let x = 0;
        let y = 0;
        return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
    });
}

/** The outer ring of each polygon of a shape. */
function rings(geometry, all) {
    const polygons = geometry.type === 'Polygon' ? [geometry.arcs] : (geometry.arcs ?? []);
    return polygons.map(([outer]) => outer.flatMap((index, i) => (index < 0 ? all[~index].toReversed() : all[index]).slice(i === 0 ? 0 : 1))).map(unbroken);
}

/** Where a ring crosses the line of the date it goes on beyond it, instead of around the world. */
function unbroken(ring) {
    let turn = 0;
    return ring.map(([x, y], i) => {
        const step = i === 0 ? 0 : x - ring[i - 1][0];
        if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
        return [x + turn, y];
    });
}

function area(ring) {
    return ring.reduce((sum, [x, y], i) => {
        const [nextX, nextY] = ring[(i + 1) % ring.length];
        return sum + (x * nextY - nextX * y) / 2;
    }, 0);
}

function middle(ring) {
    const whole = area(ring);
    const sum = ring.reduce(
        ([cx, cy], [x, y], i) => {
            const [nextX, nextY] = ring[(i + 1) % ring.length];
            const part = x * nextY - nextX * y;
            return [cx + (x + nextX) * part, cy + (y + nextY) * part];
        },
        [0, 0],
    );
    return whole === 0 ? ring[0] : sum.map(value => value / (6 * whole));
}

/** Steps between tenths of a unit, which is short and compresses well. */
function outline(ring) {
    const points = ring.map(point => project(point).map(value => Math.round(value * 10)));
    const [first, ...rest] = points.filter(([x, y], i) => i === 0 || x !== points[i - 1][0] || y !== points[i - 1][1]);
    let [x, y] = first;
    const steps = rest.map(([toX, toY]) => {
        const step = `${toX - x} ${toY - y}`;
        [x, y] = [toX, toY];
        return step;
    });
    return steps.length > 2 ? `M${first.join(' ')}l${steps.join(' ')}z` : '';
}

function atlas(modules, name) {
    return JSON.parse(readFileSync(join(modules, 'world-atlas', `${name}.json`), 'utf8'));
}

/** `{template, places}`. */
export function world(modules) {
    const coarse = atlas(modules, 'countries-110m');
    const coarseLines = lines(coarse);
    const shapes = coarse.objects.countries.geometries
        .filter(({ id }) => id !== ANTARCTICA)
        .flatMap(geometry => rings(geometry, coarseLines).map(outline))
        .join('');
    const fine = atlas(modules, 'countries-50m');
    const fineLines = lines(fine);
    // ISO 3166-1: the number that names a shape, and the two letters that events have
    const codes = new Map(readFileSync(join(import.meta.dirname, 'countries.txt'), 'utf8').trim().split(/\s+/).map(one => [one.slice(0, 3), one.slice(3)]));
    const places = new Map();
    for (const geometry of fine.objects.countries.geometries) {
        const code = codes.get(geometry.id);
        if (!code || geometry.id === ANTARCTICA) continue;
        for (const ring of rings(geometry, fineLines)) {
            const size = Math.abs(area(ring));
            if (size > (places.get(code)?.size ?? -1)) places.set(code, { size, at: project(middle(ring)).map(Math.round) });
        }
    }
    return {
        template: `<svg xmlns:th="http://www.thymeleaf.org"><path th:fragment="world" class="land" transform="scale(.1)" d="${shapes}"></path></svg>\n`,
        places: [...places].map(([code, { at }]) => `${code}=${at.join(' ')}\n`).sort().join(''),
    };
}
