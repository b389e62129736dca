"""The pairs of letters that names are made of: the table of crates/core/src/gibberish.rs.

    python3 -m venv names && names/bin/pip install faker==40.54.0 pypinyin==0.55.0
    names/bin/python data/name_pairs.py

Faker (MIT) has personal names of some eighty countries. Marks are taken off, names in other
scripts passed over, and a pair is kept that stands in at least FEWEST of them. Chinese names
are in characters there: every pair within a Mandarin syllable and across two is kept, from the
readings of pypinyin (MIT). Prints a row a
first letter: bit 0 is the pair with `a`. With `--check` it holds half of the names against the
table of the other half, for the figures of docs/classes.md.
"""

import collections
import hashlib
import importlib
import os
import random
import sys
import unicodedata

import faker.providers.person as person
from pypinyin.pinyin_dict import pinyin_dict

FEWEST = 50
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WITHOUT_MARK = str.maketrans({"đ": "d", "ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "ı": "i", "œ": "oe", "ð": "d", "þ": "th"})


def folded(name):
    text = unicodedata.normalize("NFKD", name.lower().translate(WITHOUT_MARK))
    return "".join(c for c in text if not unicodedata.combining(c))


def names():
    found = set()
    for locale in sorted(os.listdir(os.path.dirname(person.__file__))):
        if not locale[:2].isalpha() or "." in locale:
            continue
        provider = importlib.import_module("faker.providers.person." + locale).Provider
        for key, values in vars(provider).items():
            if "name" in key and not key.startswith("language") and isinstance(values, (dict, list, set, tuple)):
                parts = (part for name in values if isinstance(name, str) for part in folded(name).replace("-", " ").replace("'", "").split())
                found.update(part for part in parts if part.isascii() and part.isalpha())
    return sorted(found)


def pairs(names, fewest):
    counts = collections.Counter(pair for name in names for pair in {name[i : i + 2] for i in range(len(name) - 1)})
    return {pair for pair, count in counts.items() if count >= fewest}


def syllables():
    return sorted({folded(reading) for readings in pinyin_dict.values() for reading in readings.split(",")})


def syllable_pairs():
    """Of `hm` and other interjections without a vowel nothing is kept."""
    spoken = [text for text in syllables() if text.isascii() and set(text) & set("aeiou")]
    within = {text[i : i + 2] for text in spoken for i in range(len(text) - 1)}
    return within | {first[-1] + second[0] for first in spoken for second in spoken}


def is_unpronounceable(word, common):
    rare = sum(word[i : i + 2] not in common for i in range(len(word) - 1))
    return len(word) >= 8 and rare >= 3 and rare * 5 >= (len(word) - 1) * 2


def check(all_names):
    halves = [[], []]
    for name in all_names:
        halves[hashlib.md5(name.encode()).digest()[0] & 1].append(name)
    common = pairs(halves[0], FEWEST // 2) | syllable_pairs()
    unseen, spoken, dice = halves[1], syllables(), random.Random(1)
    sets = {
        "one name": unseen,
        "two names in one word": [dice.choice(unseen) + dice.choice(unseen) for _ in range(50_000)],
        "an initial and a name": [dice.choice(LETTERS) + dice.choice(unseen) for _ in range(50_000)],
        "three Mandarin syllables": ["".join(dice.choices(spoken, k=3)) for _ in range(50_000)],
        "ten letters at random": ["".join(dice.choices(LETTERS, k=10)) for _ in range(50_000)],
        "twelve letters at random": ["".join(dice.choices(LETTERS, k=12)) for _ in range(50_000)],
    }
    for what, words in sets.items():
        hits = sum(is_unpronounceable(word, common) for word in words)
        print(f"{what}: {hits} of {len(words)}")


if "--check" in sys.argv:
    check(names())
else:
    common = pairs(names(), FEWEST) | syllable_pairs()
    for first in LETTERS:
        row = sum(1 << LETTERS.index(second) for second in LETTERS if first + second in common)
        print(f"    0x{row >> 16:04x}_{row & 0xffff:04x}, // {first}")
