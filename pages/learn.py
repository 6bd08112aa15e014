"""The teaching and the exercise library, from content."""

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import exercise_card, pictures, resources, screen_top  # noqa: E402
from pages.components.citations import Cited  # noqa: E402

HERE = "pages/learn.py"
catalogue = resources.catalogue()
lessons = {lesson.slug: lesson for lesson in resources.lessons() if lesson.slug != "danger-signs"}
reading = st.query_params.get("read", "")
if reading:  # a link within the page does not change the address by itself, and the next rerun would forget it
    st.query_params["read"] = reading
elif "read" in st.query_params:
    del st.query_params["read"]


def link(label: str, name: str) -> None:
    """The way to a topic or an exercise."""
    arrow = ":material/arrow_forward:"
    st.page_link(HERE, label=label, query_params={"read": name}, icon=arrow, icon_position="right")


cited = Cited(catalogue)
if reading in lessons or reading in catalogue.exercises:
    st.page_link(HERE, label="All topics", query_params={"read": ""}, icon=":material/arrow_back:")
if reading in lessons:
    lesson = lessons[reading]
    st.title(lesson.title, anchor=False)
    pictures.posture(lesson.slug)
    st.markdown(cited.text(lesson.body))
    for exercise in exercise_card.named_in(lesson.body, catalogue):
        link(exercise.name, exercise.id)
    cited.draw()
elif reading in catalogue.exercises:
    exercise_card.full(catalogue.exercises[reading], catalogue, cited)
    cited.draw()
else:
    st.title("Learn", anchor=False)
    st.markdown("What is known about deep buttock pain, in short pages, with the source at each claim.")
    for lesson in lessons.values():
        with st.container(border=True, gap="xsmall"):
            link(f"**{lesson.title}**", lesson.slug)
            st.markdown(lesson.summary)
    st.header("Exercises", anchor=False)
    for family, title in exercise_card.FAMILIES.items():
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{title}**")
            for exercise in catalogue.exercises.values():
                if exercise.family == family:
                    link(exercise.name, exercise.id)
screen_top.at_top(f"learn:{reading}")
