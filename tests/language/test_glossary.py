"""The words of the screens: each is explained in the terminal and on the page, and what a screen names is there."""

from pathlib import Path

import pytest

from realpolitik.errors import QuestionRefused
from realpolitik.language.glossary import WORDS, explained

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"


def test_the_page_explains_every_word_as_the_command_does() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert not [word for word, text in WORDS.items() if f"| {word} | {text} |" not in page]


@pytest.mark.parametrize("word", ["depth", "B3", "log-odds", "Pull", "rank correlation", "likely", "points"])
def test_words_of_the_screens_are_found(word: str) -> None:
    assert explained(word)


def test_an_unknown_word_is_refused_with_the_nearest() -> None:
    with pytest.raises(QuestionRefused, match="pull"):
        explained("pulll")
