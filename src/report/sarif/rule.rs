//! What a result is about in general: the page of its code.

use serde::Serialize;
use serde_json::{Value, json};

use super::Message;
use crate::diagnostic::{Code, Severity};
use crate::report::code_page;

/// A kind of results, with its explanation. All texts are ecrgen's.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Rule {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    help: Help,
    default_configuration: Configuration,
    properties: Value,
}

#[derive(Clone, Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Clone, Debug, Serialize)]
struct Configuration {
    level: String,
}

impl Rule {
    /// The rule of a code.
    pub fn of(code: &'static Code) -> Rule {
        let help = Help { text: code_page::page(code, None), markdown: code_page::markdown(code) };
        Rule::new(code.name, code.severity, code.what, code.why, help)
    }

    /// A rule without a code, with a help of one paragraph.
    pub fn without_code(id: &'static str, what: &str, why: &str, help: &str) -> Rule {
        Rule::new(id, Severity::Error, what, why, Help { text: help.to_owned(), markdown: help.to_owned() })
    }

    fn new(id: &'static str, severity: Severity, what: &str, why: &str, help: Help) -> Rule {
        // How GitHub sorts alerts that are not about security.
        let sorted = if severity == Severity::Note { "recommendation".to_owned() } else { severity.to_string() };
        Rule {
            id,
            short_description: Message { text: what.to_owned() },
            full_description: Message { text: why.to_owned() },
            help,
            default_configuration: Configuration { level: severity.to_string() },
            properties: json!({ "problem.severity": sorted }),
        }
    }

    pub fn id(&self) -> &'static str {
        self.id
    }
}
