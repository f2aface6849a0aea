//! Amazon ECR prices.

use super::totals::Sum;

/// Amazon ECR prices in US dollars, as of a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// The month, such as `2026-11`.
    pub as_of: String,
    /// Price of storing one GB for a month in the standard storage class.
    pub storage_gb_month: f64,
    /// Price of storing one GB for a month in the archive, where an image is billed for at least 90 days. It is unknown
    /// unless the spec states it.
    pub archive_gb_month: Option<f64>,
    /// Price of transferring one GB to another region.
    pub cross_region_gb: f64,
    /// Price of an Amazon Inspector scan of one image on push.
    pub enhanced_scan_image: f64,
}

impl Default for Prices {
    /// Returns the prices used in the cost tables in the documentation of the shipped platforms, which name neither a
    /// source nor a region. The month is when they were copied from there. They have not been compared with AWS's price
    /// pages, which differ by region and over time, and they do not cover the archive. `prices` in the spec replaces
    /// them.
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
    /// Monthly cost of storing this many bytes in the standard storage class. A GB is 2³⁰ bytes, as AWS bills storage.
    pub fn of_storage(&self, bytes: u64) -> f64 {
        gigabytes(bytes) * self.storage_gb_month
    }

    /// Monthly cost of storing this many bytes in the archive, if the price is known. Zero bytes are always free.
    pub fn of_archive(&self, bytes: u64) -> Option<f64> {
        if bytes == 0 { Some(0.0) } else { self.archive_gb_month.map(|price| gigabytes(bytes) * price) }
    }

    /// Monthly cost of both storage classes, as far as the prices are known.
    pub fn of_both(&self, standard: Sum, archive: Sum) -> f64 {
        self.of_storage(standard.bytes) + self.of_archive(archive.bytes).unwrap_or(0.0)
    }

    /// Cost of transferring this many bytes to another region.
    pub fn of_transfer(&self, bytes: u64) -> f64 {
        gigabytes(bytes) * self.cross_region_gb
    }

    /// Cost of enhanced scanning for this many pushes.
    pub fn of_scans(&self, images: usize) -> f64 {
        images as f64 * self.enhanced_scan_image
    }
}

fn gigabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1_u32 << 30)
}
