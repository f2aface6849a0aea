//! Multiline expressions. Each opens all its brackets on its first line and closes them on its last.

use unicode_segmentation::UnicodeSegmentation;

use super::Printer;
use super::expr::is_bare;
use super::layout::{holds_object, is_multiline, key_holds_object};
use super::lines::Run;
use crate::terraform::collection::{Key, List, Object};
use crate::terraform::expr::{Call, Expr};

impl Printer {
    pub(super) fn multiline(&mut self, expr: &Expr) {
        match expr {
            Expr::List(list) => self.multiline_list(list),
            Expr::Object(object) => self.multiline_object(object),
            Expr::Call(call) => self.multiline_call(call),
            _ => self.inline(expr),
        }
    }

    fn multiline_list(&mut self, list: &List) {
        self.indented('[', ']', |printer| {
            printer.lines(&list.lines, |printer, _, item| {
                printer.begin_line();
                printer.expr(item);
                printer.out.push(',');
                printer.end_line();
            });
        });
    }

    fn multiline_object(&mut self, object: &Object) {
        let mut run = Run::default();
        self.indented('{', '}', |printer| {
            printer.lines(&object.lines, |printer, index, (key, value)| {
                let width = run.width_at(&object.lines, index, column);
                printer.begin_line();
                let own = printer.measured_key(key);
                printer.spaces(width.saturating_sub(own));
                printer.out.push_str(" = ");
                // After an object in the key, an open bracket would make the object's `=` look like the one of this line.
                if key_holds_object(key) {
                    printer.inline(value)
                } else {
                    printer.expr(value)
                }
                printer.end_line();
            });
        });
    }

    /// Prints a key and returns its width in columns. The formatter counts grapheme clusters, whose boundaries depend on
    /// the version of Unicode. Characters for which that could matter are escaped by number.
    fn measured_key(&mut self, key: &Key) -> usize {
        let start = self.out.len();
        self.key(key);
        let text = &self.out[start..];
        if text.is_ascii() {
            return text.len();
        }
        let columns = text.chars().count();
        if text.graphemes(true).count() == columns {
            return columns;
        }
        self.out.truncate(start);
        let usual = std::mem::replace(&mut self.escaped, |c| !c.is_ascii() || c.is_control());
        self.key(key);
        self.escaped = usual;
        self.out.len() - start
    }

    /// Prints `f(a, {` … `})`, or one argument per line where that would not be canonical.
    fn multiline_call(&mut self, call: &Call) {
        self.out.push_str(call.function.as_str());
        match call.arguments.split_last() {
            Some((last, before))
                if is_multiline(last) && !before.iter().any(|before| is_multiline(before) || holds_object(before)) =>
            {
                self.out.push('(');
                for argument in before {
                    self.inline(argument);
                    self.out.push_str(", ");
                }
                self.multiline(last);
                self.out.push(')');
            }
            _ => self.indented('(', ')', |printer| {
                for argument in &call.arguments {
                    printer.begin_line();
                    printer.expr(argument);
                    printer.out.push(',');
                    printer.end_line();
                }
            }),
        }
    }

    fn indented(&mut self, open: char, close: char, inner: impl FnOnce(&mut Self)) {
        self.out.push(open);
        self.end_line();
        self.indent += 1;
        inner(self);
        self.indent -= 1;
        self.begin_line();
        self.out.push(close);
    }
}

/// The width of the key, if the line takes part in alignment: the first `=` on the line must be the entry's own, and no
/// bracket may remain open after it.
fn column((key, value): &(Key, Expr)) -> Option<usize> {
    match key {
        _ if is_multiline(value) || key_holds_object(key) => None,
        Key::Literal(text) if is_bare(text) => Some(text.len()),
        _ => Some(Printer::new().measured_key(key)),
    }
}
