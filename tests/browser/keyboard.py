"""A person without a mouse: the whole questionnaire of a well person by Tab, Space, arrows and digits."""

import pytest

MOST_STOPS = 40
"""Tab stops between one answer and the next."""
NONE = "None of these"
SCREENS = (
    (("tick", "", NONE),),
    (("tick", "", NONE),),
    (("tick", "", NONE),),
    (("tick", "", NONE),),
    (("number", "How old are you", "42"), ("radio", "Sex", "Male"), ("radio", "Do you have a hip replacement", "No")),
    (("tick", "", NONE), ("number", "How long are you stiff", "5")),
    (
        ("pill", "Where does it hurt", "Buttock"),
        ("radio", "Which side", "Right"),
        ("pill", "Where is it numb", NONE),
    ),
    (
        ("radio", "How did it begin", "Little by little"),
        ("number", "How many weeks ago", "6"),
        ("scale", "Average pain", "4"),
        ("scale", "Worst pain", "6"),
        ("radio", "How is it going", "About the same"),
        ("number", "How many weeks of regular", "0"),
    ),
    (("pill", "What makes it worse", "Sitting"), ("pill", "What eases it", "Walking")),
    (("tick", "", NONE), ("radio", "Press a fist", "Yes")),
    (("number", "Hours you drive", "1"), ("tick", "", NONE)),
    (("pill", "Did any of these happen", NONE), ("pill", "Has a professional", NONE)),
    (
        ("radio", "Where will you mostly", "At home"),
        ("pill", "What do you have there", "A sturdy chair"),
        ("number", "Minutes you can spare", "10"),
        ("radio", "Can you get down", "No"),
        ("radio", "Can you lie face down", "No"),
    ),
)
"""For each screen in turn: the widget, the beginning of its label, and what is chosen or typed."""

FOCUS = """() => {
    const one = document.activeElement;
    const group = one.closest("[role=radiogroup], [role=toolbar]");
    const label = one.labels?.[0]?.innerText ?? one.innerText ?? "";
    return {
        kind: { checkbox: "tick", number: "number", radio: "radio" }[one.type]
            ?? (one.getAttribute("role") === "radio" ? "scale" : group ? "pill" : one.tagName.toLowerCase()),
        text: label.trim(),
        group: group?.getAttribute("aria-label") ?? "",
        on: one.checked === true || one.getAttribute("aria-checked") === "true"
            || one.getAttribute("aria-pressed") === "true",
    };
}"""
INPUTS = "[data-testid=stMain] :is(input[type=checkbox], input[type=number], [role=radiogroup], [role=toolbar])"


class Keyboard:
    """A person without a mouse."""

    def __init__(self, page, expect):
        self.page, self.expect = page, expect

    def tab_to(self, kind, begins, key="Tab"):
        """Go on from stop to stop until the focus is on a widget of that kind whose label begins so."""
        met = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(key)
            focus = self.page.evaluate(FOCUS)
            label = focus["group"] if kind in ("radio", "pill", "scale") else focus["text"]
            if focus["kind"] == kind and label.startswith(begins):
                return focus
            met.append((focus["kind"], label))
        return pytest.fail(f"no {kind} “{begins}” is reached by {key}: {met}")

    def press(self, name):
        """Go to a button and press it with Enter."""
        self.tab_to("button", name)
        self.page.keyboard.press("Enter")

    def answer(self, kind, label, value):
        """Answer one question, once it is there, with Space, arrows or digits, and see that it is taken."""
        self.expect(self.page.locator(INPUTS).and_(self.page.get_by_label(label or value)).first).to_be_visible()
        match kind:
            case "tick":
                self.tab_to(kind, value)
                self.page.keyboard.press("Space")
                self.expect(self.page.get_by_role("checkbox", name=value)).to_be_checked()
            case "number":
                self.tab_to(kind, label)
                self.page.keyboard.type(value)
                self.page.keyboard.press("Tab")
                self.page.keyboard.press("Shift+Tab")
                self.expect(self.page.get_by_label(label, exact=False).first).to_have_value(value)
            case "radio":
                self._choose(self.tab_to(kind, label), value, "ArrowDown")
            case "pill" | "scale":
                self._choose(self.tab_to(kind, label), value, "ArrowRight")

    def _choose(self, focus, value, key):
        for _ in range(20):
            if focus["text"] == value:
                break
            self.page.keyboard.press(key)
            focus = self.page.evaluate(FOCUS)
        assert focus["text"] == value, f"{value} is not reached by {key}"
        if not focus["on"]:
            self.page.keyboard.press("Space")
        self.page.wait_for_function(f"({FOCUS})().on && ({FOCUS})().text === {value!r}")
