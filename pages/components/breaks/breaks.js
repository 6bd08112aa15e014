// Breaks from sitting in the page: one count for all mounts, kept while another page is shown or none was drawn yet.
import { OFF, adjust, fromText, moved, phase, sit, staysFor, toText, words } from "./count.js";

const KEEP = "unpinch:sitting-break";
const PREFIX = "Stand up · ";
const LONGEST = 2 ** 31 - 1;
const NOTICE = `
  <style>
    section { align-items: center; background: light-dark(#ffffff, #1b242d); border: 2px solid light-dark(#276b66, #5cb8ae);
      border-radius: 0.75rem; bottom: 1rem; box-shadow: 0 4px 20px rgb(0 0 0 / 0.25); box-sizing: border-box;
      color: light-dark(#0e151d, #f2f5f7); display: flex; flex-wrap: wrap; font-size: 1rem; line-height: 1.5;
      gap: 0.75rem; justify-content: center; left: 50%; max-width: 34rem; padding: 1rem; position: fixed;
      transform: translateX(-50%); width: calc(100vw - 2rem); z-index: 999990; }
    p { flex: 1 1 15rem; margin: 0; }
    button { background: #276b66; border: 1px solid transparent; border-radius: 0.75rem; color: #ffffff; cursor: pointer;
      font: inherit; min-height: 44px; padding: 0 1.1rem; }
    button.quiet { background: transparent; border-color: currentColor; color: inherit; }
    button:focus-visible { outline: 3px solid light-dark(#245a86, #7cbce8); outline-offset: 2px; }
  </style>
  <section aria-label="Break from sitting"><p role="alert"></p>
    <button type="button" class="stood">I stood up</button><button type="button" class="quiet">Stop</button></section>`;

function create(options) {
  const all = { options, panels: new Map(), count: OFF, timer: 0, rung: false, audio: null, notice: null };

  all.read = () => {
    try {
      return fromText(localStorage.getItem(KEEP), Date.now(), all.options.limits);
    } catch {
      return all.count; // storage is closed to us: what is in memory goes on
    }
  };
  all.set = (count) => {
    all.count = count;
    try {
      const text = toText(count);
      if (text === null) localStorage.removeItem(KEEP);
      else localStorage.setItem(KEEP, text);
    } catch {
      // Without storage the count lives as long as the page.
    }
    all.draw();
  };
  all.start = () => {
    wakeSound(all);
    all.set(sit(all.options.minutes, Date.now()));
  };
  all.stop = () => all.set(OFF);
  all.draw = () => {
    const now = Date.now();
    clearTimeout(all.timer);
    const still = exercising() ? moved(all.count, now) : all.count;
    if (still !== all.count) return all.set(still);
    const wait = staysFor(all.count, now);
    if (wait !== null) all.timer = setTimeout(all.draw, Math.min(wait, LONGEST));
    const due = phase(all.count, now) === "due";
    if (due && !all.rung) ringAlone(all);
    if (!due) all.quiet?.();
    all.rung = due;
    title(due);
    show(all, due ? words(all.count, now) : null);
    for (const panel of all.panels.values()) panel(all.count, now);
  };
  all.count = all.read();
  addEventListener("storage", (event) => {
    if (event.key !== KEEP) return;
    all.count = all.read();
    all.draw();
  });
  addEventListener("unpinch:session", all.draw);
  document.addEventListener("visibilitychange", () => document.hidden || all.draw());
  new MutationObserver(() => title(phase(all.count, Date.now()) === "due"))
    .observe(document.head, { childList: true, subtree: true, characterData: true });
  return all;
}

function title(due) {
  const plain = document.title.replace(PREFIX, "");
  const wanted = due ? PREFIX + plain : plain;
  if (document.title !== wanted) document.title = wanted;
}

function show(all, text) {
  if (text === null) {
    all.notice?.remove();
    all.notice = null;
    return;
  }
  if (!all.notice) {
    const host = document.createElement("div");
    const app = document.querySelector('[data-testid="stApp"]');
    const look = getComputedStyle(app ?? document.body);
    Object.assign(host.style, { colorScheme: look.colorScheme, fontFamily: look.fontFamily });
    const root = host.attachShadow({ mode: "open" });
    root.innerHTML = NOTICE;
    root.querySelector(".stood").addEventListener("click", all.start);
    root.querySelector(".quiet").addEventListener("click", all.stop);
    document.body.append(host);
    all.notice = host;
  }
  const said = all.notice.shadowRoot.querySelector("p");
  if (said.textContent !== text) said.textContent = text;
}

function wakeSound(all) {
  const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
  if (!Context || !all.options.tone) return;
  all.audio ??= new Context();
  if (all.audio.state === "suspended") all.audio.resume().catch(() => {});
}

function exercising() {
  return [...(globalThis.unpinchSessions?.values() ?? [])].some((session) => session.engine.active);
}

// Each tab counts, one rings: the first that can. It keeps the lock until the time is no longer up.
async function ringAlone(all) {
  wakeSound(all);
  if (!all.options.tone || !all.audio) return;
  await all.audio.resume();
  if (phase(all.count, Date.now()) !== "due") return;
  if (!navigator.locks) return ring(all); // plain http from another machine has no locks
  navigator.locks.request(`${KEEP}:${all.count.until}`, { ifAvailable: true }, (lock) => {
    if (!lock) return null;
    ring(all);
    return new Promise((done) => { all.quiet = done; });
  });
}

function ring(all) {
  const begin = all.audio.currentTime + 0.05;
  [523.25, 659.25, 783.99].forEach((pitch, place) => {
    const at = begin + place * 0.28;
    const gain = new GainNode(all.audio, { gain: 0 });
    const note = new OscillatorNode(all.audio, { frequency: pitch });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.16, at + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.7);
    note.connect(gain).connect(all.audio.destination);
    note.start(at);
    note.stop(at + 0.75);
  });
}

function panel(root, all) {
  const [go, stop] = root.querySelectorAll("button");
  const left = root.querySelector(".left");
  const next = root.querySelector(".next");
  go.onclick = all.start;
  stop.onclick = all.stop;
  return (count, now) => {
    const state = phase(count, now);
    const at = new Date(count.until ?? now).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    left.textContent = words(count, now);
    next.textContent = state === "sitting" ? `Next break at ${at}.` : "";
    go.textContent = state === "off" ? "Start" : "I stood up";
    stop.hidden = state === "off";
    root.dataset.phase = state;
  };
}

export default function ({ parentElement, data, setStateValue }) {
  const all = (globalThis.__unpinchBreaks ??= create(data));
  all.options = data;
  if (all.count.until !== null && all.count.minutes !== data.minutes) all.set(adjust(all.count, data.minutes));
  const root = parentElement.querySelector(".breaks");
  const draw = data.panel && root ? panel(root, all) : () => {};
  const mount = parentElement;
  let told = data.running;
  all.panels.set(mount, (count, now) => {
    draw(count, now);
    const running = count.until !== null;
    if (running !== told) setStateValue("running", (told = running));
  });
  all.draw();
  return () => all.panels.delete(mount);
}
