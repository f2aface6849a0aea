//! Sentences about images, compiled to the rules of an ECR lifecycle policy.

use std::num::NonZeroU32;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, attempt, codes};
use crate::language::repository::retention::Then;
pub use crate::language::repository::retention::{Keep, RetentionRule};
use crate::lifecycle::{self, Action, Criterion, Pattern, Policy, Prefix, Rule, Selection, TagList, Tags};
use crate::platform::image_tags::class::Services;
use crate::platform::{Classes, Scope};
use crate::prose::count;
use crate::source::{Span, Spanned};
use crate::value::ClassName;
use crate::value::Count;

/// A lifecycle policy, and which sentence each of its rules came from.
#[derive(Clone, Debug)]
pub struct Lifecycle {
    /// The policy as AWS reads it.
    pub policy: Policy,
    /// For each rule of the policy: the sentence.
    pub origins: Vec<Span>,
    /// The sentences, for rules that judge intent.
    pub written: Arc<[RetentionRule]>,
    /// Where the first sentence stands.
    pub span: Span,
}

impl Lifecycle {
    /// The path of the spec that findings about it have.
    pub fn path(&self, repository: &str) -> String {
        let key = if self.written.is_empty() { "lifecycle_policy" } else { "retention" };
        format!("repositories.{repository}.{key}")
    }

    /// Whether two policies do the same. Descriptions of rules do nothing.
    pub fn is_same(&self, other: &Self) -> bool {
        let without_words = |policy: &Policy| {
            let mut policy = policy.clone();
            policy.rules.iter_mut().for_each(|rule| rule.description = None);
            policy
        };
        without_words(&self.policy) == without_words(&other.policy)
    }
}

/// Compiles the sentences of one repository; `None` after a fault, and where all their classes exist in other
/// environments only, so that nothing is left to say here.
pub fn compile(
    written: &Arc<[RetentionRule]>,
    services: &[String],
    classes: &Classes,
    scope: &Scope,
    path: &str,
    faults: &mut Vec<Diagnostic>,
) -> Option<Lifecycle> {
    let path = format!("{path}.retention");
    let span = written.first()?.span;
    let (policy, origins) = attempt(faults, |faults| rules(written, services, classes, scope, &path, faults))?;
    if policy.rules.is_empty() {
        return None;
    }
    for fault in lifecycle::check(&policy) {
        let place = fault.rule.map_or(span, |rule| origins[rule]);
        faults.push(finding(place, &path, fault));
    }
    Some(Lifecycle { policy, origins, written: written.clone(), span })
}

/// The rules that the sentences become, and for each of them where its sentence stands.
fn rules(
    written: &[RetentionRule],
    services: &[String],
    classes: &Classes,
    scope: &Scope,
    path: &str,
    faults: &mut Vec<Diagnostic>,
) -> (Policy, Vec<Span>) {
    let mut policy = Policy { rules: Vec::with_capacity(written.len()) };
    let mut origins = Vec::with_capacity(written.len());
    let mut next = 1;
    for sentence in written.iter() {
        next = priority(sentence, next, path, faults);
        for (tags, whose) in selections(sentence, services, classes, scope, path, faults) {
            let (criterion, action) = verb(sentence);
            policy.rules.push(Rule {
                priority: NonZeroU32::new(next).expect("priorities begin at 1"),
                description: Some(describe(criterion, action, sentence, &whose)),
                selection: Selection { tags, criterion },
                action,
            });
            origins.push(sentence.span);
            next += 1;
        }
    }
    (policy, origins)
}

/// A fault of a policy as a finding about the spec.
pub(crate) fn finding(place: Span, path: &str, fault: lifecycle::Fault) -> Diagnostic {
    Diagnostic::new(&fault.constraint.code, place, fault.message).help(fault.constraint.help).at(path)
}

/// The sentence's own number, or the next free one.
fn priority(sentence: &RetentionRule, next: u32, path: &str, faults: &mut Vec<Diagnostic>) -> u32 {
    let Some(own) = &sentence.priority else { return next };
    if own.get() < next {
        let message = format!("priority {} does not rise: the rules before reach {}", own.get(), next - 1);
        let help = format!("rules are written in the order in which AWS applies them; {next} is the next free number");
        faults.push(Diagnostic::new(&codes::PRIORITY_DOES_NOT_RISE, own.span, message).help(help).at(path));
    }
    own.get().max(next)
}

/// What the sentence does, and when.
fn verb(sentence: &RetentionRule) -> (Criterion, Action) {
    let number = |n: u32| NonZeroU32::new(n).expect("the language's numbers begin at 1");
    let days = |days: &Spanned<crate::value::Days>| number(days.days());
    if let Some(keep) = &sentence.keep {
        let count = match keep.value {
            Keep::Newest(count) => count.get(),
            Keep::All => Count::MAX,
        };
        let archives = sentence.then.as_ref().is_some_and(|then| then.value == Then::Archive);
        let action = if archives { Action::TransitionToArchive } else { Action::Expire };
        return (Criterion::CountMoreThan(number(count)), action);
    }
    if let Some(after) = &sentence.expire_after {
        return (Criterion::SincePushed { days: days(after) }, Action::Expire);
    }
    if let Some(after) = &sentence.archive_after {
        return (Criterion::SincePushed { days: days(after) }, Action::TransitionToArchive);
    }
    if let Some(after) = &sentence.archive_unpulled_after {
        return (Criterion::SincePulled { days: days(after) }, Action::TransitionToArchive);
    }
    let after = sentence.expire_archived_after.as_ref().expect("the record has exactly one verb");
    (Criterion::SinceTransitioned { days: days(after) }, Action::Expire)
}

/// The tags of each rule that a sentence becomes, and in words whose images they are.
fn selections(
    sentence: &RetentionRule,
    services: &[String],
    classes: &Classes,
    scope: &Scope,
    path: &str,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(Tags, String)> {
    if let (Some(then), None) = (&sentence.then, &sentence.keep) {
        let message = "`then` says what `keep` does with the rest, and there is no `keep`";
        let help = "leave `then` out: the other verbs name what they do";
        faults.push(Diagnostic::new(&codes::THEN_WITHOUT_KEEP, then.span, message).help(help).at(path));
    }
    let one_each: Vec<Services> = services.iter().map(|service| Services::One(service)).collect();
    let repeated = if sentence.per.is_some() || services.len() == 1 { one_each } else { vec![Services::Any] };
    if sentence.per.is_some() {
        faults.extend(not_per_service(sentence, services, classes).map(|fault| fault.at(path)));
    }
    let mut selections = Vec::new();
    for target in targets(sentence) {
        for &service in &repeated {
            match tags(&target, service, sentence.per.is_some(), classes, scope) {
                Ok(Some(selection)) => selections.push(selection),
                Ok(None) => {}
                Err(fault) => faults.push(fault.at(path)),
            }
        }
    }
    selections
}

/// The lists of tags a sentence speaks of, a rule each; an empty one is `any`.
fn targets(sentence: &RetentionRule) -> Vec<Vec<&Spanned<ClassName>>> {
    match (&sentence.of, &sentence.of_each, &sentence.of_all) {
        (_, Some(each), _) => each.iter().map(|name| vec![name]).collect(),
        (_, _, Some(all)) => vec![all.iter().collect()],
        (of, _, _) => vec![of.iter().map(|of| &of.0).collect()],
    }
}

/// One rule's tags; `None` where a class does not exist in this environment or has a fault of its own.
fn tags(
    target: &[&Spanned<ClassName>],
    service: Services,
    per_service: bool,
    classes: &Classes,
    scope: &Scope,
) -> Result<Option<(Tags, String)>, Diagnostic> {
    let of_service = match service {
        Services::One(service) if per_service => format!(" of {service}"),
        _ => String::new(),
    };
    match target {
        [] => return Ok(Some((Tags::Any, "images".into()))),
        [word] => match (word.as_str(), service) {
            ("untagged", _) => return Ok(Some((Tags::Untagged, "untagged images".into()))),
            ("any", _) => return Ok(Some((Tags::Any, "images".into()))),
            ("tagged", Services::One(service)) if per_service => {
                return Ok(Some((
                    list(vec![format!("{service}-*")], word.span)?,
                    format!("tagged images{of_service}"),
                )));
            }
            ("tagged", _) => return Ok(Some((list(vec!["*".into()], word.span)?, "tagged images".into()))),
            _ => {}
        },
        _ => {}
    }
    let mut patterns = Vec::new();
    for name in target {
        match classes.find(name)? {
            Some(class) => patterns.push(class.pattern(service, scope)),
            None => return Ok(None),
        }
    }
    let names: Vec<&str> = target.iter().map(|name| name.as_str()).collect();
    Ok(Some((list(patterns, target[0].span)?, format!("{} images{of_service}", names.join(" and ")))))
}

/// `per: service` needs tags that tell the services apart.
fn not_per_service(sentence: &RetentionRule, services: &[String], classes: &Classes) -> Option<Diagnostic> {
    let per = sentence.per.as_ref()?;
    let fault = |message: String| Some(Diagnostic::new(&codes::PER_SERVICE_CANNOT_TELL, per.span, message));
    let named = targets(sentence);
    let named = || named.iter().flatten().map(|name| name.as_str());
    if named().next().is_none() || named().any(|name| name == "untagged" || name == "any") {
        return fault("untagged images belong to no service, so this cannot be counted for each service".into())
            .map(|fault| fault.help("count tagged images: `of: tagged`, or of a class that begins with `{service}-`"));
    }
    let all = named().any(|name| name == "tagged");
    let counted = classes.here.iter().filter(|class| all || named().any(|name| name == class.name));
    if let Some(class) = counted.into_iter().find(|class| !class.begins_with_service()) {
        return fault(format!(
            "tags of class `{}` do not begin with `{{service}}-`, so ECR cannot count them for each service",
            class.name
        ))
        .map(|fault| fault.and(class.span, "this class"));
    }
    let shadowed = |one: &&String| services.iter().any(|other| other != *one && one.starts_with(&format!("{other}-")));
    let service = services.iter().find(shadowed)?;
    fault(format!(
        "images of the service `{service}` would be counted for another service too, whose name it begins with"
    ))
}

/// Patterns as the list that says it most simply: a text with a final `*` is a prefix.
fn list(patterns: Vec<String>, span: Span) -> Result<Tags, Diagnostic> {
    let prefix =
        |pattern: &String| pattern.strip_suffix('*').filter(|p| !p.is_empty() && !p.contains('*')).map(Prefix::new);
    if let Some(prefixes) = patterns.iter().map(prefix).collect::<Option<Vec<_>>>() {
        return Ok(Tags::Tagged(TagList::Prefixes(prefixes)));
    }
    let read = |pattern: String| {
        Pattern::new(pattern.clone()).map_err(|wild| {
            Diagnostic::new(
                &lifecycle::TOO_MANY_WILDCARDS.code,
                span,
                format!("the tags here become the pattern `{pattern}`: {wild}"),
            )
            .help("fewer placeholders in the class's tag make fewer `*`")
        })
    };
    Ok(Tags::Tagged(TagList::Patterns(patterns.into_iter().map(read).collect::<Result<_, _>>()?)))
}

/// The rule in a sentence, for people who read the policy in AWS's console.
fn describe(criterion: Criterion, action: Action, sentence: &RetentionRule, whose: &str) -> String {
    let verb = match action {
        Action::Expire => "Expire",
        Action::TransitionToArchive => "Archive",
    };
    let days = |days: NonZeroU32| count(days.get() as usize, "day");
    match criterion {
        Criterion::CountMoreThan(_) if matches!(sentence.keep, Some(Spanned { value: Keep::All, .. })) => {
            format!("Keep all {whose}")
        }
        Criterion::CountMoreThan(count) => format!("{verb} all but the newest {count} {whose}"),
        Criterion::SincePushed { days: after } => format!("{verb} {whose} {} after the push", days(after)),
        Criterion::SincePulled { days: after } => format!("{verb} {whose} {} after the last pull", days(after)),
        Criterion::SinceTransitioned { days: after } => {
            format!("{verb} archived {whose} after {} in the archive", days(after))
        }
    }
}
