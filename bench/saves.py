#!/usr/bin/env python3
"""Saves figures of dossiers as browsers do, and prints a row of the table of bench/web.sh, which calls it.

    bench/saves.py DOSSIERS AT_ONCE SECONDS [PAUSE]

DOSSIERS is a file with a line for each person: the address of the page of figures, a tab, the cookie. Of these so many work at once, each on the
own dossier. One opens the page, changes the first figure of its first form, and sends the form with the version that the page had; so every answer
is a figure on record, and anything else ends the run. Only the sending is timed; how many were saved in a second counts the opening of the page too.
Without PAUSE everybody goes on at once, and the program has all to do that it can: that tells how much it can. With PAUSE one thinks for so many
seconds between two figures, sometimes longer and sometimes shorter, as people do: that tells how long they wait.
"""

import html
import http.client
import random
import re
import sys
import threading
import time
import urllib.parse
import uuid

FORM = re.compile(r'<form(?:(?!</form>).)*?name="kelompok".*?</form>', re.DOTALL)
FIELD = re.compile(r"<(input|select|option)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


def fields(page):
    """The fields of the first form with figures, as a browser sends them."""
    found, choice = {}, None
    for kind, attributes in FIELD.findall(FORM.search(page).group()):
        attributes = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        if kind == "select":
            choice = attributes["name"]
            found[choice] = ""
        elif kind == "option" and "selected" in attributes:
            found[choice] = attributes.get("value", "")
        elif kind == "input" and attributes.get("name"):
            found[attributes["name"]] = attributes.get("value", "")
    return found


def work(number, address, cookie, until, pause, times):
    """Saves one figure after the other until the time is over."""
    thinks = random.Random(number)
    parts = urllib.parse.urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    while True:
        if pause:
            # Between nothing and twice the pause; so people also begin at different moments, and each time on a new line.
            line.close()
            time.sleep(max(0, min(thinks.uniform(0, 2 * pause), until - time.monotonic())))
        if time.monotonic() >= until:
            return
        line.request("GET", parts.path, headers={"Cookie": cookie})
        form = fields(line.getresponse().read().decode())
        form |= {"a_nilai": str(len(times) % 50 + 1), "a_kunci": str(uuid.uuid4())}
        sent = urllib.parse.urlencode(form)
        began = time.monotonic()
        line.request("POST", parts.path, sent, headers)
        answer = line.getresponse()
        answer.read()
        times.append(time.monotonic() - began)
        if answer.status != 303:
            raise SystemExit(f"a figure was not saved: {answer.status}")


def main():
    file, at_once, seconds, pause = (*sys.argv[1:], "0")[:4]
    with open(file, encoding="utf-8") as dossiers:
        people = [row.rstrip("\n").split("\t") for row in dossiers][: int(at_once)]
    if len(people) < int(at_once):
        raise SystemExit(f"{file} has {len(people)} people; {at_once} are to save at once")
    times = [[] for _ in people]
    began = time.monotonic()
    until = began + float(seconds)
    workers = [
        threading.Thread(target=work, args=(number, *person, until, float(pause), own))
        for number, (person, own) in enumerate(zip(people, times))
    ]
    failed = []
    threading.excepthook = lambda args: failed.append(args.exc_value)
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failed:
        raise SystemExit(str(failed[0]))
    took = time.monotonic() - began
    all_times = sorted(1000 * one for own in times for one in own)
    at = lambda share: all_times[min(len(all_times) - 1, int(share * len(all_times)))]
    thinking = f", one every {pause} s" if float(pause) else ""
    print(f"| a figure saved{thinking} | {at_once} | {len(all_times) / took:.0f} | {at(0.5):.2f} | {at(0.99):.2f} | |")


if __name__ == "__main__":
    main()
