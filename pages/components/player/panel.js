// The questions that take the place of the buttons: where it hurts, what then, and whether to stop.

const BACK = ["It does not hurt, go back", null, null, null, "quiet"];
const WHERE = [["muscle", "In the muscle"], ["down_leg", "Down the leg"], ["tingling", "Tingling or numb"]];

const STOP = ["Stop for today", "stop", null, null];

/** Each panel: its title and its choices as [text, action of the session, its value, the panel that follows, class]. */
const PANELS = {
  where: {
    title: "Where does it hurt?",
    choices: [...WHERE.map(([value, text]) => [text, "where", value, "after"]), BACK],
  },
  after: {
    title: "Noted. Leave this exercise for today.",
    choices: [["Skip this exercise", "skipStep", null, null, "main"], STOP],
  },
  stop: {
    title: "Stop for today? What you have done is kept.",
    choices: [["Stop for today", "stop", null, null, "main"], ["Go on", null, null, null]],
  },
};

/** The panel "after" once Python has answered: what comes instead of the exercise that hurt, or nothing. */
export function answered(change, more) {
  const instead = [[`Go on with ${change.name}`, "skipStep", null, null, "main"], ["Skip that as well", "skipStep", 1, null], STOP];
  const on = [[more ? "Go on with the next exercise" : "End the session", "skipStep", null, null, "main"]];
  return { title: change.title, text: change.text, choices: change.name ? instead : more ? [...on, STOP] : on };
}

export class Panel {
  constructor(parts, act, closed) {
    Object.assign(this, { parts, act, closed, name: null });
    parts.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.name !== "after") { event.stopPropagation(); this.open(null); }
    });
  }

  /** Shows a panel, or none; `content` takes the place of its usual title, text and choices. */
  open(name, content = PANELS[name]) {
    this.name = name;
    this.content = content;
    this.parts.panel.hidden = !name;
    if (!name) return this.closed();
    const { title, text = "", choices } = content;
    this.parts.panelTitle.textContent = title;
    this.parts.panelText.textContent = text;
    this.parts.panelText.hidden = !text;
    this.parts.choices.replaceChildren(...choices.map(([text, action, value, next, kind = ""]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = kind;
      button.textContent = text;
      button.onclick = () => {
        if (action) this.act(action, value);
        this.open(next);
      };
      return button;
    }));
    this.closed(); // repaint first: focus cannot go to what is not shown
    this.parts.choices.firstElementChild.focus();
  }
}
