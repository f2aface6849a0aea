//! A simulation as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::rows::{before, rows};
use super::words::{action, named, reserve, step_words as words, storage_prices, tags};
use crate::escape::terminal::Charset;
use crate::lifecycle::Image;
use crate::prose::count;
use crate::report::layout::fit;
use crate::report::numbers::{monthly, size};
use crate::report::style::Style;
use crate::simulation::{Event, ImageOutcome, MissingManifests, Prices, Simulation, Totals, short_digest, timeline};
use crate::time::{date, second};

/// How many references of images in use are listed.
const REFERENCES: usize = 20;

/// What would happen to each image, the totals, and what would be deleted or archived when.
/// Only images in `listed` have their own line.
pub fn text(simulation: &Simulation<'_>, listed: &[usize], prices: &Prices, style: Style) -> String {
    let charset = style.charset;
    let mut text = String::new();
    let (name, all) = (charset.sanitize(named(&simulation.name)), simulation.images.len());
    let filtered = if listed.len() == all { String::new() } else { format!(", {} listed", listed.len()) };
    let _ = writeln!(text, "{name} at {}: {}{filtered}\n", second(simulation.at), count(all, "image"));
    verdicts(simulation, listed, charset, &mut text);
    totals(simulation, prices, &mut text);
    events(simulation, &mut text);
    doubts(simulation, &mut text);
    usage(simulation, charset, &mut text);
    for remark in &simulation.remarks {
        let _ = writeln!(text, "\nnote: {}", charset.sanitize(remark));
    }
    // The command is for a shell, so it is never broken.
    fit(&text, style.width) + &MissingManifests::of(simulation).map(|it| manifests(it, style)).unwrap_or_default()
}

/// Tells how to settle the doubts about image indexes.
fn manifests(MissingManifests { images, command }: MissingManifests, style: Style) -> String {
    let images = count(images, "image");
    let note =
        format!("\nnote: {images} may belong to an image index; pass --manifests with the output of this command:\n");
    fit(&note, style.width) + &format!("  {command}\n")
}

/// One line per image, the most urgent first.
fn verdicts(simulation: &Simulation<'_>, listed: &[usize], charset: Charset, text: &mut String) {
    let tags = |image: &Image| tags(&image.tags, charset);
    let longest = listed.iter().map(|&image| tags(&simulation.images[image]).chars().count()).max();
    let width = longest.unwrap_or(0).clamp("tags".len(), 40);
    if !listed.is_empty() {
        let _ =
            writeln!(text, "  {:8}{:20} {:11} {:width$} {:>9}  reason", "action", "image", "pushed", "tags", "size");
    }
    for image in simulation.by_urgency(listed.to_vec()) {
        let (image, outcome) = (&simulation.images[image], &simulation.outcomes[image]);
        let (digest, size) = (charset.sanitize(short_digest(&image.digest)), size(image.size));
        let (action, pushed) = (action(outcome.kind), date(image.pushed));
        let _ = write!(text, "  {action:8}{digest:20} {pushed:11} {:width$} {size:>9}  ", tags(image));
        text.push_str(&charset.sanitize(&outcome.reason));
        if let Some(when) = outcome.when.filter(|_| !outcome.goes()) {
            let _ = write!(text, "; until {}", date(when));
        }
        if !outcome.is_certain() {
            text.push_str("; uncertain");
        }
        if !outcome.used_by.is_empty() {
            text.push_str("; in use");
        }
        text.push('\n');
    }
    if !listed.is_empty() {
        text.push('\n');
    }
}

fn totals(simulation: &Simulation<'_>, prices: &Prices, text: &mut String) {
    let totals = Totals::of(simulation);
    let (in_standard, in_archive) = before(&totals);
    for row in rows(&totals, prices).into_iter().filter(|row| row.sum.images > 0) {
        let (images, size, money) = (count(row.sum.images, "image"), size(row.sum.bytes), monthly(row.cost));
        let later = match row.is_archived {
            true => format!(", then {}", monthly(prices.of_archive(row.sum.bytes))),
            false => String::new(),
        };
        let _ = writeln!(text, "  {:20} {images:>15} {size:>9} {money:>20}{later}", row.what);
    }
    let all = in_standard + in_archive;
    if simulation.images.is_empty() {
        return;
    }
    let (images, size) = (count(all.images, "image"), size(all.bytes));
    let money = monthly(Some(prices.of_both(in_standard, in_archive)));
    let _ = writeln!(text, "  {:20} {images:>15} {size:>9} {money:>20}{}", "total", reserve(prices, in_archive));
    let _ = writeln!(
        text,
        "\n  {}\n  Layers are counted once for each image that contains them. AWS bills them once per repository, so the totals \
         are upper bounds.\n  An image index counts as 0 bytes.",
        storage_prices(prices, in_archive + totals.archived + totals.may_be_archived)
    );
}

fn events(simulation: &Simulation<'_>, text: &mut String) {
    let mut events = timeline(simulation).into_iter().filter(|event| !event.now).peekable();
    if events.peek().is_some() {
        text.push_str("\nIf nothing is pushed or pulled, the policy will act within a day of:\n");
    }
    for Event { day, step, sum, in_use, certain, .. } in events {
        let used = if in_use > 0 { format!(", {in_use} in use now") } else { String::new() };
        let (day, images, size) = (date(day), count(sum.images, "image"), size(sum.bytes));
        let _ = writeln!(
            text,
            "  {day} {images:>15} {size:>9}  {}{}{used}",
            if certain { "" } else { "may " },
            words(step)
        );
    }
}

fn doubts<'s>(simulation: &'s Simulation<'_>, text: &mut String) {
    let mut doubts: BTreeMap<&str, usize> = BTreeMap::new();
    let every = |outcome: &'s ImageOutcome| outcome.doubt.as_deref().or(outcome.doubt_of_dates.as_deref());
    simulation.outcomes.iter().filter_map(every).for_each(|doubt| {
        *doubts.entry(doubt).or_default() += 1;
    });
    if !doubts.is_empty() {
        text.push_str("\nUncertain:\n");
    }
    for (doubt, images) in doubts {
        let _ = writeln!(text, "  {}: {doubt}", count(images, "image"));
    }
}

fn usage(simulation: &Simulation<'_>, charset: Charset, text: &mut String) {
    let groups = [
        ("In use, and would be deleted or archived now", simulation.lost_in_use().collect::<Vec<_>>()),
        ("In use, and may be deleted or archived now", simulation.endangered_in_use().collect()),
        ("In use, and would be deleted or archived later", simulation.lost_later().collect()),
    ];
    for (title, images) in groups.iter().filter(|(_, images)| !images.is_empty()) {
        let _ = writeln!(text, "\n{title}:");
        for (image, outcome) in images {
            let when = outcome.when.map_or_else(String::new, |when| format!(" on {}", date(when)));
            let uses = charset.sanitize(&outcome.used_by.join(", "));
            let _ = writeln!(text, "  {}{when}, used as {uses}", charset.sanitize(short_digest(&image.digest)));
        }
    }
    if !simulation.unanswered.is_empty() {
        text.push_str("\nIn use, but not in the listing:\n");
    }
    for reference in simulation.unanswered.iter().take(REFERENCES) {
        let _ = writeln!(text, "  {}", charset.sanitize(reference));
    }
    let more = simulation.unanswered.len().saturating_sub(REFERENCES);
    if more > 0 {
        let _ = writeln!(text, "  and {more} more");
    }
}
