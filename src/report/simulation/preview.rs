//! The comparison with AWS's own preview, as text.

use std::fmt::Write;

use super::words::action;
use crate::prose::count;
use crate::report::layout::fit;
use crate::report::style::Style;
use crate::simulation::{Difference, PreviewComparison, short_digest};

/// How AWS's own preview differs, as a separate paragraph.
pub fn preview(comparison: &PreviewComparison, style: Style) -> String {
    let PreviewComparison { same, differing, unlisted } = comparison;
    let mut text = match differing.len() {
        0 => format!("\nAWS's preview has the same result for {}.\n", count(*same, "image")),
        other => format!("\nAWS's preview has another result for {} of {}:\n", other, count(same + other, "image")),
    };
    for Difference { digest, aws, here, certain } in differing {
        let doubt = if *certain { "" } else { ", uncertain" };
        let digest = style.charset.sanitize(short_digest(digest));
        let _ = writeln!(text, "  {digest}  AWS: {}, ecrgen: {}{doubt}", action(*aws), action(*here));
    }
    if *unlisted > 0 {
        let _ = writeln!(text, "  It contains {} that the listing does not contain.", count(*unlisted, "image"));
    }
    fit(&text, style.width)
}
