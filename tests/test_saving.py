"""What cannot be saved is said, and nothing pretends otherwise."""

from streamlit.testing.v1 import AppTest

from tests.test_assess_page import agree, press, texts, tick_none
from unpinch import store


def test_what_a_full_disk_refuses_is_called_not_saved_and_the_page_goes_on():
    def page():
        from pathlib import Path

        import streamlit as st

        from pages.components import saving
        from unpinch.store import StoreError

        @saving.told()
        def refuse():
            raise StoreError("full", Path("unpinch.db"))

        saving.problem()
        st.button("Save", on_click=refuse)
        st.markdown("The page goes on.")

    test = AppTest.from_function(page, default_timeout=30).run()
    test = test.button[0].click().run()
    assert not test.exception
    assert test.error[0].value.startswith("Not saved. ")
    assert test.markdown[0].value == "The page goes on."
    assert not test.run().error


def test_an_answer_after_everything_was_deleted_in_another_tab_is_called_not_saved(app, database_path):
    test = press(agree(app("pages/assess.py")), "Start")
    store.delete_everything(database_path)
    test = tick_none(test)
    assert "Not saved." in texts(test) or "Before you begin" in texts(test)
    with store.connect(database_path) as db:
        assert store.responses(db) == ()


def test_an_assessment_finished_in_another_tab_is_not_changed_any_more(app, database_path):
    test = press(agree(app("pages/assess.py")), "Start")
    with store.connect(database_path) as db:
        uid = store.open_response(db).uid
        store.finish_response(db, uid, store.responses(db)[0].started_at)
    tick_none(test)
    with store.connect(database_path) as db:
        assert store.answers(db, uid) == {}
