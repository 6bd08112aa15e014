// A guided session as a pure state machine: phases in, state and events out. No DOM and no clock of its own:
// `now` (monotonic, ms) is an argument, `wall` (epoch ms) only serves to notice sleep that a monotonic clock missed.

const DOUBLE_PRESS_MS = 2000;

export const isWork = (phase) => phase?.kind === "hold" || phase?.kind === "move";

/** A fingerprint of the list of phases: a snapshot is only taken up again for the same list. */
export function planKey(phases) {
  const text = JSON.stringify(phases.map((p) => [p.kind, p.exercise, p.side, p.set, p.seconds, p.reps]));
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619) >>> 0;
  return hash.toString(16);
}

/**
 * status: idle | running | paused | resuming (the "get ready" countdown after a pause) | done.
 * `timing` holds resume_s, sleep_gap_s and unpaced_rep_s; `iso` turns an instant of `now` into an ISO-8601 time.
 * Every action returns what happened: {type: "enter" | "finished" | "slept" | "recorded"}.
 */
export class Engine {
  constructor(phases, timing, iso = (ms) => new Date(ms).toISOString()) {
    this.phases = phases;
    this.resumeMs = Math.round((timing.resume_s ?? 0) * 1000);
    this.sleepGapMs = Math.round(timing.sleep_gap_s * 1000);
    this.unpacedRepMs = Math.round((timing.unpaced_rep_s ?? 0) * 1000);
    this.iso = iso;
    this.status = "idle";
    this.index = 0;
    this.elapsed = 0; // active ms of this phase up to `anchor`
    this.anchor = 0; // the instant from which a running phase counts
    this.readyUntil = 0; // end of the "get ready" countdown while resuming
    this.reason = null; // why it is paused: person | slept | hurt | restored
    this.stopped = false;
    this.lastPrevious = -Infinity;
    this.seen = { now: -Infinity, wall: -Infinity };
    this.events = new Map(); // phase index -> its one final event
    this.hurts = [];
  }

  get phase() { return this.phases[this.index] ?? null; }
  get active() { return this.status === "running" || this.status === "resuming"; }
  lengthMs(phase = this.phase) { return phase?.seconds == null ? null : Math.round(phase.seconds * 1000); }

  elapsedMs(now) {
    const ms = this.elapsed + (this.status === "running" ? Math.max(0, now - this.anchor) : 0);
    return Math.min(ms, this.lengthMs() ?? Infinity);
  }
  remainingMs(now) {
    const length = this.lengthMs();
    return length == null ? null : length - this.elapsedMs(now);
  }
  readyMs(now) { return this.status === "resuming" ? Math.max(0, this.readyUntil - now) : 0; }

  /** The instant of the next change that comes by itself, or null. */
  deadline() {
    if (this.status === "resuming") return this.readyUntil;
    const length = this.lengthMs();
    return this.status === "running" && length != null ? this.anchor + length - this.elapsed : null;
  }

  /** The repetition being done now, from 1, in a paced phase; null where nothing paces it. */
  rep(now) {
    const { reps } = this.phase ?? {};
    const length = this.lengthMs();
    return reps && length ? Math.min(reps, Math.floor((this.elapsedMs(now) * reps) / length) + 1) : null;
  }

  #weight(phase) { return this.lengthMs(phase) ?? (phase.reps ?? 0) * this.unpacedRepMs; }
  totalMs() { return this.phases.reduce((sum, p) => sum + this.#weight(p), 0); }
  /** Estimated ms to the end; repetitions without a pace count `unpaced_rep_s` each. */
  leftMs(now) {
    if (this.status === "done" || !this.phase) return 0;
    const rest = this.phases.slice(this.index).reduce((sum, p) => sum + this.#weight(p), 0);
    return rest - Math.min(this.#weight(this.phase), this.elapsedMs(now));
  }
  progress(now) {
    const total = this.totalMs();
    return total ? 1 - this.leftMs(now) / total : Number(this.status === "done");
  }

  /** Advances to `now`. Phases end at their deadline; a gap as long as sleep pauses at the last instant seen. */
  tick(now, wall = now) {
    now = Math.max(now, this.seen.now);
    const gap = Math.max(now - this.seen.now, wall - this.seen.wall);
    const last = this.seen.now;
    this.seen = { now, wall };
    if (!this.active) return [];
    if (gap > this.sleepGapMs) {
      this.#halt(last, "slept");
      return [{ type: "slept", gap }];
    }
    const out = [];
    for (let due = this.deadline(); due != null && due <= now; due = this.deadline()) {
      if (this.status === "resuming") this.#run(due);
      else out.push(...this.#finishPhase("completed", due));
    }
    return out;
  }

  /** One of the person's actions. After sleep the first press only shows what happened. */
  act(name, now, wall = now, value = undefined) {
    const out = this.tick(now, wall);
    if (out.some((o) => o.type === "slept")) return out;
    const done = this[`_${name}`](this.seen.now, value);
    return [...out, ...(done ?? [])];
  }

  _start(now) {
    if (this.status === "idle") {
      if (!this.phase) return this.#end();
      this.#run(now);
      return [{ type: "enter", index: this.index }];
    }
    if (this.status === "paused") this.#getReady(now);
    return [];
  }
  _pause(now) { if (this.active) this.#halt(now, "person"); }
  _toggle(now) { return this.active ? this._pause(now) : this._start(now); }

  _next(now) {
    if (this.status === "idle" || this.status === "done") return [];
    return this.#finishPhase("skipped", now);
  }
  _done(now) {
    if (this.status !== "running" || this.phase.kind !== "move") return [];
    return this.#finishPhase("completed", now);
  }

  /** Once: from the start of this phase. Twice within 2 s: the work phase before it, after "get ready". */
  _previous(now) {
    if (this.status === "idle" || this.status === "done") return [];
    const twice = now - this.lastPrevious <= DOUBLE_PRESS_MS;
    this.lastPrevious = now;
    this.elapsed = 0;
    this.anchor = now;
    if (!twice) return [{ type: "enter", index: this.index }];
    let target = this.index - 1;
    while (target > 0 && !isWork(this.phases[target])) target--;
    this.index = Math.max(0, target);
    if (this.active) this.#getReady(now);
    return [{ type: "enter", index: this.index }];
  }

  /** Leaves out all that is still to come of this exercise, and of as many more as are named. */
  _skipStep(now, more = 0) {
    if (this.status === "idle" || this.status === "done") return [];
    const last = this.phase.step + (more ?? 0);
    const out = [];
    while (this.status !== "done" && this.phase.step <= last) out.push(...this.#finishPhase("skipped", now));
    return out.filter((o, i) => o.type !== "enter" || i === out.length - 1);
  }

  /** Ends the session: what was under way counts as stopped, what was still to come as neither done nor skipped. */
  _stop(now) {
    if (this.status === "done") return [];
    const out = isWork(this.phase) && this.status !== "idle" ? this.#record("stopped", now) : [];
    this.stopped = true;
    return [...out, ...this.#end()];
  }

  /** "It hurts": the clock stands still while the person says where. */
  _hurt(now) { if (this.status !== "idle" && this.status !== "done") this.#halt(now, "hurt"); }
  _where(now, where) {
    if (this.status !== "paused") return [];
    const { index, step, exercise } = this.phase;
    const count = this.hurts.filter((h) => h.phase === index).length;
    this.hurts.push({ phase: index, step, exercise, where, id: `${index}:hurt:${count}` });
    return [{ type: "recorded" }];
  }

  #run(at) { this.status = "running"; this.anchor = at; this.reason = null; }
  #getReady(now) {
    if (!this.resumeMs) return this.#run(now);
    this.status = "resuming";
    this.readyUntil = now + this.resumeMs;
    this.reason = null;
  }
  #halt(now, reason) {
    this.elapsed = this.elapsedMs(now);
    this.status = "paused";
    this.reason = reason;
  }
  #end() { this.status = "done"; this.reason = null; return [{ type: "finished" }]; }

  #finishPhase(outcome, at) {
    const out = isWork(this.phase) ? this.#record(outcome, at) : [];
    this.index += 1;
    this.elapsed = 0;
    this.anchor = at;
    if (this.status === "paused") this.reason = "person";
    if (!this.phase) return [...out, ...this.#end()];
    return [...out, { type: "enter", index: this.index }];
  }

  #record(outcome, at) {
    const { index, step, exercise, side, set } = this.phase;
    const known = this.events.get(index);
    if (known && (outcome !== "completed" || known.outcome === "completed")) return [];
    const seconds = Math.round(this.elapsedMs(at)) / 1000;
    this.events.set(index, { id: `${index}:${outcome}`, phase: index, step, exercise, side: side ?? null, set, outcome,
      seconds, at: this.iso(at) });
    return [{ type: "recorded" }];
  }

  /** What has not been acknowledged; a stored `completed` acknowledges every outcome of its phase. */
  pending(acked) {
    return [...this.events.values()].filter((e) => !acked.has(e.id) && !acked.has(`${e.phase}:completed`));
  }

  snapshot(now) {
    return { v: 1, key: planKey(this.phases), status: this.status, index: this.index, stopped: this.stopped,
      elapsed: this.elapsedMs(now), events: [...this.events.values()], hurts: this.hurts };
  }

  /** Takes up a snapshot, paused: sound needs a gesture after a reload, and time that nobody saw does not count. */
  restore(saved) {
    if (saved?.v !== 1 || saved.key !== planKey(this.phases)) return false;
    this.index = Math.min(saved.index, this.phases.length);
    this.elapsed = saved.elapsed;
    this.stopped = saved.stopped;
    this.events = new Map(saved.events.map((e) => [e.phase, e]));
    this.hurts = [...saved.hurts];
    this.status = saved.status === "idle" || saved.status === "done" ? saved.status : "paused";
    this.reason = this.status === "paused" ? "restored" : null;
    return true;
  }

  /** Takes up a list whose later phases were changed; refused where it would contradict what has happened. */
  replan(phases) {
    if (this.status === "done" || !phases.length || planKey(phases) === planKey(this.phases)) return false;
    const same = (i) => planKey([phases[i] ?? {}]) === planKey([this.phases[i] ?? {}]);
    if (![...this.events.keys()].every(same)) return false;
    if (!same(this.index)) {
      this.elapsed = 0;
      if (this.status !== "idle") { this.status = "paused"; this.reason = "person"; }
    }
    this.phases = phases;
    this.index = Math.min(this.index, phases.length - 1);
    return true;
  }

  /** Without a snapshot (another browser, storage cleared): go on, paused, behind what the database holds. */
  continueAfter(acked) {
    const finished = [...acked].filter((id) => !id.endsWith(":stopped")).map((id) => parseInt(id, 10));
    const last = Math.max(-1, ...finished.filter((i) => isWork(this.phases[i])));
    if (this.status !== "idle" || last < 0) return false;
    this.index = last + 1;
    this.status = this.phase ? "paused" : "done";
    this.reason = this.phase ? "restored" : null;
    return true;
  }
}
