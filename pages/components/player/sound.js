// Tones on the audio clock, so that a throttled tab still sounds on time; speech by a voice of this device only.
import { openingTone, speech, tonesAhead, tonesToResume } from "./words.js";

export const SOUND_MODES = ["voice", "tones", "off"];
const MODE_KEY = "unpinch:player:sound";
// name: [[Hz, start in s, length in s], …]
const TONES = {
  start: [[660, 0, 0.16], [990, 0.14, 0.3]],
  rest: [[660, 0, 0.16], [440, 0.14, 0.3]],
  end: [[523, 0, 0.2], [659, 0.18, 0.2], [784, 0.36, 0.5]],
  half: [[784, 0, 0.12], [784, 0.2, 0.12]],
  tick: [[880, 0, 0.08]],
  rep: [[587, 0, 0.06]],
};

function storedMode() {
  try { return localStorage.getItem(MODE_KEY); } catch { return null; } // storage switched off
}

export class Sound {
  constructor(preferred) {
    const mode = storedMode() ?? preferred;
    this.mode = SOUND_MODES.includes(mode) ? mode : "tones";
    this.context = null;
    this.planned = []; // [start on the audio clock, nodes]
  }

  setMode(mode) {
    this.mode = mode;
    try { localStorage.setItem(MODE_KEY, mode); } catch { /* storage switched off: remembered until reload */ }
    if (mode !== "voice") this.hush();
  }

  /** Browsers let sound begin in a person's tap only. */
  unlock() {
    const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
    if (!Context) return;
    this.context ??= new Context();
    if (this.context.state === "suspended") this.context.resume().catch(() => {});
  }

  /** Plans all tones to the end of the phase that is running; whatever was planned before is dropped. */
  plan(engine, now) {
    this.silence();
    if (this.mode === "off" || !this.context || !engine.active) return;
    const ahead = engine.status === "resuming" ? tonesToResume(engine.phase, engine.readyMs(now))
      : tonesAhead(engine.phases, engine.index, engine.lengthMs(), engine.elapsedMs(now));
    for (const [delay, tone] of ahead) this.planned.push(this.#tone(tone, delay));
  }
  /** The tone of a phase that begins out of turn (start, next, done). */
  open(phase) {
    if (this.mode !== "off" && this.context) this.#tone(openingTone(phase), 0);
  }
  /** Drops what is still to come; a tone that has begun (the one that opens this phase) may ring out. */
  silence() {
    const begun = (this.context?.currentTime ?? 0) + 0.1;
    for (const [at, nodes] of this.planned) if (at > begun) for (const node of nodes) node.disconnect();
    this.planned = [];
  }

  #tone(name, delay) {
    const { context } = this;
    const begin = context.currentTime + delay;
    const nodes = TONES[name].map(([hertz, offset, length]) => {
      const at = begin + offset;
      const node = context.createOscillator();
      const gain = context.createGain();
      node.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.exponentialRampToValueAtTime(name === "rep" ? 0.12 : 0.25, at + 0.015);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + length);
      node.connect(gain).connect(context.destination);
      node.start(at);
      node.stop(at + length + 0.02);
      return gain;
    });
    return [begin, nodes];
  }

  /** A voice that speaks on this device: a network voice would send the text away. */
  voice() {
    const voices = globalThis.speechSynthesis?.getVoices() ?? [];
    const local = voices.filter((v) => v.localService && v.lang.startsWith("en"));
    return local.find((v) => v.lang === "en-GB") ?? local[0] ?? null;
  }
  sayPhase(engine) {
    this.say(engine.phase ? speech(engine.phases, engine.index) : engine.stopped ? "Stopped" : "Finished");
  }
  say(text) {
    const voice = this.mode === "voice" ? this.voice() : null;
    if (!voice) return;
    this.hush();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    globalThis.speechSynthesis.speak(utterance);
  }
  hush() { globalThis.speechSynthesis?.cancel(); }
}
