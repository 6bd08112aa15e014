// The count of one stretch of sitting: a deadline, so that a hidden tab, a reload or a sleeping laptop changes
// nothing. No page and no clock of its own: `now` is milliseconds since 1970.

export const MINUTE = 60000;
export const FORGOTTEN = 120 * MINUTE; // due for so long: nobody has been sitting here
export const OFF = Object.freeze({ minutes: 0, until: null });

export function sit(minutes, now) {
  return { minutes, until: now + minutes * MINUTE };
}

// The same stretch of sitting with another interval.
export function adjust(count, minutes) {
  return count.until === null ? count : { minutes, until: count.until + (minutes - count.minutes) * MINUTE };
}

// Who exercises does not sit: a stretch that would be over within a minute begins anew.
export function moved(count, now) {
  return count.until !== null && count.until - now <= MINUTE ? sit(count.minutes, now) : count;
}

export function phase(count, now) {
  if (count.until === null) return "off";
  return now < count.until ? "sitting" : "due";
}

export function words(count, now) {
  const left = count.until - now;
  switch (phase(count, now)) {
    case "off":
      return "Not running.";
    case "sitting":
      return left <= MINUTE ? "A break in less than a minute." : `A break in ${Math.ceil(left / MINUTE)} minutes.`;
    default:
      return `${count.minutes} minutes of sitting are up. Stand up and walk for a minute or two.`;
  }
}

// How long the words stay true; null when they do not change by themselves.
export function staysFor(count, now) {
  if (phase(count, now) !== "sitting") return null;
  return (count.until - now) % MINUTE || MINUTE;
}

export function toText(count) {
  return count.until === null ? null : JSON.stringify(count);
}

// What was kept, if it can be: a count with an interval within the limits that is not long forgotten.
export function fromText(text, now, [least, most]) {
  let kept;
  try {
    kept = JSON.parse(text);
  } catch {
    return OFF;
  }
  const { minutes, until } = kept ?? {};
  const latest = now + (minutes + 1) * MINUTE; // a clock may have been put right by a little since
  const sound = minutes >= least && minutes <= most && Number.isFinite(until) && until <= latest;
  return sound && now - until < FORGOTTEN ? { minutes, until } : OFF;
}
