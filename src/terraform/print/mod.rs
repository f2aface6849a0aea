//! The canonical text of a tree, as `terraform fmt` would format it.
//!
//! The rules follow the behavior of HCL's hclwrite formatter and of `terraform fmt`, which has not changed since Terraform
//! 0.15. The printer follows them by writing only forms that the formatter leaves alone: brackets that open together on a
//! line close together on a line, `=` signs are aligned over runs of one-line arguments, and a few expressions have
//! parentheses because the formatter misreads them otherwise.

mod block;
mod comment;
mod escape;
mod expr;
mod layout;
mod lines;
mod multiline;
mod width;

use super::body::Body;
use super::expr::Expr;

/// The canonical text of a file. It ends with a newline unless it is empty.
///
/// A comment inside an expression that must be on one line (in `"${…}"` or in a key) is left out, because a line comment
/// is not possible there.
pub fn print(body: &Body) -> String {
    // Enough for most files, including the header that is added later.
    let mut printer = Printer { out: String::with_capacity(3072), ..Printer::new() };
    printer.body(body);
    printer.out
}

/// Prints an expression alone, as it would be the value of an argument.
pub fn print_expression(value: &Expr) -> String {
    let printed = print(&Body::new().attr("v", value.clone()));
    printed.trim_start_matches("v = ").trim().to_owned()
}

struct Printer {
    out: String,
    /// The indentation, in levels of two spaces.
    indent: usize,
    /// Which characters strings spell as `\uXXXX` although HCL would accept them unescaped.
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
