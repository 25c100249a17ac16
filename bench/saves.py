#!/usr/bin/env python3
"""Saves figures of a dossier as browsers do, and prints a row of the table of bench/web.sh, which calls it.

    bench/saves.py ADDRESS COOKIE AT_ONCE SECONDS

Each of those who work at once has a form of the page for itself. It opens the page, changes the first figure of its form, and sends the form with the
version that the page had; so every answer is a figure on record, and anything else ends the run. Only the sending is timed; how many were saved in a
second counts the opening of the page too.
"""

import html.parser
import http.client
import sys
import threading
import time
import urllib.parse
import uuid


class Forms(html.parser.HTMLParser):
    """The fields of each form, as a browser sends them."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.choice = [], None
        self.feed(text)
        self.forms = [form for form in self.forms if form.get("kelompok")]

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif self.forms and tag == "input" and attrs.get("name"):
            self.forms[-1][attrs["name"]] = attrs.get("value") or ""
        elif self.forms and tag == "select":
            self.choice = attrs.get("name")
            self.forms[-1][self.choice] = ""
        elif self.forms and tag == "option" and "selected" in attrs:
            self.forms[-1][self.choice] = attrs.get("value") or ""


def work(address, cookie, number, until, times):
    """Saves one form until the time is over."""
    parts = urllib.parse.urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    form_kind = "application/x-www-form-urlencoded"
    while time.monotonic() < until:
        line.request("GET", parts.path, headers={"Cookie": cookie})
        form = Forms(line.getresponse().read().decode()).forms[number]
        form |= {"a_nilai": str(len(times) % 50 + 1), "a_kunci": str(uuid.uuid4())}
        headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": form_kind}
        began = time.monotonic()
        line.request("POST", parts.path, urllib.parse.urlencode(form), headers)
        answer = line.getresponse()
        answer.read()
        times.append(time.monotonic() - began)
        if answer.status != 303:
            raise SystemExit(f"a figure was not saved: {answer.status}")


def main():
    address, cookie, at_once, seconds = sys.argv[1:]
    began = time.monotonic()
    times = [[] for _ in range(int(at_once))]
    workers = [
        threading.Thread(target=work, args=(address, cookie, number, began + float(seconds), own)) for number, own in enumerate(times)
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
    print(f"| a figure saved | {at_once} | {len(all_times) / took:.0f} | {at(0.5):.2f} | {at(0.99):.2f} | |")


if __name__ == "__main__":
    main()
