#!/usr/bin/env python3
"""Recount: the count of docs/specification.md a second time, as one would do it with pencil and paper.

This program was written from the specification alone, without a look at the Rust crate `tally`.
It exists to be compared with it.  Every number is a fraction; there is no float in this file.
The functions stand in the order of the sections of the specification and carry their numbers.

    recount.py count.json          print the outcome of one count, indented
    recount.py -                   the same, the count from standard input
    recount.py --lines [file]      one count per line in, one outcome per line out

A text that is not a count document at all (malformed JSON, unknown key, wrong type) is a reading error:
exit code 2 and a message, or with --lines the line {"error": "...", "format": "paritrana-outcome-1"}.
Only the standard library of Python 3.11 is used.
"""

import hashlib
import json
import re
import sys
import threading
from fractions import Fraction
from functools import lru_cache

COUNT_FORMAT = "paritrana-count-1"
OUTCOME_FORMAT = "paritrana-outcome-1"
DEEPEST_JSON = 1000            # objects and lists inside each other, before we read at all
DEEPEST_TREE = 32
ZERO, ONE = Fraction(0), Fraction(1)

sys.set_int_max_str_digits(0)


class ReadingError(Exception):
    """The text is not a count document."""


class Refusal(Exception):
    """A value that cannot be had; `code` says why (section 14)."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


# ---------------------------------------------------------------------------------------------------------------------
# Section 1. Numbers
# ---------------------------------------------------------------------------------------------------------------------

LONGEST_NUMBER = 400
MOST_BITS = 4096
WRITTEN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?|-?[0-9]+/[0-9]+")


@lru_cache(maxsize=100_000)
def read_number(text):
    """The fraction that a written number means, or None if the text is not a number."""
    if len(text) > LONGEST_NUMBER or not WRITTEN_NUMBER.fullmatch(text):
        return None
    if "/" in text:
        above, below = text.split("/")
        return None if int(below) == 0 else Fraction(int(above), int(below))
    sign = -1 if text.startswith("-") else 1
    whole, _, decimals = text.lstrip("-").partition(".")
    return sign * Fraction(int(whole + decimals), 10 ** len(decimals))


def write_number(x):
    """The canonical text of a fraction."""
    rest, twos, fives = x.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{x.numerator}/{x.denominator}"
    places = max(twos, fives)
    digits = str(abs(x.numerator) * 10 ** places // x.denominator).rjust(places + 1, "0")
    sign = "-" if x < 0 else ""
    if places == 0:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def write_or_null(x):
    return None if x is None else write_number(x)


def round_number(x, places, mode):
    """The multiple of 10^-places that the mode chooses.  All four modes treat -x as the mirror of x."""
    scaled = abs(x) * 10 ** places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if mode == "half_up":
        further = 2 * rest >= scaled.denominator
    elif mode == "half_even":
        further = 2 * rest > scaled.denominator or (2 * rest == scaled.denominator and whole % 2 == 1)
    elif mode == "down":
        further = False
    else:  # up
        further = rest > 0
    result = Fraction(whole + (1 if further else 0), 10 ** places)
    return -result if x < 0 else result


# ---------------------------------------------------------------------------------------------------------------------
# Section 2. The count document: reading it strictly
# ---------------------------------------------------------------------------------------------------------------------
# A "reader" takes a JSON value and a word saying where it stands, and gives the value we work with.

NEEDED = object()


def fail(where, what):
    raise ReadingError(f"{where}: {what}")


def text(value, where):
    if not isinstance(value, str):
        fail(where, "a text is needed")
    return value


def ident(value, where):
    if not isinstance(value, str) or value == "":
        fail(where, "a non-empty text is needed")
    return value


def number(value, where):
    found = read_number(value) if isinstance(value, str) else None
    if found is None:
        fail(where, "a number written as a text is needed")
    return found


def counter(value, where):
    if type(value) is not int or value < 0:
        fail(where, "a whole number, not negative, is needed")
    return value


def boolean(value, where):
    if not isinstance(value, bool):
        fail(where, "true or false is needed")
    return value


def word_of(*words):
    def read(value, where):
        if not isinstance(value, str) or value not in words:
            fail(where, "one of these words is needed: " + ", ".join(words))
        return value
    return read


def list_of(reader):
    def read(value, where):
        if not isinstance(value, list):
            fail(where, "a list is needed")
        return [reader(each, f"{where}[{index}]") for index, each in enumerate(value)]
    return read


def map_of(reader):
    def read(value, where):
        if not isinstance(value, dict):
            fail(where, "an object is needed")
        return {ident(key, where): reader(each, f"{where}.{key}") for key, each in value.items()}
    return read


def maybe(reader):
    def read(value, where):
        return None if value is None else reader(value, where)
    return read


def record(**fields):
    """A reader of an object with exactly these keys: name = (reader,) if needed, or (reader, what absent means)."""
    def read(value, where):
        if not isinstance(value, dict):
            fail(where, "an object is needed")
        for key in value:
            if key not in fields:
                fail(where, f"unknown key {key!r}")
        result = {}
        for key, (reader, *absent) in fields.items():
            if key in value:
                result[key] = reader(value[key], f"{where}.{key}")
            elif absent:
                result[key] = absent[0]() if callable(absent[0]) else absent[0]
            else:
                fail(where, f"the key {key!r} is missing")
        return result
    return read


def choice(words=(), **readers):
    """A reader of `word` or of {kind: body}; gives the pair (kind, body), the body of a bare word is None."""
    def read(value, where):
        if isinstance(value, str) and value in words:
            return value, None
        if isinstance(value, dict) and len(value) == 1:
            (kind, body), = value.items()
            if kind in readers:
                return kind, readers[kind](body, f"{where}.{kind}")
            fail(where, f"unknown key {kind!r}")
        fail(where, "one of these is needed: " + ", ".join([*words, *readers]))
    return read


def opt(reader):
    return maybe(reader), None


def many(reader):
    return list_of(reader), list


def table(reader):
    return map_of(reader), dict


read_missing = word_of("zero", "skip", "refuse")
read_method = choice(("mean", "median"), trimmed=record(drop=(counter,), at_least=(counter,)))
read_rounding = record(places=(counter,), mode=(word_of("half_up", "half_even", "down", "up"),))
read_range = record(min=(number,), max=(number,), step=(number,))
read_scale = choice(
    ("identity",),
    times=number,
    bands=record(below=(number,), steps=many(record(at_least=(number,), points=(number,)))),
    linear=record(**{"from": (number,)}, to=(number,), points_from=(number,), points_to=(number,)))


def read_measure(value, where):
    return read_measure_choice(value, where)


read_measure_choice = choice(
    ("stated",),
    claim=ident,
    ratio=record(numerator=(ident,), denominator=(ident,), over_one=(word_of("cap", "allow", "refuse"),)),
    growth=record(**{"from": (ident,)}, to=(ident,), mode=(word_of("relative", "difference"),)),
    formula=text,
    checklist=record(list=(ident,), kinds=table(number), stages=table(number), attributes=table(number),
                     at_most=opt(counter)),
    relative=record(of=(read_measure,)),
    marks=record(method=(read_method,), min=(number,), max=(number,), step=(number,)),
    rank=record(table=table(number), otherwise=opt(number)))


class Node:
    """A node of the tree: a group or a leaf, with its finish."""

    def __init__(self, fields):
        self.id = fields["id"]
        self.group, self.leaf = fields["group"], fields["leaf"]
        self.attendance, self.floor, self.cap = fields["attendance"], fields["floor"], fields["cap"]
        self.round, self.range = fields["round"], fields["range"]
        self.parent = None             # set by walk_tree
        self.depth = 1
        self.panel_above = False       # some group above has a panel
        self.unheard_above = False     # some node above lets an absent entry off with 0 or without points
        self.on_path = True            # reached from the root by parts and bonuses only
        if self.group:
            self.weighted = [(part["weight"], part["node"]) for part in self.group["parts"]]
            self.parts = [node for _, node in self.weighted]
            self.bonuses, self.penalties = self.group["bonuses"], self.group["penalties"]
            self.panel = self.group["panel"]
        else:
            self.weighted, self.parts, self.bonuses, self.penalties, self.panel = [], [], [], [], None
            self.measure, self.argument = self.leaf["measure"]

    @property
    def children(self):
        return self.parts + self.bonuses + self.penalties

    @property
    def is_marks(self):
        return self.leaf is not None and self.measure == "marks"


def read_node(value, where):
    fields = read_node_fields(value, where)
    if (fields["group"] is None) == (fields["leaf"] is None):
        fail(where, "a node is either a group or a leaf")
    return Node(fields)


read_node_fields = record(
    id=(ident,),
    group=opt(record(
        combine=(word_of("mean", "sum"),),
        parts=many(record(weight=(number,), node=(read_node,))),
        bonuses=many(read_node), penalties=many(read_node),
        panel=opt(record(method=(read_method,), missing=(read_missing,))))),
    leaf=opt(record(measure=(read_measure,), scale=(read_scale,), missing=(read_missing,),
                    not_applicable=(word_of("skip", "zero"),))),
    attendance=opt(record(table=table(number), otherwise=opt(number),
                          absent=(word_of("zero", "skip", "exclude", "refuse"),))),
    floor=opt(number), cap=opt(number), round=opt(read_rounding), range=opt(read_range))


def read_mark(value, where):
    if value in ("abstained", "absent", "not_applicable"):
        return value
    return number(value, where)


read_document = record(
    format=(word_of(COUNT_FORMAT),),
    contest=(ident,),
    jurors=many(ident),
    derived=many(record(name=(ident,), formula=(text,))),
    gates=many(record(id=(ident,), measure=(read_measure,), test=(word_of("at_least", "at_most", "equals"),),
                      value=(number,), missing=(word_of("fail", "pass", "refuse"),))),
    tree=(read_node,),
    ladder=many(choice(("fewer_corrections", "chair", "plenary", "lot"), node=ident)),
    cut=opt(record(quota=(counter,), reserves=(counter,), minimum=opt(number), region_cap=opt(counter),
                   ties=(word_of("keep_all", "ladder", "plenary"),), within=(word_of("contest", "pool"),))),
    awards=many(record(id=(ident,), within=(word_of("contest", "pool"),), by=(choice(
        place=record(**{"from": (counter,)}, to=(counter,)),
        band=record(at_least=(number,), below=opt(number)),
        best=record(node=(ident,), minimum=opt(number)),
        condition=text,
        named=list_of(ident)),))),
    lot=opt(record(commitment=(text,), secret=opt(text), words=opt(text))),
    orders=opt(record(chair=many(ident), plenary=many(ident))),
    entries=many(record(
        id=(ident,), region=opt(ident), pool=opt(ident), claims=table(number),
        lists=table(list_of(record(kind=(ident,), stage=(ident,), attributes=many(ident)))),
        stated=table(number), not_applicable=many(ident), attendance=opt(choice(("absent",), present=ident)),
        corrections=(counter, 0), withdrawn=(boolean, False))),
    sheets=many(record(juror=(ident,), entry=(ident,),
                       state=(word_of("handed_in", "abstained", "recused", "absent"),), marks=table(read_mark))))


def no_key_twice(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ReadingError("a key stands twice in one object")
    return result


def no_json_number(written):
    raise ReadingError(f"{written} is neither a whole number nor a text")


def deepest_nesting(written):
    """How many objects and lists stand inside each other, without recursion."""
    deepest = depth = 0
    for sign in re.findall(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', written, re.S):
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def read_count(written):
    if deepest_nesting(written) > DEEPEST_JSON:
        raise ReadingError(f"nested deeper than {DEEPEST_JSON}")
    try:
        value = json.loads(written, object_pairs_hook=no_key_twice, parse_float=no_json_number,
                           parse_constant=no_json_number)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"not JSON: {error}") from None
    return Count(read_document(value, "count"))


class Count:
    """The count document, read, with the tree walked once."""

    def __init__(self, document):
        for key, value in document.items():
            setattr(self, key, value)
        if self.orders is None:
            self.orders = {"chair": [], "plenary": []}
        self.nodes = walk_tree(self.tree)
        self.node_named = {}
        for node in self.nodes:
            self.node_named.setdefault(node.id, node)
        self.entry_named = {}
        for entry in self.entries:
            self.entry_named.setdefault(entry["id"], entry)
        self.formula_of = {}
        for derived in self.derived:
            self.formula_of.setdefault(derived["name"], derived["formula"])


def walk_tree(root):
    """All nodes in tree order: a node before its parts, then its bonuses, then its penalties."""
    nodes, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        for child in node.children:
            child.parent, child.depth = node, node.depth + 1
            child.panel_above = node.panel_above or node.panel is not None
            lets_off = node.attendance is not None and node.attendance["absent"] in ("zero", "skip")
            child.unheard_above = node.unheard_above or lets_off
            child.on_path = node.on_path
        for penalty in node.penalties:
            penalty.on_path = False
        waiting.extend(reversed(node.children))
    return nodes


# ---------------------------------------------------------------------------------------------------------------------
# Section 14, first half. The form of the document
# ---------------------------------------------------------------------------------------------------------------------

def refusals_of_form(count):
    found = []

    def refuse(code, entry=None, node=None):
        if (code, entry, node) not in found:
            found.append((code, entry, node))

    for ids in ([*count.jurors], [e["id"] for e in count.entries], [n.id for n in count.nodes],
                [g["id"] for g in count.gates], [a["id"] for a in count.awards], [d["name"] for d in count.derived]):
        if len(set(ids)) != len(ids):
            refuse("duplicate_id")
    check_tree(count, refuse)
    check_formulas(count, refuse)
    check_names(count, refuse)
    check_sheets(count, refuse)
    if count.lot:
        check_lot(count.lot, refuse)
    if count.cut and count.cut["region_cap"] == 0:
        refuse("bad_cut")
    for award in count.awards:
        kind, by = award["by"]
        if kind == "place" and (by["from"] < 1 or by["to"] < by["from"]):
            refuse("bad_award")
        if kind == "band" and by["below"] is not None and by["below"] <= by["at_least"]:
            refuse("bad_award")
    return found


def check_tree(count, refuse):
    for node in count.nodes:
        if node.depth > DEEPEST_TREE:
            refuse("bad_tree", node=node.id)
        if node.floor is not None and node.cap is not None and node.floor > node.cap:
            refuse("bad_tree", node=node.id)
        if node.round and node.round["places"] > 9:
            refuse("bad_range", node=node.id)
        if node.range and not good_range(node.range):
            refuse("bad_range", node=node.id)
        if node.attendance:
            factors = list(node.attendance["table"].values()) + [node.attendance["otherwise"] or ZERO]
            if min(factors) < 0:
                refuse("bad_weights", node=node.id)
        if node.group:
            check_group(node, refuse)
        else:
            check_leaf(node, refuse)
    for gate in count.gates:
        if gate["measure"][0] not in ("claim", "ratio", "growth", "formula", "checklist"):
            refuse("bad_tree")
        check_measure(gate["measure"], None, refuse)


def check_group(node, refuse):
    weights = [weight for weight, _ in node.weighted]
    if not weights:
        refuse("bad_tree", node=node.id)
    elif min(weights) < 0 or (node.group["combine"] == "mean" and not any(weights)):
        refuse("bad_weights", node=node.id)
    if node.panel:
        if node.panel_above:
            refuse("bad_tree", node=node.id)
        check_method(node.panel["method"], node.id, refuse)


def check_leaf(node, refuse):
    if node.panel_above and not node.is_marks:
        refuse("bad_tree", node=node.id)
    if node.panel_above and node.is_marks and node.argument["method"][0] != "mean":
        refuse("bad_method", node=node.id)
    check_measure(node.leaf["measure"], node.id, refuse)
    kind, scale = node.leaf["scale"]
    if kind == "bands":
        starts = [step["at_least"] for step in scale["steps"]]
        if not starts or any(b <= a for a, b in zip(starts, starts[1:])):
            refuse("bad_bands", node=node.id)
    if kind == "linear" and scale["from"] >= scale["to"]:
        refuse("bad_scale", node=node.id)


def check_measure(measure, node_id, refuse):
    kind, argument = measure
    while kind == "relative":
        kind, argument = argument["of"]
        if kind in ("marks", "stated", "rank", "relative"):
            refuse("bad_tree", node=node_id)
    if kind == "marks":
        if not good_range(argument):
            refuse("bad_range", node=node_id)
        check_method(argument["method"], node_id, refuse)


def check_method(method, node_id, refuse):
    kind, trim = method
    if kind == "trimmed" and trim["at_least"] <= 2 * trim["drop"]:
        refuse("bad_method", node=node_id)


def good_range(limits):
    return limits["min"] <= limits["max"] and limits["step"] > 0


def formulas_of_measure(measure):
    kind, argument = measure
    while kind == "relative":
        kind, argument = argument["of"]
    return [argument] if kind == "formula" else []


def check_formulas(count, refuse):
    texts = [derived["formula"] for derived in count.derived]
    for node in count.nodes:
        if node.leaf:
            texts += formulas_of_measure(node.leaf["measure"])
    for gate in count.gates:
        texts += formulas_of_measure(gate["measure"])
    texts += [award["by"][1] for award in count.awards if award["by"][0] == "condition"]
    for written in texts:
        if parse_formula(written) is None:
            refuse("bad_formula")
    # A circle of derived claims: cross out what needs nothing uncrossed, until nothing can be crossed out any more.
    needs, needed_by, waiting = {}, {}, []
    for name, written in count.formula_of.items():
        parsed = parse_formula(written)
        named = [other for other in (parsed[1] if parsed else ()) if other in count.formula_of]
        needs[name] = len(named)
        for other in named:
            needed_by.setdefault(other, []).append(name)
        if not named:
            waiting.append(name)
    crossed = 0
    while waiting:
        crossed += 1
        for name in needed_by.get(waiting.pop(), ()):
            needs[name] -= 1
            if needs[name] == 0:
                waiting.append(name)
    if crossed < len(needs):
        refuse("formula_loop")
    for entry in count.entries:
        if any(name in count.formula_of for name in entry["claims"]):
            refuse("duplicate_claim", entry=entry["id"])


def check_names(count, refuse):
    def entry_must_exist(name):
        if name not in count.entry_named:
            refuse("unknown_entry", entry=name)

    def node_must_exist(name):
        if name not in count.node_named:
            refuse("unknown_node", node=name)

    for order in count.orders.values():
        for name in order:
            entry_must_exist(name)
    for kind, name in count.ladder:
        if kind == "node":
            node_must_exist(name)
    for award in count.awards:
        kind, by = award["by"]
        if kind == "best":
            node_must_exist(by["node"])
        if kind == "named":
            for name in by:
                entry_must_exist(name)
    for entry in count.entries:
        for name in [*entry["stated"], *entry["not_applicable"]]:
            node = count.node_named.get(name)
            if node is None or node.leaf is None:
                refuse("unknown_node", entry=entry["id"], node=name)


def check_sheets(count, refuse):
    sheets_of, marked = {}, set()
    for sheet in count.sheets:
        juror, entry = sheet["juror"], sheet["entry"]
        if juror not in count.jurors:
            refuse("unknown_juror", entry=entry)
        if entry not in count.entry_named:
            refuse("unknown_entry", entry=entry)
        sheets_of.setdefault((juror, entry), []).append(sheet)
        if sheet["state"] != "handed_in" and sheet["marks"]:
            refuse("recused_mark", entry=entry)
        for name, mark in sheet["marks"].items():
            node = count.node_named.get(name)
            if node is None or not node.is_marks:
                refuse("unknown_node", entry=entry, node=name)
            elif isinstance(mark, Fraction) and good_range(node.argument) and not mark_fits(mark, node.argument):
                refuse("bad_mark", entry=entry, node=name)
            if (juror, entry, name) in marked:
                refuse("duplicate_mark", entry=entry, node=name)
            marked.add((juror, entry, name))
    for (_, entry), sheets in sheets_of.items():
        if len(sheets) > 1 and any(sheet["state"] == "recused" for sheet in sheets):
            refuse("recused_mark", entry=entry)


def mark_fits(mark, limits):
    return limits["min"] <= mark <= limits["max"] and ((mark - limits["min"]) / limits["step"]).denominator == 1


def check_lot(lot, refuse):
    if not re.fullmatch("[0-9a-f]{64}", lot["commitment"]) or (lot["secret"] is None) != (lot["words"] is None):
        refuse("bad_lot")
    elif lot["secret"] is not None and sha256(lot["secret"]).hex() != lot["commitment"]:
        refuse("broken_commitment")


def sha256(written):
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest()


# ---------------------------------------------------------------------------------------------------------------------
# Section 3. Marks and the four states that are not a mark
# ---------------------------------------------------------------------------------------------------------------------

class Marks:
    """For every marks leaf, entry and juror one state: a number, abstained, recused, absent or not_applicable."""

    def __init__(self, count):
        self.jurors = count.jurors
        self.by_name, self.blanket = {}, {}
        for sheet in count.sheets:
            who = (sheet["juror"], sheet["entry"])
            if sheet["state"] == "handed_in":
                for leaf, mark in sheet["marks"].items():
                    self.by_name[*who, leaf] = mark
            else:
                self.blanket.setdefault(who, sheet["state"])

    def state(self, leaf, entry, juror):
        named = self.by_name.get((juror, entry, leaf))
        return named if named is not None else self.blanket.get((juror, entry), "absent")

    def number(self, leaf, entry, juror):
        state = self.state(leaf, entry, juror)
        return None if isinstance(state, str) else state

    def numbers(self, leaf, entry):
        """The numbers only, by juror."""
        found = {}
        for juror in self.jurors:
            x = self.number(leaf, entry, juror)
            if x is not None:
                found[juror] = x
        return found

    def tally(self, leaf, entry):
        counts = {"marked": 0, "abstained": 0, "recused": 0, "absent": 0, "not_applicable": 0}
        for juror in self.jurors:
            state = self.state(leaf, entry, juror)
            counts[state if isinstance(state, str) else "marked"] += 1
        return counts


def apply_method(method, numbers):
    kind, trim = method
    x = sorted(numbers)
    n = len(x)
    if kind == "median":
        return x[n // 2] if n % 2 == 1 else (x[n // 2 - 1] + x[n // 2]) / 2
    if kind == "trimmed" and n >= trim["at_least"]:
        x = x[trim["drop"]:n - trim["drop"]]
    return sum(x, ZERO) / len(x)


# ---------------------------------------------------------------------------------------------------------------------
# Section 4. From raw value to points: a leaf
# ---------------------------------------------------------------------------------------------------------------------

def claim_measure(count, claims, entry, measure):
    """The raw value of claim, ratio, growth, formula or checklist; None if missing."""
    kind, argument = measure
    if kind == "claim":
        return claims.value(argument)
    if kind == "ratio":
        above, below = claims.value_if_all(argument["numerator"], argument["denominator"])
        if above is None:
            return None
        if below <= 0 or above < 0:
            raise Refusal("bad_ratio")
        ratio = above / below
        if ratio > 1 and argument["over_one"] == "refuse":
            raise Refusal("ratio_over_one")
        return ONE if ratio > 1 and argument["over_one"] == "cap" else ratio
    if kind == "growth":
        before, after = claims.value_if_all(argument["from"], argument["to"])
        if before is None:
            return None
        if argument["mode"] == "difference":
            return after - before
        if before <= 0:
            raise Refusal("bad_growth")
        return (after - before) / before
    if kind == "formula":
        return claims.formula(argument)
    # checklist
    items = entry["lists"].get(argument["list"])
    if items is None:
        return None
    worths = sorted((worth_of_item(item, argument) for item in items), reverse=True)
    if argument["at_most"] is not None:
        worths = worths[:argument["at_most"]]
    return sum(worths, ZERO)


def worth_of_item(item, checklist):
    try:
        worth = checklist["kinds"][item["kind"]]
        for attribute in sorted(set(item["attributes"])):
            worth += checklist["attributes"][attribute]
        return worth * checklist["stages"][item["stage"]]
    except KeyError:
        raise Refusal("unknown_item") from None


def rank_measure(argument, presence):
    if presence is None:
        return None
    kind, rank = presence
    return ZERO if kind == "absent" else factor_of_rank(argument, rank)


def factor_of_rank(where, rank):
    if rank in where["table"]:
        return where["table"][rank]
    if where["otherwise"] is not None:
        return where["otherwise"]
    raise Refusal("unknown_rank")


def apply_scale(scale, raw):
    kind, argument = scale
    if kind == "identity":
        return raw
    if kind == "times":
        return raw * argument
    if kind == "bands":
        points = argument["below"]
        for step in argument["steps"]:
            if step["at_least"] <= raw:
                points = step["points"]
        return points
    low, high = argument["from"], argument["to"]
    x = min(max(raw, low), high)
    return argument["points_from"] + (x - low) / (high - low) * (argument["points_to"] - argument["points_from"])


# ---------------------------------------------------------------------------------------------------------------------
# Section 5. Formulas
# ---------------------------------------------------------------------------------------------------------------------

LONGEST_FORMULA, DEEPEST_FORMULA = 2000, 64
CALL_WORDS = ("min", "max", "sum", "count", "round", "if")
TOKEN = re.compile(r" *(?:([0-9]+(?:\.[0-9]+)?)|([a-z][a-z0-9_.]*)|(<=|>=|==|!=|[-+*/<>(),]))")


class NotAFormula(Exception):
    pass


@lru_cache(maxsize=10_000)
def parse_formula(written):
    """The pair (parsed expression, names in it), or None for a bad formula."""
    if len(written) > LONGEST_FORMULA:
        return None
    try:
        parser = Parser(written)
        tree = parser.expression()
        if parser.next is not None:
            return None
        return tree, tuple(dict.fromkeys(parser.names))
    except NotAFormula:
        return None


class Parser:
    """One method for each line of the grammar."""

    def __init__(self, written):
        self.tokens, self.position, self.depth, self.names = self.cut(written), 0, 0, []

    @staticmethod
    def cut(written):
        tokens, at, end = [], 0, len(written.rstrip(" "))
        while at < end:
            match = TOKEN.match(written, at)
            if not match:
                raise NotAFormula
            kind = "number" if match[1] else "name" if match[2] else "sign"
            tokens.append((kind, match[match.lastindex]))
            at = match.end()
        return tokens

    @property
    def next(self):
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self, *signs):
        """Take the next token if it is one of these signs, and give it."""
        token = self.next
        if token and token[0] == "sign" and token[1] in signs:
            self.position += 1
            return token[1]
        return None

    def must(self, sign):
        if not self.take(sign):
            raise NotAFormula

    def deeper(self):
        self.depth += 1
        if self.depth > DEEPEST_FORMULA:
            raise NotAFormula

    def expression(self):
        left = self.sum()
        sign = self.take("<", "<=", ">", ">=", "==", "!=")
        return ("compare", sign, left, self.sum()) if sign else left

    def sum(self):
        return self.chain(self.product, "+", "-")

    def product(self):
        return self.chain(self.unary, "*", "/")

    def chain(self, part, *signs):
        first, rest = part(), []
        while sign := self.take(*signs):
            rest.append((sign, part()))
        return ("chain", first, rest) if rest else first

    def unary(self):
        if not self.take("-"):
            return self.primary()
        self.deeper()
        inside = self.unary()
        self.depth -= 1
        return "negative", inside

    def primary(self):
        if self.take("("):
            self.deeper()
            inside = self.expression()
            self.must(")")
            self.depth -= 1
            return inside
        kind, word = self.next or (None, None)
        self.position += 1
        if kind == "number":
            return "number", read_number(word)
        if kind != "name":
            raise NotAFormula
        if word in CALL_WORDS:
            return self.call(word)
        self.names.append(word)
        return "name", word

    def call(self, word):
        self.must("(")
        self.deeper()
        arguments = [self.expression()]
        if word == "round":
            self.must(",")
            kind, digit = self.next or (None, "")
            if kind != "number" or len(digit) != 1:
                raise NotAFormula
            self.position += 1
            arguments.append(int(digit))
        else:
            while self.take(","):
                arguments.append(self.expression())
            if word == "if" and len(arguments) != 3:
                raise NotAFormula
        self.must(")")
        self.depth -= 1
        return word, arguments


class Claims:
    """The claims of one entry, stated and derived."""

    def __init__(self, count, entry):
        self.stated, self.formula_of = entry["claims"], count.formula_of
        self.known, self.is_there = {}, {}

    def has(self, name):
        """Whether the claim is there, without evaluating anything.  (There are no circles: section 14.)"""
        if name in self.stated:
            return True
        if name not in self.formula_of:
            return False
        if name not in self.is_there:
            there = True
            for other in parse_formula(self.formula_of[name])[1]:
                there = there and self.has(other)
            self.is_there[name] = there
        return self.is_there[name]

    def value(self, name):
        if name in self.stated:
            return self.stated[name]
        if not self.has(name):
            return None
        if name not in self.known:
            self.known[name] = self.evaluate(parse_formula(self.formula_of[name])[0])
        return self.known[name]

    def value_if_all(self, first, second):
        if not (self.has(first) and self.has(second)):
            return None, None
        return self.value(first), self.value(second)

    def formula(self, written):
        tree, names = parse_formula(written)
        for name in names:
            if not self.has(name):
                return None
        return self.evaluate(tree)

    def evaluate(self, tree):
        kind = tree[0]
        if kind == "number":
            return bounded(tree[1])
        if kind == "name":
            return self.value(tree[1])
        if kind == "negative":
            return -self.evaluate(tree[1])
        if kind == "chain":
            result = self.evaluate(tree[1])
            for sign, part in tree[2]:
                result = calculate(sign, result, self.evaluate(part))
            return result
        if kind == "compare":
            return ONE if compare(tree[1], self.evaluate(tree[2]), self.evaluate(tree[3])) else ZERO
        if kind == "if":
            condition, then, otherwise = tree[1]
            return self.evaluate(then if self.evaluate(condition) != 0 else otherwise)
        if kind == "round":
            return bounded(round_number(self.evaluate(tree[1][0]), tree[1][1], "half_up"))
        values = []
        for argument in tree[1]:
            values.append(self.evaluate(argument))
        if kind == "min":
            return min(values)
        if kind == "max":
            return max(values)
        if kind == "sum":
            total = ZERO
            for value in values:
                total = bounded(total + value)
            return total
        return Fraction(sum(1 for value in values if value != 0))


def calculate(sign, a, b):
    if sign == "+":
        return bounded(a + b)
    if sign == "-":
        return bounded(a - b)
    if sign == "*":
        return bounded(a * b)
    if b == 0:
        raise Refusal("division_by_zero")
    return bounded(a / b)


def bounded(x):
    """The number itself; a refusal if it has grown too large (section 14)."""
    if max(abs(x.numerator), x.denominator).bit_length() > MOST_BITS:
        raise Refusal("too_large")
    return x


def compare(sign, a, b):
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[sign]


# ---------------------------------------------------------------------------------------------------------------------
# Section 6. Groups, and the finish of a node
# ---------------------------------------------------------------------------------------------------------------------

def combine(node, points_of):
    """A group without its finish; `points_of` tells the finished points of a node below it, or None."""
    total = weights = ZERO
    nothing = True
    for weight, part in node.weighted:
        points = points_of(part)
        if points is not None:
            nothing = False
            total += weight * points
            weights += weight
    added = [points_of(bonus) for bonus in node.bonuses]            # asked for even if they are not needed: section 14
    subtracted = [points_of(penalty) for penalty in node.penalties]
    if nothing or (node.group["combine"] == "mean" and weights == 0):
        return None
    if node.group["combine"] == "mean":
        total /= weights
    total += sum((points for points in added if points is not None), ZERO)
    return total - sum((points for points in subtracted if points is not None), ZERO)


def finish(node, value, presence):
    """Attendance, floor and cap, rounding."""
    if node.attendance:
        rule = node.attendance["absent"]
        is_absent = presence is not None and presence[0] == "absent"
        if is_absent and rule == "zero":
            value = ZERO
        elif value is not None:
            if presence is None or (is_absent and rule == "refuse"):
                raise Refusal("attendance_pending")
            if is_absent:           # skip; with `exclude` the entry is out of the running and nobody asks
                value = None
            else:
                value *= factor_of_rank(node.attendance, presence[1])
    if value is None:
        return None
    if node.floor is not None and value < node.floor:
        value = node.floor
    if node.cap is not None and value > node.cap:
        value = node.cap
    if node.round:
        value = round_number(value, node.round["places"], node.round["mode"])
    return value


class Evaluation:
    """The values of all nodes for all entries in the running.  `fitted` is {site: {entry: value}} of section 12."""

    def __init__(self, count, marks, claims, running, refuse, fitted=None):
        self.count, self.marks, self.claims, self.refuse = count, marks, claims, refuse
        self.running, self.fitted = running, fitted or {}
        self.greatest, self.own = {}, {}
        self.values = {entry["id"]: {} for entry in running}
        for entry in running:
            for node in reversed(count.nodes):          # children stand behind their parent in tree order
                self.values[entry["id"]][node.id] = None if node.panel_above else self.points(node, entry)

    def points(self, node, entry):
        try:
            value = self.group(node, entry) if node.group else self.leaf(node, entry)
        except Refusal as refusal:
            self.refuse_unless_unheard(refusal, node, entry)
            value = None
        return self.finish(node, value, entry)

    def finish(self, node, value, entry):
        try:
            value = finish(node, value, entry["attendance"])
            return value if value is None or self.fitted else bounded(value)
        except Refusal as refusal:
            self.refuse_unless_unheard(refusal, node, entry)
            return None

    def refuse_unless_unheard(self, refusal, node, entry):
        """An absent entry is not refused for what an interview that did not take place would have shown."""
        is_absent = entry["attendance"] is not None and entry["attendance"][0] == "absent"
        if refusal.code == "too_large" or not (is_absent and node.unheard_above):
            self.refuse(refusal.code, entry["id"], node.id)

    def leaf(self, node, entry):
        """Steps 1 to 4 of section 4."""
        rules = node.leaf
        if node.id in entry["not_applicable"]:
            return None if rules["not_applicable"] == "skip" else ZERO
        raw = self.raw(node, entry)
        if raw is None:
            return missing_value(rules["missing"])
        return apply_scale(rules["scale"], raw)

    def raw(self, node, entry):
        if node.measure == "marks":
            if entry["id"] in self.fitted.get(node.id, ()):
                return self.fitted[node.id][entry["id"]]
            numbers = self.marks.numbers(node.id, entry["id"])
            return apply_method(node.argument["method"], numbers.values()) if numbers else None
        if node.measure == "stated":
            return entry["stated"].get(node.id)
        if node.measure == "rank":
            return rank_measure(node.argument, entry["attendance"])
        if node.measure == "relative":
            return self.relative(node, entry)
        return claim_measure(self.count, self.claims[entry["id"]], entry, node.leaf["measure"])

    def relative(self, node, entry):
        if node.id not in self.greatest:
            self.own[node.id], greatest = {}, None
            for other in self.running:
                if node.id in other["not_applicable"]:
                    continue
                try:
                    raw = claim_measure(self.count, self.claims[other["id"]], other, node.argument["of"])
                except Refusal as refusal:
                    self.own[node.id][other["id"]] = refusal
                    continue
                self.own[node.id][other["id"]] = raw
                if raw is not None and (greatest is None or raw > greatest):
                    greatest = raw
            self.greatest[node.id] = greatest
        own, greatest = self.own[node.id][entry["id"]], self.greatest[node.id]
        if isinstance(own, Refusal):
            raise own
        if own is None:
            return None
        return own / greatest if greatest > 0 else ZERO

    def group(self, node, entry):
        if not node.panel:
            here = self.values[entry["id"]]
            return combine(node, lambda child: here[child.id])
        if entry["id"] in self.fitted.get(node.id, ()):
            return self.fitted[node.id][entry["id"]]
        values = self.panel_values(node, entry)
        if not values:
            return missing_value(node.panel["missing"])
        return apply_method(node.panel["method"], values.values())

    def panel_values(self, group, entry):
        """The panel group, computed for each juror from that juror's marks alone; jurors without a value left out."""
        leaves = marks_leaves_below(group)
        found = {}
        for juror in self.marks.jurors:
            if not any(self.marks.number(leaf.id, entry["id"], juror) is not None for leaf in leaves):
                continue
            value = combine(group, lambda child: self.points_of_juror(child, entry, juror))
            if value is not None:
                found[juror] = value
        return found

    def points_of_juror(self, node, entry, juror):
        if node.group:
            value = combine(node, lambda child: self.points_of_juror(child, entry, juror))
        elif node.id in entry["not_applicable"]:
            value = None if node.leaf["not_applicable"] == "skip" else ZERO
        else:
            mark = self.marks.number(node.id, entry["id"], juror)
            value = None if mark is None else apply_scale(node.leaf["scale"], mark)
        return self.finish(node, value, entry)


def missing_value(rule):
    if rule == "refuse":
        raise Refusal("missing_value")
    return ZERO if rule == "zero" else None


def marks_leaves_below(group):
    return [node for node in walk_below(group) if node.is_marks]


def walk_below(group):
    waiting, found = list(group.children), []
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(node.children)
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Section 7. Who is in the running
# ---------------------------------------------------------------------------------------------------------------------

def sort_out(count, claims, refuse):
    """The pair (entries in the running, {entry: status} of those out)."""
    excluding = any(node.attendance and node.attendance["absent"] == "exclude" for node in count.nodes)
    running, out = [], {}
    for entry in count.entries:
        if entry["withdrawn"]:
            out[entry["id"]] = "withdrawn"
            continue
        failed = failed_gates(count, claims[entry["id"]], entry, refuse)
        if failed:
            out[entry["id"]] = {"disqualified": failed}
        elif excluding and entry["attendance"] is not None and entry["attendance"][0] == "absent":
            out[entry["id"]] = "excluded"
        else:
            running.append(entry)
    return running, out


def failed_gates(count, claims, entry, refuse):
    failed = []
    for gate in count.gates:
        try:
            raw = claim_measure(count, claims, entry, gate["measure"])
            if raw is None:
                if gate["missing"] == "refuse":
                    raise Refusal("missing_value")
                passed = gate["missing"] == "pass"
            elif gate["test"] == "at_least":
                passed = raw >= gate["value"]
            elif gate["test"] == "at_most":
                passed = raw <= gate["value"]
            else:
                passed = raw == gate["value"]
        except Refusal as refusal:
            refuse(refusal.code, entry["id"], None)
            passed = True
        if not passed:
            failed.append(gate["id"])
    return failed


# ---------------------------------------------------------------------------------------------------------------------
# Section 8. Places and ties
# ---------------------------------------------------------------------------------------------------------------------

class Order:
    """`sets`: the entries in sets that share a place, first to last; `split_by[i]`: what stands between set i and i+1."""

    def __init__(self, sets, split_by):
        self.sets, self.split_by = sets, split_by

    @property
    def entries(self):
        return [entry for tied in self.sets for entry in tied]


def split_by_key(tied, key):
    """The tied entries in sets of equal key, lowest key first; the order within a set is kept."""
    sets = {}
    for entry in tied:
        sets.setdefault(key(entry), []).append(entry)
    return [sets[k] for k in sorted(sets)]


def put_in_order(count, entries, values, lot_key):
    """`entries`: ids with a total, in the order of the document.  `values`: {entry: {node: points}}."""
    root = count.tree.id
    sets = split_by_key(entries, lambda entry: -values[entry][root])
    split_by = ["total"] * (len(sets) - 1)
    for rung_number, rung in enumerate(count.ladder, start=1):
        if len(sets) == len(entries):
            break
        new_sets, new_split_by = [], []
        for index, tied in enumerate(sets):
            if index > 0:
                new_split_by.append(split_by[index - 1])
            pieces = climb(count, rung, tied, values, lot_key) if len(tied) > 1 else [tied]
            new_sets += pieces
            new_split_by += [rung_number] * (len(pieces) - 1)
        sets, split_by = new_sets, new_split_by
    return Order(sets, split_by)


def climb(count, rung, tied, values, lot_key):
    """One rung of the ladder splits one tied set."""
    kind, node = rung
    if kind == "node":
        def points_first_none_last(entry):
            points = values[entry][node]
            return (1, ZERO) if points is None else (0, -points)
        return split_by_key(tied, points_first_none_last)
    if kind == "fewer_corrections":
        return split_by_key(tied, lambda entry: count.entry_named[entry]["corrections"])
    if kind == "lot":
        return split_by_key(tied, lot_key) if lot_key else [tied]
    order = count.orders[kind]
    if not all(entry in order for entry in tied):
        return [tied]
    return split_by_key(tied, order.index)


def lot_key_of(count):
    """The function entry -> key of the lot, or None as long as the lot is not revealed."""
    lot = count.lot
    if not lot or lot["secret"] is None or lot["words"] is None:
        return None
    keys = {entry["id"]: sha256("\n".join([lot["secret"], lot["words"], count.contest, entry["id"]]))
            for entry in count.entries}
    return keys.__getitem__


def places(sets):
    """{entry: place}: one more than the number of entries strictly before."""
    found, before = {}, 0
    for tied in sets:
        for entry in tied:
            found[entry] = before + 1
        before += len(tied)
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Section 9. The cut
# ---------------------------------------------------------------------------------------------------------------------

def pools_of(count, within):
    """The lists of entry ids in which something is done, with the name of the pool."""
    if within == "contest":
        return [(None, {entry["id"] for entry in count.entries})]
    pools = {}
    for entry in count.entries:
        pools.setdefault(entry["pool"], set()).add(entry["id"])
    return list(pools.items())


def cut_everywhere(count, totals, order):
    """{entry: status} for all entries in the order."""
    if not count.cut:
        return {entry: "ranked" for entry in totals}
    statuses = {}
    for _, members in pools_of(count, count.cut["within"]):
        statuses.update(cut_once(count, totals, cut_blocks(count, totals, order, members)))
    return statuses


def cut_blocks(count, totals, order, members):
    ties = count.cut["ties"]
    if ties == "ladder":
        sets = [[entry for entry in tied if entry in members] for tied in order().sets]
        return [tied for tied in sets if tied]
    blocks = split_by_key([entry for entry in totals if entry in members], lambda entry: -totals[entry])
    if ties == "plenary":
        plenary, single = count.orders["plenary"], []
        for block in blocks:
            if all(entry in plenary for entry in block):
                single += [[entry] for entry in sorted(block, key=plenary.index)]
            else:
                single.append(block)
        blocks = single
    return blocks


def cut_once(count, totals, blocks):
    cut, region_of = count.cut, {entry["id"]: entry["region"] for entry in count.entries}
    minimum, region_cap = cut["minimum"], cut["region_cap"]
    left, is_open, advancing_of, statuses, below = cut["quota"], True, {}, {}, []
    for block in blocks:
        rest = []
        for entry in block:                                                                             # step 1
            if minimum is not None and totals[entry] < minimum:
                statuses[entry] = "below_minimum"
            else:
                rest.append(entry)
        if left == 0 or not is_open:                                                                    # step 3
            below.append(rest)
            continue
        block, rest = rest, []
        for entry in block:                                                                             # step 2
            region = region_of[entry]
            if region_cap is not None and region is not None and advancing_of.get(region, 0) >= region_cap:
                statuses[entry] = "region_cap"
            else:
                rest.append(entry)
        after = dict(advancing_of)
        for entry in rest:
            if region_of[entry] is not None:
                after[region_of[entry]] = after.get(region_of[entry], 0) + 1
        fits = len(rest) <= left and (region_cap is None or all(n <= region_cap for n in after.values()))
        if fits or cut["ties"] == "keep_all":                                                           # steps 4, 5
            for entry in rest:
                statuses[entry] = "advances"
            left, advancing_of = (left - len(rest) if fits else 0), after
        else:
            for entry in rest:
                statuses[entry] = "undecided"
            is_open = False
    given = 0
    for block in below:                                                                                 # reserves
        for entry in block:
            if is_open and given + 1 <= cut["reserves"]:
                statuses[entry] = {"reserve": given + 1}
            else:
                statuses[entry] = "below"
        given += len(block)
    return statuses


def thresholds(count, totals, statuses):
    """{entry: lowest total advancing in its contest or pool, or None}."""
    found = {}
    if count.cut:
        for _, members in pools_of(count, count.cut["within"]):
            through = [totals[entry] for entry in totals if entry in members and statuses[entry] == "advances"]
            for entry in members:
                found[entry] = min(through) if through else None
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Section 10. Awards
# ---------------------------------------------------------------------------------------------------------------------

def give_awards(count, standing, values, places_of, pool_places, claims, refuse):
    """`standing`: entry ids in the order of section 8."""
    given = []
    for award in count.awards:
        for pool, members in pools_of(count, award["within"]):
            considered = [entry for entry in standing if entry in members]
            place_of = pool_places if award["within"] == "pool" else places_of
            winners = winners_of(count, award["by"], considered, values, place_of, claims, refuse)
            given.append({"id": award["id"], "pool": pool, "entries": winners})
    return given


def winners_of(count, by, considered, values, place_of, claims, refuse):
    kind, argument = by
    root = count.tree.id
    if kind == "place":
        return [e for e in considered if argument["from"] <= place_of[e] <= argument["to"]]
    if kind == "band":
        return [e for e in considered if values[e][root] >= argument["at_least"]
                and (argument["below"] is None or values[e][root] < argument["below"])]
    if kind == "best":
        node, minimum = argument["node"], argument["minimum"]
        found = [values[e][node] for e in considered if values[e][node] is not None]
        if not found or (minimum is not None and max(found) < minimum):
            return []
        return [e for e in considered if values[e][node] == max(found)]
    if kind == "named":
        return [e for e in considered if e in argument]
    winners = []
    for entry in considered:
        try:
            value = claims[entry].formula(argument)
        except Refusal as refusal:
            refuse(refusal.code, entry, None)
            continue
        if value is not None and value != 0:
            winners.append(entry)
    return winners


# ---------------------------------------------------------------------------------------------------------------------
# Section 11. What would have been enough
# ---------------------------------------------------------------------------------------------------------------------

def enough_for(count, entry_id, entries, values, lot_key):
    """{node: smallest value of that node with which this entry advances, or None}."""
    found, known = {}, {}
    for node in count.nodes:
        if node.range and node.on_path and not node.panel_above and values[entry_id][node.id] is not None:
            found[node.id] = enough_at(count, node, entry_id, entries, values, lot_key, known)
    return found


def enough_at(count, node, entry_id, entries, values, lot_key, known):
    low, high, step = node.range["min"], node.range["max"], node.range["step"]
    present = values[entry_id][node.id]
    first = max(0, (present - low) // step + 1)       # the first k with low + k * step > present
    last = (high - low) // step
    if first > last:
        return None

    def advances(k):
        return would_advance(count, node, low + k * step, entry_id, entries, values, lot_key, known)

    if not is_rising(count, node, entry_id):
        for k in range(first, last + 1):
            if advances(k):
                return low + k * step
        return None
    if not advances(last):
        return None
    while first < last:
        middle = (first + last) // 2
        if advances(middle):
            last = middle
        else:
            first = middle + 1
    return low + first * step


def is_rising(count, node, entry_id):
    """Whether more points at the node can never hurt."""
    if count.cut["region_cap"] is not None and count.cut["ties"] != "keep_all":
        return False
    presence = count.entry_named[entry_id]["attendance"]
    while node := node.parent:
        if node.attendance and presence and presence[0] == "present":
            if factor_of_rank(node.attendance, presence[1]) < 0:
                return False
    return True


def would_advance(count, node, value, entry_id, entries, values, lot_key, known):
    """Replace the points of the node, compute the path to the root again, order and cut again."""
    mine = dict(values[entry_id])
    mine[node.id] = value
    presence = count.entry_named[entry_id]["attendance"]
    while node := node.parent:
        mine[node.id] = finish(node, combine(node, lambda child: mine[child.id]), presence)
    root = count.tree.id
    if mine[root] is None:
        return False
    seen = (mine[root], *(mine[name] for kind, name in count.ladder if kind == "node"))
    if seen not in known:          # the order and the cut see nothing else of this entry
        changed = {**values, entry_id: mine}
        totals = {entry: changed[entry][root] for entry in entries}
        statuses = cut_everywhere(count, totals, lambda: put_in_order(count, entries, changed, lot_key))
        known[seen] = statuses[entry_id] == "advances"
    return known[seen]


# ---------------------------------------------------------------------------------------------------------------------
# Section 12. The additive fit
# ---------------------------------------------------------------------------------------------------------------------

def fit_sites(count):
    for node in count.nodes:
        if node.is_marks and not node.panel_above and node.argument["method"][0] == "mean":
            yield node
        if node.panel and node.panel["method"][0] == "mean":
            yield node


def numbers_at_site(count, site, evaluation, entries):
    """{entry: {juror: number}} of the entries taking part that have at least one number."""
    found = {}
    for entry_id in entries:
        entry = count.entry_named[entry_id]
        if site.group:
            numbers = evaluation.panel_values(site, entry)
        elif site.id in entry["not_applicable"]:
            continue
        else:
            numbers = evaluation.marks.numbers(site.id, entry_id)
        if numbers:
            found[entry_id] = numbers
    return found


def hangs_together(numbers):
    """Whether one can walk from every entry to every other by jurors who marked both."""
    if not numbers:
        return True
    start = next(iter(numbers))
    reached, jurors, waiting = {start}, set(), [start]
    while waiting:
        for juror in numbers[waiting.pop()]:
            if juror in jurors:
                continue
            jurors.add(juror)
            for entry in numbers:
                if juror in numbers[entry] and entry not in reached:
                    reached.add(entry)
                    waiting.append(entry)
    return len(reached) == len(numbers)


def fit(numbers):
    """{entry: μ + α(entry)} by least squares.

    With a(e) = μ + α(e), the squares are least when, for every entry,  a(e) = mean over its jurors of (y - β(j)),
    and, for every juror,  Σ over its entries of (y - a(e) - β(j)) = 0.  The first is put into the second;
    that leaves one equation per juror, of which one is superfluous and gives way to Σβ = 0.
    """
    jurors = sorted({juror for marks in numbers.values() for juror in marks})
    column = {juror: index for index, juror in enumerate(jurors)}
    n = len(jurors)
    equations = [[ZERO] * (n + 1) for _ in range(n)]
    for marks in numbers.values():
        mean = sum(marks.values(), ZERO) / len(marks)
        for juror, y in marks.items():
            row = equations[column[juror]]
            row[column[juror]] += 1
            for other in marks:
                row[column[other]] -= Fraction(1, len(marks))
            row[n] += y - mean
    equations[0] = [ONE] * n + [ZERO]
    beta = solve(equations)
    return {entry: sum((y - beta[column[juror]] for juror, y in marks.items()), ZERO) / len(marks)
            for entry, marks in numbers.items()}


def solve(equations):
    """Gauss's elimination, exactly."""
    n = len(equations)
    for k in range(n):
        pivot = next(row for row in range(k, n) if equations[row][k] != 0)
        equations[k], equations[pivot] = equations[pivot], equations[k]
        divisor = equations[k][k]
        equations[k] = [x / divisor for x in equations[k]]
        for row in range(n):
            factor = equations[row][k]
            if row != k and factor != 0:
                equations[row] = [x - factor * y for x, y in zip(equations[row], equations[k])]
    return [equation[n] for equation in equations]


def adjusted_result(count, evaluation, running, entries, official, lot_key):
    fitted = {}
    for site in fit_sites(count):
        numbers = numbers_at_site(count, site, evaluation, entries)
        jurors = {juror for marks in numbers.values() for juror in marks}
        if all(len(marks) == len(jurors) for marks in numbers.values()):
            continue                                    # no hole
        if not hangs_together(numbers):
            return {"not_possible": site.id}
        fitted[site.id] = fit(numbers)
    if not fitted:
        return None
    again = Evaluation(count, evaluation.marks, evaluation.claims, running, lambda *_: None, fitted)
    totals = {entry: again.values[entry][count.tree.id] for entry in entries}
    statuses = cut_everywhere(count, totals, lambda: put_in_order(count, entries, again.values, lot_key))
    advancing = sorted(entry for entry in entries if statuses[entry] == "advances")
    return {"totals": {entry: write_number(total) for entry, total in totals.items()},
            "advancing": advancing,
            "disagrees": advancing != sorted(entry for entry in entries if official[entry] == "advances")}


# ---------------------------------------------------------------------------------------------------------------------
# Section 13. The outcome document
# ---------------------------------------------------------------------------------------------------------------------

def recount(count):
    """The outcome of a count that has been read."""
    found = refusals_of_form(count)
    if found:
        return refused(count, found)

    def refuse(code, entry, node):
        if (code, entry, node) not in found:
            found.append((code, entry, node))

    claims = {entry["id"]: Claims(count, entry) for entry in count.entries}
    running, out = sort_out(count, claims, refuse)                                          # first stage: gates
    if found:
        return refused(count, found)
    marks = Marks(count)
    evaluation = Evaluation(count, marks, claims, running, refuse)                          # second stage: the tree
    if found:
        return refused(count, found)
    values, root = evaluation.values, count.tree.id
    entries = [entry["id"] for entry in running if values[entry["id"]][root] is not None]
    for entry in running:
        if values[entry["id"]][root] is None:
            out[entry["id"]] = "unscored"
    totals = {entry: values[entry][root] for entry in entries}
    lot_key = lot_key_of(count)
    order = put_in_order(count, entries, values, lot_key)
    standing = order.entries
    places_of, pool_places = places(order.sets), {}
    for _, members in pools_of(count, "pool"):
        pool_places.update(places([[e for e in tied if e in members] for tied in order.sets]))
    awards = give_awards(count, standing, values, places_of, pool_places, claims, refuse)   # third stage: conditions
    if found:
        return refused(count, found)
    statuses = cut_everywhere(count, totals, lambda: order)
    threshold_of = thresholds(count, totals, statuses)

    lines = []
    separated_by = what_follows(order)
    for entry in standing:
        status, threshold = statuses[entry], threshold_of.get(entry)
        asks = status not in ("advances", "ranked")
        enough = enough_for(count, entry, entries, values, lot_key) if asks else {}
        lines.append({
            "entry": entry, "pool": count.entry_named[entry]["pool"],
            "place": places_of[entry], "pool_place": pool_places[entry],
            "total": write_number(totals[entry]), "separated_by": separated_by[entry], "status": status,
            "gap": write_number(threshold - totals[entry]) if asks and threshold is not None else None,
            "enough": {node: write_or_null(value) for node, value in enough.items()}})
    marks_leaves = [node.id for node in count.nodes if node.is_marks]
    return {
        "format": OUTCOME_FORMAT, "contest": count.contest, "standing": lines,
        "out": [{"entry": entry["id"], "status": out[entry["id"]]} for entry in count.entries if entry["id"] in out],
        "cuts": cuts_of(count, standing, statuses, threshold_of), "awards": awards,
        "panel": {entry: {leaf: marks.tally(leaf, entry) for leaf in marks_leaves} for entry in standing},
        "values": {entry: {node: write_or_null(value) for node, value in values[entry].items()} for entry in standing},
        "adjusted": adjusted_result(count, evaluation, running, entries, statuses, lot_key)}


def what_follows(order):
    """{entry: what separates it from the next one in the order}."""
    found = {}
    for index, tied in enumerate(order.sets):
        for entry in tied[:-1]:
            found[entry] = "nothing"
        found[tied[-1]] = order.split_by[index] if index < len(order.split_by) else None
    return found


def cuts_of(count, standing, statuses, threshold_of):
    if not count.cut:
        return []
    found = []
    for pool, members in pools_of(count, count.cut["within"]):
        def those(wanted):
            return [e for e in standing if e in members and wanted(statuses[e])]
        threshold = next((threshold_of[e] for e in standing if e in members), None)
        found.append({"pool": pool, "advancing": those(lambda status: status == "advances"),
                      "reserves": those(lambda status: isinstance(status, dict)),
                      "undecided": those(lambda status: status == "undecided"),
                      "threshold": write_or_null(threshold)})
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Section 14. Refusals, and the command line
# ---------------------------------------------------------------------------------------------------------------------

def refused(count, found):
    listed = []
    for code, entry, node in found:
        refusal = {"code": code, "entry": entry, "node": node}
        listed.append({key: value for key, value in refusal.items() if value is not None})
    return {"format": OUTCOME_FORMAT, "contest": count.contest, "refused": listed}


def outcome_of_text(written):
    return recount(read_count(written))


def run_lines(source):
    for line in source:
        if line.strip():
            try:
                outcome = outcome_of_text(line)
            except ReadingError as error:
                outcome = {"format": OUTCOME_FORMAT, "error": str(error)}
            print(json.dumps(outcome, sort_keys=True, separators=(",", ":")))
    return 0


def run(arguments):
    lines = "--lines" in arguments
    names = [argument for argument in arguments if argument != "--lines"] or (["-"] if lines else [])
    if len(names) != 1 or (names[0].startswith("-") and names[0] != "-"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        source = sys.stdin if names[0] == "-" else open(names[0], encoding="utf-8")
    except OSError as error:
        print(f"recount: {error}", file=sys.stderr)
        return 2
    with source:
        try:
            if lines:
                return run_lines(source)
            print(json.dumps(outcome_of_text(source.read()), sort_keys=True, indent=2))
            return 0
        except (ReadingError, UnicodeDecodeError) as error:
            print(f"recount: {error}", file=sys.stderr)
            return 2


def with_room(function, *arguments):
    """Call with a deep stack, so that a long chain of derived claims is no reason to fall over."""
    result = []
    sys.setrecursionlimit(1_000_000)
    threading.stack_size(512 * 1024 * 1024)
    thread = threading.Thread(target=lambda: result.append(function(*arguments)))
    thread.start()
    thread.join()
    return result[0] if result else 1


if __name__ == "__main__":
    sys.exit(with_room(run, sys.argv[1:]))
