//! The history of a schedule, as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::words::{named, storage_prices};
use crate::prose::count;
use crate::report::layout::fit;
use crate::report::numbers::{dollars, monthly, price, size};
use crate::report::style::Style;
use crate::simulation::{Day, History, Prices, Sum};
use crate::time::date;

/// Maximum number of evenings to show.
const ROWS: usize = 14;

/// The images that are left in the end, the savings, and the growth over time.
///
/// `remark` is a sentence about what the simulation assumes.
pub fn history_text(name: &str, history: &History, prices: &Prices, remark: Option<String>, style: Style) -> String {
    let last = history.last();
    let mut text = format!(
        "{} from {} to {}: {} pushed, the policy runs once per day\n\n",
        style.charset.sanitize(named(name)),
        date(history.start),
        date(last.time),
        count(last.pushed.images, "image")
    );
    let mut row = |what: &str, sum: Sum, money: String| {
        let (images, size) = (count(sum.images, "image"), size(sum.bytes));
        let _ = writeln!(text, "  {what:20} {images:>15} {size:>9} {money:>20}");
    };
    row("left at the end", last.standard, monthly(Some(prices.of_storage(last.standard.bytes))));
    if last.archive.images > 0 {
        row("in the archive", last.archive, monthly(prices.of_archive(last.archive.bytes)));
    }
    row("without the policy", last.pushed, monthly(Some(prices.of_storage(last.pushed.bytes))));
    let _ = writeln!(text, "  {:.0}% of the images saved\n", last.saved());
    growth(history, &mut text);
    by_rule(history, &mut text);
    let _ = writeln!(
        text,
        "\n  {}\n  Not included: enhanced scanning on push ({} per image, {} in total) and transfer to each other region \
         ({} per GB, {} in total).\n  Layers are counted once for each image that contains them.",
        storage_prices(prices, last.archive),
        price(prices.enhanced_scan_image),
        dollars(prices.of_scans(last.pushed.images)),
        price(prices.cross_region_gb),
        dollars(prices.of_transfer(last.pushed.bytes)),
    );
    if let Some(remark) = remark {
        let _ = writeln!(text, "\nnote: {}", style.charset.sanitize(&remark));
    }
    fit(&text, style.width)
}

fn growth(history: &History, text: &mut String) {
    let _ = writeln!(text, "  {:12}{:>8}{:>11}  without:{:>8}{:>11}", "evening of", "images", "size", "images", "size");
    for Day { time, standard, archive, pushed } in evenings(&history.days) {
        let (there, bytes) = (standard.images + archive.images, standard.bytes + archive.bytes);
        let (size, all) = (size(bytes), size(pushed.bytes));
        let _ = writeln!(text, "  {:12}{there:>8}{size:>11}          {:>8}{all:>11}", date(*time), pushed.images);
    }
}

/// The last evening, and as many evenly spaced earlier ones as fit.
fn evenings(days: &[Day]) -> impl Iterator<Item = &Day> {
    let step = days.len().div_ceil(ROWS).max(1);
    days.iter().enumerate().filter(move |(i, _)| (days.len() - 1 - i).is_multiple_of(step)).map(|(_, day)| day)
}

fn by_rule(history: &History, text: &mut String) {
    let mut rules: BTreeMap<u32, usize> = BTreeMap::new();
    history.expired.iter().flatten().for_each(|(_, rule)| *rules.entry(*rule).or_default() += 1);
    if !rules.is_empty() {
        text.push('\n');
    }
    for (rule, images) in rules {
        let _ = writeln!(text, "  rule {rule} expired {}", count(images, "image"));
    }
}
