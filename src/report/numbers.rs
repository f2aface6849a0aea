//! Numbers for people: sizes, sums of money, grouped digits.

/// `6144` as `6,144`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).expect("digits")).collect();
    groups.join(",")
}

/// Bytes in the largest unit that gives at least 1.
pub(super) fn size(bytes: u64) -> String {
    let units = [(1 << 40, "TB"), (1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{:.1} {name}", bytes as f64 / unit as f64),
        None => format!("{bytes} B"),
    }
}

/// A sum in US dollars, rounded to the cent.
pub(super) fn dollars(sum: f64) -> String {
    format!("${sum:.2}")
}

/// A price in US dollars, with two decimals or as many as it has.
pub(super) fn price(price: f64) -> String {
    let exact = format!("{price}");
    let decimals = exact.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals > 2 { format!("${exact}") } else { dollars(price) }
}

/// The cost per month, if there is a price.
pub(super) fn monthly(sum: Option<f64>) -> String {
    sum.map_or_else(|| "not priced".into(), |sum| format!("{} per month", dollars(sum)))
}
