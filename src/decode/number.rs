//! Numbers.

use serde_json::{Value as Json, json};

use super::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::value::{Count, ForgeId};
use crate::yaml::{Node, Value};

impl Decode for Count {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        count(node, decoder, "")
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "integer", "minimum": 1, "maximum": Count::MAX })
    }
}

/// Reads a count. `otherwise` ends the help for a number out of range.
pub fn count(node: &Node, decoder: &mut Decoder, otherwise: &str) -> Option<Count> {
    within(node, u64::from(Count::MAX), decoder, otherwise).and_then(|n| Count::new(u32::try_from(n).ok()?))
}

impl Decode for ForgeId {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if let Some(name) = node.as_text().filter(|text| text.contains(|c: char| c.is_ascii_alphabetic())) {
            let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, "expected a number, found text");
            let command = lookup(decoder.last_key(), name);
            decoder.fault(fault.help(format!("write the number that this command prints: `{command}`")));
            return None;
        }
        within(node, ForgeId::MAX, decoder, "").and_then(ForgeId::new)
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "integer", "minimum": 1, "maximum": ForgeId::MAX })
    }
}

/// The command that prints the ID of what has this name, by the key of the ID.
///
/// GitHub REST API, "Get a user" (also for organizations), "Get an organization", "Get a repository"; GitLab projects API,
/// "Get a single project" (the path is URL-encoded).
fn lookup(key: &str, name: &str) -> String {
    // The command is to be pasted into a shell.
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    let name = if is_plain { name } else { "NAME" };
    let repository = if name.contains('/') { name.to_owned() } else { format!("OWNER/{name}") };
    let owner = name.split('/').next().unwrap_or(name);
    match key {
        "project_id" => format!("glab api projects/{} | jq .id", name.replace('/', "%2F")),
        "repository_id" => format!("gh api repos/{repository} --jq .id"),
        "organization_id" => format!("gh api orgs/{owner} --jq .id"),
        _ => format!("gh api users/{owner} --jq .id"),
    }
}

fn within(node: &Node, max: u64, decoder: &mut Decoder, otherwise: &str) -> Option<u64> {
    let number = match &node.value {
        Value::Number(text) => whole(text),
        Value::Text(text) => {
            let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, "expected a number, found text");
            let digits = text.replace(['_', ',', ' ', '\''], "");
            let good = |text: &str| whole(text).is_some_and(|n| (1..=max).contains(&n));
            decoder.fault(fault.help(match () {
                () if good(text) => format!("remove the quotes: {text}"),
                () if good(&digits) => format!("write `{digits}`"),
                () if whole(&digits).is_some() => {
                    format!("write a whole number from 1 to {max}, without quotes{otherwise}")
                }
                () => format!("write a whole number such as `10`{otherwise}"),
            }));
            return None;
        }
        _ => {
            decoder.wrong_type(node, "a number");
            return None;
        }
    };
    let good = number.filter(|n| (1..=max).contains(n));
    if good.is_none() {
        let found = if let Value::Number(text) = &node.value { text.clone() } else { node.kind() };
        let message = format!("`{found}` is not a whole number from 1 to {max}");
        let help = if found == "0" {
            format!("write 1 or more{otherwise}")
        } else {
            format!("write a whole number from 1 to {max}{otherwise}")
        };
        decoder.fault(Diagnostic::new(&codes::OUT_OF_RANGE, node.span, message).help(help));
    }
    good
}

/// Reads a whole number in any spelling that YAML has. `5.0` is a whole number too, as in JSON Schema.
pub(super) fn whole(text: &str) -> Option<u64> {
    if let Some(octal) = text.strip_prefix("0o") {
        return u64::from_str_radix(octal, 8).ok();
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return u64::from_str_radix(hex, 16).ok();
    }
    let exact = |n: &f64| n.fract() == 0.0 && (0.0..=ForgeId::MAX as f64).contains(n);
    let float = || text.parse::<f64>().ok().filter(exact).map(|n| n as u64);
    text.parse().ok().or_else(float)
}
