#!/usr/bin/env python3
"""Compares the bulk count with Polars and DuckDB on the same data, in the same run.

    bench/run.sh                       builds, makes the venv, measures (see there)
    bench/compare.py --candidates 1000000 --rounds 3 --runs 3 --binary target/release/examples/bulk_bench

The task: 9 jurors x 10 criteria, whole marks from 0 to 100, weights that add up to 100, 304 groups (38 provinces x 8 categories); give
every candidate its place within its group by exact weighted mean, and name the first three with everybody who ties for third.

Every measurement is a process of its own on two threads, and the tools take turns, so that a busy moment hits them alike. The data is made once from a fixed seed by `bulk_bench generate`. "From
memory" starts with the tool's own columns loaded and ends with the list of winners; "from CSV" starts with the file (in the page cache) and ends
there too. The tools count in whole numbers, as we do, in several formulations; the summary takes each tool's fastest. "Only the cut"
finds the winners without giving the others a place. The last two lines count in floating point, as is usual with data frames, and shows what that does to a tie.
"""

import argparse
import functools
import json
import math
import operator
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

JURORS, CRITERIA, GROUPS, TOP = 9, 10, 304, 3
WEIGHTS = [15, 10, 10, 20, 5, 10, 10, 5, 10, 5]
# Without what all weights can be divided by no total passes 9 x 100 x 20 = 18,000, so that the tools can count in 16 bits, as we do.
REDUCED = [weight // math.gcd(*WEIGHTS) for weight in WEIGHTS]
NAMES = [f"j{juror}c{criterion}" for juror in range(1, JURORS + 1) for criterion in range(1, CRITERIA + 1)]
BY_CRITERION = [[f"j{juror}c{criterion}" for juror in range(1, JURORS + 1)] for criterion in range(1, CRITERIA + 1)]


def load(folder):
    """The marks (90 rows of one byte per candidate) and the groups."""
    import numpy

    groups = numpy.fromfile(folder / "groups.u16", dtype="<u2")
    return numpy.fromfile(folder / "marks.u8", dtype=numpy.uint8).reshape(len(NAMES), len(groups)), groups


def add(terms):
    """The sum of expressions."""
    return functools.reduce(operator.add, terms)


# --- Polars -----------------------------------------------------------------------------------------------------------


def polars_total():
    """The exact total: weights times sums of marks, widened just enough."""
    import polars as pl

    sums = [add([pl.col(name).cast(pl.UInt16) for name in names]) for names in BY_CRITERION]
    return add([total * pl.lit(weight, pl.UInt16) for total, weight in zip(sums, REDUCED)])


def polars_places(totals):
    """Everybody's place, then the first three."""
    import polars as pl

    return totals.with_columns(place=pl.col("total").rank("min", descending=True).over("group")).filter(pl.col("place") <= TOP)


def polars_cut(totals):
    """Only the third-best total of each group, then who reaches it."""
    import polars as pl

    cut = totals.group_by("group").agg(pl.col("total").top_k(TOP).min().alias("cut"))
    return totals.join(cut, on="group").filter(pl.col("total") >= pl.col("cut"))


def polars_memory(folder, shape, question):
    import polars as pl

    marks, groups = load(folder)
    if shape == "wide":
        frame = pl.DataFrame({"group": groups, **dict(zip(NAMES, marks))})
        totals = frame.lazy().select("group", total=polars_total()).with_row_index("candidate")
    else:
        frame = long_frame(marks, groups)
        score = pl.col("mark").cast(pl.UInt32) * pl.col("weight")
        totals = frame.lazy().group_by("candidate").agg(pl.col("group").first(), total=score.sum())
    del marks
    return polars_runs(lambda: totals, question)


def long_frame(marks, groups):
    """One row per mark, candidate by candidate."""
    import numpy
    import polars as pl

    weights = numpy.array([WEIGHTS[index % CRITERIA] for index in range(len(NAMES))], dtype=numpy.uint8)
    candidates = numpy.arange(len(groups), dtype=numpy.uint32)
    columns = {
        "candidate": candidates.repeat(len(NAMES)),
        "group": groups.repeat(len(NAMES)),
        "weight": numpy.tile(weights, len(groups)),
        "mark": marks.T.reshape(-1),
    }
    return pl.DataFrame(columns)


def polars_csv(folder, question):
    import polars as pl

    schema = {"candidate": pl.UInt32, "group": pl.UInt16} | dict.fromkeys(NAMES, pl.UInt8)
    return polars_runs(
        lambda: pl.scan_csv(folder / "wide.csv", schema=schema).select("candidate", "group", total=polars_total()), question
    )


def polars_runs(totals, question):
    pick = polars_places if question == "places" else polars_cut
    for engine in ("in-memory", "streaming"):
        yield engine, lambda engine=engine: pick(totals()).collect(engine=engine)["candidate"].to_list()


# --- DuckDB -----------------------------------------------------------------------------------------------------------


def duckdb_total(cast):
    """The exact total; bytes are widened before they are added, because DuckDB refuses to overflow."""
    sums = [f"({' + '.join(name + cast for name in names)}) * {weight}::USMALLINT" for names, weight in zip(BY_CRITERION, REDUCED)]
    return " + ".join(sums)


def duckdb_question(totals, question):
    if question == "places":
        return (
            f'select candidate from ({totals}) qualify rank() over (partition by "group" order by total desc) <= {TOP} order by candidate'
        )
    return (
        f'with totals as materialized ({totals}), cuts as (select "group", list_min(max(total, {TOP})) cut from totals group by "group") '
        'select candidate from totals join cuts using ("group") where total >= cut order by candidate'
    )


def duckdb_connection():
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 2")
    return connection


def duckdb_memory(folder, shape, question):
    import polars as pl

    connection = duckdb_connection()
    marks, groups = load(folder)
    if shape == "wide":
        frame = pl.DataFrame({"group": groups, **dict(zip(NAMES, marks))}).with_row_index("candidate").to_arrow()
    else:
        frame = long_frame(marks, groups).to_arrow()
    del marks
    connection.register("frame", frame)
    connection.execute("create table marks as select * from frame")
    connection.unregister("frame")
    del frame
    if shape == "wide":
        yield "bytes", lambda: duckdb_answer(connection, wide("marks", "::USMALLINT"), question)
        widened = ", ".join(f"{name}::USMALLINT {name}" for name in NAMES)
        connection.execute(f'create table widened as select candidate, "group", {widened} from marks; drop table marks')
        yield "16 bits", lambda: duckdb_answer(connection, wide("widened", ""), question)
    else:
        totals = 'select candidate, any_value("group") "group", sum(mark::UINTEGER * weight) total from marks group by candidate'
        yield "long", lambda: duckdb_answer(connection, totals, question)


def wide(table, cast):
    return f'select candidate, "group", {duckdb_total(cast)} total from {table}'


def duckdb_answer(connection, totals, question):
    return [row[0] for row in connection.execute(duckdb_question(totals, question)).fetchall()]


def duckdb_csv(folder, question):
    connection = duckdb_connection()
    kinds = {"candidate": "UINTEGER", "group": "USMALLINT"} | dict.fromkeys(NAMES, "UTINYINT")
    file = f"read_csv('{folder / 'wide.csv'}', header = true, auto_detect = false, delim = ',', columns = {kinds})"
    yield "bytes", lambda: duckdb_answer(connection, wide(file, "::USMALLINT"), question)


# --- Floating point, as is usual ----------------------------------------------------------------------------------------


def pandas_float(folder):
    """Weights as fractions, a mean over the jurors, a rank: what one writes without thinking about it."""
    import pandas

    marks, groups = load(folder)
    frame = pandas.DataFrame({"group": groups, **dict(zip(NAMES, marks))})

    def run():
        total = sum(weight / 100 * frame[names].mean(axis=1) for weight, names in zip(WEIGHTS, BY_CRITERION))
        place = total.groupby(frame["group"]).rank(method="min", ascending=False)
        return frame.index[place <= TOP].tolist()

    yield "float", run


def polars_float(folder):
    """The same in Polars."""
    import polars as pl

    marks, groups = load(folder)
    frame = pl.DataFrame({"group": groups, **dict(zip(NAMES, marks))})
    total = add([pl.mean_horizontal(names) * (weight / 100) for weight, names in zip(WEIGHTS, BY_CRITERION)])
    yield "float", lambda: polars_places(frame.lazy().select("group", total=total).with_row_index("candidate")).collect()[
        "candidate"
    ].to_list()


# --- Measuring ----------------------------------------------------------------------------------------------------------

MEASUREMENTS = {
    "polars-memory-wide-places": lambda folder: polars_memory(folder, "wide", "places"),
    "polars-memory-long-places": lambda folder: polars_memory(folder, "long", "places"),
    "polars-memory-wide-cut": lambda folder: polars_memory(folder, "wide", "cut"),
    "polars-csv-wide-places": lambda folder: polars_csv(folder, "places"),
    "polars-csv-wide-cut": lambda folder: polars_csv(folder, "cut"),
    "duckdb-memory-wide-places": lambda folder: duckdb_memory(folder, "wide", "places"),
    "duckdb-memory-long-places": lambda folder: duckdb_memory(folder, "long", "places"),
    "duckdb-memory-wide-cut": lambda folder: duckdb_memory(folder, "wide", "cut"),
    "duckdb-csv-wide-places": lambda folder: duckdb_csv(folder, "places"),
    "pandas-memory-wide-float": pandas_float,
    "polars-memory-wide-float": polars_float,
}


# Our commands and what they do.
OURS = {"memory": "from memory", "cut": "from memory, only the cut", "csv": "from csv"}


def memory(name):
    """A figure of this process's memory in KiB, as Linux tells it; 0 elsewhere."""
    try:
        lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name + ":")), 0)


def forget_peak():
    """Lets the peak of this process's memory begin anew, so that loading does not count."""
    try:
        pathlib.Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass


def measure(name, folder, runs):
    """In a process of its own: one JSON line per variant."""
    for variant, run in MEASUREMENTS[name](folder):
        winners = sorted(run())
        forget_peak()
        microseconds = []
        for _ in range(runs):
            start = time.perf_counter_ns()
            run()
            microseconds.append((time.perf_counter_ns() - start) // 1000)
        figures = {"variant": variant, "microseconds": microseconds, "peak_kib": memory("VmHWM"), "winners": winners}
        print(json.dumps(figures), flush=True)


def ask(command):
    """Runs a measurement and reads its JSON lines."""
    environment = os.environ | {"POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "2"}
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def ours(binary, source, folder, runs):
    (figures,) = ask([binary, source, str(folder), "2", str(runs)])
    figures["winners"] = sorted(int(line) for line in (folder / "winners.txt").read_text().split())
    return figures | {"variant": ""}


def rounds_of(arguments, folder):
    """All figures: by the line of the table, what was measured in every round."""
    found = {}

    def keep(key, figures):
        kept = found.setdefault(key, figures | {"microseconds": []})
        kept["microseconds"] += figures["microseconds"]
        kept["peak_kib"] = max(kept["peak_kib"], figures["peak_kib"])

    for number in range(1, arguments.rounds + 1):
        print(f"round {number} of {arguments.rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
        for command in OURS:
            keep(("Paritrana", command, ""), ours(arguments.binary, command, folder, arguments.runs))
        for name in MEASUREMENTS:
            command = [sys.executable, __file__, "--measure", name, "--folder", str(folder), "--runs", str(arguments.runs)]
            for figures in ask(command):
                keep((name.split("-")[0], name, figures["variant"]), figures)
    return found


def told(key):
    """The first column of the table."""
    tool, name, variant = key
    if tool == "Paritrana":
        return f"**Paritrana, {OURS[name]}**"
    _, source, shape, question = name.split("-")
    asked = {"places": "", "cut": ", only the cut", "float": ", floating point"}[question]
    return f"{tool}, from {source}{asked}: {shape}, {variant}"


def task(key):
    """Which of our commands a line is to be compared with; none for floating point, which answers another question."""
    tool, name, _ = key
    if tool == "Paritrana":
        return name
    _, source, _, question = name.split("-")
    return None if question == "float" else "cut" if (source, question) == ("memory", "cut") else source


def report(found):
    """Prints the table and the summary; returns the exact counts that do not name our winners."""
    reference = found["Paritrana", "memory", ""]["winners"]
    print("| | median ms | fastest ms | peak MB | winners | as ours |\n|---|---:|---:|---:|---:|---|")
    medians = {command: {} for command in OURS}
    disagree = []
    for key, figures in sorted(found.items(), key=lambda item: (list(OURS).index(task(item[0]) or "csv"), task(item[0]) is None)):
        times = [microseconds / 1000 for microseconds in figures["microseconds"]]
        same = figures["winners"] == reference
        numbers = f"{statistics.median(times):,.1f} | {min(times):,.1f} | {figures['peak_kib'] / 1024:,.0f} | {len(figures['winners'])}"
        print(f"| {told(key)} | {numbers} | {'same' if same else 'DIFFERENT'} |")
        if task(key):
            of_task = medians[task(key)]
            of_task[key[0]] = min(statistics.median(times), of_task.get(key[0], float("inf")))
            disagree += [] if same else [told(key)]
    print()
    for command, figures in medians.items():
        own = figures.pop("Paritrana")
        others = "; ".join(f"{tool} takes {median / own:.1f} times as long" for tool, median in figures.items())
        print(f"{OURS[command]}, medians, each tool's best: {others}.")
    return disagree


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default="target/release/examples/bulk_bench")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("target/bench-data"))
    parser.add_argument("--candidates", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often all tools take their turn")
    parser.add_argument("--runs", type=int, default=3, help="runs of each in a turn, after one that does not count")
    parser.add_argument("--quick", action="store_true", help="20,000 candidates, one round: does everything still work and agree?")
    parser.add_argument("--measure", choices=sorted(MEASUREMENTS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure, arguments.folder, arguments.runs)
        return
    if arguments.quick:
        arguments.candidates, arguments.rounds, arguments.runs = 20_000, 1, 2
    folder = arguments.folder / str(arguments.candidates)
    subprocess.run([arguments.binary, "generate", str(arguments.candidates), str(folder)], check=True)
    found = rounds_of(arguments, folder)
    versions()
    size = f"{arguments.candidates:,} candidates x {JURORS} jurors x {CRITERIA} criteria, {GROUPS} groups, top {TOP}"
    print(f"{size}; {arguments.rounds} rounds of {arguments.runs} runs, 2 threads\n")
    if disagree := report(found):
        sys.exit(f"These exact counts do not name our winners: {disagree}")


def versions():
    """What was measured where."""
    import duckdb
    import numpy
    import pandas
    import polars

    print(f"Python {platform.python_version()}, Polars {polars.__version__}, DuckDB {duckdb.__version__}, pandas {pandas.__version__}, ", end="")
    print(f"NumPy {numpy.__version__}; {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
