//! The canonical text of a tree: what `terraform fmt` would make of it.
//!
//! The rules follow the behavior of HCL's hclwrite formatter and of `terraform fmt`, which have not changed between
//! Terraform 0.15 and today. They are kept by writing only shapes on which the formatter has nothing to do:
//! brackets that open together on a line close together on a line, `=` signs are aligned over runs of one-line
//! arguments, and a few expressions stand in parentheses because the formatter misreads them without.

mod block;
mod comment;
mod escape;
mod expr;
mod layout;
mod lines;
mod multiline;
mod width;

use super::body::Body;

/// The canonical text of a file. It ends in a newline unless it is empty.
///
/// A comment inside an expression that has to stand on one line (in `"${…}"` or in a key) is
/// left out, since a line comment cannot stand there.
pub fn print(body: &Body) -> String {
    // Most files fit, with the header that is put before them later.
    let mut printer = Printer { out: String::with_capacity(3072), ..Printer::new() };
    printer.body(body);
    printer.out
}

struct Printer {
    out: String,
    /// Levels of two spaces.
    indent: usize,
    /// Which characters strings spell as `\uXXXX` although HCL would take them as they are.
    escaped: fn(char) -> bool,
}

impl Printer {
    fn new() -> Self {
        Printer { out: String::new(), indent: 0, escaped: escape::is_invisible }
    }

    fn begin_line(&mut self) {
        self.spaces(2 * self.indent);
    }

    fn end_line(&mut self) {
        self.out.push('\n');
    }

    fn spaces(&mut self, count: usize) {
        const SPACES: &str = "                                                                ";
        match SPACES.get(..count) {
            Some(spaces) => self.out.push_str(spaces),
            None => self.out.extend(std::iter::repeat_n(' ', count)),
        }
    }
}
