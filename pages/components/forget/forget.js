// Clears what this browser keeps for Unpinch. What still runs in this tab is ended first: it would write again.
const PREFIX = "unpinch:";

export default function ({ data }) {
  if (globalThis.__unpinchForgot === data.deletion) return;
  globalThis.__unpinchForgot = data.deletion;
  for (const session of globalThis.unpinchSessions?.values() ?? []) session.forget();
  globalThis.unpinchSessions?.clear();
  globalThis.__unpinchBreaks?.stop();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // Without storage there is nothing to clear.
  }
}
