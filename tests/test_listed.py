"""Names that the editors list are found also where the model finds nothing, and nowhere else.

The texts here are read without a model, so that whatever is found is found by the list.
"""

from __future__ import annotations

import spacy

from builder.annotate import entities
from builder.annotate.document import Document, Paragraph
from builder.annotate.engine import prepare
from builder.annotate.entities import spread
from builder.annotate.entities.names import View
from builder.listed import Listed, Listing
from builder.model.annotation import Mention
from builder.model.editorial import EntityEntry

KESTREL = EntityEntry("kestrel", "Kestrel", "entities.yaml:1", "organization", aliases=("Harrow’s Eye", "The Kestrel"))


def document(text: str, *listed: Listing) -> Document:
    doc = spacy.blank("en")(prepare(text))
    return Document("d", text, (Paragraph(0, len(text), doc),), listed=listed)


def found(text: str, *names: str) -> list[tuple[int, str]]:
    view = View.of(document(text, *((name, "organization") for name in names)))
    return [(n.start, view.surface(n)) for n in spread.listed(view, ())]


def test_a_listed_name_is_found_and_says_by_what() -> None:
    """The annotator's name tells a mention by the list from one by the model; both are a machine's."""
    (mention,) = entities.annotate(document("He asked Kestrel.", ("Kestrel", "organization")), ())
    assert isinstance(mention, Mention)
    assert (mention.start, mention.label, mention.annotator) == (9, "organization", "entities-listed@2")


def test_only_whole_words_as_written_count() -> None:
    assert found("He read kestrel and Kestrels, not KESTREL.", "Kestrel") == []


def test_a_name_inside_another_is_none() -> None:
    """A capitalised word beside it may belong to it, unless that is a title or opens the sentence."""
    assert found("He met Anna Kestrel. She saw Kestrel Tower.", "Kestrel") == []
    assert found("Yesterday Kestrel said it met President Kestrel.", "Kestrel") == [(10, "Kestrel"), (40, "Kestrel")]


def test_a_word_that_the_text_writes_small_too_is_none() -> None:
    assert found("A post on the blog. The Post said so, and Post it was; a post.", "Post") == []


def test_only_names_in_the_text_are_handed_on() -> None:
    """So that a reading depends on no other entry of the file: a curly mark is as good as a straight one."""
    assert Listed([KESTREL]).inside("They call it Harrow's Eye.", "a") == (("Harrow's Eye", "organization"),)
    assert Listed([KESTREL]).inside("They call it “Harrow’s Eye”.", "a") == (("Harrow's Eye", "organization"),)
    assert Listed([KESTREL]).inside("A kestrel flew.", "a") == ()


def test_an_entry_counts_where_the_editor_says() -> None:
    """Limited to its articles; never where it is rejected, nor where two entries give a name two kinds."""
    only = EntityEntry("mistral", "Mistral", "entities.yaml:5", "person", articles=("one",))
    gone = EntityEntry("gone", "Sirocco", "entities.yaml:9", "person", reject=True)
    two = [EntityEntry(f"q-{kind}", "Quill", "entities.yaml:12", kind) for kind in ("work", "person")]
    listed = Listed([only, gone, *two])
    assert listed.inside("Mistral, Sirocco and Quill", "one") == (("Mistral", "person"),)
    assert listed.inside("Mistral, Sirocco and Quill", "other") == ()
