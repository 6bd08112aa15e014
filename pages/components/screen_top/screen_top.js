// A screen that is new begins at its heading; a mere rerun of the same screen moves nothing.
const shown = (globalThis.__unpinchScreen ??= { name: null });

export default function ({ data }) {
  if (shown.name !== null && shown.name !== data.screen) {
    const main = document.querySelector('[data-testid="stMain"]');
    const heading = main?.querySelector("h1, h2, h3");
    main?.scrollTo({ top: 0 });
    if (heading) {
      heading.tabIndex = -1;
      heading.style.outline = "none";
      heading.focus({ preventScroll: true });
    }
  }
  shown.name = data.screen;
}
