import assert from "node:assert/strict";
import test from "node:test";
import { keyAction } from "../../pages/components/player/keys.js";
import { announcement, clock, cue, detail, halfwayMs, heading, speech, timeLeft, tonesAhead, tonesToResume }
  from "../../pages/components/player/words.js";
import { caseNamed } from "./cases.mjs";

const { phases } = caseNamed("a whole session: release, stretch, strengthen");
const at = (kind, step, side) => phases.findIndex((p) => p.kind === kind && p.step === step && (!side || p.side === side));

test("each kind of phase is announced with what a person needs to know", () => {
  assert.equal(announcement(phases, 0), "Get ready: sit down, Seated ball release, left side.");
  assert.equal(announcement(phases, 1), "Hold, Seated ball release, left side, set 1 of 3, 15 seconds.");
  assert.equal(announcement(phases, 2), "Rest, 10 seconds. Next: set 2, left side");
  assert.equal(announcement(phases, 6), "Rest, 10 seconds. Next: Seated figure-4 stretch, left side");
  assert.equal(announcement(phases, at("switch", 1)), "Halfway. Change to the right side.");
  assert.equal(speech(phases, at("move", 2)), "Go. 10 repetitions");
  assert.equal(speech(phases, at("hold", 1)), "Hold");
});

test("rests name what comes next in the heading", () => {
  assert.equal(heading(phases, 2), "Next: set 2 of 3");
  assert.equal(heading(phases, 6), "Next: Seated figure-4 stretch");
  assert.equal(heading(phases, 1), "Seated ball release");
  assert.equal(detail(phases, 1), "set 1 of 3, 15 seconds");
  assert.equal(detail(phases, 0), "sit down, then 15 seconds");
  assert.equal(detail(phases, 6), "left side, 30 seconds");
  assert.equal(detail(phases, at("switch", 1)), "Change to the right side");
});

test("the number is seconds up to 99, then minutes and seconds, and never says 0 before the end", () => {
  assert.deepEqual([1, 999, 1000, 1001, 99000, 99001, 125000].map(clock), ["1", "1", "1", "2", "99", "1:40", "2:05"]);
  assert.deepEqual([59999, 60000, 360001].map(timeLeft), ["less than 1 min left", "1 min left", "7 min left"]);
});

test("cues take turns", () => {
  assert.deepEqual([0, 7999, 8000, 16000].map((ms) => cue(["a", "b"], ms)), ["a", "a", "b", "a"]);
  assert.equal(cue([], 0), "");
});

test("a hold sounds its half, 3-2-1 and what follows; a late start leaves out what has passed", () => {
  const hold = at("hold", 1, "left");
  assert.equal(halfwayMs(phases[hold], 30000), 15000);
  assert.deepEqual(tonesAhead(phases, hold, 30000, 0), [[15, "half"], [27, "tick"], [28, "tick"], [29, "tick"], [30, "rest"]]);
  assert.deepEqual(tonesAhead(phases, hold, 30000, 28500), [[0.5, "tick"], [1.5, "rest"]]);
});

test("paced repetitions sound one by one, the last phase sounds the end, an open one nothing", () => {
  const tones = tonesAhead(phases, at("move", 2), 40000, 0).map(([s, tone]) => `${s} ${tone}`);
  assert.deepEqual(tones.slice(0, 2), ["4 rep", "8 rep"]);
  assert.equal(tones.length, 10);
  assert.deepEqual(tonesAhead(phases, phases.length - 1, 40000, 39900), [[0.1, "end"]]);
  assert.deepEqual(tonesAhead(phases, 0, null, 0), []);
  assert.deepEqual(tonesToResume(phases[1], 3000), [[0, "tick"], [1, "tick"], [2, "tick"], [3, "start"]]);
});

test("keys play the session unless something else wants them", () => {
  const on = (...matching) => ({ closest: (selector) => selector.split(", ").some((part) => matching.includes(part)) || null });
  const key = (name, more = {}) => ({ key: name, ...more });
  assert.equal(keyAction(key(" "), on()), "toggle");
  assert.equal(keyAction(key("ArrowRight"), on("button")), "next");
  assert.equal(keyAction(key("ArrowLeft"), null), "previous");
  assert.equal(keyAction(key(" "), on("button")), null);
  assert.equal(keyAction(key("ArrowRight"), on("input")), null);
  assert.equal(keyAction(key(" "), { isContentEditable: true }), null);
  for (const more of ["ctrlKey", "repeat", "defaultPrevented"]) assert.equal(keyAction(key(" ", { [more]: true }), on()), null);
  assert.equal(keyAction(key("Escape"), on()), null);
});
