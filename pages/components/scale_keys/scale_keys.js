// Keys for a form: the scale in focus takes a digit, or the first letter of an option; Ctrl+Enter presses Save.
// They are caught before the option in focus hears them, and act only inside the form.
const SECOND_DIGIT_MS = 1000;

export default function ({ parentElement, data }) {
  parentElement.querySelector(".about").textContent = data.about;
  parentElement.querySelector(".keys").textContent = data.hint;
  const typed = { scale: null, text: "", at: 0 };

  const optionFor = (scale, text) =>
    [...scale.querySelectorAll('[role="radio"]')].find((one) => one.innerText.trim().toLowerCase().startsWith(text));

  const answer = (scale, letter, now) => {
    const begun = typed.scale === scale && now - typed.at < SECOND_DIGIT_MS ? typed.text : "";
    const text = begun && optionFor(scale, begun + letter) ? begun + letter : letter;
    const option = optionFor(scale, text);
    if (!option) return false;
    Object.assign(typed, { scale, text, at: now });
    option.focus();
    if (option.getAttribute("aria-checked") !== "true") option.click();
    return true;
  };

  const listen = (event) => {
    const form = event.target.closest?.(`.st-key-${data.form}`);
    if (!form || event.repeat || event.altKey) return;
    const scale = event.target.closest(`.st-key-${data.scales} [role="radiogroup"]`);
    const save = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    const letter = /^[a-z0-9]$/i.test(event.key) && !event.ctrlKey && !event.metaKey;
    if (save) {
      document.activeElement.blur(); // a text field hands over what was typed when it loses the focus
      document.querySelector(`[class*="st-key-${data.save}"] button`)?.click();
    } else if (!(letter && scale && answer(scale, event.key.toLowerCase(), event.timeStamp))) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  document.addEventListener("keydown", listen, true);
  return () => document.removeEventListener("keydown", listen, true);
}
