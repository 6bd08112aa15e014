// The questions that take the place of the buttons: where it hurts, what then, and whether to stop.

const BACK = ["It does not hurt, go back", null, null, null, "quiet"];
const WHERE = [["muscle", "In the muscle"], ["down_leg", "Down the leg"], ["tingling", "Tingling or numb"]];

/** Each panel: its title and its choices as [text, action of the session, its value, the panel that follows, class]. */
const PANELS = {
  where: {
    title: "Where does it hurt?",
    choices: [...WHERE.map(([value, text]) => [text, "where", value, "after"]), BACK],
  },
  after: {
    title: "Noted. Leave this exercise for today.",
    choices: [["Skip this exercise", "skipStep", null, null, "main"], ["Stop for today", "stop", null, null]],
  },
  stop: {
    title: "Stop for today? What you have done is kept.",
    choices: [["Stop for today", "stop", null, null, "main"], ["Go on", null, null, null]],
  },
};

export class Panel {
  constructor(parts, act, closed) {
    Object.assign(this, { parts, act, closed, name: null });
    parts.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.name !== "after") { event.stopPropagation(); this.open(null); }
    });
  }

  open(name) {
    this.name = name;
    this.parts.panel.hidden = !name;
    if (!name) return this.closed();
    const { title, choices } = PANELS[name];
    this.parts.panelTitle.textContent = title;
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
