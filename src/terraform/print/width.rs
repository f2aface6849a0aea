//! The length of an expression on one line, as far as needed to choose between one line and several.

use crate::terraform::collection::{Key, List};
use crate::terraform::expr::Expr;
use crate::terraform::template::Part;
use crate::terraform::traversal::{Step, Traversal};

/// Whether the list is at most this many bytes long. Stops as soon as the limit is exceeded.
pub(super) fn list_fits(list: &List, bytes: usize) -> bool {
    Budget(bytes).spend_list(list).is_some()
}

/// The number of bytes left before the limit.
struct Budget(usize);

impl Budget {
    fn take(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.checked_sub(bytes)?;
        Some(())
    }

    fn spend(&mut self, expr: &Expr) -> Option<()> {
        match expr {
            Expr::Null => self.take("null".len()),
            Expr::Bool(_) => self.take("false".len()),
            Expr::Number(number) => self.take(number.unsigned_abs().max(1).ilog10() as usize + 1),
            Expr::String(text) => self.take(text.len() + "\"\"".len()),
            Expr::Template(parts) => parts.iter().try_for_each(|part| match part {
                Part::Text(text) => self.take(text.len()),
                Part::Code(code) => self.take("${}".len()).and_then(|()| self.spend(code)),
            }),
            Expr::Traversal(traversal) => self.spend_traversal(traversal),
            Expr::Call(call) => {
                self.take(call.function.as_str().len() + "()".len())?;
                self.spend_all(&call.arguments)
            }
            Expr::List(list) => self.spend_list(list),
            Expr::Object(object) => object.items().try_for_each(|(key, value)| {
                self.take(" = , ".len())?;
                match key {
                    Key::Literal(text) => self.take(text.len())?,
                    Key::Computed(key) => self.spend(key)?,
                }
                self.spend(value)
            }),
            Expr::For(each) => {
                let names: usize = each.names.iter().map(|name| name.as_str().len()).sum();
                self.take(names + "{ for ,  in  :  =>  }".len())?;
                self.spend(&each.collection)?;
                each.entry.iter().try_for_each(|part| self.spend(part))
            }
        }
    }

    fn spend_all<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) -> Option<()> {
        exprs.into_iter().try_for_each(|expr| self.take(", ".len()).and_then(|()| self.spend(expr)))
    }

    fn spend_list(&mut self, list: &List) -> Option<()> {
        self.spend_all(list.items())
    }

    fn spend_traversal(&mut self, traversal: &Traversal) -> Option<()> {
        self.take(traversal.root().as_str().len())?;
        traversal.steps().iter().try_for_each(|step| match step {
            Step::Attribute(name) => self.take(name.as_str().len() + ".".len()),
            Step::Key(key) => self.take(key.len() + "[\"\"]".len()),
            Step::Index(_) => self.take("[0]".len()),
            Step::Computed(key) => self.take("[]".len()).and_then(|()| self.spend_traversal(key)),
        })
    }
}
