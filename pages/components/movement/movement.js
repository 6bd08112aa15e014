// Plays and pauses a picture. Its time is set frame by frame, because Chromium does not start the animations of a
// picture that comes after the page. Where less motion is asked for, the picture itself shows its still pair.
const CALM = "Your system asks for less motion, so the picture stays still.";

function load(root, text) {
  const stage = root.querySelector(".stage");
  stage.innerHTML = text;
  const svg = stage.querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  const panel = width / Math.max(1, svg.querySelectorAll(".still > g").length);
  const close = `${(width - panel) / 2} 0 ${panel} ${height}`; // the moving figure stands in the middle
  svg.pauseAnimations();
  return { text, svg, close, wide: svg.getAttribute("viewBox"), paused: false, seconds: 0, last: null };
}

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".movement");
  const [button, said] = root.querySelectorAll("button, p");
  if (root.film?.text !== data.svg) root.film = load(root, data.svg);
  const film = root.film;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let frame = 0;

  const turn = (now) => {
    if (film.last !== null) film.seconds += (now - film.last) / 1000;
    film.last = now;
    film.svg.setCurrentTime(film.seconds);
    frame = requestAnimationFrame(turn);
  };
  const draw = () => {
    cancelAnimationFrame(frame);
    film.last = null;
    if (!film.paused && !calm.matches) frame = requestAnimationFrame(turn);
    film.svg.setAttribute("viewBox", calm.matches ? film.wide : film.close);
    button.hidden = calm.matches;
    button.textContent = film.paused ? "Play" : "Pause";
    said.textContent = calm.matches ? CALM : "";
  };
  button.onclick = () => {
    film.paused = !film.paused;
    draw();
  };
  calm.onchange = draw;
  root.stop?.();
  root.stop = () => {
    cancelAnimationFrame(frame);
    calm.onchange = null;
  };
  draw();
  return root.stop;
}
