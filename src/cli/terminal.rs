//! The terminal that the program prints to.

use std::io::IsTerminal;

use crate::escape::terminal::Charset;
use crate::report::{Color, Style};

/// The narrowest width that a report is fitted to.
const NARROWEST: usize = 40;

/// How to print text. anstream strips the colors for pipes, for `NO_COLOR` and for terminals without colors.
pub(super) fn style() -> Style {
    let utf8 =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| std::env::var(name).ok()).find(|v| !v.is_empty());
    // Pipes and files get UTF-8 whatever the locale. A terminal only shows the characters of its locale.
    let terminal = std::io::stderr().is_terminal();
    let narrow = terminal && utf8.is_some_and(|locale| !locale.to_lowercase().replace('-', "").contains("utf8"));
    let charset = if narrow { Charset::Ascii } else { Charset::Utf8 };
    Style { color: Color::Colored, charset, width: width() }
}

/// The number of columns: `COLUMNS`, or the width of the terminal. A pipe or a file has none.
fn width() -> Option<usize> {
    let set = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse::<usize>().ok());
    set.or_else(of_terminal).filter(|width| *width > 0).map(|width| width.max(NARROWEST))
}

#[cfg(unix)]
fn of_terminal() -> Option<usize> {
    let stdout = std::io::stdout();
    let size = stdout.is_terminal().then(|| rustix::termios::tcgetwinsize(&stdout).ok()).flatten();
    size.map(|size| usize::from(size.ws_col))
}

#[cfg(not(unix))]
fn of_terminal() -> Option<usize> {
    None
}
