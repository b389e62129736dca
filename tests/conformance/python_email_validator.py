"""How python-email-validator does on the rows of syntax/vectors.jsonl that the core is held to.

    python3 -m venv peer && peer/bin/pip install email-validator==2.4.0
    peer/bin/python tests/conformance/python_email_validator.py DIR > tests/conformance/python-email-validator.tsv

Nothing of the rows is written, only how many agree and the names of those that differ.
"""

import collections
import json
import pathlib
import sys
from importlib.metadata import version

import email_validator

OPTIONS = {"check_deliverability": False}
RFC5321 = OPTIONS | {"allow_quoted_local": True, "allow_domain_literal": True}


def is_asked(row):
    profile = row["profile"]
    known = profile in ("rfc5321", "rfc6531", "html5") or profile.startswith("practical")
    return known and not row["contradicted"]


def is_valid(row):
    options = RFC5321 if row["profile"] == "rfc5321" else OPTIONS
    try:
        email_validator.validate_email(row["input"], **options)
        return True
    except email_validator.EmailNotValidError:
        return False


def main():
    lines = pathlib.Path(sys.argv[1], "syntax", "vectors.jsonl").read_text("utf-8").splitlines()
    agree, rows, differing = collections.Counter(), collections.Counter(), []
    for row in filter(is_asked, map(json.loads, lines)):
        suite = "syntax/" + row["profile"]
        rows[suite] += 1
        agrees = is_valid(row) == (row["expect"] == "valid")
        agree[suite] += agrees
        if not agrees:
            differing.append(f"{suite}#{row['id']}")
    print("# name: python-email-validator", version("email-validator"))
    print("# command: tests/conformance/python_email_validator.py DIR")
    for suite in sorted(rows):
        print(suite, agree[suite], rows[suite], sep="\t")
    print(*sorted(differing), sep="\n")


main()
