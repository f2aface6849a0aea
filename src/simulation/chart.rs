//! A history as a chart: SVG for browsers, light and dark.

use std::fmt::Write;

use super::history::{Day, History};
use super::money::size;
use crate::inventory::date;
use crate::lifecycle::Time;

const WIDTH: f64 = 880.0;
const HEIGHT: f64 = 640.0;
/// Where the plots stand between left and right edge; the labels of the lines are to the right of them.
const LEFT: f64 = 76.0;
const RIGHT: f64 = 720.0;
/// How high each of the two plots is.
const PLOT: f64 = 210.0;

/// One of the two is without a policy, and drawn first; colours hold on both grounds and to the colour-blind.
const STYLE: &str = "\
  svg { color-scheme: light dark; }
  .ground { fill: #ffffff; } text { fill: #24292f; font: 13px system-ui, sans-serif; }
  .title { font-size: 17px; font-weight: 600; } .small { fill: #57606a; font-size: 12px; }
  .grid { stroke: #d0d7de; stroke-width: 1; } polyline { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .without { stroke: #8c959f; stroke-dasharray: 6 4; } .with { stroke: #0969da; } .archive { stroke: #bc4c00; }
  text.with, text.without, text.archive { stroke: none; } text.with { fill: #0969da; } text.archive { fill: #bc4c00; }
  text.without { fill: #57606a; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; } text { fill: #e6edf3; } .small { fill: #9198a1; } .grid { stroke: #30363d; }
    .without { stroke: #7d8590; } .with { stroke: #58a6ff; } .archive { stroke: #f0883e; }
    text.with { fill: #58a6ff; } text.archive { fill: #f0883e; } text.without { fill: #9198a1; }
  }
";

/// Images and bytes over time, with the policy and without it.
pub fn chart(name: &str, history: &History) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" aria-labelledby=\"title desc\">\n"
    );
    let (name, last) = (escape(if name.is_empty() { "the repository" } else { name }), history.last());
    let title = format!("{name} from {} to {}", date(history.start), date(last.time));
    let _ = writeln!(svg, "<title id=\"title\">{title}</title>");
    let _ = writeln!(
        svg,
        "<desc id=\"desc\">In the end {} images with the policy, {} without it.</desc>\n<style>\n{STYLE}</style>",
        last.left(),
        last.pushed.images
    );
    let _ = writeln!(svg, "<rect class=\"ground\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>");
    let _ = writeln!(svg, "<text class=\"title\" x=\"{LEFT}\" y=\"32\">{title}</text>");
    let images: [fn(&Day) -> u64; 3] =
        [|day| day.pushed.images as u64, |day| day.left() as u64, |day| day.archive.images as u64];
    let bytes: [fn(&Day) -> u64; 3] =
        [|day| day.pushed.bytes, |day| day.standard.bytes + day.archive.bytes, |day| day.archive.bytes];
    plot(&mut svg, history, 78.0, "Images", images, |value| value.to_string(), &[("", 1)]);
    plot(&mut svg, history, 368.0, "Size", bytes, size, &[(" TB", 1 << 40), (" GB", 1 << 30), (" MB", 1 << 20)]);
    svg.push_str("</svg>\n");
    svg
}

fn plot(
    svg: &mut String,
    history: &History,
    top: f64,
    title: &str,
    series: [fn(&Day) -> u64; 3],
    label: fn(u64) -> String,
    units: &[(&str, u64)],
) {
    let peak = history.days.iter().flat_map(|day| series.map(|value| value(day))).max().unwrap_or(0);
    // The largest unit in which the peak is not below four, so that the grid has whole numbers of it.
    let fitting = units.iter().find(|(_, unit)| peak >= 4 * unit).or(units.last());
    let (name, unit) = *fitting.expect("a plot has a unit");
    let step = step(peak, unit);
    let highest = peak.div_ceil(step).max(1) * step;
    let y = |value: u64| top + PLOT - PLOT * value as f64 / highest as f64;
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"{}\">{title}</text>", top - 14.0);
    for line in 0..=highest / step {
        let (value, at) = (line * step, y(line * step));
        let _ = writeln!(svg, "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>");
        let (x, at, value) = (LEFT - 8.0, at + 4.0, value / unit);
        let _ = writeln!(svg, "<text class=\"small\" text-anchor=\"end\" x=\"{x}\" y=\"{at:.1}\">{value}{name}</text>");
    }
    dates(svg, history, top + PLOT + 20.0);
    let archived = history.days.iter().any(|day| day.archive.images > 0);
    let mut labels: Vec<(f64, &str, String)> = Vec::new();
    for ((class, what), value) in
        [("without", "without policy"), ("with", "with policy"), ("archive", "in the archive")].into_iter().zip(series)
    {
        if class == "archive" && !archived {
            continue;
        }
        let points: Vec<String> = std::iter::once(format!("{LEFT},{:.1}", y(0)))
            .chain(history.days.iter().map(|day| format!("{:.1},{:.1}", x(history, day.time), y(value(day)))))
            .collect();
        let _ = writeln!(svg, "<polyline class=\"{class}\" points=\"{}\"/>", points.join(" "));
        let end = value(history.last());
        labels.push((y(end), class, format!("{} {what}", label(end))));
    }
    // From the lowest up, so that two labels never stand on one another.
    labels.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut lowest = f64::INFINITY;
    for (at, class, text) in labels {
        lowest = at.min(lowest - 17.0);
        let (x, at) = (RIGHT + 8.0, lowest + 4.0);
        let _ = writeln!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{at:.1}\">{text}</text>");
    }
}

/// Five dates below a plot.
fn dates(svg: &mut String, history: &History, at: f64) {
    let (start, end) = (history.start.0, history.last().time.0);
    for (part, anchor) in (0..5).zip(["start", "middle", "middle", "middle", "end"]) {
        let time = Time(start + (end - start) * part / 4);
        let (x, day) = (x(history, time), date(time));
        let _ = writeln!(svg, "<text class=\"small\" text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{at}\">{day}</text>");
    }
}

fn x(history: &History, time: Time) -> f64 {
    let whole = (history.last().time.0 - history.start.0) as f64;
    LEFT + (RIGHT - LEFT) * (time.0 - history.start.0) as f64 / whole
}

/// The distance of grid lines: 1, 2 or 5 times a power of ten of the unit, so that there are six at most.
fn step(peak: u64, unit: u64) -> u64 {
    let mut decade = unit;
    loop {
        if let Some(step) = [1, 2, 5].map(|factor| factor * decade).into_iter().find(|step| peak <= 5 * step) {
            return step;
        }
        decade *= 10;
    }
}

fn escape(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !c.is_control()).collect();
    shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
