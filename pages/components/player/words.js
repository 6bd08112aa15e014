// What the player says, shows and sounds for a phase: texts and tones as values, so that they can be tested.
import { isWork } from "./engine.js";

const KINDS = { prepare: "Get ready", hold: "Hold", move: "Move", rest: "Rest", switch: "Change sides" };
const CUE_MS = 8000;
const HALFWAY_FROM_MS = 20000; // shorter holds are over before the word would help
const HALFWAY_SHOWN_MS = 4000;

export const kindWord = (phase) => KINDS[phase.kind];
export const sideWord = (side) => (side === "left" || side === "right" ? `${side} side` : "");
const joined = (parts, by = ", ") => parts.filter(Boolean).join(by);

export const nextWork = (phases, index) => phases.slice(index + 1).find(isWork) ?? null;

export function clock(ms) {
  const s = Math.ceil(ms / 1000 - 1e-6);
  return s < 100 ? String(s) : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

export function timeLeft(ms) {
  return ms < 60000 ? "less than 1 min left" : `${Math.ceil(ms / 60000)} min left`;
}

const amount = (phase) => (phase.reps ? `${phase.reps} repetitions` : phase.seconds ? `${phase.seconds} seconds` : "");

const dose = (phase) => joined([phase.sets > 1 && `set ${phase.set} of ${phase.sets}`, amount(phase)]);

/** The line below the heading: set and amount, what to get into, or what a rest leads to. */
export function detail(phases, index) {
  const phase = phases[index];
  if (isWork(phase)) return dose(phase);
  if (phase.kind === "switch") return phase.label;
  const next = nextWork(phases, index);
  const coming = next && joined([phase.kind === "rest" && sideWord(next.side), amount(next)]);
  const [, posture] = phase.label.split(": ");
  return joined([posture, coming], ", then ");
}

/** The heading: rests and changes of side name what comes next. */
export function heading(phases, index) {
  const phase = phases[index];
  if (phase.kind !== "rest") return phase.name;
  const next = nextWork(phases, index);
  if (!next) return "Next: the end";
  return next.step === phase.step ? `Next: set ${next.set} of ${next.sets}` : `Next: ${next.name}`;
}

/** For screen readers: one sentence at each change of phase, never each second. */
export function announcement(phases, index) {
  const phase = phases[index];
  const side = sideWord(phase.side);
  if (phase.kind === "rest") {
    const next = nextWork(phases, index);
    const coming = next && joined([next.step === phase.step ? `set ${next.set}` : next.name, sideWord(next.side)]);
    return joined([`Rest, ${phase.seconds} seconds`, coming && `Next: ${coming}`], ". ");
  }
  if (phase.kind === "switch") return `Halfway. ${phase.label}.`;
  return `${joined([phase.kind === "prepare" ? phase.label : kindWord(phase), phase.name, side, isWork(phase) && dose(phase)])}.`;
}

/** Spoken: shorter, because the name was said while getting ready. */
export function speech(phases, index) {
  const phase = phases[index];
  if (phase.kind === "hold") return "Hold";
  if (phase.kind === "move") return phase.reps ? `Go. ${phase.reps} repetitions` : "Go";
  return announcement(phases, index);
}

export function cue(cues, elapsedMs) {
  return cues.length ? cues[Math.floor(elapsedMs / CUE_MS) % cues.length] : "";
}

/** The instant of a phase, in ms, at which "halfway" is said; null where it is too short. */
export function halfwayMs(phase, lengthMs) {
  return isWork(phase) && lengthMs != null && lengthMs >= HALFWAY_FROM_MS ? lengthMs / 2 : null;
}
export function halfwayShown(phase, lengthMs, elapsedMs) {
  const half = halfwayMs(phase, lengthMs);
  return half != null && elapsedMs >= half && elapsedMs < half + HALFWAY_SHOWN_MS;
}

/** The tone that opens a phase; without one it is the end of the session. */
export const openingTone = (phase) => (!phase ? "end" : isWork(phase) ? "start" : "rest");

/** Tones from now to the end of the phase, as [seconds from now, tone]: 3-2-1, one per paced repetition, the next opening. */
export function tonesAhead(phases, index, lengthMs, elapsedMs) {
  if (lengthMs == null) return [];
  const phase = phases[index];
  const at = [[lengthMs, openingTone(phases[index + 1])]];
  if (isWork(phase) && phase.reps) {
    for (let rep = 1; rep < phase.reps; rep++) at.push([(lengthMs * rep) / phase.reps, "rep"]);
  } else {
    for (const s of [3, 2, 1]) if (lengthMs >= (s + 1) * 1000) at.push([lengthMs - s * 1000, "tick"]);
  }
  const half = phase.reps ? null : halfwayMs(phase, lengthMs);
  if (half != null) at.push([half, "half"]);
  return at.filter(([ms]) => ms >= elapsedMs).map(([ms, tone]) => [(ms - elapsedMs) / 1000, tone]).sort((a, b) => a[0] - b[0]);
}

/** Tones of the "get ready" countdown, as [seconds from now, tone]. */
export function tonesToResume(phase, readyMs) {
  const out = [];
  for (let ms = readyMs; ms >= 500; ms -= 1000) out.push([(readyMs - ms) / 1000, "tick"]);
  return [...out, [readyMs / 1000, openingTone(phase)]];
}
