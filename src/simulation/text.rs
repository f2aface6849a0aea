//! A simulation for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::money::{Prices, images, monthly, size};
use super::run::{Simulation, short};
use super::timeline::{Event, timeline};
use super::totals::{Sum, Totals};
use crate::lifecycle::Image;
use crate::report::Charset;
use crate::time::{date, second};

/// What would happen to each image, the sums, and what goes when.
pub fn text(simulation: &Simulation<'_>, prices: &Prices, charset: Charset) -> String {
    let mut text = String::new();
    let name = charset.disarm(&simulation.name);
    let name = if name.is_empty() { "the repository" } else { &name };
    let _ = writeln!(text, "{name} at {}: {}\n", second(simulation.at), images(simulation.images.len()));
    verdicts(simulation, charset, &mut text);
    totals(simulation, prices, &mut text);
    events(simulation, &mut text);
    doubts(simulation, &mut text);
    usage(simulation, charset, &mut text);
    for remark in &simulation.remarks {
        let _ = writeln!(text, "\nnote: {}", charset.disarm(remark));
    }
    text
}

fn verdicts(simulation: &Simulation<'_>, charset: Charset, text: &mut String) {
    let tags = |image: &Image| match image.tags.is_empty() {
        true => "(untagged)".to_owned(),
        false => charset.disarm(&image.tags.join(", ")),
    };
    let width = simulation.images.iter().map(|image| tags(image).chars().count()).max().unwrap_or(0).min(40);
    for (image, fate) in simulation.images.iter().zip(&simulation.fates) {
        let (digest, size) = (charset.disarm(short(&image.digest)), size(image.size));
        let _ = write!(text, "  {:8}{digest:20} {:width$} {size:>9}  ", fate.action(), tags(image));
        text.push_str(&charset.disarm(&fate.reason));
        if let Some(when) = fate.when.filter(|_| !fate.goes()) {
            let _ = write!(text, "; until {}", date(when));
        }
        if fate.doubt.is_some() {
            text.push_str("; uncertain");
        }
        if !fate.used_by.is_empty() {
            text.push_str("; in use");
        }
        text.push('\n');
    }
    if !simulation.images.is_empty() {
        text.push('\n');
    }
}

fn totals(simulation: &Simulation<'_>, prices: &Prices, text: &mut String) {
    let Totals { kept, expired, archived, kept_in_archive, expired_from_archive } = Totals::of(simulation);
    let standard = |sum: Sum| monthly(Some(prices.of_storage(sum.bytes)));
    let in_archive = |sum: Sum| monthly(prices.of_archive(sum.bytes));
    let (in_standard, in_the_archive) = (kept + expired + archived, kept_in_archive + expired_from_archive);
    let in_all = monthly(Some(prices.of_both(in_standard, in_the_archive)));
    let rows = [
        ("keep", kept, standard(kept), String::new()),
        ("expire", expired, standard(expired), String::new()),
        ("archive", archived, standard(archived), format!(", then {}", in_archive(archived))),
        ("keep in archive", kept_in_archive, in_archive(kept_in_archive), String::new()),
        ("expire from archive", expired_from_archive, in_archive(expired_from_archive), String::new()),
        ("in all", in_standard + in_the_archive, in_all, prices.reserve(in_the_archive).into()),
    ];
    for (what, sum, money, reserve) in rows.into_iter().filter(|(_, sum, ..)| sum.images > 0) {
        let (images, size) = (images(sum.images), size(sum.bytes));
        let _ = writeln!(text, "  {what:20} {images:>15} {size:>9} {money:>18}{reserve}");
    }
    if simulation.images.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n  {}\n  Layers are counted once for each image they are in, AWS bills them once a repository: the sums are upper \
         bounds.\n  An image index holds nothing of its own.",
        prices.storage_words(in_the_archive + archived)
    );
}

fn events(simulation: &Simulation<'_>, text: &mut String) {
    let mut events = timeline(simulation).into_iter().filter(|event| !event.now).peekable();
    if events.peek().is_some() {
        text.push_str("\nIf nothing is pushed or pulled any more, these go within a day of:\n");
    }
    for Event { day, step, sum, in_use, .. } in events {
        let used = if in_use > 0 { format!(", {in_use} in use now") } else { String::new() };
        let (day, images, size) = (date(day), images(sum.images), size(sum.bytes));
        let _ = writeln!(text, "  {day} {images:>15} {size:>9}  {}{used}", step.words());
    }
}

fn doubts(simulation: &Simulation<'_>, text: &mut String) {
    let mut doubts: BTreeMap<&str, usize> = BTreeMap::new();
    simulation.fates.iter().filter_map(|fate| fate.doubt.as_deref()).for_each(|doubt| {
        *doubts.entry(doubt).or_default() += 1;
    });
    if !doubts.is_empty() {
        text.push_str("\nUncertain:\n");
    }
    for (doubt, count) in doubts {
        let _ = writeln!(text, "  {}: {doubt}", images(count));
    }
}

fn usage(simulation: &Simulation<'_>, charset: Charset, text: &mut String) {
    let groups = [
        ("In use, and would go", simulation.lost_in_use().collect::<Vec<_>>()),
        ("In use, stays now and goes later", simulation.lost_later().collect()),
    ];
    for (title, images) in groups.iter().filter(|(_, images)| !images.is_empty()) {
        let _ = writeln!(text, "\n{title}:");
        for (image, fate) in images {
            let when = fate.when.map_or_else(String::new, |when| format!(" on {}", date(when)));
            let uses = charset.disarm(&fate.used_by.join(", "));
            let _ = writeln!(text, "  {}{when}, used as {uses}", charset.disarm(short(&image.digest)));
        }
    }
    if !simulation.unanswered.is_empty() {
        text.push_str("\nIn use, and not in the listing:\n");
    }
    for reference in &simulation.unanswered {
        let _ = writeln!(text, "  {}", charset.disarm(reference));
    }
}
