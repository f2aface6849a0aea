//! `README.md` of the root module: the repositories, what is kept in them, who can access them, inputs and outputs, and what to
//! do before something is destroyed.

use minijinja::{Value, context};

use super::outputs::{Output, outputs};
use super::repository::in_words::{self, Retention, RuleInWords};
use super::variables;
use crate::generate::expression::Writer;
use crate::generate::place::Place;
use crate::generate::{Files, markdown, one};
use crate::platform::Waiver;
use crate::platform::monitoring::Alert;
use crate::platform::root_module::variables::Kind;
use crate::platform::{Access, Cache, Occasion, Platform, Repository, Template, Variable};
use crate::policies::Policies;
use crate::policies::prerequisites::{Prerequisite, prerequisites};
use crate::source::Spanned;
use crate::value::{OrCreate, OrVariable, RuleCode};

/// The file.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let text = markdown::render(markdown::ROOT, values(policies));
    one(Place::root(platform).text("README.md", text, platform.span))
}

fn values(policies: &Policies) -> Value {
    let platform = policies.platform;
    // Another environment can have the finding that a waiver is for.
    let used = |(code, _): &&(Spanned<RuleCode>, Waiver)| policies.used_waivers.contains(&code.span);
    context! {
        platform => &*platform.scope.platform,
        environment => &*platform.scope.environment,
        region => &*platform.region,
        module => platform.root.ecr_module.is_some(),
        key => platform.encryption_key.as_ref().map(|key| &*key.alias),
        protected => platform.repositories.iter().all(|repository| repository.protected),
        kept => platform.root.knows_destroy_false(),
        workspace => platform.workspace.as_ref().map(|workspace| &*workspace.name),
        repositories => platform.repositories.iter().map(repository).collect::<Value>(),
        replicated => platform.repositories.iter().flat_map(replicated).collect::<Value>(),
        created => platform.templates.iter().map(created).collect::<Value>(),
        caches => platform.caches().iter().map(cache).collect::<Value>(),
        retentions => in_words::retentions(platform).iter().map(retention).collect::<Value>(),
        alerts => platform.monitoring.alerts.iter().map(|alert| self::alert(platform, alert)).collect::<Value>(),
        outputs => outputs(&Writer::new(policies, Place::root(platform))).iter().map(output).collect::<Value>(),
        access => platform.access.iter().map(access).collect::<Value>(),
        scanning => platform.registry.as_ref().map(|registry| registry.scanning.scan_type()),
        registry_file => Place::root(platform).file_name("registry.tf"),
        inspector => platform.registry.as_ref().is_some_and(|registry| registry.enable_inspector.is_some()),
        variables => variables::of_root(platform).map(variable).collect::<Value>(),
        bootstrap => platform.workspace.as_ref().map(|_| Place::workspace(platform).folder().to_owned()),
        prerequisites => prerequisites(policies).iter().map(prerequisite).collect::<Value>(),
        waivers => platform.waivers.iter().filter(used).map(waiver).collect::<Value>(),
    }
}

/// A row per registry that a repository is replicated to.
fn replicated(repository: &Repository) -> impl Iterator<Item = Value> {
    repository.replicate_to.iter().map(|destination| {
        let settings = match (&destination.managed, &destination.account) {
            (Some(_), _) => "as here, in this module",
            (None, None) => "the defaults of ECR, which creates it",
            (None, Some(_)) => "those of that account, or the defaults of ECR",
        };
        context! { key => &*repository.key, registry => destination.in_words(), settings }
    })
}

fn repository(repository: &Repository) -> Value {
    context! {
        key => &*repository.key,
        name => &*repository.name,
        mutability => repository.mutability.as_str(),
    }
}

fn created(template: &Template) -> Value {
    let occasions = template.created_by.iter().map(|occasion| match occasion.value {
        Occasion::Push => "a push",
        Occasion::Replication => "replication",
        Occasion::PullThroughCache => "a pull through cache",
    });
    let created = &template.created;
    context! {
        name => &*created.name,
        by => occasions.collect::<Vec<_>>().join(", "),
        mutability => created.mutability.as_str(),
        rules => created.lifecycle.as_ref().map_or(0, |lifecycle| lifecycle.policy.rules.len()),
    }
}

fn cache(cache: &Cache) -> Value {
    let part = cache.upstream_prefix.as_ref().map_or_else(String::new, |part| format!("/{part}"));
    context! { prefix => &*cache.prefix, upstream => format!("{}{part}", cache.host) }
}

fn retention(retention: &Retention) -> Value {
    let rule = |rule: &RuleInWords| {
        context! { number => rule.priority.get(), images => rule.images.as_str(), effect => rule.effect.as_str() }
    };
    context! {
        repositories => retention.repositories.as_str(),
        rules => retention.rules.iter().map(rule).collect::<Value>(),
    }
}

fn alert(platform: &Platform, alert: &Alert) -> Value {
    let events = alert.events.iter().map(|event| event.as_str().to_owned());
    let pulls = alert
        .pulls_over
        .iter()
        .map(|rate| format!("more than {} pulls of a repository per {}", rate.pulls(), rate.time()));
    let sent: Vec<String> = events.chain(pulls).collect();
    let emails: Vec<&str> = alert.emails.iter().map(|email| email.as_str()).collect();
    let topic = match &alert.topic.value {
        OrCreate::Create => platform.scope.topic(&alert.name),
        OrCreate::Existing(OrVariable::Literal(arn)) => arn.as_str().to_owned(),
        OrCreate::Existing(OrVariable::Variable(variable)) => format!("var.{}", variable.name.as_str()),
        OrCreate::Existing(OrVariable::Reference(reference)) => reference.as_str().to_owned(),
    };
    context! { name => alert.name.as_str(), sent => sent.join(", "), topic, emails => emails.join(", ") }
}

fn output(output: &Output) -> Value {
    context! { name => output.name.as_str(), description => output.description }
}

fn access(access: &Access) -> Value {
    let list = |items: Vec<&str>| items.join(", ");
    context! {
        name => &*access.name,
        kind => access.principal.kind().key,
        can => list(access.can.iter().map(|can| can.as_str()).collect()),
        repositories => list(
            access.repositories.iter().map(String::as_str).chain(access.outside.iter().map(|arn| arn.as_str())).collect(),
        ),
        roles => list(access.roles.iter().map(|role| role.name.as_str()).collect()),
    }
}

fn variable((name, variable): (&String, &Variable)) -> Value {
    let required = matches!(variable.kind, Kind::Bool(None) | Kind::Text(None));
    context! { name => name.as_str(), description => &*variable.description, required }
}

fn prerequisite(Prerequisite { name, what }: &Prerequisite) -> Value {
    context! { name => name.as_str(), what => what.as_str() }
}

fn waiver((code, waiver): &(Spanned<RuleCode>, Waiver)) -> Value {
    let at: Vec<&str> = waiver.at.iter().map(|path| path.as_str()).collect();
    context! { code => code.as_str(), at => at.join(", "), reason => waiver.reason.as_str() }
}
