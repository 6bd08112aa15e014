"""When to get help now: works with an empty database, or with none."""

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import resources  # noqa: E402
from pages.components.citations import Cited  # noqa: E402

lesson = next(lesson for lesson in resources.lessons() if lesson.slug == "danger-signs")
cited = Cited(resources.catalogue())
st.title(lesson.title, anchor=False)
st.markdown(lesson.summary)
st.markdown(cited.text(lesson.body))
cited.draw()
