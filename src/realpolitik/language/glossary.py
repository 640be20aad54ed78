"""What the words on screens mean: the terms of `rpol glossary`, each in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from realpolitik.errors import QuestionRefused, did_you_mean

WORDS: Mapping[str, str] = {
    "by construction": "a claim that holds only because its own statement was put in; no success of the model",
    "by itself, through reactions": (
        "a gain with everybody else's decisions as they were, and what the others' answers add to it"
    ),
    "contested": (
        "a claim that is true under one reading, one way of comparing losses or one figure and false under "
        "another, or too close to call"
    ),
    "depth": (
        "how replies are foreseen: 0, each chooses as if the others stood still; 1, each foresees the others' answers"
    ),
    "draw": "one sample of every uncertain input and of chance; 256 of them answer unless --draws says otherwise",
    "fails": "a claim whose check is false here; where its threshold is ours, that is said beside it",
    "fickle": "how much of a taste is drawn anew at each decision",
    "gain": (
        "what an act changes for an actor, in points of its own interests, against the same act held at its status quo"
    ),
    "grade": (
        "a letter for the source (A reliable to E; F cannot be judged) and a figure for the item (1 confirmed"
        " to 5 improbable; 6 cannot be judged): B3 is a usually reliable source of a possibly true item; no "
        "likelihood"
    ),
    "hedge": (
        "the author's own word of caution, read as a range of probability: the share of draws in which a link"
        " it speaks of exists, or a claim has to hold"
    ),
    "held": "set from outside, to ask what it changes; 'by choice' is what an actor decides by itself",
    "holds": (
        "a claim whose check is true on the average of all draws, and in two thirds of the draws that differ;"
        " with a hedge, in as many draws as the hedge says"
    ),
    "hypotheses": (
        "rival readings of which one is true; 'over the hypotheses' is the range of an answer from one to another"
    ),
    "in 90% of draws": "from the 5th to the 95th percentile over draws: judgement and chance together",
    "judgement": (
        "an input no claim states; it has an author and a date, and may come 'after' a claim that prompted it"
    ),
    "likelihood words": (
        "ICD 203: almost no chance 1-5%, very unlikely 5-20%, unlikely 20-45%, roughly even chance 45-55%, "
        "likely 55-80%, very likely 80-95%, almost certain 95-99%"
    ),
    "log-odds": (
        "the scale on which influences add up: log(p / (1 - p)); +1 about the middle moves a level by about 0.23"
    ),
    "loses most": (
        "the least gain below half a point, ties shared; compared in three ways: by top interest, by the sum "
        "of interests, by range"
    ),
    "point": "a hundredth of a full swing of the actor's own most important interest",
    "price": "what a level of an option costs its holder while it is held, in points",
    "pull": "an influence that draws a level towards a stated value, instead of adding to it",
    "rank correlation": (
        "from -1 to +1: how surely an answer rises with an input over the draws (Spearman); no measure of how much"
    ),
    "sampling error": ("what would differ with other draws; two of them either way hold the number in 95 of 100 cases"),
    "sign open": "between a fifth and four fifths of the draws lose, so no side is taken",
    "status quo": "what is done at the start; a thing done is compared with the same thing kept as it is",
    "weights shuffled": (
        "the same question with the weights of interests dealt at random: what the structure alone would say"
    ),
}


def explained(word: str = "") -> Mapping[str, str]:
    """The meaning of a word, or of all.

    Raises:
        QuestionRefused: there is no such word.

    >>> list(explained("B3")), list(explained("log odds"))
    (['grade'], ['log-odds'])
    """
    wanted = word.casefold().replace("-", " ").strip()
    if not wanted:
        return WORDS
    exact = {name: text for name, text in WORDS.items() if wanted in (name.replace("-", " "), f"{name}s")}
    inside = {name: text for name, text in WORDS.items() if wanted in name.replace("-", " ")}
    spoken = {name: text for name, text in WORDS.items() if wanted in text.casefold().replace("-", " ")}
    found = exact or inside or spoken
    if not found:
        raise QuestionRefused(f"'{word}' is not explained here. {did_you_mean(word, WORDS)}".strip())
    return found
