//! The curves as an SVG chart for light and dark mode.

use std::fmt::Write;

use super::words::named;
use crate::escape::xml;
use crate::prose::count;
use crate::report::layout::pieces;
use crate::simulation::{Curve, Curves, CurvesOf, Sum};
use crate::time::{Time, date};

const WIDTH: f64 = 940.0;
/// Height with a title of one line.
const HEIGHT: f64 = 640.0;
/// Maximum number of characters of a line of the title, so that the widest letters fit, and the height of a further line.
const TITLE: usize = 72;
const TITLE_LINE: f64 = 22.0;
/// Left and right edge of the plots. The labels of the curves are to the right of them.
const LEFT: f64 = 76.0;
const RIGHT: f64 = 700.0;
/// Height of each of the two plots.
const PLOT: f64 = 210.0;

/// The curve without a policy is dashed and drawn first. The colors work on light and dark backgrounds and for
/// color-blind people.
const STYLE: &str = "\
  svg { color-scheme: light dark; }
  .ground { fill: #ffffff; } text { fill: #24292f; font: 13px system-ui, sans-serif; }
  .title { font-size: 17px; font-weight: 600; } .small { fill: #57606a; font-size: 12px; }
  .grid { stroke: #d0d7de; stroke-width: 1; } polyline { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .without { stroke: #8c959f; stroke-dasharray: 6 4; } .with { stroke: #0969da; } .archive { stroke: #bc4c00; } .other { stroke: #8250df; }
  polyline.archive { stroke-width: 1.25; } .band { fill: #0969da; fill-opacity: 0.15; }
  .least { stroke: #0969da; } polyline.least { stroke-width: 1.25; }
  text.with, text.least, text.without, text.archive, text.other { stroke: none; } text.with, text.least { fill: #0969da; } text.archive { fill: #bc4c00; }
  text.other { fill: #8250df; }
  text.without { fill: #57606a; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; } text { fill: #e6edf3; } .small { fill: #9198a1; } .grid { stroke: #30363d; }
    .without { stroke: #7d8590; } .with, .least { stroke: #58a6ff; } .band { fill: #58a6ff; } .archive { stroke: #f0883e; } .other { stroke: #bc8cff; }
    text.with, text.least { fill: #58a6ff; } text.archive { fill: #f0883e; } text.other { fill: #bc8cff; } text.without { fill: #9198a1; }
  }
";

/// Two plots, one below the other: the number and the size of the images over time.
pub fn svg(curves: &Curves) -> String {
    let lines = lines(curves);
    let lower = (lines.len() - 1) as f64 * TITLE_LINE;
    let height = HEIGHT + lower;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n"
    );
    let (title, description) = (xml::text(&title(curves)), xml::text(&description(curves)));
    let _ = writeln!(svg, "<title id=\"title\">{title}</title>");
    let _ = writeln!(svg, "<desc id=\"desc\">{description}</desc>\n<style>\n{STYLE}</style>");
    let _ = writeln!(svg, "<rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\"/>");
    for (at, (class, line)) in lines.iter().enumerate() {
        let (y, line) = (32.0 + at as f64 * TITLE_LINE, xml::text(line));
        let _ = writeln!(svg, "<text class=\"{class}\" x=\"{LEFT}\" y=\"{y}\">{line}</text>");
    }
    let images = Quantity { title: "Images", value: |sum| sum.images as u64, units: &[("", 1)] };
    let bytes = Quantity {
        title: "Size",
        // More is not drawn, so that the numbers of the grid fit.
        value: |sum| sum.bytes.min(1 << 60),
        units: &[(" TB", 1 << 40), (" GB", 1 << 30), (" MB", 1 << 20)],
    };
    plot(&mut svg, curves, 78.0 + lower, &images);
    plot(&mut svg, curves, 368.0 + lower, &bytes);
    svg.push_str("</svg>\n");
    svg
}

/// The lines above the plots, with their classes: the title, and the policy to compare with.
fn lines(curves: &Curves) -> Vec<(&'static str, String)> {
    let other = curves.other.iter().map(|other| format!("other policy: {other}"));
    let other = other.flat_map(|other| pieces(&other, TITLE)).map(|line| ("small", line));
    pieces(&title(curves), TITLE).into_iter().map(|line| ("title", line)).chain(other).collect()
}

fn title(curves: &Curves) -> String {
    let environment = curves.environment.iter().map(|environment| format!(" ({environment})"));
    let name = named(&curves.name).to_owned() + &environment.collect::<String>();
    let (start, end) = (date(curves.from), date(curves.end));
    match curves.of {
        CurvesOf::History => format!("{name} from {start} to {end}"),
        CurvesOf::Listing => format!("{name} from {start}, if nothing is pushed or pulled"),
    }
}

fn description(curves: &Curves) -> String {
    let (left, all) = (curves.last(Curve::With).images, curves.last(Curve::Without).images);
    let least =
        curves.curves.iter().find(|(curve, _)| *curve == Curve::Least).map(|_| curves.last(Curve::Least).images);
    match curves.of {
        CurvesOf::History => format!("At the end: {} with the policy, {all} without it.", count(left, "image")),
        CurvesOf::Listing if least.is_some_and(|least| least != left) => {
            let (least, all, end) = (least.unwrap_or(left), count(all, "image"), date(curves.end));
            format!("{least} to {left} of {all} left on {end}.")
        }
        CurvesOf::Listing => format!("{left} of {} left on {}.", count(all, "image"), date(curves.end)),
    }
}

/// The quantity that a plot shows.
struct Quantity {
    title: &'static str,
    value: fn(&Sum) -> u64,
    /// Units, the largest first. A plot has one for its grid and for the labels of its curves.
    units: &'static [(&'static str, u64)],
}

fn plot(svg: &mut String, curves: &Curves, top: f64, quantity: &Quantity) {
    let points = curves.curves.iter().flat_map(|(_, points)| points);
    let peak = points.map(|(_, sum)| (quantity.value)(sum)).max().unwrap_or(0);
    // The largest unit in which the peak is at least 4, so that the grid has whole numbers of units.
    let fitting = quantity.units.iter().find(|(_, unit)| peak >= 4 * unit).or(quantity.units.last());
    let (name, unit) = *fitting.expect("every plot has a unit");
    let step = step(peak, unit);
    let highest = peak.div_ceil(step).max(1) * step;
    let label = |value: u64| match unit {
        1 => value.to_string(),
        _ => format!("{:.1}{name}", value as f64 / unit as f64),
    };
    let y = |value: u64| top + PLOT - PLOT * value as f64 / highest as f64;
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"{}\">{}</text>", top - 14.0, quantity.title);
    for line in 0..=highest / step {
        let (value, at) = (line * step, y(line * step));
        let _ = writeln!(svg, "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>");
        let (x, at, value) = (LEFT - 8.0, at + 4.0, value / unit);
        let _ = writeln!(svg, "<text class=\"small\" text-anchor=\"end\" x=\"{x}\" y=\"{at:.1}\">{value}{name}</text>");
    }
    dates(svg, curves, top + PLOT + 20.0);
    let mut labels: Vec<(f64, &str, String)> = Vec::new();
    let place = |(time, sum): &(Time, Sum)| format!("{:.1},{:.1}", x(curves, *time), y((quantity.value)(sum)));
    let has_band = band(svg, curves, &place);
    for (curve, points) in &curves.curves {
        let (class, what) = match curve {
            Curve::Without => ("without", "without policy"),
            Curve::With if has_band => ("with", "with policy at most"),
            Curve::With => ("with", "with policy"),
            Curve::Least => ("least", "with policy at least"),
            Curve::Other => ("other", "with other policy"),
            Curve::Archive => ("archive", "in the archive"),
        };
        let places: Vec<String> = points.iter().map(place).collect();
        let _ = writeln!(svg, "<polyline class=\"{class}\" points=\"{}\"/>", places.join(" "));
        let end = points.last().map_or(0, |(_, sum)| (quantity.value)(sum));
        labels.push((y(end), class, format!("{} {what}", label(end))));
    }
    // From the bottom up, so that labels never overlap. If values are equal, the archive's label is the lowest.
    labels.reverse();
    labels.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut lowest = f64::INFINITY;
    for (at, class, text) in labels {
        lowest = at.min(lowest - 17.0);
        let (x, at) = (RIGHT + 8.0, lowest + 4.0);
        let _ = writeln!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{at:.1}\">{text}</text>");
    }
}

/// The area between the most and the fewest images that can remain, if some are uncertain. Returns whether there is one.
fn band(svg: &mut String, curves: &Curves, place: &dyn Fn(&(Time, Sum)) -> String) -> bool {
    let points = |wanted| curves.curves.iter().find(|(curve, _)| *curve == wanted).map(|(_, points)| points);
    let (Some(most), Some(least)) = (points(Curve::With), points(Curve::Least)) else { return false };
    let places: Vec<String> = most.iter().chain(least.iter().rev()).map(place).collect();
    let _ = writeln!(svg, "<polygon class=\"band\" points=\"{}\"/>", places.join(" "));
    true
}

/// Five dates below a plot, the first of them that of the run.
fn dates(svg: &mut String, curves: &Curves, at: f64) {
    let (start, end) = (curves.from.0, curves.end.0);
    for (part, anchor) in (0..5).zip(["start", "middle", "middle", "middle", "end"]) {
        let time = Time(start + (end - start) * part / 4);
        let (x, day) = (x(curves, time), date(time));
        let _ = writeln!(svg, "<text class=\"small\" text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{at}\">{day}</text>");
    }
}

fn x(curves: &Curves, time: Time) -> f64 {
    let whole = (curves.end.0 - curves.start.0) as f64;
    LEFT + (RIGHT - LEFT) * (time.0 - curves.start.0) as f64 / whole
}

/// The distance between grid lines: 1, 2 or 5 times a power of ten of the unit, with at most six lines.
fn step(peak: u64, unit: u64) -> u64 {
    let mut decade = unit;
    loop {
        if let Some(step) = [1, 2, 5].map(|factor| factor * decade).into_iter().find(|step| peak <= 5 * step) {
            return step;
        }
        decade *= 10;
    }
}
