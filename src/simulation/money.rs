//! Prices, and sizes as they are billed.

use super::totals::Sum;

/// US dollars for what Amazon ECR bills, as of a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// The month, as `2026-11`.
    pub as_of: String,
    /// A GB stored for a month in the standard class.
    pub storage_gb_month: f64,
    /// A GB stored for a month in the archive, where an image is billed for 90 days at least; nothing is known of it
    /// unless the spec says it.
    pub archive_gb_month: Option<f64>,
    /// A GB carried to another region.
    pub cross_region_gb: f64,
    /// An image scanned by Amazon Inspector when it is pushed.
    pub enhanced_scan_image: f64,
}

impl Default for Prices {
    /// What the cost tables in the documents of the shipped platforms reckon with, which name neither source nor
    /// region; the month is that in which they were taken over. They have not been compared with AWS's price pages,
    /// which differ by region and over time, and say nothing of the archive: `prices` in the spec replaces them.
    fn default() -> Self {
        Prices {
            as_of: "2026-11".into(),
            storage_gb_month: 0.10,
            archive_gb_month: None,
            cross_region_gb: 0.02,
            enhanced_scan_image: 0.09,
        }
    }
}

impl Prices {
    /// What so many bytes cost a month in the standard class. A GB is 2³⁰ bytes, as AWS bills storage.
    pub fn of_storage(&self, bytes: u64) -> f64 {
        gigabytes(bytes) * self.storage_gb_month
    }

    /// What so many bytes cost a month in the archive, if that is known. Nothing costs nothing.
    pub fn of_archive(&self, bytes: u64) -> Option<f64> {
        if bytes == 0 { Some(0.0) } else { self.archive_gb_month.map(|price| gigabytes(bytes) * price) }
    }

    /// What both cost a month, as far as it is known.
    pub fn of_both(&self, standard: Sum, archive: Sum) -> f64 {
        self.of_storage(standard.bytes) + self.of_archive(archive.bytes).unwrap_or(0.0)
    }

    /// What has to be said of such a sum; nothing if it is whole.
    pub(super) fn reserve(&self, archive: Sum) -> &'static str {
        if self.of_archive(archive.bytes).is_none() { " without the archive" } else { "" }
    }

    /// What is reckoned with for storage, a sentence a line; `archived` is in the archive, or will be.
    pub(super) fn storage_words(&self, archived: Sum) -> String {
        let standard =
            format!("Prices of {}: {} a GB-month in the standard class", self.as_of, price(self.storage_gb_month));
        match (archived.images, self.archive_gb_month) {
            (0, _) => format!("{standard}."),
            (_, Some(archive)) => format!("{standard}, {} in the archive, for 90 days at least.", price(archive)),
            (_, None) => {
                format!("{standard}.\n  The archive is not priced unless the spec says how: `prices.archive_gb_month`.")
            }
        }
    }

    /// What it costs to carry so many bytes to another region.
    pub fn of_transfer(&self, bytes: u64) -> f64 {
        gigabytes(bytes) * self.cross_region_gb
    }

    /// What enhanced scanning of so many pushes costs.
    pub fn of_scans(&self, images: usize) -> f64 {
        images as f64 * self.enhanced_scan_image
    }
}

fn gigabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1_u32 << 30)
}

/// A size for people.
pub(super) fn size(bytes: u64) -> String {
    let units = [(1 << 40, "TB"), (1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{:.1} {name}", bytes as f64 / unit as f64),
        None => format!("{bytes} B"),
    }
}

/// A price for people: cents, and more digits where there are any.
pub(super) fn price(price: f64) -> String {
    let exact = format!("{price}");
    let decimals = exact.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals > 2 { format!("${exact}") } else { dollars(price) }
}

/// So many images.
pub(super) fn images(count: usize) -> String {
    format!("{count} image{}", if count == 1 { "" } else { "s" })
}

/// What something costs a month, for people.
pub(super) fn monthly(sum: Option<f64>) -> String {
    sum.map_or_else(|| "not priced".into(), |sum| format!("{} a month", dollars(sum)))
}

/// A sum for people.
pub(super) fn dollars(sum: f64) -> String {
    format!("${sum:.2}")
}
