#!/usr/bin/env python3
"""Check outcomes: against the vectors, or two programs against each other.

    check.py vectors [folder]              every vector of the folder against recount.py
    check.py compare A.jsonl B.jsonl       two files of outcomes, line by line

Outcomes are equal as JSON.  Of two refusals only the sets of codes are compared (section 14 of the specification).
Two reading errors are equal whatever their words.  The last line is `N passed, M failed`; the exit code is 1 if M > 0,
and 2 if the files cannot be read.
"""

import itertools
import json
import sys
from pathlib import Path

import recount

SHOWN_DOCUMENTS, SHOWN_DIFFERENCES = 10, 5
HERE = Path(__file__).resolve().parent


def differences(a, b, where="outcome"):
    """The places where two JSON values differ, in words."""
    if isinstance(a, dict) and isinstance(b, dict):
        for key in sorted(a.keys() | b.keys()):
            if key not in a or key not in b:
                value, side = (a[key], "first") if key in a else (b[key], "second")
                yield f"{where}.{key}: only in the {side}: {short(value)}"
            else:
                yield from differences(a[key], b[key], f"{where}.{key}")
    elif isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            yield f"{where}: {short(a)} / {short(b)}"
        else:
            for index, (x, y) in enumerate(zip(a, b)):
                yield from differences(x, y, f"{where}[{index}]")
    elif type(a) is not type(b) or a != b:
        yield f"{where}: {short(a)} / {short(b)}"


def short(value):
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return written if len(written) <= 160 else written[:157] + "..."


def outcome_differences(a, b):
    """As `differences`, but of refusals only the set of codes counts, and of reading errors nothing."""
    if isinstance(a, dict) and isinstance(b, dict):
        if "error" in a and "error" in b:
            return []
        if "refused" in a and "refused" in b:
            a = {**a, "refused": sorted({each["code"] for each in a["refused"]})}
            b = {**b, "refused": sorted({each["code"] for each in b["refused"]})}
        elif ("refused" in a) != ("refused" in b) or ("error" in a) != ("error" in b):
            return [f"{short(what(a))} / {short(what(b))}"]
    return list(differences(a, b))


def what(outcome):
    if "refused" in outcome:
        return {"refused": outcome["refused"]}
    if "error" in outcome:
        return {"error": outcome["error"]}
    return {"an outcome with the standing": [line["entry"] for line in outcome["standing"]]}


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def add(self, title, found):
        if not found:
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= SHOWN_DOCUMENTS:
            print(title)
            for difference in found[:SHOWN_DIFFERENCES]:
                print(f"    {difference}")
            if len(found) > SHOWN_DIFFERENCES:
                print(f"    and {len(found) - SHOWN_DIFFERENCES} more")
        elif self.failed == SHOWN_DOCUMENTS + 1:
            print("(further differences are only counted)")

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def check_vectors(folder):
    report, paths = Report(), sorted(Path(folder).glob("*.json"))
    if not paths:
        print(f"check: no vectors in {folder}", file=sys.stderr)
        return 2
    for path in paths:
        vector = json.loads(path.read_text(encoding="utf-8"))
        try:
            outcome = recount.outcome_of_text(json.dumps(vector["count"]))
        except recount.ReadingError as error:
            outcome = {"error": str(error)}
        report.add(f"{path.name}: {vector['name']}  (expected / recount)", outcome_differences(vector["outcome"], outcome))
    return report.close()


def compare(first, second):
    report = Report()
    with open(first, encoding="utf-8") as a, open(second, encoding="utf-8") as b:
        for number, (x, y) in enumerate(itertools.zip_longest(a, b), start=1):
            if x is None or y is None:
                found = [f"only in {first if y is None else second}"]
            else:
                try:
                    found = [] if x == y else outcome_differences(json.loads(x), json.loads(y))
                except ValueError as error:
                    found = [f"not JSON: {error}"]
            report.add(f"line {number}  ({first} / {second})", found)
    if report.passed + report.failed == 0:
        print("check: both files are empty", file=sys.stderr)
        return 2
    return report.close()


def main(arguments):
    try:
        if arguments[:1] == ["vectors"] and len(arguments) <= 2:
            return recount.with_room(check_vectors, *(arguments[1:] or [HERE / "vectors"]))
        if arguments[:1] == ["compare"] and len(arguments) == 3:
            return compare(*arguments[1:])
    except OSError as error:
        print(f"check: {error}", file=sys.stderr)
        return 2
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
