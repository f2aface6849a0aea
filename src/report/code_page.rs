//! The page that explains a code, and the list of all codes.

use std::fmt::Write;

use crate::diagnostic::{Code, Example};

/// The page: what the code reports, why it matters, and a bad and a good example.
pub fn page(code: &Code) -> String {
    let mut page = format!("{} ({})\n\n{}\n\n{}\n", code.name, code.severity, code.what, code.why);
    for (title, example) in [("Bad", code.bad), ("Good", code.good)] {
        let (Example::Spec(text) | Example::Words(text)) = example;
        let _ = write!(page, "\n{title}:\n\n");
        for line in text.trim().lines() {
            let _ = writeln!(page, "{}", format!("    {line}").trim_end());
        }
    }
    let _ = writeln!(page, "\nSource: {}", code.source);
    page
}

/// One line per code: its name, its severity and what it reports.
pub fn list(codes: &[&Code]) -> String {
    let line = |code: &&Code| format!("{:32} {:8} {}\n", code.name, code.severity.to_string(), code.what);
    codes.iter().map(line).collect()
}
