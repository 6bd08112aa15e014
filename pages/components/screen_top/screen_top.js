// A screen that is new begins at its heading; a mere rerun of the same screen moves nothing.
const shown = (globalThis.__unpinchScreen ??= { name: null });
const SETTLED_MS = 3000;

function toHeading(main) {
  const heading = main.querySelector("h1, h2, h3");
  if (heading) {
    heading.tabIndex = -1;
    heading.style.outline = "none";
    heading.focus({ preventScroll: true });
  }
  return heading;
}

export default function ({ data }) {
  const main = document.querySelector('[data-testid="stMain"]');
  if (main && shown.name !== null && shown.name !== data.screen) {
    main.scrollTo({ top: 0 });
    let heading = toHeading(main);
    // The heading of the screen before may still stand above the new one: when it goes, the focus follows.
    const watch = new MutationObserver(() => {
      if (!heading?.isConnected && document.activeElement === document.body) {
        heading = toHeading(main);
      }
    });
    watch.observe(main, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), SETTLED_MS);
  }
  shown.name = data.screen;
}
