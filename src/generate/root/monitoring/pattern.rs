//! The event patterns (ECR user guide, "Amazon ECR events and EventBridge" and "EventBridge events sent for enhanced scanning
//! in Amazon ECR"). Push and delete events have no `resources`, so the patterns match the repository name in `detail`.

use crate::platform::event_filter::{By, Entry, Watched};
use crate::platform::monitoring::event_rules::{Severity, Signal, Source};
use crate::terraform::{Expr, List, Object};

/// An event pattern.
pub struct Pattern {
    /// The pattern.
    pub object: Object,
    /// What a reader of the pattern must know about its repositories.
    pub about: Option<&'static str>,
}

/// The pattern of a signal.
pub fn pattern(watched: &Watched, signal: Signal) -> Pattern {
    let (repositories, about) = match signal {
        _ if signal.names_repositories() == By::Arn => listed(watched, by_arn),
        _ => listed(watched, by_name),
    };
    let object = match signal {
        Signal::Push => of_ecr("ECR Image Action", action("PUSH"), repositories),
        Signal::Delete => of_ecr("ECR Image Action", action("DELETE"), repositories),
        Signal::ReplicationFailed => {
            of_ecr("ECR Replication Action", action("REPLICATE").entry("result", ["FAILED"]), repositories)
        }
        Signal::Scan(Source::Ecr) => of_ecr("ECR Image Scan", Object::new(), repositories),
        // A severity without findings is missing from the counts.
        Signal::Finding(severity, Source::Ecr) => {
            let more_than_none = Object::new().entry("numeric", List::new().item(">").item(0_u32)).inline();
            let counts = Object::new().entry(severity_name(severity), [more_than_none]);
            of_ecr("ECR Image Scan", Object::new().entry("finding-severity-counts", counts), repositories)
        }
        Signal::Scan(Source::Inspector) => {
            of("aws.inspector2", "Inspector2 Scan", with(Object::new(), "repository-name", repositories))
        }
        Signal::Finding(severity, Source::Inspector) => {
            let resources = Object::new().entry("type", ["AWS_ECR_CONTAINER_IMAGE"]);
            let resources = match repositories {
                Some(names) => {
                    let image = Object::new().entry("repositoryName", names);
                    resources.entry("details", Object::new().entry("awsEcrContainerImage", image))
                }
                None => resources,
            };
            let detail = Object::new()
                .entry("severity", [severity_name(severity)])
                .entry("status", ["ACTIVE"])
                .entry("resources", resources);
            of("aws.inspector2", "Inspector2 Finding", Some(detail))
        }
    };
    Pattern { object, about }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "CRITICAL",
        Severity::High => "HIGH",
    }
}

fn action(name: &'static str) -> Object {
    Object::new().entry("action-type", [name])
}

fn of_ecr(kind: &'static str, detail: Object, repositories: Option<List>) -> Object {
    of("aws.ecr", kind, with(detail, "repository-name", repositories))
}

/// The detail with the list of repositories; `None` if it is empty, which matches everything.
fn with(detail: Object, key: &'static str, repositories: Option<List>) -> Option<Object> {
    match repositories {
        Some(names) => Some(detail.entry(key, names)),
        None if detail.items().next().is_none() => None,
        None => Some(detail),
    }
}

fn of(source: &'static str, kind: &'static str, detail: Option<Object>) -> Object {
    let pattern = Object::new().entry("source", [source]).entry("detail-type", [kind]);
    match detail {
        Some(detail) => pattern.entry("detail", detail),
        None => pattern,
    }
}

const ALL: &str = "The names of all repositories do not fit into an event pattern, so it matches every repository in the\naccount and region";
const SHORTENED: &str = "The names of all repositories do not fit into an event pattern, so it also matches other repositories\nwhose names begin like these";

/// The list of repositories, if the pattern has one, and what to know about it.
fn listed(watched: &Watched, entry: fn(&Entry) -> Expr) -> (Option<List>, Option<&'static str>) {
    match watched {
        Watched::Exactly(entries) => (Some(entries.iter().map(entry).collect()), None),
        Watched::Registry => (None, None),
        Watched::Shortened(entries) => (Some(entries.iter().map(entry).collect()), Some(SHORTENED)),
        Watched::All => (None, Some(ALL)),
    }
}

fn by_name(entry: &Entry) -> Expr {
    match entry {
        Entry::Name(name) => name.into(),
        Entry::Prefix(beginning) => Object::new().entry("prefix", beginning).inline().into(),
    }
}

fn by_arn(entry: &Entry) -> Expr {
    match entry {
        Entry::Name(name) => Object::new().entry("suffix", format!(":repository/{name}")).inline().into(),
        Entry::Prefix(start) => Object::new().entry("wildcard", format!("*:repository/{start}*")).inline().into(),
    }
}
