import assert from "node:assert/strict";
import test from "node:test";
import { Engine, isWork } from "../../pages/components/player/engine.js";
import { CASES, caseNamed, makeEngine, random } from "./cases.mjs";

for (const { name, phases, timing, duration_s: duration, work } of CASES) {
  test(`played undisturbed, "${name}" takes as long as Python says and reports each work phase once`, () => {
    const engine = new Engine(phases, timing);
    assert.equal(engine.totalMs(), Math.round(duration * 1000));
    let now = 5000;
    engine.act("start", now);
    while (engine.status === "running") {
      const due = engine.deadline() ?? now + engine.phase.reps * timing.unpaced_rep_s * 1000;
      const byHand = engine.deadline() == null;
      while (now < due) engine.tick((now = Math.min(due, now + 20000)));
      if (byHand) engine.act("done", now);
    }
    assert.equal(engine.status, "done");
    assert.equal(now - 5000, Math.round(duration * 1000));
    const events = [...engine.events.values()];
    assert.ok(events.every((e) => e.outcome === "completed" && e.id === `${e.phase}:completed`));
    const pace = (s) => s ?? phases.find((p) => p.seconds == null && isWork(p)).reps * timing.unpaced_rep_s;
    const expected = work.map(([step, side, set, seconds]) => [step, side, set, pace(seconds)]);
    assert.deepEqual(events.map((e) => [e.step, e.side, e.set, e.seconds]), expected);
  });
}

const PLAIN = caseNamed("a stretch of both sides, the right one first");
const WHOLE = caseNamed("a whole session: release, stretch, strengthen");

test("late and uneven ticks add up to nothing: after 20 minutes every end is where it belongs", () => {
  const { engine, at } = makeEngine([...WHOLE.phases, ...WHOLE.phases].map((p, index) => ({ ...p, index })));
  const next = random(7);
  let now = 0;
  engine.act("start", now);
  while (engine.status === "running") engine.tick((now += Math.floor(next() * 3000)));
  let due = 0;
  const expected = engine.phases.flatMap((p) => { due += p.seconds * 1000; return isWork(p) ? [due] : []; });
  assert.deepEqual([...engine.events.values()].map(at), expected);
  assert.ok(due > 20 * 60 * 1000);
});

test("one late tick ends several phases, each at its own deadline", () => {
  const { engine, at } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.tick(85000);
  assert.deepEqual([...engine.events.values()].map(at), [42000, 82000]);
  assert.equal(engine.remainingMs(85000), 5000);
});

for (const [clock, now, wall] of [["both clocks", 500000, 500000], ["the wall clock alone", 15200, 500000]]) {
  test(`sleep, seen by ${clock}, pauses at the last instant seen and claims nothing`, () => {
    const { engine } = makeEngine(PLAIN.phases);
    engine.act("start", 0);
    engine.tick(15000);
    assert.equal(engine.tick(now, wall)[0].type, "slept");
    assert.deepEqual([engine.status, engine.reason, engine.index, engine.elapsed], ["paused", "slept", 1, 3000]);
    assert.equal(engine.events.size, 0);
  });
}

test("the first press after sleep shows the pause, it does not skip", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.tick(15000);
  engine.act("next", 400000);
  assert.deepEqual([engine.status, engine.index, engine.events.size], ["paused", 1, 0]);
});

test("a long wait while paused is no sleep", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.act("pause", 20000);
  engine.tick(10_000_000);
  assert.equal(engine.reason, "person");
  assert.equal(engine.remainingMs(10_000_000), 22000);
});

test("resuming says get ready for 3 s and gives back the time that was left", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.act("pause", 20000);
  engine.act("toggle", 60000);
  assert.equal(engine.status, "resuming");
  assert.equal(engine.readyMs(61000), 2000);
  assert.equal(engine.remainingMs(62900), 22000);
  engine.tick(64000);
  assert.equal(engine.status, "running");
  assert.equal(engine.deadline(), 63000 + 22000);
});

test("pausing during get ready loses no time", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.act("pause", 20000);
  engine.act("toggle", 30000);
  engine.act("toggle", 31000);
  assert.deepEqual([engine.status, engine.remainingMs(31000)], ["paused", 22000]);
});

test("previous begins the phase again; twice within 2 s goes to the work before it", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.tick(60000); // 8 s into the second hold
  engine.act("previous", 60000);
  assert.deepEqual([engine.index, engine.remainingMs(60000)], [3, 30000]);
  engine.act("previous", 61500);
  assert.deepEqual([engine.index, engine.status], [1, "resuming"]);
  engine.act("previous", 70000);
  assert.equal(engine.index, 1);
});

test("previous before any work goes to the very beginning", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.act("previous", 100);
  engine.act("previous", 200);
  assert.equal(engine.index, 0);
});

test("next skips: work is reported as skipped with the seconds done, rests silently", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.act("next", 1000);
  engine.act("next", 5000);
  engine.act("next", 6000);
  assert.deepEqual([...engine.events.values()].map((e) => [e.id, e.seconds]), [["1:skipped", 4]]);
  assert.equal(engine.index, 3);
});

test("what was skipped and then done counts as completed, and never the other way round", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.act("next", 0);
  engine.act("next", 1000);
  engine.act("previous", 1100);
  engine.act("previous", 1200);
  engine.tick(1200 + 3000 + 30000);
  assert.equal(engine.events.get(1).id, "1:completed");
  engine.act("previous", 40000);
  engine.act("previous", 40100);
  engine.act("next", 41000);
  assert.deepEqual([engine.events.size, engine.events.get(1).id], [1, "1:completed"]);
});

test("done ends repetitions, paced or not, and nothing else", () => {
  const { engine } = makeEngine(caseNamed("repetitions with a pace take their time").phases);
  engine.act("start", 0);
  engine.act("done", 1000);
  assert.equal(engine.index, 0);
  engine.tick(12000);
  assert.equal(engine.rep(12000 + 8500), 3);
  engine.act("done", 12000 + 30000);
  assert.deepEqual([engine.index, engine.events.get(1).seconds], [2, 30]);
});

test("repetitions without a pace wait as long as it takes", () => {
  const { engine } = makeEngine(caseNamed("repetitions without a pace wait for the person").phases);
  engine.act("start", 0);
  for (let now = 0; now < 300000; now += 1000) engine.tick(now);
  assert.deepEqual([engine.index, engine.deadline(), engine.rep(300000)], [1, null, null]);
});

test("stop ends the session: the current work is stopped, the rest is neither done nor skipped", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.tick(60000);
  engine.act("stop", 60000);
  assert.deepEqual([...engine.events.values()].map((e) => e.id), ["1:completed", "3:stopped"]);
  assert.deepEqual([engine.status, engine.stopped], ["done", true]);
});

test("it hurts pauses, notes where, and skips the whole exercise on request", () => {
  const { engine } = makeEngine(WHOLE.phases);
  engine.act("start", 0);
  engine.tick(20000);
  engine.act("hurt", 20000);
  assert.deepEqual([engine.status, engine.reason], ["paused", "hurt"]);
  engine.act("where", 25000, 25000, "tingling");
  engine.act("where", 25000, 25000, "down_leg");
  assert.deepEqual(engine.hurts, [
    { phase: 1, step: 0, exercise: "ball_release_seated", where: "tingling", id: "1:hurt:0" },
    { phase: 1, step: 0, exercise: "ball_release_seated", where: "down_leg", id: "1:hurt:1" },
  ]);
  engine.act("skipStep", 26000);
  const skipped = [...engine.events.values()].map((e) => [e.id, e.seconds]);
  assert.deepEqual(skipped, [["1:skipped", 8], ["3:skipped", 0], ["5:skipped", 0]]);
  assert.deepEqual([engine.status, engine.phase.step, engine.phase.kind], ["paused", 1, "prepare"]);
});

test("a stored completed acknowledges what is still waiting for that phase", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.act("next", 0);
  engine.act("next", 1000);
  assert.equal(engine.pending(new Set()).length, 1);
  assert.equal(engine.pending(new Set(["1:skipped"])).length, 0);
  assert.equal(engine.pending(new Set(["1:completed"])).length, 0);
});

test("a snapshot is taken up paused with its events, and only for the same phases", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.tick(50000);
  const saved = JSON.parse(JSON.stringify(engine.snapshot(50000)));
  const { engine: again } = makeEngine(PLAIN.phases);
  assert.ok(again.restore(saved));
  assert.deepEqual([again.status, again.reason, again.index, again.elapsed], ["paused", "restored", 2, 8000]);
  assert.deepEqual([...again.events.values()], [...engine.events.values()]);
  assert.equal(makeEngine(WHOLE.phases).engine.restore(saved), false);
  assert.equal(makeEngine(PLAIN.phases).engine.restore(null), false);
});

test("without a snapshot it goes on behind what the database holds; what was stopped is offered again", () => {
  const { engine } = makeEngine(PLAIN.phases);
  assert.ok(engine.continueAfter(new Set(["1:completed", "3:stopped"])));
  assert.deepEqual([engine.status, engine.index], ["paused", 2]);
  assert.equal(makeEngine(PLAIN.phases).engine.continueAfter(new Set()), false);
});

test("a changed plan is taken up if it leaves alone what has happened", () => {
  const { engine } = makeEngine(PLAIN.phases);
  engine.act("start", 0);
  engine.tick(50000);
  const changed = PLAIN.phases.map((p, i) => (i < 2 ? p : { ...p, exercise: "other" }));
  assert.ok(engine.replan(changed));
  assert.deepEqual([engine.phase.exercise, engine.status, engine.elapsed], ["other", "paused", 0]);
  assert.equal(engine.replan(PLAIN.phases.map((p) => ({ ...p, exercise: "third" }))), false);
  assert.equal(engine.replan(changed), false);
});

test("what hurt is left with one press, and what came instead with it when asked", () => {
  for (const [more, step] of [[undefined, 1], [null, 1], [1, 2]]) {
    const phases = [0, 0, 1, 1, 2].map((of, index) => ({ ...PLAIN.phases[1], index, step: of }));
    const engine = new Engine(phases, PLAIN.timing);
    engine.act("start", 0);
    engine.act("hurt", 1000);
    engine.act("where", 1000, 1000, "muscle");
    engine.act("skipStep", 2000, 2000, more);
    assert.deepEqual([engine.phase.step, engine.status], [step, "paused"]);
  }
});

test("another browser goes on behind what hurt", () => {
  const engine = new Engine(PLAIN.phases, PLAIN.timing);
  const work = PLAIN.phases.findIndex((p) => p.kind === "hold");
  assert.ok(engine.continueAfter([`${work}:hurt:0`]));
  assert.equal(engine.index, work + 1);
});

test("any sequence of presses, ticks and time jumps keeps the promises", () => {
  const actions = ["pause", "toggle", "toggle", "next", "previous", "previous", "done", "hurt", "skipStep", "start"];
  for (let seed = 1; seed <= 400; seed++) {
    const next = random(seed);
    const pick = (list) => list[Math.floor(next() * list.length)];
    const { phases, timing } = pick(CASES);
    const trace = [];
    const engine = new Engine(phases, timing);
    let [now, wall, progress] = [0, 0, 0];
    const finals = new Map();
    let finished = 0;
    engine.act("start", now, wall);
    for (let i = 0; i < 300 && engine.status !== "done"; i++) {
      const jump = next() < 0.03 ? 200000 : next() < 0.2 ? 20000 * next() : 900 * next();
      now += jump;
      wall += jump * (next() < 0.98 ? 1 : 50);
      const action = next() < 0.25 ? pick(next() < 0.01 ? ["stop"] : actions) : "tick";
      trace.push(`${action}@${now}`);
      const out = action === "tick" ? engine.tick(now, wall) : engine.act(action, now, wall);
      finished += out.filter((o) => o.type === "finished").length;
      const why = `seed ${seed}: ${trace.join(" ")}`;
      const at = engine.progress(now);
      if (action !== "previous") assert.ok(at >= progress - 1e-9, why);
      progress = at;
      assert.ok(at >= 0 && at <= 1 + 1e-9 && engine.leftMs(now) >= 0, why);
      assert.ok(engine.elapsedMs(now) >= 0 && (engine.remainingMs(now) ?? 0) >= 0 && engine.readyMs(now) >= 0, why);
      assert.ok(engine.index >= 0 && engine.index <= phases.length, why);
      for (const [index, event] of engine.events) {
        assert.ok(isWork(phases[index]) && event.id === `${index}:${event.outcome}`, why);
        assert.ok(event.seconds >= 0 && event.seconds <= (phases[index].seconds ?? Infinity), why);
        if (finals.get(index) === "completed") assert.equal(event.outcome, "completed", why);
        const { kind, seconds } = phases[index];
        if (event.outcome === "completed" && kind === "hold") assert.equal(event.seconds, seconds, why);
        finals.set(index, event.outcome);
      }
      if (next() < 0.02) {
        const copy = new Engine(phases, timing);
        assert.ok(copy.restore(JSON.parse(JSON.stringify(engine.snapshot(now)))), why);
        const of = (e) => [e.index, e.elapsedMs(now), e.events];
        assert.deepEqual(of(copy), of(engine), why);
      }
    }
    assert.ok(finished <= 1);
    const done = [...engine.events.values()].filter((e) => e.outcome === "completed" && phases[e.phase].kind === "hold");
    for (const e of done) {
      const twin = done.find((t) => t.step === e.step && t.set === e.set && t.side !== e.side);
      if (twin) assert.equal(twin.seconds, e.seconds);
    }
  }
});
