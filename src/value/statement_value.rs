//! What a value in a policy statement must look like if a variable or a reference gives it.

use super::aws::IpRange;
use super::form::{Form, text};

text! {
    /// One value of a policy statement, without wildcards and policy variables, which would make it several.
    pub struct StatementText = "^[^*?$]+$", "one value without `*`, `?` and `$`";
}

/// What a value in a policy statement must look like if a variable or a reference gives it. The value is only known during the
/// apply, so Terraform then checks what ecrgen checks of a value in the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementValue {
    /// An account, a role, a user or a session.
    Principal,
    /// An ARN with an account.
    Arn,
    /// An account.
    Account,
    /// An organization.
    Organization,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A date.
    Date,
    /// An IP address or a range of them.
    Network,
    /// Any text.
    Text,
}

impl StatementValue {
    /// All of them.
    pub const ALL: [StatementValue; 9] = [
        StatementValue::Principal,
        StatementValue::Arn,
        StatementValue::Account,
        StatementValue::Organization,
        StatementValue::Boolean,
        StatementValue::Number,
        StatementValue::Date,
        StatementValue::Network,
        StatementValue::Text,
    ];

    /// The value that this operator compares with this condition key (IAM User Guide, "Condition operators" and "AWS global
    /// condition context keys").
    pub fn of_condition(operator: &str, key: &str) -> Self {
        let is = |kind: &str| operator.contains(kind);
        let key = key.to_ascii_lowercase();
        match key.strip_prefix("aws:").unwrap_or_default() {
            _ if is("Bool") => StatementValue::Boolean,
            _ if is("Numeric") => StatementValue::Number,
            _ if is("Date") => StatementValue::Date,
            _ if is("IpAddress") => StatementValue::Network,
            _ if is("Arn") => StatementValue::Arn,
            "principalarn" | "sourcearn" => StatementValue::Arn,
            "principalaccount" | "resourceaccount" | "sourceaccount" => StatementValue::Account,
            "principalorgid" | "resourceorgid" | "sourceorgid" => StatementValue::Organization,
            _ => StatementValue::Text,
        }
    }

    /// The regular expression of such values, for ecrgen and for Terraform. Its groups capture nothing, so that Terraform's
    /// `regex` returns the whole value.
    pub fn pattern(self, partition: &str) -> String {
        match self {
            StatementValue::Principal => format!(
                "^(?:[0-9]{{12}}|arn:{partition}:iam::[0-9]{{12}}:(?:root|(?:role|user)/[^*?$]+)|\
                 arn:{partition}:sts::[0-9]{{12}}:(?:assumed-role|federated-user)/[^*?$]+)$"
            ),
            StatementValue::Arn => {
                format!("^arn:{partition}:[a-z0-9-]+:[a-z0-9-]*:[0-9]{{12}}:[^*?$]+$")
            }
            StatementValue::Account => "^[0-9]{12}$".to_owned(),
            StatementValue::Organization => "^o-[a-z0-9]{10,32}$".to_owned(),
            StatementValue::Boolean => "^(?:true|false)$".to_owned(),
            StatementValue::Number => "^-?[0-9]+(?:[.][0-9]+)?$".to_owned(),
            StatementValue::Date => "^(?:[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\
                 (?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?\
                 (?:Z|[+-][0-9]{2}:[0-9]{2})?)?|[0-9]+)$"
                .to_owned(),
            StatementValue::Network => IpRange::PATTERN.replace('(', "(?:"),
            StatementValue::Text => "^[^*?$]+$".to_owned(),
        }
    }

    /// The same in words. They complete the sentence "It must be …".
    pub fn expected(self) -> &'static str {
        match self {
            StatementValue::Principal => "an account ID, or the ARN of an account root, role, user or session",
            StatementValue::Arn => "an ARN with an account ID and without wildcards",
            StatementValue::Account => "an account ID (12 digits)",
            StatementValue::Organization => "an organization ID such as o-a1b2c3d4e5",
            StatementValue::Boolean => "true or false",
            StatementValue::Number => "a number",
            StatementValue::Date => "a date such as 2026-11-21T10:00:00Z",
            StatementValue::Network => "an IP address or CIDR block such as 203.0.113.0/24",
            StatementValue::Text => "one value without wildcards",
        }
    }

    /// Whether a value in the spec is one, whatever its partition.
    pub fn is_met_by(self, text: &str) -> bool {
        let pattern = self.pattern("[a-z-]+");
        regex_lite::Regex::new(&pattern).expect("a constant pattern").is_match(text)
    }
}
