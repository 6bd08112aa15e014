"""Two pages with a heading and a box each: the floor that the product's pages are compared with."""

import streamlit as st


def first() -> None:
    st.title("First")
    box()


def second() -> None:
    st.title("Second")
    box()


def box() -> None:
    if st.checkbox("Box"):
        st.header("Ticked")


pages = [st.Page(first, title="First", url_path="first", default=True), st.Page(second, title="Second")]
st.navigation(pages, position="top").run()
