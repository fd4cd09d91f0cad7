"""A real browser does what a person does."""

import pytest

pytest.register_assert_rewrite("tests.functional.verifications")
