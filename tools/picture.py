#!/usr/bin/env python3
"""Draws what a command prints as an SVG picture, for the README: picture.py TITLE FROM TO < output > picture.svg

Reads text with terminal colours, takes the lines FROM to TO (counted from 1), and writes them as text in an SVG. Standard library only.
"""

import re
import sys
from html import escape

INK, PAPER, EDGE = "#1b2333", "#fbfaf7", "#d9d4c7"
COLOURS = {"31": "#a63a2a", "32": "#1f6b47", "33": "#8a6413", "34": "#233f7d", "36": "#1d6f84"}
COLOURS |= {str(int(code) + 60): colour for code, colour in COLOURS.items()}
CHAR, LINE, MARGIN, BAR = 8.0, 19, 22, 34


def runs(line, style):
    """Splits a line into (text, style) at the colour codes; `style` is kept from line to line."""
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if not part.startswith("\x1b["):
            if part:
                yield part, dict(style)
            continue
        for code in part[2:-1].split(";"):
            if code in ("", "0"):
                style.clear()
            elif code == "1":
                style["font-weight"] = "700"
            elif code == "2":
                style["opacity"] = "0.62"
            elif code in COLOURS:
                style["fill"] = COLOURS[code]


def main():
    title, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    lines = sys.stdin.read().splitlines()[first - 1 : last]
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    width = int(max((len(line) for line in plain), default=0) * CHAR + 2 * MARGIN)
    height = BAR + MARGIN + len(lines) * LINE + MARGIN // 2
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="10" fill="{PAPER}" stroke="{EDGE}"/>',
        f'<text x="{MARGIN}" y="23" font-family="ui-monospace, DejaVu Sans Mono, Menlo, monospace" font-size="12" fill="#7a7362">$ {escape(title)}</text>',
        f'<line x1="0" x2="{width}" y1="{BAR}" y2="{BAR}" stroke="{EDGE}"/>',
        f'<g font-family="ui-monospace, DejaVu Sans Mono, Menlo, monospace" font-size="13.3" fill="{INK}" xml:space="preserve">',
    ]
    kept = {}
    for row, line in enumerate(lines):
        y, column = BAR + MARGIN + row * LINE, 0
        for text, style in runs(line, kept):
            attributes = "".join(f' {name}="{value}"' for name, value in style.items())
            # Every word is placed by itself, so that no viewer can squeeze or drop the spaces between.
            for word in re.finditer(r"\S+(?: \S+)*", text):
                x, length = MARGIN + (column + word.start()) * CHAR, len(word[0]) * CHAR
                out.append(f'<text x="{x:g}" y="{y}" textLength="{length:g}"{attributes}>{escape(word[0])}</text>')
            column += len(text)
    out.append("</g>\n</svg>")
    print("\n".join(out))


if __name__ == "__main__":
    main()
