// What is seen of a session: paints the engine's state and turns presses into actions. It decides nothing.
import { announcement, clock, cue, detail, halfwayShown, heading, kindWord, nextWork, sideWord, timeLeft } from "./words.js";
import { isWork } from "./engine.js";
import { listen } from "./keys.js";
import { Panel, answered } from "./panel.js";
import { sessionFor } from "./session.js";

const NOTES = {
  elsewhere: "This session is open in another tab. Close it there, then it goes on here.",
  slept: "Paused, because this device was asleep. Nothing was counted meanwhile.",
  awake: "This browser cannot keep the screen on. Set a longer screen time-out while you train.",
  awakeHttp: "The screen may switch off: without https a page from another machine cannot keep it on. "
    + "Set a longer screen time-out while you train.",
  noVoice: "This device has no English voice of its own, so you hear tones only.",
};
const STATUS_WORDS = { idle: "Starts with", paused: "Paused", resuming: "Get ready", done: "" };
const minutes = (ms) => Math.max(1, Math.ceil(ms / 60000));

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

class View {
  constructor(root, session) {
    this.root = root;
    this.session = session;
    this.said = "";
    this.drawn = null;
    this.parts = Object.fromEntries([...root.querySelectorAll("[data-t]")].map((e) => [e.dataset.t, e]));
    const { parts } = this;
    this.panel = new Panel(parts, (name, value) => session.act(name, value), () => {
      this.paint();
      if (!this.panel.name) parts.toggle.focus();
    });
    for (const button of root.querySelectorAll("[data-act]")) button.onclick = () => this.press(button.dataset.act);
    parts.hurts.onclick = () => { session.act("hurt"); this.panel.open("where"); };
    parts.stop.onclick = () => { session.act("pause"); this.panel.open("stop"); };
    parts.sound.value = session.sound.mode;
    parts.sound.onchange = () => {
      session.sound.setMode(parts.sound.value);
      session.sound.unlock();
      session.sound.plan(session.engine, performance.now());
      session.report("sound", session.sound.mode);
      this.paint();
    };
  }

  press(action) {
    const { session, root } = this;
    const first = session.engine.status === "idle";
    session.act(action);
    if (!first) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    root.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  get playing() {
    const { engine, owner } = this.session;
    return owner && !this.panel.name && engine.status !== "idle" && engine.status !== "done";
  }

  paint() {
    const { parts, root, session } = this;
    const { engine } = session;
    const now = performance.now();
    const { phase, phases, status } = engine;
    const shown = status === "done" ? null : phase;
    const asking = Boolean(this.panel.name);
    Object.assign(root.dataset, { status, kind: shown?.kind ?? "none", index: engine.index, asking });
    this.paintDial(now, shown);
    const step = shown && session.steps[shown.step];
    put(parts.count, shown ? `Exercise ${shown.step + 1} of ${session.steps.length}, ${timeLeft(engine.leftMs(now))}` : "");
    put(parts.saved, session.unsaved ? `${session.unsaved} not saved yet` : engine.events.size ? "saved" : "");
    parts.saved.dataset.waiting = session.unsaved > 0;
    const percent = Math.round(engine.progress(now) * 100);
    parts.bar.setAttribute("aria-valuenow", percent);
    parts.bar.firstElementChild.style.width = `${percent}%`;
    put(parts.kind, STATUS_WORDS[status] ?? kindWord(shown));
    this.paintSide(shown);
    put(parts.heading, shown ? heading(phases, engine.index) : engine.stopped ? "Stopped for today" : "Finished");
    put(parts.detail, shown ? detail(phases, engine.index) : this.tally());
    const cues = shown && (isWork(shown) || shown.kind === "prepare") ? step.cues ?? [] : [];
    put(parts.cue, cue(cues, engine.elapsedMs(now)));
    const pictured = shown?.kind === "rest" ? nextWork(phases, engine.index) : shown;
    this.paintPicture(pictured, session.steps[pictured?.step]);
    this.paintButtons(shown);
    this.paintNotes(step);
    this.announce(shown);
    this.paintAnswer();
  }

  /** After "It hurts": the choices change once Python has answered, and are there again after a reload. */
  paintAnswer() {
    const { panel, session } = this;
    const { engine } = session;
    if (!session.owner || engine.status !== "paused" || !engine.hurts.some((h) => h.phase === engine.index)) return;
    const change = session.change?.phase === engine.index ? session.change : null;
    const anew = panel.name === "after" ? change && panel.content.text !== change.text : !panel.name && engine.reason === "restored";
    if (!anew) return;
    const more = engine.phases.some((p) => p.step > engine.phase.step);
    panel.open("after", change ? answered(change, more) : undefined);
  }

  paintDial(now, phase) {
    const { parts, session } = this;
    const { engine } = session;
    const length = engine.lengthMs();
    const left = engine.remainingMs(now);
    let [number, unit, part] = ["", "", 1];
    if (engine.status === "done") [number, unit, part] = ["✓", "", 1];
    else if (engine.status === "idle") {
      number = String(minutes(engine.totalMs()));
      unit = number === "1" ? "minute" : "minutes";
    }
    else if (engine.status === "resuming") {
      [number, unit, part] = [clock(engine.readyMs(now)), "get ready", engine.readyMs(now) / engine.resumeMs];
    } else if (left == null) [number, unit] = [String(phase.reps ?? "–"), "repetitions"];
    else {
      const rep = engine.rep(now);
      number = rep ? String(rep) : clock(left);
      unit = rep ? `of ${phase.reps}` : left > 99000 ? "minutes" : "seconds";
      part = length ? left / length : 0;
      if (halfwayShown(phase, length, engine.elapsedMs(now))) unit = "halfway";
    }
    if (engine.status === "paused") unit = "paused";
    put(parts.number, number);
    put(parts.unit, unit);
    parts.number.dataset.long = number.length > 2;
    parts.ring.style.strokeDashoffset = 100 * (1 - part);
    parts.ring.style.strokeDasharray = part < 1 ? "" : "none"; // a full ring has no seam
    parts.dial.dataset.last = engine.status === "running" && left != null && left <= 3000;
  }

  paintSide(phase) {
    const { parts, session } = this;
    const side = phase?.side;
    show(parts.side, side === "left" || side === "right");
    if (parts.side.hidden) return;
    const lead = session.engine.phases.find((p) => p.step === phase.step && p.side)?.side;
    parts.side.dataset.first = side === lead;
    const [word, rest] = [side.toUpperCase(), "side"];
    if (parts.side.dataset.side === side) return;
    parts.side.dataset.side = side;
    parts.side.replaceChildren(Object.assign(document.createElement("b"), { textContent: word }), ` ${rest}`);
  }

  paintPicture(phase, step) {
    const { parts } = this;
    const picture = step?.picture ?? {};
    const svg = picture[phase?.side] ?? picture.right ?? picture.left ?? null;
    if (svg === this.drawn) return;
    this.drawn = svg;
    parts.picture.innerHTML = svg ?? ""; // our own drawing; nothing a person entered comes this way
    show(parts.picture, Boolean(svg));
  }

  paintButtons(phase) {
    const { parts, session } = this;
    const { status } = session.engine;
    const going = status !== "idle" && status !== "done";
    const asking = Boolean(this.panel.name);
    show(parts.controls, !asking && status !== "done" && !session.elsewhere);
    show(parts.low, !asking && status !== "done" && !session.elsewhere);
    for (const name of ["hurts", "stop"]) show(parts[name], going);
    for (const button of parts.controls.querySelectorAll(".slim")) show(button, going);
    show(parts.done, status === "running" && phase?.kind === "move");
    const unpaced = !parts.done.hidden && phase.seconds == null;
    parts.done.classList.toggle("main", unpaced);
    parts.toggle.classList.toggle("main", !unpaced);
    const restored = status === "paused" && session.engine.reason === "restored";
    put(parts.toggle, status === "idle" ? "Start" : status !== "paused" ? "Pause" : restored ? "Continue" : "Resume");
  }

  paintNotes(step) {
    const { parts, session } = this;
    const { engine, sound } = session;
    const notes = [];
    if (session.elsewhere) notes.push(NOTES.elsewhere);
    if (engine.reason === "slept") notes.push(NOTES.slept);
    if (engine.active && session.wakeRefused) notes.push(isSecureContext ? NOTES.awake : NOTES.awakeHttp);
    if (sound.mode === "voice" && engine.active && !sound.voice()) notes.push(NOTES.noVoice);
    put(parts.note, notes.join(" "));
    show(parts.note, notes.length > 0);
    const stops = step?.stop_if ?? [];
    put(parts.stops, stops.length ? `Stop if: ${stops.join("; ")}.` : "");
    show(parts.stops, stops.length > 0);
  }

  tally() {
    const events = [...this.session.engine.events.values()];
    const work = this.session.engine.phases.filter(isWork).length;
    if (!events.length) return "";
    return `${events.filter((e) => e.outcome === "completed").length} of ${work} parts completed`;
  }

  /** Once per change of phase or status, never for a second that passed. */
  announce(phase) {
    const { session, parts } = this;
    const { engine } = session;
    if (engine.status === "idle") return;
    const key = `${engine.status} ${engine.index} ${engine.reason}`;
    if (key === this.said) return;
    this.said = key;
    if (!phase) put(parts.live, engine.stopped ? "Stopped for today." : "Session finished.");
    else if (engine.status === "paused") {
      const at = [phase.name, sideWord(phase.side)].filter(Boolean).join(", ");
      put(parts.live, engine.reason === "slept" ? NOTES.slept : `Paused at ${at}.`);
    } else if (engine.status === "resuming") put(parts.live, "Get ready.");
    else put(parts.live, announcement(engine.phases, engine.index));
  }
}

export default function mount(component) {
  const root = component.parentElement.querySelector(".player");
  const session = sessionFor(component.data);
  let { view } = root;
  if (view?.session !== session) {
    view?.session.views.delete(view);
    view = new View(root, session);
    root.view = view;
    if (!session.listening) {
      session.listening = true;
      listen(() => [...session.views].at(-1)?.playing, (action) => session.act(action));
    }
  }
  session.views.add(view);
  view.component = component; // its functions are new at each call
  session.frame();
  session.flush();
  return () => { root.view?.session.views.delete(root.view); session.save(); };
}
