// The cases that Python's unroll is held to, and a seeded source of chance.
import { readFileSync } from "node:fs";
import { Engine } from "../../pages/components/player/engine.js";

export const CASES = JSON.parse(readFileSync(new URL("../cases/timeline.json", import.meta.url), "utf-8")).cases;
export const caseNamed = (name) => CASES.find((c) => c.name === name);
export const TIMING = CASES[0].timing;

/** An engine whose instants come back from its events: `at(event)` is the monotonic ms of its end. */
export function makeEngine(phases, timing = TIMING) {
  return { engine: new Engine(phases, timing), at: (event) => Date.parse(event.at) };
}

/** mulberry32: the same numbers for the same seed, in [0, 1). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
