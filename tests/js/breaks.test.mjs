import assert from "node:assert/strict";
import test from "node:test";
import { FORGOTTEN, MINUTE, OFF, adjust, fromText, moved, phase, sit, staysFor, toText, words }
  from "../../pages/components/breaks/count.js";

const NOW = Date.UTC(2026, 10, 20, 9, 0);
const LIMITS = [20, 60];

test("a count is over at its deadline, not before", () => {
  const count = sit(35, NOW);
  assert.equal(phase(OFF, NOW), "off");
  assert.equal(phase(count, NOW), "sitting");
  assert.equal(phase(count, NOW + 35 * MINUTE - 1), "sitting");
  assert.equal(phase(count, NOW + 35 * MINUTE), "due");
  assert.equal(phase(count, NOW + 9 * 60 * MINUTE), "due");
});

test("the minutes left are said and never said too small", () => {
  const count = sit(35, NOW);
  assert.equal(words(count, NOW), "A break in 35 minutes.");
  assert.equal(words(count, NOW + 1), "A break in 35 minutes.");
  assert.equal(words(count, NOW + MINUTE), "A break in 34 minutes.");
  assert.equal(words(count, NOW + 34 * MINUTE), "A break in less than a minute.");
  assert.match(words(count, NOW + 35 * MINUTE), /^35 minutes of sitting are up/);
  assert.equal(words(OFF, NOW), "Not running.");
});

test("the words are looked at again when they change, and not in between", () => {
  const count = sit(20, NOW);
  for (let now = NOW; phase(count, now) === "sitting"; now += staysFor(count, now)) {
    const until = now + staysFor(count, now);
    assert.equal(words(count, now), words(count, until - 1));
    assert.notEqual(words(count, now), words(count, until));
  }
  assert.equal(staysFor(count, NOW + 20 * MINUTE), null);
  assert.equal(staysFor(OFF, NOW), null);
});

test("another interval counts from when the sitting began", () => {
  const count = adjust(sit(35, NOW), 50);
  assert.deepEqual(count, sit(50, NOW));
  assert.equal(phase(adjust(count, 20), NOW + 20 * MINUTE), "due");
  assert.equal(adjust(OFF, 50), OFF);
});

test("who exercises does not sit: what would be over within a minute, or is, begins anew", () => {
  const count = sit(35, NOW);
  assert.equal(moved(count, NOW + 33 * MINUTE), count);
  assert.deepEqual(moved(count, NOW + 34 * MINUTE), sit(35, NOW + 34 * MINUTE));
  assert.deepEqual(moved(count, NOW + 40 * MINUTE), sit(35, NOW + 40 * MINUTE));
  assert.equal(moved(OFF, NOW), OFF);
});

test("a count survives being written down", () => {
  const count = sit(40, NOW);
  assert.deepEqual(fromText(toText(count), NOW + 10 * MINUTE, LIMITS), count);
  assert.equal(toText(OFF), null);
});

test("a clock that was put back by a little ends nothing, by more it does", () => {
  const text = toText(sit(40, NOW));
  assert.notEqual(fromText(text, NOW - MINUTE, LIMITS), OFF);
  assert.equal(fromText(text, NOW - MINUTE - 1, LIMITS), OFF);
});

test("what cannot be a count, or was forgotten, is none", () => {
  const text = toText(sit(40, NOW));
  assert.equal(fromText(text, NOW + 40 * MINUTE + FORGOTTEN, LIMITS), OFF);
  assert.notEqual(fromText(text, NOW + 40 * MINUTE + FORGOTTEN - 1, LIMITS), OFF);
  for (const wrong of [null, "", "{", "3", '{"minutes":40}', '{"minutes":5,"until":0}', '{"minutes":40,"until":9e15}', '"x"'])
    assert.equal(fromText(wrong, NOW, LIMITS), OFF, wrong);
});
