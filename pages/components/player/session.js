// One guided session in this browser: the engine with real clocks, its snapshot, its outbox and its lock.
// It lives in a registry, so that a rerun, an unmount or a change of page does not end it.
import { Engine } from "./engine.js";
import { halfwayMs } from "./words.js";
import { Sound } from "./sound.js";

const STORE = "unpinch:player:session:";
const RESEND_MS = 5000;
const SNAPSHOT_MS = 2000;
const FRAME_MS = 200;
const LOCK_PATIENCE_MS = 500; // a reloaded tab needs a moment until its predecessor has let go
const KEEP_SNAPSHOTS_MS = 48 * 3600 * 1000;
const moved = (out) => out.some((o) => o.type === "enter" || o.type === "finished");
const sessions = (globalThis.unpinchSessions ??= new Map());

export class Session {
  constructor(data) {
    this.uid = data.session;
    this.steps = data.steps;
    this.acked = new Set();
    this.hurtAcked = new Set();
    this.change = null; // Python's answer to "It hurts"
    this.hurtKept = false; // whether Python stores these at all
    this.finishedKnown = undefined; // undefined: Python does not say
    this.views = new Set();
    this.sent = { text: "", at: 0 };
    this.attempts = 0;
    this.owner = false;
    this.elsewhere = false;
    this.early = null;
    this.wakeLock = null;
    this.wakeAsked = false;
    this.wakeRefused = false;
    this.worker = null;
    this.saidHalf = -1;
    this.sound = new Sound(data.options?.sound);
    this.engine = new Engine(data.phases, data.timing, (ms) => new Date(Date.now() - performance.now() + ms).toISOString());
    this.update(data);
    this.load();
    prune(this.uid);
    this.frame = this.frame.bind(this);
    this.own();
    document.addEventListener("visibilitychange", () => { this.frame(); this.keepAwake(); });
    addEventListener("pagehide", () => this.save());
    addEventListener("online", () => this.flush(true));
    setInterval(() => { if (this.owner) this.flush(); }, 1000);
    setInterval(() => { if (this.engine.active) this.save(); }, SNAPSHOT_MS);
  }

  /** A worker's timer is not throttled in a hidden tab, where the page's own may wake once a minute. */
  tickWhileHidden() {
    if (!this.engine.active) {
      this.worker?.terminate();
      this.worker = null;
    }
    if (this.worker || !this.engine.active) return;
    try {
      const source = new Blob([`setInterval(() => postMessage(0), ${FRAME_MS})`], { type: "text/javascript" });
      this.worker = new Worker(URL.createObjectURL(source));
      this.worker.onmessage = () => { if (document.hidden && this.engine.active) this.frame(); };
    } catch { /* workers not allowed here: the page's own timer has to do */ }
  }

  update(data) {
    for (const id of data.acked ?? []) this.acked.add(id);
    for (const id of data.hurt_acked ?? []) this.hurtAcked.add(id);
    this.hurtKept = data.hurt_acked != null;
    this.finishedKnown = data.finished;
    this.change = data.change ?? null;
    if (!this.engine.replan(data.phases)) return;
    this.steps = data.steps;
    this.save();
  }

  load() {
    try {
      if (this.engine.restore(JSON.parse(localStorage.getItem(STORE + this.uid)))) return;
    } catch { /* no storage, or not ours: begin from what the database holds */ }
    this.engine.continueAfter([...this.acked, ...this.hurtAcked]); // what hurt is not begun again
  }
  save() {
    if (!this.owner) return;
    const saved = { ...this.engine.snapshot(performance.now()), wall: Date.now() };
    if (saved.status === "done" && !this.unsaved) Object.assign(saved, { events: [], hurts: [] });
    try { localStorage.setItem(STORE + this.uid, JSON.stringify(saved)); } catch { /* no storage: the outbox still goes out */ }
  }

  /** All data were deleted: nothing of it is played, sent or kept any more. */
  forget() {
    this.act("pause");
    this.owner = false;
    this.elsewhere = true;
    this.views.clear();
  }

  /** Only one tab may play a session; another waits and takes over, paused, when the first one closes. */
  own() {
    if (!navigator.locks) { this.owner = true; return; } // plain http from another machine has no locks
    const patience = setTimeout(() => { Object.assign(this, { elsewhere: true, early: null }).paint(); }, LOCK_PATIENCE_MS);
    navigator.locks.request(STORE + this.uid, () => {
      clearTimeout(patience);
      if (this.elsewhere) this.load();
      this.owner = true;
      this.elsewhere = false;
      this.early?.(); // pressed before the lock was there
      this.frame();
      this.flush();
      return new Promise(() => {}); // held until this tab goes
    }).catch(() => { this.owner = true; this.frame(); });
  }

  get pendingEvents() { return this.engine.pending(this.acked); }
  get pendingHurts() { return this.engine.hurts.filter((h) => !this.hurtAcked.has(h.id)); }
  get unsaved() { return this.pendingEvents.length + (this.hurtKept ? this.pendingHurts.length : 0); }

  /** Sends all that is not acknowledged, as state: the newest value holds everything. Again every 5 s until it is. */
  flush(force = false) {
    const events = this.pendingEvents;
    const hurts = this.pendingHurts;
    const finished = this.engine.status === "done" && this.finishedKnown !== true;
    const text = JSON.stringify([events.map((e) => e.id), hurts.map((h) => h.id), finished]);
    const fresh = text !== this.sent.text;
    const waiting = this.unsaved || (finished && this.finishedKnown === false);
    const again = waiting && (force || performance.now() - this.sent.at >= RESEND_MS);
    const view = [...this.views].at(-1);
    if (!view || !(fresh || again)) return;
    this.sent = { text, at: performance.now() };
    const set = view.component.setStateValue;
    if (hurts.length) set("hurt", hurts);
    if (events.length) set("outbox", events);
    if (finished) set("finished", true);
    if (!fresh) set("attempt", ++this.attempts); // an unchanged value alone would call nothing in Python
  }
  report(name, value) { [...this.views].at(-1)?.component.setStateValue(name, value); }

  act(name, value) {
    this.sound.unlock(); // first: only this press may do it
    if (!this.owner) {
      if (!this.elsewhere) this.early = () => this.act(name, value);
      return;
    }
    const out = this.engine.act(name, performance.now(), Date.now(), value);
    const { status, phase } = this.engine;
    if (moved(out) && (status === "running" || status === "done")) this.sound.open(phase);
    this.handle(out, true);
    this.frame();
  }

  handle(out, changed = out.length > 0) {
    if (!changed) return;
    const { engine, sound } = this;
    this.saidHalf = -1;
    if (engine.active || engine.status === "done") {
      if (moved(out)) sound.sayPhase(engine);
    } else sound.hush();
    sound.plan(engine, performance.now());
    this.save();
    this.flush();
    this.keepAwake();
    this.tickWhileHidden();
    dispatchEvent(new Event("unpinch:session")); // a session is no sitting: the count of breaks looks
  }

  frame() {
    clearTimeout(this.timer);
    const now = performance.now();
    const { engine } = this;
    const wasResuming = engine.status === "resuming";
    if (this.owner) {
      const out = engine.tick(now, Date.now());
      this.handle(out, out.length > 0 || (wasResuming && engine.status === "running"));
      this.sayHalfway(now);
    }
    this.paint();
    if (!engine.active) return;
    const due = engine.deadline();
    this.timer = setTimeout(this.frame, due == null ? FRAME_MS : Math.min(FRAME_MS, Math.max(0, due - performance.now())));
  }
  sayHalfway(now) {
    const { engine } = this;
    const half = engine.phase && halfwayMs(engine.phase, engine.lengthMs());
    if (half == null || engine.status !== "running" || this.saidHalf === engine.index) return;
    const past = engine.elapsedMs(now) - half;
    if (past < 0) return;
    this.saidHalf = engine.index;
    if (past < 1000) this.sound.say("Halfway"); // not after resuming in the second half
  }
  paint() { for (const view of this.views) view.paint(); }

  async keepAwake() {
    if (!this.engine.active) {
      this.wakeLock?.release().catch(() => {});
      this.wakeLock = null;
      return;
    }
    if (this.wakeLock || this.wakeAsked || document.hidden) return;
    this.wakeAsked = true;
    try {
      this.wakeLock = await navigator.wakeLock.request("screen");
      this.wakeLock.addEventListener("release", () => { this.wakeLock = null; });
      this.wakeRefused = false;
    } catch { this.wakeRefused = true; } // no such thing here (plain http, an older browser), or refused (battery)
    this.wakeAsked = false;
    this.paint();
  }
}

/** Snapshots of sessions long past go: nothing of them is asked for again. */
function prune(uid) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(STORE) || key === STORE + uid) continue;
      const saved = JSON.parse(localStorage.getItem(key));
      if (Date.now() - saved.wall > KEEP_SNAPSHOTS_MS) localStorage.removeItem(key);
    }
  } catch { /* no storage */ }
}

/** The session of this uid, made at its first mount. Another one that still runs is paused: one voice at a time. */
export function sessionFor(data) {
  let session = sessions.get(data.session);
  if (!session) {
    for (const other of sessions.values()) if (other.engine.active) other.act("pause");
    session = new Session(data);
    sessions.set(data.session, session);
  }
  session.update(data);
  return session;
}
