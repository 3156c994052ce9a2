"""What `./run bench searching` measured, as Markdown and as a picture."""

import math
import statistics

from report import BARS, GAP, MB, PANEL, ROW, STYLE, panel, shown, table, text_at, with_range

EMPTY = "true"
LEDE = "lede-query"

median = statistics.median


def times_as_much(value, of):
    return f"{value / of:.1f}" if of > 0 else "-"


# ---- tables


def corpus_line(measured):
    facts = measured["corpus"]
    return (
        f"{facts['articles']:,} articles, {facts['text'] / MB:.1f} MB of text, "
        f"{len(measured['kinds'])} questions.\n"
    )


def one_shot_row(name, measured):
    """A process; its ratios are of what lede-query took for the same question."""
    times, found = measured["one_shot"]["times"], measured["one_shot"]["found"]
    mine, of_lede = times[name], times[LEDE]
    ratio = median(one / other for one, other in zip(mine["ms"], of_lede["ms"]))
    cpu_ratio = median(mine["cpu_ms"]) / median(of_lede["cpu_ms"])
    return [
        f"`{name}`" if name == EMPTY else name,
        f"{median(mine['ms']):.2f} ms",
        f"{median(mine['above']):.2f} ms",
        f"{median(mine['cpu_ms']):.2f} ms",
        f"{ratio:.1f}",
        times_as_much(median(mine["above"]), median(of_lede["above"])),
        f"{cpu_ratio:.1f}",
        f"{found[name]} of {len(measured['kinds'])}" if name in found else "",
    ]


def one_shot_table(measured):
    rows = [one_shot_row(name, measured) for name in measured["one_shot"]["times"]]
    head = ["one question, one process", "time", "above `true`", "CPU time", "time, of lede's",
            "above `true`, of lede's", "CPU time, of lede's", "questions with hits"]
    return table(head, rows)


def kinds_table(measured):
    """Which questions cost what."""
    times = measured["one_shot"]["times"]
    names = [name for name in times if name != EMPTY]
    rows = []
    for kind in sorted(set(measured["kinds"])):
        places = [place for place, of in enumerate(measured["kinds"]) if of == kind]
        medians = [median(times[name]["above"][place] for place in places) for name in names]
        rows.append([kind, str(len(places)), *(f"{each:.2f} ms" for each in medians)])
    return table(["above `true`, by what is asked for", "questions", *names], rows)


def first_lede(names):
    return next(name for name in names if name.startswith(LEDE))


def of_rounds(mine, others):
    return with_range([one / other for one, other in zip(mine, others)], 1)


def warm_table(measured):
    times = measured["warm"]["microseconds"]
    found = measured["one_shot"]["found"] | measured["warm"]["found"]
    of_lede = times[first_lede(times)]
    rows = []
    for name, mine in times.items():
        had_hits = found.get(LEDE if name.startswith(LEDE) else name)
        rows.append([
            name,
            f"{1e6 / median(mine['wall']):.0f}",
            of_rounds(mine["wall"], of_lede["wall"]),
            f"{median(mine['cpu']):.0f}",
            of_rounds(mine["cpu"], of_lede["cpu"]),
            f"{had_hits} of {len(measured['kinds'])}" if had_hits is not None else "",
        ])
    head = ["all questions in one process", "questions a second", "time, of lede's",
            "CPU microseconds a question", "CPU time, of lede's", "questions with hits"]
    return table(head, rows)


def growth_table(growth):
    smallest = growth["sizes"][0]["microseconds"]
    rows = []
    for size in growth["sizes"]:
        row = [f"{size['articles']:,}", f"{size['found']:.0f}"]
        for name, mine in size["microseconds"].items():
            for clock in ("wall", "cpu"):
                middle = median(mine[clock])
                row += [f"{middle:.0f} ({middle / median(smallest[name][clock]):.1f})"]
        rows.append(row)
    head = ["articles", "found, median"]
    for name in smallest:
        head += [f"{name}: microseconds a question (of the fewest articles')", "CPU microseconds"]
    return table(head, rows)


def tables(results):
    machine = results["machine"]
    parts = [
        f"{machine['cores']} cores ({machine['processor']}), {machine['date']}; medians, in brackets the "
        "range; ratios are of the same question and round.\n"
    ]
    for measured in results["corpora"]:
        parts += [f"### {measured['corpus']['name']}\n", corpus_line(measured),
                  one_shot_table(measured), kinds_table(measured), warm_table(measured)]
    if results["growth"]:
        parts += ["### More and more articles\n",
                  f"{results['growth']['questions']} selective questions, the same for each size.\n",
                  growth_table(results["growth"])]
    return "\n".join(parts)


# ---- the picture

LINE_STYLE = (
    "polyline{fill:none;stroke:#9aa7b5;stroke-width:2}polyline.lede{stroke:#c2410c}"
    "circle{fill:#9aa7b5}circle.lede{fill:#c2410c}"
)
CHART_HEIGHT = 200


def panels_of(measured):
    times = measured["one_shot"]["times"]
    name = measured["corpus"]["name"]
    return {
        f"{name}: ms for one process": {each: median(times[each]["ms"]) for each in times},
        f"{name}: questions a second, one process": {
            each: 1e6 / median(mine["wall"])
            for each, mine in measured["warm"]["microseconds"].items()
        },
    }


def line(points, name):
    look = "lede" if name.startswith("lede") else ""
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>\n' for x, y in points)
    x, y = points[-1]
    return f'<polyline class="{look}" points="{drawn}"/>\n{dots}' + text_at(x + 8, y + 4, name)


def growth_chart(growth, left, top):
    """Microseconds a question by the number of articles; both grow by factors."""
    sizes = growth["sizes"]
    values = {
        name: [median(size["microseconds"][name]["wall"]) for size in sizes]
        for name in sizes[0]["microseconds"]
    }
    least = min(map(min, values.values()))
    span = math.log(max(map(max, values.values())) / least) or 1
    svg = text_at(left, top + 14, "microseconds a selective question takes, by number of articles", "title")
    bottom = top + ROW + CHART_HEIGHT
    for name, each in values.items():
        points = [
            (left + BARS * place / (len(sizes) - 1),
             bottom - (CHART_HEIGHT - ROW) * math.log(value / least) / span)
            for place, value in enumerate(each)
        ]
        svg += line(points, name)
        beside = 18 if name.startswith(LEDE) else -8  # below one line, above the other
        for (x, y), value in zip(points, each):
            svg += text_at(x, y + beside, shown(value), "value")
    for place, size in enumerate(sizes):
        x = left + BARS * place / (len(sizes) - 1)
        svg += text_at(x, bottom + 1.5 * ROW, f"{size['articles']:,}", "value")
    return svg


def plot(results):
    """Bars for each corpus, and lines for the growth. An SVG."""
    svg, top = "", 16
    for measured in results["corpora"]:
        panels = panels_of(measured)
        for column, (title, values) in enumerate(panels.items()):
            svg += panel(column * (PANEL + GAP), top, title, values)
        top += ROW * (max(map(len, panels.values())) + 1) + GAP
    if results["growth"]:
        svg += growth_chart(results["growth"], GAP, top)
        top += CHART_HEIGHT + 3 * ROW + GAP
    size = f'width="{2 * PANEL + 3 * GAP}" height="{top}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<style>{STYLE}{LINE_STYLE}</style>\n'
        f'<rect width="100%" height="100%" style="fill:#fff"/>\n{svg}</svg>\n'
    )
