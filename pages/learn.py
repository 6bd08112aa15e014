"""The teaching and the exercise library, from content."""

from pages.components.guard import via_app

via_app()

import streamlit as st  # noqa: E402

from pages.components import exercise_card, resources  # noqa: E402
from pages.components.citations import Cited  # noqa: E402

catalogue = resources.catalogue()
lessons = {lesson.slug: lesson for lesson in resources.lessons() if lesson.slug != "danger-signs"}
reading = st.query_params.get("read", "")


def read(name: str) -> None:
    st.query_params["read"] = name


def back() -> None:
    st.query_params.clear()


cited = Cited(catalogue)
if reading in lessons:
    lesson = lessons[reading]
    st.button("All topics", on_click=back)
    st.title(lesson.title)
    st.markdown(cited.text(lesson.body))
    for exercise in exercise_card.named_in(lesson.body, catalogue):
        st.button(
            f"Show: {exercise.name}", key=exercise.id, on_click=read, args=(exercise.id,), type="tertiary"
        )
    cited.draw()
elif reading in catalogue.exercises:
    st.button("All topics", on_click=back)
    exercise_card.full(catalogue.exercises[reading], catalogue, cited)
    cited.draw()
else:
    st.title("Learn")
    st.markdown("What is known about deep buttock pain, in short pages, with the source at each claim.")
    for lesson in lessons.values():
        with st.container(border=True):
            st.button(f"**{lesson.title}**", key=lesson.slug, on_click=read, args=(lesson.slug,), type="tertiary")
            st.markdown(lesson.summary)
    st.subheader("Exercises")
    for family, title in exercise_card.FAMILIES.items():
        st.markdown(f"**{title}**")
        for exercise in catalogue.exercises.values():
            if exercise.family == family:
                st.button(exercise.name, key=exercise.id, on_click=read, args=(exercise.id,), type="tertiary")
