//! The page that explains a code, and the list of all codes.

use std::fmt::Write;

use super::layout::fit;
use crate::diagnostic::{Code, Example};

/// The page: what the code reports, why it matters, and a bad and a good example, which are never broken.
pub fn page(code: &Code, width: Option<usize>) -> String {
    let about = format!("{} ({})\n\n{}\n\n{}\n", code.name, code.severity, code.what, code.why);
    let mut page = fit(&about, width);
    for (title, example) in [("Bad", code.bad), ("Good", code.good)] {
        let (Example::Spec(text) | Example::Words(text)) = example;
        let _ = write!(page, "\n{title}:\n\n");
        for line in text.trim().lines() {
            let _ = writeln!(page, "{}", format!("    {line}").trim_end());
        }
    }
    page + &fit(&format!("\nSource: {}\n", code.source), width)
}

/// The same page as Markdown.
pub fn markdown(code: &Code) -> String {
    let mut page = format!("{}\n\n{}\n", code.what, code.why);
    for (title, example) in [("Bad", code.bad), ("Good", code.good)] {
        let example = match example {
            Example::Spec(text) => format!("```yaml\n{}\n```", text.trim()),
            Example::Words(text) => text.trim().to_owned(),
        };
        let _ = write!(page, "\n**{title}**\n\n{example}\n");
    }
    page + &format!("\nSource: {}\n", code.source)
}

/// One line per code: its name, its severity and what it reports.
pub fn list(codes: &[&Code], width: Option<usize>) -> String {
    let line = |code: &&Code| format!("{:32} {:8} {}\n", code.name, code.severity.to_string(), code.what);
    fit(&codes.iter().map(line).collect::<String>(), width)
}
