"""Unit tests of the numeric core of recount.py:  python3 -m unittest test_recount  (in this folder)."""

import json
import random
import subprocess
import sys
import unittest
from fractions import Fraction
from pathlib import Path

import recount

HERE = Path(__file__).resolve().parent
F = Fraction


def value_of(formula, **claims):
    """The value of a formula; None if missing.  Bad formulas and refusals are raised or asserted by the caller."""
    count = recount.read_count(json.dumps({
        "format": "paritrana-count-1", "contest": "c",
        "tree": {"id": "t", "leaf": {"measure": "stated", "scale": "identity", "missing": "skip", "not_applicable": "skip"}},
        "entries": [{"id": "e", "claims": claims}]}))
    return recount.Claims(count, count.entries[0]).formula(formula)


class CanonicalText(unittest.TestCase):

    def test_a_denominator_of_twos_and_fives_is_written_as_a_decimal(self):
        for x, written in ((F(25, 2), "12.5"), (F(-3), "-3"), (F(0), "0"), (F(1, 128), "0.0078125"), (F(-1, 20), "-0.05")):
            self.assertEqual(recount.write_number(x), written)

    def test_any_other_denominator_stays_a_fraction_in_lowest_terms(self):
        self.assertEqual(recount.write_number(F(470, 6)), "235/3")
        self.assertEqual(recount.write_number(F(-1, 30)), "-1/30")

    def test_trailing_zeros_of_a_whole_number_are_kept(self):
        self.assertEqual(recount.write_number(F(1500)), "1500")

    def test_reading_what_was_written_gives_the_same_number(self):
        r = random.Random(1)
        for _ in range(2000):
            x = F(r.randint(-10**6, 10**6), r.choice([1, 2, 3, 7, 8, 10, 125, 640, 1000, 999]))
            self.assertEqual(recount.read_number(recount.write_number(x)), x)

    def test_what_is_not_a_written_number_is_not_read(self):
        for text in ("", "-", "+1", "1.", ".5", "1e3", "1/0", "1/-2", "1/2/3", " 1", "1 ", "1\n", "--1", "0x1", "١", "1,5"):
            self.assertIsNone(recount.read_number(text), text)

    def test_a_number_may_be_longer_than_any_machine_word(self):
        text = "9" * 348 + "." + "0" * 50 + "1"
        self.assertEqual(recount.write_number(recount.read_number(text)), text)

    def test_a_number_has_at_most_400_characters(self):
        self.assertIsNotNone(recount.read_number("9" * 400))
        self.assertIsNone(recount.read_number("9" * 401))


class Rounding(unittest.TestCase):

    def rounded(self, mode, *values, places=0):
        return [recount.write_number(recount.round_number(F(value), places, mode)) for value in values]

    def test_half_up_goes_away_from_zero_on_both_sides(self):
        self.assertEqual(self.rounded("half_up", "0.5", "1.5", "-0.5", "-1.5", "1.49"), ["1", "2", "-1", "-2", "1"])

    def test_half_even_goes_to_the_even_neighbour_on_both_sides(self):
        self.assertEqual(self.rounded("half_even", "0.5", "1.5", "2.5", "-0.5", "-1.5", "-2.51"),
                         ["0", "2", "2", "0", "-2", "-3"])

    def test_down_goes_toward_zero_and_up_away_from_it(self):
        self.assertEqual(self.rounded("down", "1.9", "-1.9", "2"), ["1", "-1", "2"])
        self.assertEqual(self.rounded("up", "1.1", "-1.1", "2"), ["2", "-2", "2"])

    def test_nine_places_of_a_third(self):
        self.assertEqual(self.rounded("half_up", F(1, 3), places=9), ["0.333333333"])

    def test_a_half_at_two_places_is_exact(self):
        self.assertEqual(self.rounded("half_up", "2.675", "1.005", places=2), ["2.68", "1.01"])
        self.assertEqual(self.rounded("half_even", "2.665", "1.005", places=2), ["2.66", "1"])

    def test_a_rounded_value_rounds_to_itself(self):
        r = random.Random(2)
        for _ in range(500):
            places, mode = r.randrange(4), r.choice(["half_up", "half_even", "down", "up"])
            once = recount.round_number(F(r.randint(-999, 999), r.randint(1, 99)), places, mode)
            self.assertEqual(recount.round_number(once, places, mode), once)


class Formulas(unittest.TestCase):

    def test_multiplication_binds_before_addition_and_chains_go_from_the_left(self):
        self.assertEqual(value_of("1+2*3"), 7)
        self.assertEqual(value_of("10-4-3"), 3)
        self.assertEqual(value_of("12/3/2"), 2)

    def test_a_sign_binds_before_everything_else(self):
        self.assertEqual(value_of("-2*-3"), 6)
        self.assertEqual(value_of("2--3"), 5)
        self.assertEqual(value_of("- - 2"), 2)

    def test_tenths_are_exact(self):
        self.assertEqual(value_of("0.1 + 0.2 == 0.3"), 1)
        self.assertEqual(value_of("1/3*3 == 1"), 1)

    def test_all_six_comparisons_give_one_or_zero(self):
        for sign, expected in (("<", 1), ("<=", 1), (">", 0), (">=", 0), ("==", 0), ("!=", 1)):
            self.assertEqual(value_of(f"1 {sign} 2"), expected)

    def test_names_may_hold_digits_dots_and_underscores(self):
        self.assertEqual(value_of("a_1.b + mini", **{"a_1.b": "2", "mini": "3"}), 5)

    def test_a_formula_is_missing_if_any_name_is_missing(self):
        self.assertIsNone(value_of("if(1, 2, nowhere)"))

    def test_division_by_zero_is_refused_only_where_it_is_reached(self):
        self.assertEqual(value_of("if(0, 1/0, 7)"), 7)
        with self.assertRaises(recount.Refusal):
            value_of("min(1, 1/0)")

    def test_texts_outside_the_grammar_are_no_formulas(self):
        for text in ("", " ", "1.", ".5", "a b", "A", "(1", "1)", "()", "min()", "max", "round(1)", "round(1, 10)",
                     "round(1, 1.0)", "round(1, -1)", "if(1, 2)", "if(1,2,3,4)", "f(1)", "1 = 1", "1 < 2 < 3", "+1", "1 +",
                     "a\t+ 1", "a\n", "é", "1,2", "count(1,)", "_a", "1..2"):
            self.assertIsNone(recount.parse_formula(text), text)

    def test_sixty_four_levels_are_allowed_and_sixty_five_are_not(self):
        for opening, closing in (("(", ")"), ("-", ""), ("min(", ")")):
            self.assertIsNotNone(recount.parse_formula(opening * 64 + "1" + closing * 64))
            self.assertIsNone(recount.parse_formula(opening * 65 + "1" + closing * 65))

    def test_two_thousand_characters_are_allowed_and_one_more_is_not(self):
        self.assertIsNotNone(recount.parse_formula("1" * 2000))
        self.assertIsNone(recount.parse_formula("1" * 2001))


class Methods(unittest.TestCase):

    def test_trimming_takes_equal_marks_one_at_a_time(self):
        trimmed = ("trimmed", {"drop": 1, "at_least": 3})
        self.assertEqual(recount.apply_method(trimmed, [F(7), F(7), F(1)]), 7)
        self.assertEqual(recount.apply_method(trimmed, [F(7), F(1)]), 4)

    def test_the_median_of_four_is_half_the_middle_two(self):
        self.assertEqual(recount.apply_method(("median", None), [F(9), F(1), F(4), F(2)]), 3)


class Fit(unittest.TestCase):

    def table(self, r, entries, jurors, holes):
        return {e: {j: F(r.randint(0, 10)) for j in range(jurors) if not (j > 0 and r.random() < holes)}
                for e in range(entries)}

    def test_without_holes_the_fit_is_the_plain_mean(self):
        marks = self.table(random.Random(3), 5, 4, 0)
        self.assertEqual(recount.fit(marks), {e: sum(row.values()) / 4 for e, row in marks.items()})

    def test_the_residuals_of_every_entry_and_of_every_juror_add_up_to_zero(self):
        r = random.Random(4)
        for _ in range(50):
            marks = self.table(r, 5, 4, 0.4)
            a = recount.fit(marks)
            jurors = sorted({j for row in marks.values() for j in row})
            beta = {}
            for j in jurors:
                given = [row[j] - a[e] for e, row in marks.items() if j in row]
                beta[j] = sum(given) / len(given)            # makes the juror's residuals add up to zero
            self.assertEqual(sum(beta.values()), 0)
            for e, row in marks.items():
                self.assertEqual(sum(y - a[e] - beta[j] for j, y in row.items()), 0)


class HostileTexts(unittest.TestCase):

    def run_on(self, text, *arguments):
        return subprocess.run([sys.executable, str(HERE / "recount.py"), *arguments, "-"], input=text, text=True,
                              capture_output=True, check=False)

    def test_a_text_nested_a_hundred_thousand_deep_is_a_reading_error(self):
        done = self.run_on("[" * 100_000)
        self.assertEqual(done.returncode, 2)
        self.assertNotIn("Traceback", done.stderr)

    def test_an_unknown_key_is_a_reading_error_and_other_lines_go_on(self):
        good = {"format": "paritrana-count-1", "contest": "c", "tree": {"id": "t", "leaf": {
            "measure": "stated", "scale": "identity", "missing": "skip", "not_applicable": "skip"}}}
        bad = {**good, "surprise": 1}
        self.assertEqual(self.run_on(json.dumps(bad)).returncode, 2)
        done = self.run_on("\n".join(json.dumps(each) for each in (bad, good, 5, [])), "--lines")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(["error" in json.loads(line) for line in done.stdout.splitlines()], [True, False, True, True])

    def test_json_numbers_and_keys_written_twice_are_reading_errors(self):
        for text in ('{"format": "paritrana-count-1", "contest": 1.5}', '{"contest": "a", "contest": "a"}', "NaN", "", "{"):
            with self.assertRaises(recount.ReadingError):
                recount.read_count(text)

    def test_a_chain_of_twenty_thousand_derived_claims_is_counted(self):
        chain = [{"name": "d0", "formula": "1"}]
        chain += [{"name": f"d{n}", "formula": f"d{n - 1} + 1"} for n in range(1, 20_000)]
        done = self.run_on(json.dumps({
            "format": "paritrana-count-1", "contest": "c", "derived": chain[::-1], "entries": [{"id": "e"}],
            "tree": {"id": "t", "leaf": {"measure": {"claim": "d19999"}, "scale": "identity", "missing": "refuse",
                                         "not_applicable": "skip"}}}))
        self.assertEqual(json.loads(done.stdout)["standing"][0]["total"], "20000")


class NoFloat(unittest.TestCase):

    def test_the_program_never_makes_a_float(self):
        text = (HERE / "recount.py").read_text(encoding="utf-8")
        self.assertNotIn("float(", text)
        self.assertNotIn("import math", text)


if __name__ == "__main__":
    unittest.main()
