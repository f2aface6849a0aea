//! Renders the templates of workflows.
//!
//! The delimiters are `<{ value }>` and `<% block %>`, because workflows use braces for expressions. Values are escaped as YAML
//! scalars. In a shell script they pass the filter `shell`, which makes each one a word. A text that is only a part of a scalar passes
//! `part` or `hidden`.

use minijinja::{Error, ErrorKind, Value};

use crate::escape;
use crate::generate::template;

/// Renders one of ecrgen's templates.
///
/// # Panics
/// When the template uses a value that is missing, which rendering the test specs would show.
pub(super) fn render(text: &str, values: Value) -> String {
    let mut syntax = template::jinja();
    let syntax = syntax.block_delimiters("<%", "%>").variable_delimiters("<{", "}>").comment_delimiters("<#", "#>");
    let mut environment =
        template::environment("yaml", syntax, |text| escape::yaml::scalar(&escape::github::value(text)));
    environment.add_filter("shell", shell);
    environment.add_filter("flow", flow);
    environment.add_filter("part", part);
    environment.add_filter("hidden", hidden);
    format!("{}\n", template::render(&environment, text, values).trim_end())
}

/// Texts as words of a shell script.
fn shell(value: Value) -> Result<Value, Error> {
    joined(&value, " ", |text| escape::github::value(&escape::shell::word(text)))
}

/// Texts as a list in brackets.
fn flow(value: Value) -> Result<Value, Error> {
    let list = joined(&value, ", ", |text| escape::yaml::scalar(&escape::github::value(text)))?;
    Ok(Value::from_safe_string(format!("[{list}]")))
}

/// A text as a part of a longer scalar, which quotes would break.
fn part(text: &str) -> Result<Value, Error> {
    match text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        true => Ok(Value::from_safe_string(text.to_owned())),
        false => {
            Err(Error::new(ErrorKind::InvalidOperation, "a part of a scalar has only letters, digits and hyphens"))
        }
    }
}

/// The name of a hidden job of GitLab.
fn hidden(text: &str) -> Value {
    Value::from_safe_string(escape::yaml::scalar(&format!(".{text}")))
}

/// A text or several texts, escaped.
fn joined(value: &Value, separator: &str, escape: impl Fn(&str) -> String) -> Result<Value, Error> {
    let texts = match value.as_str() {
        Some(text) => vec![escape(text)],
        None => {
            let text = |item: Value| item.as_str().map(&escape);
            let texts: Option<Vec<String>> = value.try_iter()?.map(text).collect();
            texts.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "an item is not a text"))?
        }
    };
    Ok(Value::from_safe_string(texts.join(separator)))
}
