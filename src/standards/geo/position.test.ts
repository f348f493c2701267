import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boxAround, isPosition, metresBetween } from "./position.ts";

const townPosition = fc.record({ lon: fc.double({ min: 73, max: 135, noNaN: true }), lat: fc.double({ min: 3, max: 54, noNaN: true }) });

test("one degree of a meridian is 111.2 km", () => {
  assert.ok(Math.abs(metresBetween({ lon: 114, lat: 27 }, { lon: 114, lat: 28 }) - 111_195) < 1);
});

test("distance is the same both ways and zero to oneself", () => {
  fc.assert(
    fc.property(townPosition, townPosition, (a, b) => {
      assert.equal(metresBetween(a, a), 0);
      assert.ok(Math.abs(metresBetween(a, b) - metresBetween(b, a)) < 1e-6);
    }),
  );
});

test("whatever lies within the distance lies within the box", () => {
  const step = fc.double({ min: -0.004, max: 0.004, noNaN: true });
  fc.assert(
    fc.property(townPosition, step, step, (from, lon, lat) => {
      const to = { lon: from.lon + lon, lat: from.lat + lat };
      if (metresBetween(from, to) > 250) return;
      const { west, east, south, north } = boxAround(from, 250);
      assert.ok(to.lon >= west && to.lon <= east && to.lat >= south && to.lat <= north);
    }),
  );
});

test("a position off the globe is none", () => {
  assert.ok(isPosition(114.39, 27.81));
  for (const [lon, lat] of [
    [181, 0],
    [0, -91],
    [Number.NaN, 0],
    [0, Number.POSITIVE_INFINITY],
  ] as const)
    assert.ok(!isPosition(lon, lat));
});
