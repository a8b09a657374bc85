import pytest

from postil.documents.sample import sample
from postil.entities.client import VERSION, Finished, Recogniser
from postil.entities.sample_names import sample_names


@pytest.mark.model
def test_the_kept_names_are_what_this_version_finds(recogniser: Recogniser) -> None:
    """After a change to the recogniser or the article: `make sample-names`."""
    document = sample().document
    *_, finished = recogniser.recognise(document.content, language=document.language, published=document.published)
    assert isinstance(finished, Finished)
    assert sample_names() == (VERSION, finished.mentions)
