"""What was measured, as Markdown and as a picture."""

import html
import statistics

MB = 10**6


def median_of(runs, key):
    return statistics.median(run[key] for run in runs)


def ratios(runs, of, key):
    """Of each round: how many times as much as `of` this took."""
    return [mine[key] / theirs[key] for mine, theirs in zip(runs, of)]


def with_range(values, digits=2):
    middle = f"{statistics.median(values):.{digits}f}"
    if len(values) < 2:
        return middle
    return f"{middle} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# ---- tables


def articles_table(facts):
    rows = [
        [
            each["name"], f"{each['articles']:,}", f"{each['text'] / MB:.1f} MB",
            f"{each['words_per_article']:.0f}", f"{each['distinct_words_per_article']:.0f}",
            f"{each['vocabulary']:,}", f"{each['once']:.0%}",
        ]
        for each in facts
    ]
    head = ["articles", "number", "text", "words in one", "different words in one",
            "different words in the first 20,000", "of which occur once"]
    return table(head, rows)


def cpu_share(run, cores):
    return run["cpu"] / run["wall"] / cores


def indexer_row(name, runs, text, of_lede, cores):
    share = statistics.median(cpu_share(run, cores) for run in runs)
    wall = median_of(runs, "wall")
    size = median_of(runs, "size")
    return [
        name, f"{wall:.2f} s", f"{text / MB / wall:.1f}", *of_lede, f"{share:.0%}",
        f"{max(run['memory'] for run in runs) / MB:.0f} MB", f"{size / MB:.1f} MB", f"{size / text:.2f}",
    ]


def indexers_table(measured, cores):
    runs, facts = measured["runs"], measured["corpus"]
    lede = runs["lede"]
    rows = []
    for name in measured["fast"]:
        of_lede = [with_range(ratios(runs[name], lede, key)) for key in ("wall", "cpu")]
        rows.append(indexer_row(name, runs[name], facts["text"], of_lede, cores))
    for name in measured["slow"]:
        # They had a sample: what is compared is the time for a byte of text.
        scale = facts["text"] / facts["sample_text"]
        of_lede = [
            f"{scale * median_of(runs[name], key) / median_of(lede, key):.0f}" for key in ("wall", "cpu")
        ]
        rows.append(indexer_row(f"{name} \\*", runs[name], facts["sample_text"], of_lede, cores))
    head = ["indexer", "time", "MB of text a second", "wall time, of lede's", "CPU time, of lede's",
            "share of the cores", "memory", "index", "index / text"]
    return table(head, rows)


def sizes_table(measured):
    rows = []
    for name in [*measured["fast"], *measured["slow"], "lede --positions none"]:
        if name not in measured["runs"]:
            continue
        sizes = measured["runs"][name][-1]["sizes"]
        text = measured["corpus"]["sample_text" if name in measured["slow"] else "text"]
        parts = sorted(sizes.items(), key=lambda part: -part[1])
        shown = [f"{part} {size / text:.3f}" for part, size in parts if size / text >= 0.0005]
        rows.append([name, f"{sum(sizes.values()) / text:.2f}", ", ".join(shown)])
    return table(["indexer", "index / text", "by table or file"], rows)


def limits_table(measured):
    runs, text = measured["runs"], measured["corpus"]["text"]
    walls = {name: median_of(each, "wall") for name, each in runs.items() if name.startswith("read ")}
    walls["write and sync as many bytes as the index has"] = statistics.median(
        measured["seconds_to_write"])
    walls["lede"] = median_of(runs["lede"], "wall")
    rows = [
        [name, f"{wall:.2f} s", f"{text / MB / wall:.0f}", f"{wall / walls['lede']:.0%}"]
        for name, wall in walls.items()
    ]
    return table(["what", "time", "MB of text a second", "of lede's time"], rows)


def variants_table(measured):
    runs, text = measured["runs"], measured["corpus"]["text"]
    rows = []
    for name, each in runs.items():
        if not name.startswith("lede --"):
            continue
        rows.append([
            f"`{name.removeprefix('lede ')}`", with_range(ratios(each, runs["lede"], "wall")),
            f"{max(run['memory'] for run in each) / MB:.0f} MB", f"{median_of(each, 'size') / text:.2f}",
        ])
    if not rows:
        return ""
    return "\n" + table(["lede with", "wall time, of lede's", "memory", "index / text"], rows)


def linearity(measured):
    runs = measured["runs"]
    return (
        "Ten times the articles took "
        f"{with_range(ratios(runs['lede'], runs['lede, a tenth'], 'wall'), 1)} times as long.\n"
    )


def tables(results):
    machine = results["machine"]
    parts = [
        f"{machine['cores']} cores ({machine['processor']}), {machine['date']}; medians, in brackets the "
        "range; ratios are of the same round. MB are 10^6 bytes. Memory under "
        f"{machine['memory_floor'] / MB:.0f} MB shows as that.\n",
        articles_table([measured["corpus"] for measured in results["corpora"]]),
    ]
    for measured in results["corpora"]:
        facts = measured["corpus"]
        parts += [
            f"### {facts['name']}\n",
            indexers_table(measured, machine["cores"]),
        ]
        if measured["slow"]:
            parts.append(f"\\* one run, of the first {facts['sample_text'] / MB:.1f} MB.\n")
        parts += [sizes_table(measured), limits_table(measured) + variants_table(measured),
                  linearity(measured)]
    return "\n".join(parts)


# ---- the picture

ROW, BAR, LABELS, BARS, VALUES = 26, 18, 130, 300, 70
GAP = 40
PANEL = LABELS + BARS + VALUES
STYLE = (
    "text{font:13px sans-serif;fill:#222}.title{font-weight:bold}"
    ".value{fill:#555}rect{fill:#9aa7b5}rect.lede{fill:#c2410c}"
)


def text_at(x, y, text, look="", anchor="start"):
    return f'<text x="{x}" y="{y}" class="{look}" text-anchor="{anchor}">{html.escape(text)}</text>\n'


def shown(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def panel(left, top, title, values):
    """Horizontal bars, one for each name."""
    svg = text_at(left + LABELS, top + 14, title, "title")
    largest = max(values.values())
    for row, (name, value) in enumerate(values.items()):
        y = top + ROW * (row + 1)
        width = max(1, BARS * value / largest)
        look = "lede" if name.startswith("lede") else ""
        svg += text_at(left + LABELS - 8, y + 14, name, anchor="end")
        svg += f'<rect class="{look}" x="{left + LABELS}" y="{y}" width="{width:.1f}" height="{BAR}"/>\n'
        svg += text_at(left + LABELS + width + 6, y + 14, shown(value), "value")
    return svg


def panels_of(measured):
    """Titles and bars of one corpus."""
    runs, facts = measured["runs"], measured["corpus"]
    text = {name: facts["text"] for name in measured["fast"]}
    text |= {name: facts["sample_text"] for name in measured["slow"]}
    speed = {name: text[name] / MB / median_of(runs[name], "wall") for name in text}
    size = {name: median_of(runs[name], "size") / text[name] for name in text}
    return {
        f"{facts['name']}: MB of text a second": speed,
        f"{facts['name']}: size of the index / text": size,
    }


def plot(results):
    """Speed and size side by side, a line of panels for each corpus. An SVG."""
    svg, top = "", 16
    for measured in results["corpora"]:
        panels = panels_of(measured)
        for column, (title, values) in enumerate(panels.items()):
            svg += panel(column * (PANEL + GAP), top, title, values)
        top += ROW * (len(values) + 1) + GAP
    size = f'width="{2 * PANEL + GAP}" height="{top}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<style>{STYLE}</style>\n'
        f'<rect width="100%" height="100%" style="fill:#fff"/>\n{svg}</svg>\n'
    )
