//! Totals, dates, prices and days as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::result::HistoryReport;
use super::rows::{before, rows};
use super::words::step_words;
use crate::simulation::{Prices, Simulation, Sum, Totals, timeline};
use crate::time::date;

/// A number of images, their size, and their cost in US dollars per month, if the price is known.
#[derive(Serialize)]
pub(super) struct Amount {
    images: usize,
    bytes: u64,
    usd_per_month: Option<f64>,
}

/// What a later run does.
#[derive(Serialize)]
pub(super) struct Later {
    date: String,
    action: &'static str,
    images: usize,
    bytes: u64,
    in_use: usize,
    certain: bool,
}

/// The prices in US dollars.
#[derive(Serialize)]
pub(super) struct PriceList<'a> {
    as_of: &'a str,
    storage_gb_month: f64,
    archive_gb_month: Option<f64>,
}

/// The history of a schedule, evening by evening.
#[derive(Serialize)]
pub(super) struct Days {
    start: String,
    saved_percent: f64,
    days: Vec<Evening>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_against: Option<usize>,
}

#[derive(Serialize)]
struct Evening {
    date: String,
    images: usize,
    bytes: u64,
    archived_images: usize,
    archived_bytes: u64,
    pushed_images: usize,
    pushed_bytes: u64,
}

/// The totals of a run, by key.
pub(super) fn amounts(simulation: &Simulation<'_>, prices: &Prices) -> BTreeMap<&'static str, Amount> {
    let totals = Totals::of(simulation);
    let amount = |sum: Sum, usd_per_month| Amount { images: sum.images, bytes: sum.bytes, usd_per_month };
    let rows = rows(&totals, prices).into_iter().map(|row| (row.key, amount(row.sum, row.cost)));
    let (standard, archive) = before(&totals);
    let cost = prices.of_archive(archive.bytes).map(|archive| prices.of_storage(standard.bytes) + archive);
    rows.chain([("total", amount(standard + archive, cost))]).collect()
}

/// What later runs do if nothing is pushed or pulled.
pub(super) fn later(simulation: &Simulation<'_>) -> Vec<Later> {
    let later = timeline(simulation).into_iter().filter(|event| !event.now).map(|event| Later {
        date: date(event.day),
        action: step_words(event.step),
        images: event.sum.images,
        bytes: event.sum.bytes,
        in_use: event.in_use,
        certain: event.certain,
    });
    later.collect()
}

impl PriceList<'_> {
    pub(super) fn of(prices: &Prices) -> PriceList<'_> {
        let Prices { as_of, storage_gb_month, archive_gb_month, .. } = prices;
        PriceList { as_of, storage_gb_month: *storage_gb_month, archive_gb_month: *archive_gb_month }
    }
}

impl Days {
    pub(super) fn of(report: &HistoryReport<'_>) -> Days {
        let days = report.history.days.iter().map(|day| Evening {
            date: date(day.time),
            images: day.left(),
            bytes: (day.standard + day.archive).bytes,
            archived_images: day.archive.images,
            archived_bytes: day.archive.bytes,
            pushed_images: day.pushed.images,
            pushed_bytes: day.pushed.bytes,
        });
        Days {
            start: date(report.history.start),
            saved_percent: report.history.last().saved(),
            days: days.collect(),
            left_against: report.against.map(|history| history.last().left()),
        }
    }
}
