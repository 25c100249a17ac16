#!/usr/bin/env python3
"""Random counts for comparing two programs: random_counts.py --seed N --count M prints M count documents, one a line.

The same seed gives the same lines on every machine: all chance comes from one random.Random(seed), and no set or hash
order is used.  The marks are small whole numbers, so that ties happen a lot.  About one document in eight is spoiled on
purpose, so that it is refused.
"""

import argparse
import hashlib
import json
import random
import sys
from fractions import Fraction

CLAIM_NAMES = ["a", "b", "c", "d.one", "e_2"]
RANKS = ["chief", "deputy", "clerk"]
METHODS = ["mean", "mean", "mean", "median", "trimmed"]
MODES = ["half_up", "half_even", "down", "up"]


class Maker:
    """One count document.  `self.r` is the only source of chance."""

    def __init__(self, r, index):
        self.r, self.index = r, index
        self.nodes, self.leaves, self.marks_leaves, self.formulas = [], [], [], 0

    # -- small things ------------------------------------------------------------------------------------------------

    def chance(self, percent):
        return self.r.random() * 100 < percent

    def whole(self, low, high):
        return str(self.r.randint(low, high))

    def number(self, low, high):
        """A number, mostly whole, at times a decimal or a fraction, at times not written canonically."""
        whole = self.r.randint(low, high)
        kind = self.r.randrange(10)
        if kind < 6:
            return str(whole)
        if kind == 6:
            return f"{whole}.5"
        if kind == 7:
            return f"{whole}.{self.r.choice(['25', '10', '0', '333', '05'])}"
        if kind == 8:
            return f"{whole * 3 + self.r.randint(0, 2)}/3"
        return f"{whole * 2}/{self.r.choice([2, 4, 1])}"

    def put(self, document, key, make, percent):
        """An optional key: the thing, null, or nothing."""
        if self.chance(percent):
            document[key] = make()
        elif self.chance(15):
            document[key] = None

    def rounding(self):
        return {"places": self.r.choice([0, 0, 1, 2, 3]), "mode": self.r.choice(MODES)}

    def method(self):
        method = self.r.choice(METHODS)
        if method != "trimmed":
            return method
        drop = self.r.choice([0, 1, 1, 2])
        return {"trimmed": {"drop": drop, "at_least": 2 * drop + self.r.randint(1, 3)}}

    # -- formulas ----------------------------------------------------------------------------------------------------

    def claim_name(self):
        return self.r.choice(CLAIM_NAMES + self.derived_names)

    def formula(self, names, depth=0):
        kind = self.r.randrange(14) if depth < 3 else self.r.randrange(4)
        inside = lambda: self.formula(names, depth + 1)
        space = self.r.choice(["", " "])
        if kind < 3:
            return self.r.choice(names)
        if kind == 3:
            return self.r.choice(["0", "1", "2", "0.5", "10", "3.25"])
        if kind < 7:
            return f"{inside()}{space}{self.r.choice('+-*')}{space}{inside()}"
        if kind == 7:
            return f"{inside()} / {self.r.choice(['2', '4', '3', '(1 + ' + self.r.choice(names) + ')'])}"
        if kind == 8:
            return f"({inside()} {self.r.choice(['<', '<=', '>', '>=', '==', '!='])} {inside()})"
        if kind == 9:
            word = self.r.choice(["min", "max", "sum", "count"])
            return f"{word}({', '.join(inside() for _ in range(self.r.randint(1, 3)))})"
        if kind == 10:
            return f"round({inside()}, {self.r.randrange(3)})"
        if kind == 11:
            return f"if({inside()}, {inside()}, {inside()})"
        if kind == 12:
            return f"-{inside()}"
        return f"({inside()})"

    def derived(self):
        """Derived claims, each using claims and the derived ones made before; then listed in any order."""
        self.derived_names = []
        made = []
        for name in self.r.sample(["x", "y.total", "z_1"], self.r.choice([0, 0, 1, 2, 3])):
            made.append({"name": name, "formula": self.formula(CLAIM_NAMES + self.derived_names)})
            self.derived_names.append(name)
        self.r.shuffle(made)
        return made

    # -- measures and leaves -----------------------------------------------------------------------------------------

    def claim_measure(self):
        kind = self.r.randrange(8)
        if kind < 2:
            return {"claim": self.claim_name()}
        if kind == 2:
            return {"ratio": {"numerator": self.r.choice(CLAIM_NAMES), "denominator": self.r.choice(CLAIM_NAMES),
                              "over_one": self.r.choice(["cap", "cap", "allow", "allow", "refuse"]
                                                        if self.chance(10) else ["cap", "allow"])}}
        if kind == 3:
            return {"growth": {"from": self.r.choice(CLAIM_NAMES), "to": self.claim_name(),
                               "mode": self.r.choice(["relative", "difference"])}}
        if kind < 6:
            return {"formula": self.formula(CLAIM_NAMES + self.derived_names)}
        measure = {"list": "works",
                   "kinds": {"song": self.number(1, 3), "dance": self.number(0, 2), "play": self.number(-1, 2)},
                   "stages": {"draft": "0.5", "shown": self.number(1, 2)},
                   "attributes": {"new": self.number(0, 2), "local": "1/3"}}
        self.put(measure, "at_most", lambda: self.r.randint(0, 3), 50)
        return {"checklist": measure}

    def measure(self):
        kind = self.r.randrange(12)
        if kind < 4:
            return self.claim_measure()
        if kind == 4:
            return {"relative": {"of": self.claim_measure()}}
        if kind < 10:
            return self.marks_measure(self.method())
        if kind == 10:
            return "stated"
        return {"rank": self.rank_table({"table": {}})}

    def marks_measure(self, method):
        low, high, step = self.r.choice([("0", "4", "1"), ("0", "10", "1"), ("1", "3", "0.5"), ("0", "5", "1"),
                                         ("-2", "2", "1"), ("0", "1", "1/4"), ("1", "5", "2")])
        return {"marks": {"method": method, "min": low, "max": high, "step": step}}

    def rank_table(self, table):
        names = RANKS if self.chance(70) else RANKS[:2]
        table["table"] = {name: self.r.choice(["1", "0.5", "0.75", "2", "0", "2/3"]) for name in names}
        if len(names) < 3 and self.chance(93):
            table["otherwise"] = self.r.choice(["0", "0.5", "1"])
        return table

    def scale(self):
        kind = self.r.randrange(8)
        if kind < 4:
            return "identity"
        if kind == 4:
            return {"times": self.number(0, 4)}
        if kind == 5:
            starts = sorted(self.r.sample(range(-2, 8), self.r.randint(1, 4)))
            return {"bands": {"below": self.number(0, 1),
                              "steps": [{"at_least": str(s), "points": self.number(0, 10)} for s in starts]}}
        low = self.r.randint(-1, 2)
        return {"linear": {"from": str(low), "to": str(low + self.r.randint(1, 6)),
                           "points_from": self.number(0, 3), "points_to": self.number(4, 10)}}

    def name(self, prefix):
        name = f"{prefix}{len(self.nodes)}"
        self.nodes.append(name)
        return name

    def finish(self, node):
        if self.chance(6):
            node["attendance"] = self.rank_table({"absent": self.r.choice(["zero", "skip", "zero", "skip", "exclude",
                                                                           "zero" if self.chance(80) else "refuse"])})
            self.wants_attendance = True
        if self.chance(10):
            node["floor"] = self.number(-1, 1)
        if self.chance(12):
            node["cap"] = self.number(2, 9)
        if self.chance(15):
            node["round"] = self.rounding()
        if self.chance(45):
            low = self.r.randint(-1, 1)
            node["range"] = {"min": str(low), "max": str(low + self.r.randint(3, 12)),
                             "step": self.r.choice(["1", "1", "1", "0.5", "2", "1/3", "0.25"])}
        return node

    def leaf(self, under_panel=False):
        measure = self.marks_measure("mean") if under_panel else self.measure()
        if isinstance(measure, dict) and "rank" in measure:
            self.wants_attendance = True
        missing = self.r.choice(["zero", "skip", "skip", "refuse"] if self.chance(5) else ["zero", "skip"])
        node = {"id": self.name("leaf"), "leaf": {"measure": measure, "scale": self.scale(), "missing": missing,
                                                  "not_applicable": self.r.choice(["skip", "zero"])}}
        self.leaves.append(node["id"])
        if isinstance(measure, dict) and "marks" in measure:
            self.marks_leaves.append((node["id"], measure["marks"]))
        return self.finish(node)

    def group(self, depth, under_panel=False):
        node = {"id": self.name("group")}
        group = {"combine": self.r.choice(["mean", "sum"])}
        panel = not under_panel and self.chance(22)
        below = lambda: (self.group(depth + 1, under_panel or panel) if depth < 3 and self.chance(25 - 5 * depth)
                         else self.leaf(under_panel or panel))
        group["parts"] = [{"weight": self.number(1, 3), "node": below()} for _ in range(self.r.choice([1, 2, 2, 3, 3]))]
        if len(group["parts"]) > 1 and self.chance(10):
            group["parts"][-1]["weight"] = "0"
        if self.chance(12):
            group["bonuses"] = [below() for _ in range(self.r.randint(1, 2))]
        if self.chance(12):
            group["penalties"] = [below()]
        if panel:
            group["panel"] = {"method": self.method(), "missing": self.r.choice(["zero", "skip"])}
            if self.chance(3):
                group["panel"]["missing"] = "refuse"
        node["group"] = group
        return self.finish(node)

    # -- entries and sheets ------------------------------------------------------------------------------------------

    def entry(self, name, settings):
        entry = {"id": name}
        self.put(entry, "region", lambda: self.r.choice(["north", "south", "east"]), 75)
        self.put(entry, "pool", lambda: self.r.choice(["P", "Q"]), settings["pools"])
        claims = {c: self.number(1, 5) for c in CLAIM_NAMES if not self.chance(settings["claims_missing"])}
        if self.chance(2):
            claims[self.r.choice(CLAIM_NAMES)] = self.r.choice(["0", "-1"])
        if claims:
            entry["claims"] = claims
        if not self.chance(10):
            entry["lists"] = {"works": [
                {"kind": self.r.choice(["song", "dance", "play"]), "stage": self.r.choice(["draft", "shown"]),
                 **({"attributes": [self.r.choice(["new", "local"]) for _ in range(self.r.randint(1, 3))]}
                    if self.chance(50) else {})}
                for _ in range(self.r.randint(0, 4))]}
        stated = {leaf: self.number(0, 6) for leaf in self.leaves if self.chance(80)}
        if stated:
            entry["stated"] = stated
        if self.chance(15):
            entry["not_applicable"] = self.r.sample(self.leaves, 1)
        if self.wants_attendance and not self.chance(1):
            entry["attendance"] = "absent" if self.chance(20) else {"present": self.r.choice(RANKS)}
        if self.chance(40):
            entry["corrections"] = self.r.randint(0, 2)
        if self.chance(4):
            entry["withdrawn"] = True
        return entry

    def mark(self, marks):
        low, high, step = (fraction(marks[key]) for key in ("min", "max", "step"))
        values = []
        while low <= high:
            values.append(low)
            low += step
        return written(self.r.choice(values))

    def sheets(self, jurors, entries, settings):
        sheets = []
        for entry in entries:
            for juror in jurors:
                kind = self.r.random() * 100
                if kind < settings["recused"]:
                    sheets.append({"juror": juror, "entry": entry, "state": "recused"})
                    continue
                if kind < 2 * settings["recused"]:
                    sheets.append({"juror": juror, "entry": entry, "state": self.r.choice(["abstained", "absent"])})
                    if self.chance(70):
                        continue
                elif kind < 2.5 * settings["recused"]:
                    continue
                marks = {}
                for leaf, measure in self.marks_leaves:
                    if self.chance(settings["holes"]):
                        if self.chance(60):
                            marks[leaf] = self.r.choice(["abstained", "absent", "not_applicable"])
                    else:
                        marks[leaf] = self.mark(measure)
                names = list(marks)
                if len(names) > 1 and self.chance(15):          # two stages, two sheets
                    at = self.r.randint(1, len(names) - 1)
                    for half in (names[:at], names[at:]):
                        sheets.append({"juror": juror, "entry": entry, "state": "handed_in",
                                       "marks": {name: marks[name] for name in half}})
                elif names or self.chance(50):
                    sheets.append({"juror": juror, "entry": entry, "state": "handed_in", "marks": marks})
        if self.chance(50):
            self.r.shuffle(sheets)
        return sheets

    # -- the whole ---------------------------------------------------------------------------------------------------

    def gate(self, number):
        gate = {"id": f"gate{number}", "measure": self.claim_measure(), "test": self.r.choice(["at_least", "at_most"]),
                "value": "1", "missing": self.r.choice(["fail", "pass", "pass"])}
        gate["value"] = self.number(-1, 1) if gate["test"] == "at_least" else self.number(5, 30)
        if self.chance(10):
            gate["test"] = "equals"
            gate["value"] = self.number(1, 3)
        if self.chance(3):
            gate["missing"] = "refuse"
        return gate

    def award(self, number, entries):
        kind = self.r.randrange(5)
        if kind == 0:
            low = self.r.randint(1, 3)
            by = {"place": {"from": low, "to": low + self.r.randint(0, 2)}}
        elif kind == 1:
            band = {"at_least": self.number(0, 4)}
            if self.chance(60):
                band["below"] = str(self.r.randint(6, 9))
            by = {"band": band}
        elif kind == 2:
            best = {"node": self.r.choice(self.nodes)}
            self.put(best, "minimum", lambda: self.number(0, 4), 40)
            by = {"best": best}
        elif kind == 3:
            by = {"condition": self.formula(CLAIM_NAMES + self.derived_names)}
        else:
            by = {"named": self.r.sample(entries, self.r.randint(0, min(3, len(entries))))}
        return {"id": f"award{number}", "within": self.r.choice(["contest", "pool"]), "by": by}

    def lot(self):
        secret = self.r.choice(["s", "geheim", "rahasia é", ""]) + str(self.r.randrange(1000))
        lot = {"commitment": hashlib.sha256(secret.encode()).hexdigest()}
        if self.chance(75):
            lot["secret"], lot["words"] = secret, self.r.choice(["red bird", "tiga kata ini", "", "été"])
        return lot

    def count(self):
        r = self.r
        self.wants_attendance = False
        settings = {"recused": r.choice([0, 0, 4, 12, 12, 30]), "holes": r.choice([0, 0, 5, 25]),
                    "claims_missing": r.choice([0, 0, 10]), "pools": r.choice([0, 60, 100])}
        jurors = [f"j{n}" for n in range(r.choice([1, 2, 3, 3, 4, 5, 7]))]
        entries = [f"e{n}" for n in r.sample(range(20), r.choice([1, 3, 4, 5, 6, 7, 8, 9]))]
        if self.chance(3):
            entries = []
        document = {"format": "paritrana-count-1", "contest": f"contest {self.index}", "jurors": jurors,
                    "derived": self.derived()}
        document["gates"] = [self.gate(n) for n in range(r.choice([0, 0, 0, 1, 2]))]
        document["tree"] = self.leaf() if self.chance(10) else self.group(0)
        rungs = [{"node": r.choice(self.nodes)} for _ in range(r.randint(0, 2))]
        rungs += [word for word in ("fewer_corrections", "chair", "plenary", "lot") if self.chance(45)]
        r.shuffle(rungs)
        document["ladder"] = rungs
        if not self.chance(8):
            cut = {"quota": r.choice([0, 1, 1, 2, 2, 3, 4]), "reserves": r.choice([0, 1, 2, 3]),
                   "ties": r.choice(["keep_all", "ladder", "ladder", "plenary"]),
                   "within": r.choice(["contest", "contest", "pool"])}
            self.put(cut, "minimum", lambda: self.number(0, 5), 30)
            self.put(cut, "region_cap", lambda: r.randint(1, 2), 40)
            document["cut"] = cut
        document["awards"] = [self.award(n, entries) for n in range(r.choice([0, 1, 2, 3]))]
        self.put(document, "lot", self.lot, 60)
        if self.chance(60):
            document["orders"] = {}
            for key in ("chair", "plenary"):
                if self.chance(75):
                    document["orders"][key] = r.sample(entries, r.choice([0, len(entries) // 2, len(entries)]))
        document["entries"] = [self.entry(name, settings) for name in entries]
        document["sheets"] = self.sheets(jurors, entries, settings)
        for key in list(document):
            if document[key] == [] and self.chance(50):
                del document[key]
        return document


# -- exact arithmetic only for choosing marks ------------------------------------------------------------------------

def fraction(text):
    return Fraction(text)


def written(x):
    if x.denominator in (1, 2, 4):
        quarters = int(x * 100)
        sign, quarters = ("-" if quarters < 0 else ""), abs(quarters)
        return f"{sign}{quarters // 100}" if quarters % 100 == 0 else f"{sign}{quarters // 100}.{quarters % 100:02}"
    return f"{x.numerator}/{x.denominator}"


# -- spoiling --------------------------------------------------------------------------------------------------------

def some_node(r, document, wanted):
    found, waiting = [], [document["tree"]]
    while waiting:
        node = waiting.pop()
        if wanted(node):
            found.append(node)
        group = node.get("group") or {}
        waiting += [part["node"] for part in group.get("parts", [])]
        waiting += group.get("bonuses", []) + group.get("penalties", [])
    return r.choice(found) if found else None


def is_leaf(node):
    return "leaf" in node


def is_group(node):
    return "group" in node


def is_marks(node):
    return "leaf" in node and isinstance(node["leaf"]["measure"], dict) and "marks" in node["leaf"]["measure"]


def spoil(maker, document):
    """Put one fault into the document.  Where a document has no place for it, it stays whole."""
    r = maker.r
    entries, sheets = document.get("entries", []), document.get("sheets", [])
    leaf, group = some_node(r, document, is_leaf), some_node(r, document, is_group)
    marks = some_node(r, document, is_marks)
    fault = r.choice([
        "duplicate_id", "duplicate_node", "unknown_entry", "unknown_juror", "unknown_node", "unknown_mark", "no_parts",
        "floor_above_cap", "bad_gate", "relative_of_marks", "negative_weight", "zero_weights", "bands", "linear", "range",
        "places", "trimmed", "median_below_panel", "bad_mark", "duplicate_mark", "recused_beside", "recused_with_marks",
        "formula", "loop", "duplicate_claim", "lot_hex", "lot_half", "lot_broken", "region_cap", "award_place", "award_band",
        "missing", "bad_ratio", "over_one", "growth", "division", "unknown_item", "unknown_rank", "pending",
        "claim_leaf_below_panel", "panel_below_panel", "named_entry", "order_entry", "condition_division"])
    first = entries[0] if entries else None

    def set_leaf(measure, **changes):
        leaf["leaf"] = {"measure": measure, "scale": "identity", "missing": "skip", "not_applicable": "skip", **changes}

    def add_award(by):
        document.setdefault("awards", []).append({"id": "spoiled", "within": "contest", "by": by})

    if fault == "duplicate_id":
        lists = [key for key in ("jurors", "entries", "awards", "gates", "derived") if document.get(key)]
        if lists:
            one = document[r.choice(lists)]
            one.append(one[0])
    elif fault == "duplicate_node" and group:
        group["group"].setdefault("bonuses", []).append({"id": group["id"], "leaf": {
            "measure": "stated", "scale": "identity", "missing": "skip", "not_applicable": "skip"}})
    elif fault == "unknown_entry":
        document.setdefault("sheets", []).append({"juror": "j0", "entry": "nobody", "state": "absent"})
    elif fault == "unknown_juror" and first:
        document.setdefault("sheets", []).append({"juror": "stranger", "entry": first["id"], "state": "handed_in"})
    elif fault == "unknown_node":
        document.setdefault("ladder", []).append({"node": "nowhere"})
    elif fault == "unknown_mark" and sheets:
        sheet = r.choice(sheets)
        sheet.setdefault("marks", {})[r.choice(["nowhere", group["id"] if group else "nowhere"])] = "1"
    elif fault == "no_parts" and group:
        group["group"]["parts"] = []
    elif fault == "floor_above_cap":
        leaf["floor"], leaf["cap"] = "2.5", "2"
    elif fault == "bad_gate":
        document.setdefault("gates", []).append({"id": "spoiled", "measure": r.choice(["stated", {"rank": {}}]),
                                                 "test": "at_least", "value": "1", "missing": "pass"})
    elif fault == "relative_of_marks":
        set_leaf({"relative": {"of": r.choice(["stated", {"rank": {}}, {"relative": {"of": {"claim": "a"}}}])}})
    elif fault == "negative_weight" and group:
        group["group"]["parts"][0]["weight"] = "-1/2"
    elif fault == "zero_weights" and group:
        for part in group["group"]["parts"]:
            part["weight"] = "0.0"
    elif fault == "bands":
        steps = r.choice([[], [{"at_least": "1", "points": "1"}, {"at_least": "2/2", "points": "2"}]])
        leaf["leaf"]["scale"] = {"bands": {"below": "0", "steps": steps}}
    elif fault == "linear":
        leaf["leaf"]["scale"] = {"linear": {"from": "2", "to": "2.0", "points_from": "0", "points_to": "1"}}
    elif fault == "range":
        leaf["range"] = r.choice([{"min": "1", "max": "0", "step": "1"}, {"min": "0", "max": "1", "step": "0"}])
    elif fault == "places":
        leaf["round"] = {"places": 10, "mode": "up"}
    elif fault == "trimmed" and group:
        group["group"]["panel"] = {"method": {"trimmed": {"drop": 2, "at_least": 4}}, "missing": "skip"}
    elif fault == "median_below_panel" and marks:
        document["tree"] = {"id": "over", "group": {
            "combine": "mean", "parts": [{"weight": "1", "node": document["tree"]}],
            "panel": {"method": "mean", "missing": "skip"}}}
        marks["leaf"]["measure"]["marks"]["method"] = "median"
    elif fault == "bad_mark" and marks and first and document.get("jurors"):
        juror = document["jurors"][0]
        document["sheets"] = [s for s in sheets if (s["juror"], s["entry"]) != (juror, first["id"])]
        document["sheets"].append({"juror": juror, "entry": first["id"], "state": "handed_in",
                                   "marks": {marks["id"]: r.choice(["99", "-3", "0.125", "1/7"])}})
    elif fault == "duplicate_mark" and sheets:
        sheet = r.choice(sheets)
        document["sheets"].append(dict(sheet))
    elif fault == "recused_beside" and sheets:
        sheet = r.choice(sheets)
        document["sheets"].append({"juror": sheet["juror"], "entry": sheet["entry"], "state": "recused"})
    elif fault == "recused_with_marks" and sheets:
        r.choice(sheets)["state"] = r.choice(["recused", "absent", "abstained"])
    elif fault == "formula":
        set_leaf({"formula": r.choice([
            "", "a +", "(a", "a)", "a b", "1.", "A", "min()", "min", "if(a, b)", "round(a, 10)", "round(a, b)", "a < b < c",
            "foo(a)", "2a", "a\tb", "if", "+a", "round(a)", "1.2.3", "a = b", "(" * 65 + "a" + ")" * 65, "-" * 65 + "a",
            "a" + "+a" * 1000])})
    elif fault == "loop":
        pair = [{"name": "loop.one", "formula": "loop.two + 1"}, {"name": "loop.two", "formula": "if(0, loop.one, 1)"}]
        document.setdefault("derived", []).extend(pair if maker.chance(50) else
                                                  [{"name": "loop.one", "formula": "loop.one"}])
    elif fault == "duplicate_claim" and first:
        document.setdefault("derived", []).append({"name": "twice", "formula": "1"})
        first.setdefault("claims", {})["twice"] = "1"
    elif fault == "lot_hex":
        document["lot"] = {"commitment": r.choice(["", "abc", "A" * 64, "0" * 63, "g" * 64])}
    elif fault == "lot_half":
        document["lot"] = {"commitment": hashlib.sha256(b"s").hexdigest(), r.choice(["secret", "words"]): "s"}
    elif fault == "lot_broken":
        document["lot"] = {"commitment": hashlib.sha256(b"s").hexdigest(), "secret": "t", "words": "w"}
    elif fault == "region_cap":
        document["cut"] = {"quota": 1, "reserves": 0, "region_cap": 0, "ties": "ladder", "within": "contest"}
    elif fault == "award_place":
        add_award({"place": r.choice([{"from": 0, "to": 1}, {"from": 3, "to": 2}])})
    elif fault == "award_band":
        add_award({"band": {"at_least": "2", "below": r.choice(["2.0", "1"])}})
    elif fault == "named_entry":
        add_award({"named": ["nobody"]})
    elif fault == "order_entry":
        document["orders"] = {"chair": ["nobody"]}
    elif fault == "condition_division":
        add_award({"condition": "1 / 0"})
    elif fault == "missing":
        set_leaf({"claim": "not.there"}, missing="refuse")
    elif fault == "bad_ratio":
        document.setdefault("derived", []).append({"name": "nil", "formula": "a - a"})
        set_leaf({"ratio": {"numerator": "b", "denominator": "nil", "over_one": "cap"}})
    elif fault == "over_one":
        document.setdefault("derived", []).append({"name": "more", "formula": "a * a + 1"})
        set_leaf({"ratio": {"numerator": "more", "denominator": "a", "over_one": "refuse"}})
    elif fault == "growth":
        document.setdefault("derived", []).append({"name": "nil", "formula": "a - a"})
        set_leaf({"growth": {"from": "nil", "to": "b", "mode": "relative"}})
    elif fault == "division":
        set_leaf({"formula": "a / (b - b)"})
    elif fault == "unknown_item":
        set_leaf({"checklist": {"list": "works", "kinds": {"song": "1"}, "stages": {"shown": "1"}, "at_most": 1}})
    elif fault == "unknown_rank":
        leaf["attendance"] = {"table": {"king": "1"}, "absent": "zero"}
    elif fault == "pending":
        leaf["attendance"] = {"table": {}, "otherwise": "1", "absent": "refuse"}
    elif fault == "claim_leaf_below_panel" and group:
        group["group"]["panel"] = {"method": "mean", "missing": "skip"}
        group["group"]["parts"].append({"weight": "1", "node": {"id": "spoiled", "leaf": {
            "measure": "stated", "scale": "identity", "missing": "skip", "not_applicable": "skip"}}})
    elif fault == "panel_below_panel" and group:
        document["tree"] = {"id": "over", "group": {
            "combine": "mean", "parts": [{"weight": "1", "node": document["tree"]}],
            "panel": {"method": "mean", "missing": "skip"}}}
        group["group"]["panel"] = {"method": "mean", "missing": "skip"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seed", type=int, required=True)
    arguments.add_argument("--count", type=int, required=True)
    arguments = arguments.parse_args()
    r = random.Random(arguments.seed)
    for index in range(arguments.count):
        maker = Maker(r, index)
        document = maker.count()
        if maker.chance(10):
            spoil(maker, document)
        print(json.dumps(document, ensure_ascii=maker.chance(50), separators=(",", ":")))


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.stderr.close()
