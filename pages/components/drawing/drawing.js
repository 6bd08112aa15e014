// Only our own drawings come this way; nothing that a person entered.
export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".drawing");
  if (root.shown === data.html) return;
  root.shown = data.html;
  root.innerHTML = data.html;
}
