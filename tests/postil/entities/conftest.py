"""The real recogniser: its child takes seconds to load the model, so all tests of a process share one."""

from collections.abc import Iterator

import pytest

from postil.entities.client import Recogniser


@pytest.fixture(scope="session")
def recogniser() -> Iterator[Recogniser]:
    made = Recogniser()
    made.warm()
    yield made
    made.stop()
