//! Which expressions are printed over several lines.

use super::width::list_fits;
use crate::terraform::collection::{Key, Layout, Line, List, Object};
use crate::terraform::expr::Expr;

/// The maximum length of a list on one line, in characters.
const SHORT: usize = 72;

/// Whether the expression is printed over several lines where that is allowed.
pub(super) fn is_multiline(expr: &Expr) -> bool {
    match expr {
        Expr::List(list) => list_is_multiline(list),
        Expr::Object(object) => object_is_multiline(object),
        Expr::Call(call) => call.arguments.iter().any(is_multiline),
        _ => false,
    }
}

fn list_is_multiline(list: &List) -> bool {
    if list.items().next().is_none() {
        return has_comments(&list.lines);
    }
    match list.layout {
        Layout::Multiline => true,
        Layout::Inline => has_remarks(&list.lines) || list.items().any(holds_remarks),
        Layout::Natural => has_remarks(&list.lines) || list.items().any(is_multiline) || !list_fits(list, SHORT),
    }
}

fn object_is_multiline(object: &Object) -> bool {
    if object.items().next().is_none() {
        return has_comments(&object.lines);
    }
    match object.layout {
        Layout::Inline => has_remarks(&object.lines) || object.items().any(|(_, value)| holds_remarks(value)),
        Layout::Natural | Layout::Multiline => true,
    }
}

fn has_comments<T>(lines: &[Line<T>]) -> bool {
    lines.iter().any(|line| matches!(line, Line::Comment(_)))
}

/// Whether there are comments or blank lines.
fn has_remarks<T>(lines: &[Line<T>]) -> bool {
    lines.iter().any(|line| !matches!(line, Line::Item(_)))
}

/// Whether the expression has a comment or a blank line anywhere that could be printed.
fn holds_remarks(expr: &Expr) -> bool {
    match expr {
        Expr::List(list) => has_remarks(&list.lines) || list.items().any(holds_remarks),
        Expr::Object(object) => has_remarks(&object.lines) || object.items().any(|(_, value)| holds_remarks(value)),
        Expr::Call(call) => call.arguments.iter().any(holds_remarks),
        _ => false,
    }
}

/// Whether the expression contains an object with entries, and so a `=` that does not belong to the line.
pub(super) fn holds_object(expr: &Expr) -> bool {
    matches!(expr, Expr::Object(object) if object.items().next().is_some()) || expr.any_child(&mut holds_object)
}

/// The same as [`holds_object`], for a key.
pub(super) fn key_holds_object(key: &Key) -> bool {
    matches!(key, Key::Computed(expr) if holds_object(expr))
}
