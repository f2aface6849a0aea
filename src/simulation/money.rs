//! Prices, and sizes as they are billed.

/// US dollars for what Amazon ECR bills, as of a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// The month, as `2026-11`.
    pub as_of: String,
    /// A GB stored for a month, outside of the archive.
    pub storage_gb_month: f64,
    /// A GB carried to another region.
    pub cross_region_gb: f64,
    /// An image scanned by Amazon Inspector when it is pushed.
    pub enhanced_scan_image: f64,
}

impl Default for Prices {
    /// What the platforms that ecrgen was made for reckon with. AWS's price pages differ by region and over time:
    /// `prices` in the spec replaces these.
    fn default() -> Self {
        Prices { as_of: "2026-11".into(), storage_gb_month: 0.10, cross_region_gb: 0.02, enhanced_scan_image: 0.09 }
    }
}

impl Prices {
    /// What so many bytes cost a month. A GB is 2³⁰ bytes, as AWS bills storage.
    pub fn of_storage(&self, bytes: u64) -> f64 {
        gigabytes(bytes) * self.storage_gb_month
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

/// A sum for people.
pub(super) fn dollars(sum: f64) -> String {
    format!("${sum:.2}")
}
