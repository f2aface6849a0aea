//! Explains the subject of a token or a principal in words, and which events lead to such a token.
//!
//! For GitHub, see its documentation, "OpenID Connect reference" and "Events that trigger workflows".

use crate::iam::trust::HCP;
use crate::iam::{Arn, Bindings, PrincipalKind, Text};

use crate::policies::bindings::spelled;

/// A subject or principal of a trust policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its text in the policy: the subject of a token, an ARN, or a domain.
    pub text: String,
    /// Who it is, as a part of a sentence.
    pub who: String,
    /// The events that lead to such a token.
    pub event: Option<String>,
}

impl Subject {
    pub(super) fn whole(text: &str, who: String) -> Self {
        Subject { text: text.to_owned(), who, event: None }
    }

    /// Names the refs to which a separate condition limits the events.
    pub(super) fn narrow_to(&mut self, refs: &[String]) {
        let of_all = self.event.as_ref().and_then(|event| event.strip_prefix(ANY_EVENT));
        if let Some(rest) = of_all {
            self.event = Some(format!("{ANY_EVENT} on {}{rest}", refs.join(" or ")));
        }
    }
}

/// The beginning of the events of a subject that names no ref.
const ANY_EVENT: &str = "any event";

/// Everyone.
pub(super) fn everybody() -> Subject {
    Subject::whole("*", "everyone".into())
}

/// Explains a subject, given the text after its prefix and the issuer: returns who it is, and the event.
type Reading = fn(&str, &str) -> (String, Option<String>);

/// Whether a form of subjects belongs to an issuer. Servers have any host, and another issuer can begin subjects in the same way.
fn is_form_of(prefix: &str, rest: &str, issuer: &str) -> bool {
    match prefix {
        "organization:" => issuer == HCP || rest.contains(":run_phase:"),
        _ => true,
    }
}

/// The forms of subjects, by prefix.
const FORMS: &[(&str, Reading)] = &[
    ("repo:", github),
    ("system:serviceaccount:", service_account),
    ("organization:", hcp_terraform),
    ("project_path:", gitlab),
    ("project_id:", gitlab_by_number),
];

/// A subject in tokens of an issuer. Without `is_pattern`, a wildcard is an ordinary character, which no subject
/// contains.
pub(super) fn of_token(subject: &str, is_pattern: bool, issuer: &str) -> Subject {
    if !is_pattern && is_wild(subject) {
        return Subject::whole(
            subject,
            "no one, because this comparison treats a wildcard as an ordinary character".into(),
        );
    }
    let form = FORMS.iter().find_map(|(prefix, reading)| {
        let rest = subject.strip_prefix(prefix).filter(|rest| is_form_of(prefix, rest, issuer))?;
        Some((rest, reading))
    });
    let (who, event) = match form {
        Some((rest, reading)) => reading(rest, issuer),
        None if subject.chars().all(|c| matches!(c, '*' | '?')) => (format!("anyone with a token from {issuer}"), None),
        None if is_pattern && is_wild(subject) => {
            (format!("tokens from {issuer} whose subject matches {subject}"), None)
        }
        None => (format!("tokens from {issuer} for {subject}"), None),
    };
    Subject { text: subject.to_owned(), who, event }
}

/// `owner/name:context`, with or without numeric IDs.
fn github(subject: &str, _: &str) -> (String, Option<String>) {
    let Some((repository, context)) = subject.split_once(':') else {
        let who = format!("workflows of {} for any branch, tag, environment or pull request", repositories(subject));
        return (who, Some(ANY_EVENT.into()));
    };
    let (runs, event) = match context.split_once(':') {
        Some(("ref", name)) => git_ref(name),
        Some(("environment", name)) => environment(name),
        None if context == "pull_request" => (
            "for pull requests".into(),
            "pull_request from branches of the same repository (forks do not get a token)".into(),
        ),
        _ if is_wild(context) => ("for any branch, tag, environment or pull request".into(), ANY_EVENT.to_owned()),
        _ => (format!("for {context}"), "events that GitHub does not document".into()),
    };
    (format!("workflows of {} {runs}", repositories(repository)), Some(event))
}

/// The owner and the name without their numeric IDs.
fn repositories(repository: &str) -> String {
    let plain: Vec<&str> =
        repository.split('/').map(|part| part.split_once('@').map_or(part, |(name, _)| name)).collect();
    match plain.as_slice() {
        [owner, "*"] if !is_wild(owner) => format!("every repository of {owner}"),
        _ if is_wild(repository) => format!("every repository that matches {repository}"),
        _ => plain.join("/"),
    }
}

fn git_ref(name: &str) -> (String, String) {
    let branch_events =
        "push, workflow_dispatch; on the default branch also schedule, workflow_run, pull_request_target";
    let tag_events = "push of the tag, release, workflow_dispatch";
    match (name.strip_prefix("refs/heads/"), name.strip_prefix("refs/tags/")) {
        (Some("*"), _) => ("on any branch".into(), branch_events.into()),
        (Some(branch), _) if is_wild(branch) => (format!("on branches that match {branch}"), branch_events.into()),
        (Some(branch), _) => (format!("on the branch {branch}"), branch_events.into()),
        (_, Some("*")) => ("on any tag".into(), tag_events.into()),
        (_, Some(tag)) if is_wild(tag) => (format!("on tags that match {tag}"), tag_events.into()),
        (_, Some(tag)) => (format!("on the tag {tag}"), tag_events.into()),
        _ => (format!("on refs that match {name}"), "any event that runs on one of them".into()),
    }
}

fn environment(name: &str) -> (String, String) {
    // IAM reads `${$}` as a dollar sign.
    let name = name.replace("%3A", ":").replace("${$}", "$");
    match is_wild(&name) {
        true => {
            (format!("in environments that match {name}"), format!("{ANY_EVENT}, for jobs with a matching environment"))
        }
        false => (format!("in the environment {name}"), format!("{ANY_EVENT}, for jobs with environment: {name}")),
    }
}

/// `namespace:name`
fn service_account(subject: &str, issuer: &str) -> (String, Option<String>) {
    let who = match subject.split_once(':') {
        Some((namespace, name)) if !is_wild(subject) => {
            format!("pods of {issuer} with the service account {name} in the namespace {namespace}")
        }
        _ => format!("pods of {issuer} with a service account that matches {}", subject.replacen(':', "/", 1)),
    };
    (who, None)
}

/// `ORG:project:PROJECT:workspace:NAME:run_phase:PHASE`
fn hcp_terraform(subject: &str, _: &str) -> (String, Option<String>) {
    let parts: Vec<&str> = subject.split(':').collect();
    let who = match parts.as_slice() {
        [organization, "project", project, "workspace", workspace, "run_phase", phase] => {
            let phase = if *phase == "*" { "any".to_owned() } else { format!("the {phase}") };
            format!("runs of the HCP Terraform workspace {workspace} ({organization}, {project}) in {phase} phase")
        }
        _ => format!("runs in HCP Terraform that match organization:{subject}"),
    };
    (who, None)
}

/// `GROUP/PROJECT:ref_type:TYPE:ref:NAME`
fn gitlab(subject: &str, _: &str) -> (String, Option<String>) {
    pipelines("", subject)
}

/// `NUMBER:ref_type:TYPE:ref:NAME`
fn gitlab_by_number(subject: &str, _: &str) -> (String, Option<String>) {
    pipelines("with ID ", subject)
}

fn pipelines(how: &str, subject: &str) -> (String, Option<String>) {
    let parts: Vec<&str> = subject.split(':').collect();
    let who = match parts.as_slice() {
        [project, "ref_type", kind, "ref", name] => {
            let name = if is_wild(name) { format!("that matches {name}") } else { (*name).to_owned() };
            format!("jobs of the GitLab project {how}{project} on the {kind} {name}")
        }
        _ => format!("jobs in GitLab that match {how}{subject}"),
    };
    (who, None)
}

/// A principal that AWS identifies itself, without a token of an issuer.
pub(super) fn principal(kind: PrincipalKind, name: &Text, bindings: &Bindings) -> Subject {
    let text = spelled(name, bindings);
    let who = match (kind, text.parse::<Arn>()) {
        (PrincipalKind::Aws, _) if text == "*" => return everybody(),
        (PrincipalKind::Service, _) => format!("the AWS service {text}"),
        (_, Err(_)) if name.is_given() || text != name.bind(bindings) => format!("the principal that {text} refers to"),
        (_, Ok(Arn { account, resource, .. })) => match resource.split_once('/') {
            None => format!("everyone allowed by IAM policies in account {account}"),
            Some((what, name)) => format!("the {what} {name} in account {account}"),
        },
        (PrincipalKind::Aws, Err(_)) if text.len() == 12 => {
            format!("everyone allowed by IAM policies in account {text}")
        }
        _ => text.clone(),
    };
    Subject { text, who, event: None }
}

fn is_wild(text: &str) -> bool {
    text.contains(['*', '?'])
}
