"""Two pages with a heading and a box each: the floor that the product's pages are compared with."""

import streamlit as st


def first() -> None:
    st.title("First")
    st.checkbox("Box")


def second() -> None:
    st.title("Second")
    st.checkbox("Box")


st.navigation(
    [st.Page(first, title="First", url_path="first", default=True), st.Page(second, title="Second")], position="top"
).run()
