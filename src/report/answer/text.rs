//! An answer as text.

use crate::permissions::{Across, Answer, EffectivePermissions, Half, MatchedStatement, Reply, Verdict};
use crate::report::layout::{fit, wrapped};
use crate::report::permissions::unjudged;
use crate::report::style::Style;
use crate::source::{Sources, Span};

/// The answer, the statements that decide it, and the lines of the spec that they come from.
pub fn text(reply: &Reply, sources: &Sources, style: Style) -> String {
    let columns = style.columns();
    let text = match reply {
        Reply::Within(answer) => within(answer, sources, columns),
        Reply::Across(across) => self::across(across, sources, columns),
    };
    let text: String = text.lines().map(|line| style.charset.sanitize(line) + "\n").collect();
    fit(&text, style.width)
}

fn within(answer: &Answer, sources: &Sources, columns: usize) -> String {
    let (yes, can) = words(answer.is_yes());
    let (operation, repository) = (answer.operation.name(), &answer.repository);
    let headline = format!("{yes}: {} {can} {operation} on {repository}", answer.principal.name);
    headline + &format!(" ({})\n", scope(answer.permissions)) + &decision(answer, sources, columns)
}

fn words(is_yes: bool) -> (&'static str, &'static str) {
    if is_yes { ("yes", "can") } else { ("no", "cannot") }
}

fn scope(permissions: &EffectivePermissions) -> String {
    let scope = &permissions.platform.scope;
    format!("{}, {}", scope.platform, scope.environment)
}

/// An answer with both policies, each with what it decides, and what to change if one of them does not allow the access.
fn across(across: &Across, sources: &Sources, columns: usize) -> String {
    let Across { identity, owner, resource, repository, .. } = across;
    let (yes, can) = words(across.is_yes());
    let (principal, operation) = (&identity.principal.name, identity.operation.name());
    let of_principal = scope(identity.permissions);
    let (of_repository, policy) = match owner {
        Some((one, own)) => (format!("{} ({})", own.key, scope(one)), format!("policy of repository {}", own.key)),
        None => (format!("{repository} (outside of the specs)"), "policy of the repository".to_owned()),
    };
    let mut text = format!("{yes}: {principal} ({of_principal}) {can} {operation} on {of_repository}\n");
    text += &wrapped(columns, &format!("identity policies of {principal}:"), 2, 4);
    text += &decision(identity, sources, columns);
    match (resource, owner) {
        (Some(resource), _) => {
            text += &wrapped(columns, &format!("{policy}:"), 2, 4);
            text += &decision(resource, sources, columns);
        }
        (None, Some(_)) => {
            text += &wrapped(columns, &format!("{policy}: no statement is for {principal} or its account"), 2, 4);
        }
        (None, None) => text += &wrapped(columns, &format!("{policy}: managed elsewhere"), 2, 4),
    }
    across.lacks().iter().for_each(|half| text += &wrapped(columns, &remedy(across, *half), 2, 4));
    text
}

/// What to do about a policy that does not allow enough.
fn remedy(across: &Across, half: Half) -> String {
    let Across { identity, owner, repository, .. } = across;
    let can = identity.operation.name();
    match (half, owner) {
        (Half::Identity, _) => {
            let environment = &identity.permissions.platform.scope.environment;
            let entry =
                identity.principal.entries.first().map_or("an entry for it".into(), |entry| format!("`{entry}`"));
            format!(
                "missing: the identity policy; in environment `{environment}`, give {entry} `can: [{can}]` and \"{repository}\" in `repositories`"
            )
        }
        (Half::Resource, Some((one, own))) => {
            let account = identity.permissions.platform.scope.account.as_deref();
            let account = account.map_or("the account of the principal".into(), |id| format!("`accounts: [\"{id}\"]`"));
            let environment = &one.platform.scope.environment;
            format!(
                "missing: the policy of the repository; in environment `{environment}`, add an entry with {account}, \
                 `repositories: [{}]` and `can: [{can}]`",
                own.key
            )
        }
        (Half::Resource, None) => {
            let account = &repository.account;
            format!("missing: the policy of the repository; account {account} must also allow this there")
        }
    }
}

/// The statements that decide, and the lines of the spec that they come from.
fn decision(answer: &Answer, sources: &Sources, columns: usize) -> String {
    let mut text = String::new();
    for ground in &answer.grounds {
        text += &wrapped(columns, &sentence(answer, ground), 2, 4);
        text += &place(sources, ground.place);
    }
    for denial in &answer.denials {
        text += &wrapped(columns, &format!("unless {}", sentence(answer, denial)), 2, 4);
        text += &place(sources, denial.place);
    }
    if !answer.missing.is_empty() {
        text += &wrapped(columns, &format!("no statement allows {}", answer.missing.join(", ")), 2, 4);
        text += &asked(answer, sources, columns);
    }
    text.extend(unjudged(answer.principal).map(|sentence| wrapped(columns, &format!("it {sentence}"), 2, 4)));
    text
}

/// What a statement decides, and under which conditions.
fn sentence(answer: &Answer, ground: &MatchedStatement) -> String {
    let policy = &answer.permissions.documents[ground.by.document];
    let (does, conditions) = match ground.verdict {
        Verdict::Allowed | Verdict::Bounded => ("allows", Vec::new()),
        Verdict::Conditional => ("allows", answer.conditions(ground)),
        Verdict::Denied | Verdict::NotAllowed => ("denies", answer.conditions(ground)),
    };
    let (statement, title) = (policy.statement_name(ground.by.statement), policy.title_for(&answer.repository_name));
    let sentence = format!("statement {statement} of the {title} {does} {}", ground.actions.join(", "));
    match ground.verdict {
        Verdict::Bounded => format!("{sentence}, but the permissions boundary does not"),
        _ if conditions.is_empty() => sentence,
        _ => format!("{sentence} if {}", conditions.join(" and ")),
    }
}

/// The policies that could have allowed the action.
fn asked(answer: &Answer, sources: &Sources, columns: usize) -> String {
    if answer.asked.is_empty() {
        return "  no policy covers this principal and repository\n".into();
    }
    let document = |at: &usize| {
        let policy = &answer.permissions.documents[*at];
        let statements = 0..policy.document.statements.len();
        let names: Vec<String> = statements.map(|statement| policy.statement_name(statement)).collect();
        let sentence = format!("checked the {}: {}", policy.title_for(&answer.repository_name), names.join(", "));
        wrapped(columns, &sentence, 2, 4) + &policy.origin().map_or_else(String::new, |origin| place(sources, origin))
    };
    answer.asked.iter().map(document).collect()
}

fn place(sources: &Sources, span: Span) -> String {
    let (line, column) = sources.position(span);
    format!("    --> {}:{line}:{column}\n", sources.file(span.file).name)
}
