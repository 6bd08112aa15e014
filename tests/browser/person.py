"""A person at the screen, who works a page by what is written on it."""

import re
from typing import Any

STILL = "() => document.getAnimations().every((one) => one.playState !== 'running')"
"""Nothing moves and no colour fades any more."""


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
