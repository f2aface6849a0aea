//! Compiles retention rules to the rules of an ECR lifecycle policy.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use super::retention_fault::Compiled;
use crate::diagnostic::{Diagnostic, attempt, codes};
use crate::language::repository::amount::Amount;
use crate::language::repository::retention::Then;
pub use crate::language::repository::retention::{Keep, RetentionRule};
use crate::lifecycle::{self, Action, Criterion, Pattern, Policy, Prefix, Rule, Selection, TagList, Tags};
use crate::platform::image_tags::class::Services;
use crate::platform::{Classes, Repository, Scope};
use crate::prose::count;
use crate::source::{Span, Spanned};
use crate::value::ClassName;
use crate::value::{Count, Identifier};

/// A lifecycle policy, with the retention rule that each of its rules comes from.
#[derive(Clone, Debug)]
pub struct Lifecycle {
    /// The policy, as AWS reads it.
    pub policy: Policy,
    /// For each rule of the policy, the place of its retention rule.
    pub origins: Vec<Span>,
    /// For rules whose number a Terraform variable sets, the variable; the policy has its default.
    pub variables: BTreeMap<usize, Spanned<Identifier>>,
    /// For each rule of the policy, the place of its tag list, or of its retention rule.
    pub lists: Vec<Span>,
    /// The retention rules, for checks of their intent.
    pub written: Arc<[RetentionRule]>,
    /// The place of the first retention rule.
    pub span: Span,
    /// Whether it is from `repository_defaults`.
    pub is_inherited: bool,
}

impl Lifecycle {
    /// The path in the spec for findings about it.
    pub fn path(&self, repository: &Repository) -> String {
        let key = if self.written.is_empty() { "lifecycle_policy" } else { "retention" };
        format!("{}.{key}", repository.path())
    }

    /// Whether two policies have the same effect. Descriptions of rules are ignored.
    pub fn is_same(&self, other: &Self) -> bool {
        let without_words = |policy: &Policy| {
            let mut policy = policy.clone();
            policy.rules.iter_mut().for_each(|rule| rule.description = None);
            policy
        };
        let names = |lifecycle: &Self| lifecycle.variables.values().map(|name| name.value.clone()).collect::<Vec<_>>();
        without_words(&self.policy) == without_words(&other.policy) && names(self) == names(other)
    }
}

/// Compiles the retention rules of one repository; `None` after an error, or if all of their classes exist only in
/// other environments, so that no rules are left.
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
    let (policy, origins, variables) =
        attempt(faults, |faults| rules(written, services, classes, scope, &path, faults))?;
    if policy.rules.is_empty() {
        return None;
    }
    let compiled = Compiled { policy: &policy, origins: &origins, written, path: &path };
    faults.extend(lifecycle::check(&policy).into_iter().map(|fault| compiled.finding(fault)));
    Some(Lifecycle {
        policy,
        lists: origins.clone(),
        origins,
        variables,
        written: written.clone(),
        span,
        is_inherited: false,
    })
}

/// The rules of the policy, for each of them the place of its retention rule, and the variables that set their numbers.
fn rules(
    written: &[RetentionRule],
    services: &[String],
    classes: &Classes,
    scope: &Scope,
    path: &str,
    faults: &mut Vec<Diagnostic>,
) -> (Policy, Vec<Span>, BTreeMap<usize, Spanned<Identifier>>) {
    let mut policy = Policy { rules: Vec::with_capacity(written.len()) };
    let mut origins = Vec::with_capacity(written.len());
    let mut variables = BTreeMap::new();
    let mut next = 1;
    for rule in written.iter() {
        next = priority(rule, next, path, faults);
        for (tags, whose) in selections(rule, services, classes, scope, path, faults) {
            let (criterion, action, variable) = verb(rule);
            if let Some(variable) = variable {
                variables.insert(policy.rules.len(), variable.clone());
            }
            let described = || describe(criterion, action, rule, variable, &whose);
            let description = rule.description.as_ref().map_or_else(described, |own| own.as_str().to_owned());
            policy.rules.push(Rule {
                priority: NonZeroU32::new(next).expect("priorities begin at 1"),
                description: Some(description),
                selection: Selection { tags, criterion },
                action,
            });
            origins.push(rule.span);
            next += 1;
        }
    }
    (policy, origins, variables)
}

/// An error of a policy as a finding about the spec.
pub(crate) fn finding(place: Span, path: &str, fault: lifecycle::Fault) -> Diagnostic {
    let help = fault.help().to_owned();
    Diagnostic::new(&fault.constraint.code, place, fault.message).help(help).at(path)
}

/// The priority that the retention rule gives, or the next free one.
fn priority(rule: &RetentionRule, next: u32, path: &str, faults: &mut Vec<Diagnostic>) -> u32 {
    let Some(own) = &rule.priority else { return next };
    if own.get() < next {
        let message = format!("priority {} is too low: the rules above use numbers up to {}", own.get(), next - 1);
        let help = format!(
            "write {next} or more, or delete `priority`: ecrgen then numbers the rules in the order of the list"
        );
        faults.push(Diagnostic::new(&codes::PRIORITY_DOES_NOT_RISE, own.span, message).help(help).at(path));
    }
    own.get().max(next)
}

/// The criterion and the action of a retention rule, and the variable that sets its number.
fn verb(rule: &RetentionRule) -> (Criterion, Action, Option<&Spanned<Identifier>>) {
    let number = |n: u32| NonZeroU32::new(n).expect("the language's numbers begin at 1");
    let days = |days: &Spanned<Amount<crate::value::Days>>| number(days.days());
    if let Some(keep) = &rule.keep {
        let count = match ***keep {
            Keep::Newest(count) => count.get(),
            Keep::All => Count::ALL,
        };
        let archives = rule.then.as_ref().is_some_and(|then| then.value == Then::Archive);
        let action = if archives { Action::TransitionToArchive } else { Action::Expire };
        return (Criterion::CountMoreThan(number(count)), action, keep.variable.as_ref());
    }
    if let Some(after) = &rule.expire_after {
        return (Criterion::SincePushed { days: days(after) }, Action::Expire, after.variable.as_ref());
    }
    if let Some(after) = &rule.archive_after {
        return (Criterion::SincePushed { days: days(after) }, Action::TransitionToArchive, after.variable.as_ref());
    }
    if let Some(after) = &rule.archive_unpulled_after {
        return (Criterion::SincePulled { days: days(after) }, Action::TransitionToArchive, after.variable.as_ref());
    }
    let after = rule.expire_archived_after.as_ref().expect("the record has exactly one verb");
    (Criterion::SinceTransitioned { days: days(after) }, Action::Expire, after.variable.as_ref())
}

/// Whether a rule keeps every image. A variable can set another number.
fn keeps_all(rule: &RetentionRule) -> bool {
    rule.keep.as_ref().is_some_and(|keep| keep.variable.is_none() && ***keep == Keep::All)
}

/// The tags of each policy rule that a retention rule compiles to, with the images they select in words.
fn selections(
    rule: &RetentionRule,
    services: &[String],
    classes: &Classes,
    scope: &Scope,
    path: &str,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(Tags, String)> {
    if let (Some(then), None) = (&rule.then, &rule.keep) {
        let message = "`then` needs `keep`: it says what happens to the images that `keep` does not keep";
        let help = "to archive by age, write `archive_after` instead of `expire_after` and `then`; to archive all but the newest images, use `keep` with `then: archive`";
        faults.push(Diagnostic::new(&codes::THEN_WITHOUT_KEEP, then.span, message).on_key().help(help).at(path));
    }
    if let (Some(then), true) = (&rule.then, keeps_all(rule)) {
        let message = "`then` has no effect, because `keep: all` keeps every image";
        let help = "delete `then`, or write how many images to keep, for example `keep: 30`";
        faults.push(Diagnostic::new(&codes::THEN_WITH_KEEP_ALL, then.span, message).on_key().help(help).at(path));
    }
    let one_each: Vec<Services> = services.iter().map(|service| Services::One(service)).collect();
    let repeated = if rule.per.is_some() || services.len() == 1 { one_each } else { vec![Services::Any] };
    if rule.per.is_some() {
        faults.extend(not_per_service(rule, services, classes).map(|fault| fault.at(path)));
    }
    let mut selections = Vec::new();
    for target in targets(rule) {
        for &service in &repeated {
            match tags(&target, service, rule.per.is_some(), classes, scope) {
                Ok(Some(selection)) => selections.push(selection),
                Ok(None) => {}
                Err(fault) => faults.push(fault.at(path)),
            }
        }
    }
    selections
}

/// The lists of tags that a retention rule selects, one list per policy rule; an empty list is `any`.
fn targets(rule: &RetentionRule) -> Vec<Vec<&Spanned<ClassName>>> {
    match (&rule.of, &rule.of_each, &rule.of_all) {
        (_, Some(each), _) => each.iter().map(|name| vec![name]).collect(),
        (_, _, Some(all)) => vec![all.iter().collect()],
        (of, _, _) => vec![of.iter().map(|of| &of.0).collect()],
    }
}

/// The tags of one policy rule; `None` if a class does not exist in this environment or has its own error.
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

/// The error of `per: service` if the tags do not identify the service.
fn not_per_service(rule: &RetentionRule, services: &[String], classes: &Classes) -> Option<Diagnostic> {
    let per = rule.per.as_ref()?;
    let fault = |message: String| Some(Diagnostic::new(&codes::PER_SERVICE_CANNOT_TELL, per.span, message));
    let named = targets(rule);
    let named = || named.iter().flatten().map(|name| name.as_str());
    if named().next().is_none() || named().any(|name| name == "untagged" || name == "any") {
        return fault("`per: service` cannot be used here, because untagged images do not belong to a service".into())
            .map(|fault| fault.help("write `of: tagged`, or `of` with a class whose tag begins with `{service}-`"));
    }
    let all = named().any(|name| name == "tagged");
    let counted = classes.here.iter().filter(|class| all || named().any(|name| name == class.name));
    if let Some(class) = counted.into_iter().find(|class| !class.begins_with_service()) {
        return fault(format!(
            "tags of class `{}` do not begin with `{{service}}-`, so ECR cannot count them per service",
            class.name
        ))
        .map(|fault| {
            fault.and(class.span, "this class").help("begin the tag with `{service}-`, or remove `per: service`")
        });
    }
    let shadowed = |one: &'_ String| {
        let other = services.iter().find(|other| *other != one && one.starts_with(&format!("{other}-")))?;
        Some((one.clone(), other))
    };
    let (service, other) = services.iter().find_map(shadowed)?;
    fault(format!(
        "images of service `{service}` would also be counted for service `{other}`, because their tags also begin \
         with `{other}-`"
    ))
    .map(|fault| fault.help("rename one of the services, or delete `per: service`"))
}

/// The patterns as the simplest list: a pattern whose only `*` is at the end becomes a prefix. Several patterns stay
/// patterns, because AWS requires each prefix to be in only one rule.
fn list(patterns: Vec<String>, span: Span) -> Result<Tags, Diagnostic> {
    let is_prefix = |pattern: &&str| !pattern.is_empty() && !pattern.contains('*');
    if let [pattern] = patterns.as_slice()
        && let Some(prefix) = pattern.strip_suffix('*').filter(is_prefix)
    {
        return Ok(Tags::Tagged(TagList::Prefixes(vec![Prefix::new(prefix)])));
    }
    let read = |pattern: String| {
        Pattern::new(pattern.clone()).map_err(|wild| {
            Diagnostic::new(
                &lifecycle::TOO_MANY_WILDCARDS.code,
                span,
                format!("these tags compile to the pattern `{pattern}`: {wild}"),
            )
            .help("use fewer placeholders in the tag of the class: each one becomes a `*`")
        })
    };
    Ok(Tags::Tagged(TagList::Patterns(patterns.into_iter().map(read).collect::<Result<_, _>>()?)))
}

/// A description of the rule, for people who read the policy in the AWS console.
fn describe(
    criterion: Criterion,
    action: Action,
    rule: &RetentionRule,
    variable: Option<&Spanned<Identifier>>,
    whose: &str,
) -> String {
    let verb = match action {
        Action::Expire => "Expire",
        Action::TransitionToArchive => "Archive",
    };
    let days = |days: NonZeroU32| match variable {
        Some(variable) => format!("var.{} days", variable.as_str()),
        None => count(days.get() as usize, "day"),
    };
    match criterion {
        Criterion::CountMoreThan(_) if keeps_all(rule) => format!("Keep all {whose}"),
        Criterion::CountMoreThan(count) => {
            let count = variable.map_or_else(|| count.to_string(), |variable| format!("var.{}", variable.as_str()));
            format!("{verb} all but the newest {count} {whose}")
        }
        Criterion::SincePushed { days: after } => format!("{verb} {whose} {} after the push", days(after)),
        Criterion::SincePulled { days: after } => format!("{verb} {whose} {} after the last pull", days(after)),
        Criterion::SinceTransitioned { days: after } => {
            format!("{verb} archived {whose} after {} in the archive", days(after))
        }
    }
}
