// Keys for the whole window: Space pauses and resumes, the arrows go back and on. Typing and other controls come first.

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=slider], "
  + "[role=radio], [role=tab], [role=combobox], [role=listbox], [role=menu], [role=spinbutton]";
const PRESSABLE = "button, a[href], summary, [role=button], [role=link], [role=checkbox], [role=switch]";
const ACTIONS = { " ": "toggle", ArrowRight: "next", ArrowLeft: "previous" };

/** The action a key press means for the player, or null. `target` is the innermost element that has focus. */
export function keyAction(event, target) {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null;
  if (target?.isContentEditable || target?.closest?.(TYPING)) return null;
  if (event.key === " " && target?.closest?.(PRESSABLE)) return null; // Space presses the button that has focus
  return ACTIONS[event.key] ?? null;
}

/** Listens as long as the page lives; `playing` says whether keys are the player's just now. */
export function listen(playing, act) {
  addEventListener("keydown", (event) => {
    const action = playing() ? keyAction(event, event.composedPath()[0]) : null;
    if (!action) return;
    event.preventDefault();
    act(action);
  });
}
