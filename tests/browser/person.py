"""A person at the screen: answers the questionnaire as somebody with plain one-sided buttock pain would."""

import re
from typing import Any

SCREEN_ANSWERS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (("list", "", "None of these"),),
    (("list", "", "None of these"),),
    (("list", "", "None of these"),),
    (("list", "", "None of these"),),
    (
        ("number", "How old are you", "42"),
        ("radio", "Sex", "Female"),
        ("radio", "Are you pregnant", "No"),
        ("radio", "Do you have a hip replacement", "No"),
    ),
    (("list", "", "None of these"), ("number", "How long are you stiff", "5")),
    (
        ("pill", "Where does it hurt", "Buttock"),
        ("radio", "Which side", "Right"),
        ("pill", "Where is it numb", "None of these"),
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
    (("list", "", "None of these"), ("radio", "Press a fist", "Yes")),
    (("number", "Hours you drive", "1"), ("list", "", "None of these")),
    (("pill", "Did any of these happen", "None of these"), ("pill", "Has a professional", "None of these")),
    (
        ("radio", "Where will you mostly", "At home"),
        ("pill", "What do you have there", "A sturdy chair"),
        ("number", "Minutes you can spare", "10"),
        ("radio", "Can you get down", "No"),
        ("radio", "Can you lie face down", "No"),
    ),
)
"""For each screen in turn: the widget, the beginning of its label, and what is chosen or typed."""


class Person:
    """Works a page by what is written on it."""

    def __init__(self, page: Any, expect: Any) -> None:
        self.page, self.expect = page, expect

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def answer(self, widget: str, label: str, value: str) -> None:
        """Answer one question and wait until the screen shows it."""
        begins = re.compile("^" + re.escape(label))
        match widget:
            case "list":
                box = self.page.get_by_role("checkbox", name=value)
                self.expect(box).to_have_count(1)
                self.page.get_by_text(value, exact=True).click()
                self.expect(box).to_be_checked()
            case "radio" | "scale":
                group = self.page.get_by_role("radiogroup", name=begins)
                group.get_by_text(value, exact=True).click()
                self.expect(group.get_by_role("radio", name=value, exact=True)).to_be_checked()
            case "pill":
                bar = self.page.get_by_role("toolbar", name=begins)
                pill = bar.get_by_role("button", name=value, exact=True)
                pill.click()
                self.expect(pill).to_have_attribute("aria-pressed", "true")
            case "number":
                field = self.page.get_by_label(begins)
                field.fill(value)
                field.press("Tab")

    def agree(self) -> None:
        """Read and agree, and begin."""
        self.page.get_by_text("I am 18 or older and I have read this.").click()
        self.press("Begin")

    def fill_in(self) -> None:
        """Answer every screen, up to the summary."""
        self.press("Start")
        for number, answers in enumerate(SCREEN_ANSWERS, 1):
            self.expect(self.page.get_by_text(f"Step {number} of {len(SCREEN_ANSWERS)},")).to_be_visible()
            for widget, label, value in answers:
                self.answer(widget, label, value)
            self.press("Next")
        self.expect(self.page.get_by_role("heading", name="Check your answers")).to_be_visible()
