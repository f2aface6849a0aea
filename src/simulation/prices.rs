//! What Amazon ECR bills.

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
