//! `--plot`

use std::path::Path;

use anyhow::Context;

use crate::report::simulation::svg;
use crate::simulation::Curves;

/// Reads the name of the file. A chart is an SVG file, so a name for another format is a mistake.
pub(super) fn file(name: &str) -> Result<Box<Path>, String> {
    let path = Path::new(name);
    match path.extension() {
        Some(extension) if !extension.eq_ignore_ascii_case("svg") => {
            Err(format!("charts are SVG files; write {}", path.with_extension("svg").display()))
        }
        _ => Ok(path.into()),
    }
}

/// Writes a chart.
pub(super) fn write(file: &Path, curves: &Curves) -> anyhow::Result<()> {
    std::fs::write(file, svg(curves)).with_context(|| format!("cannot write {}", file.display()))
}
