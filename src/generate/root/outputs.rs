//! `outputs.tf`: values for other configurations and for people.

use std::collections::BTreeMap;

use crate::generate::expression::{Writer, encryption_key, repository_attribute};
use crate::generate::place::Place;
use crate::generate::root::monitoring::topic_arn;
use crate::generate::{Files, one, spaced};
use crate::iam::Text;
use crate::platform::Repository;
use crate::platform::root_module::form::{Form, SET};
use crate::policies::{Policies, arns, provider};
use crate::source::Span;
use crate::terraform::{Block, Expr, For, Name, Object, Template, Traversal};

/// The standard outputs. One that the spec renames does not appear under its standard name.
const STANDARD: [&str; 5] = ["repository_urls", "repository_arns", "registry_url", "role_arns", "kms_key_arn"];

/// The file.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let writer = Writer::new(policies, Place::root(platform));
    let block = |output: Output| {
        let block = Block::new("output", [Name::from(output.name)]).attr("description", output.description);
        block.attr("value", output.value).origin(output.origin)
    };
    let blocks = outputs(&writer).into_iter().map(block);
    one(writer.place.hcl("outputs.tf", spaced(blocks), platform.span))
}

/// An output.
pub struct Output {
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: &'static str,
    value: Expr,
    origin: Span,
}

/// The outputs, by name.
pub fn outputs(writer: &Writer) -> Vec<Output> {
    let platform = writer.policies.platform;
    let mut paths: BTreeMap<String, (String, Span)> = BTreeMap::new();
    for path in STANDARD {
        if !platform.outputs.iter().any(|(_, written)| written.as_str() == path) {
            paths.insert(path.to_owned(), (path.to_owned(), platform.span));
        }
    }
    for (name, path) in &platform.outputs {
        paths.insert(name.clone(), (path.as_str().to_owned(), path.span));
    }
    let outputs = paths.into_iter().filter_map(|(name, (path, origin))| {
        let (description, value) = value(writer, &path)?;
        Some(Output { name, description, value, origin })
    });
    outputs.collect()
}

fn value(writer: &Writer, path: &str) -> Option<(&'static str, Expr)> {
    let steps: Vec<&str> = path.split('.').collect();
    Some(match steps.as_slice() {
        ["repository_urls"] => ("Repository URLs by repository key", by_repository(writer, "repository_url")),
        ["repository_arns"] => ("Repository ARNs by repository key", by_repository(writer, "arn")),
        ["registry_url"] => ("Registry hostname", registry(writer).into()),
        ["role_arns"] => ("Role ARNs by access entry", role_arns(writer)?),
        ["kms_key_arn"] => {
            writer.policies.platform.encryption_key.as_ref()?;
            ("ARN of the KMS key that encrypts the images", encryption_key().attr("arn").into())
        }
        ["docker_login_command"] => {
            let region = &writer.policies.platform.region;
            let login = Template::new()
                .text(format!(
                    "aws ecr get-login-password --region {region} | docker login --username AWS --password-stdin "
                ))
                .code(registry(writer));
            ("Command that logs Docker in to the registry", login.into())
        }
        ["oidc_providers", name @ .., "arn"] => {
            let arn = provider::arn_in_root(writer.policies.platform, &name.join("."));
            ("ARN of the IAM OIDC provider", writer.text(&arn))
        }
        ["access", entry, "policy_arn"] => {
            let access = writer.policies.platform.access.iter().find(|access| access.name == *entry)?;
            let policy = Traversal::new("aws_iam_policy").attr(Name::from(access.label.as_str().to_owned()));
            let arn = match access.is_protected {
                true => writer.text(&arns::of_protected_policy(writer.policies.platform, &access.policy_name)),
                false => policy.attr("arn").into(),
            };
            ("ARN of the permission policy", arn)
        }
        ["access", entry, "role_arn"] => {
            let access = writer.policies.platform.access.iter().find(|access| access.name == *entry)?;
            let role = access.roles.first().map(|role| role.label.as_str().to_owned())?;
            ("ARN of the role", Traversal::new("aws_iam_role").attr(Name::from(role)).attr("arn").into())
        }
        ["alerts", name, "topic_arn"] => {
            let alert = writer.policies.platform.monitoring.alerts.iter().find(|alert| alert.name == *name)?;
            ("ARN of the SNS topic of the alert", topic_arn(alert))
        }
        _ => unreachable!("the spec accepts no other output path"),
    })
}

/// An object with an entry per repository. Those of the set are not listed: a variable can add some.
fn by_repository(writer: &Writer, attribute: &'static str) -> Expr {
    let platform = writer.policies.platform;
    let is_single = |repository: &&Repository| !matches!(platform.root.form(&repository.key), Form::InSet(_));
    let entry =
        |repository: &Repository| (repository.key.clone(), repository_attribute(platform, &repository.key, attribute));
    let singles: Object = platform.repositories.iter().filter(is_single).map(entry).collect();
    if platform.root.set.is_none() {
        return singles.into();
    }
    let of_set = For {
        names: ["key", "repository"].map(Name::from),
        collection: Traversal::new("aws_ecr_repository").attr(SET).into(),
        entry: [Traversal::new("key").into(), Traversal::new("repository").attr(attribute).into()],
    };
    if singles.items().next().is_none() {
        return of_set.into();
    }
    Expr::call("merge", [of_set.into(), Expr::from(singles)])
}

/// The role ARNs by access entry; for pods, by entry, namespace and service account.
fn role_arns(writer: &Writer) -> Option<Expr> {
    let mut arns = Object::new();
    let arn = |label: &crate::platform::Label| {
        Traversal::new("aws_iam_role").attr(Name::from(label.as_str().to_owned())).attr("arn")
    };
    for access in &writer.policies.platform.access {
        for role in &access.roles {
            let key = match &role.account {
                Some(account) => format!("{}/{}", access.name, account.as_str()),
                None => access.name.clone(),
            };
            arns = arns.entry(key, arn(&role.label));
        }
    }
    let any = arns.items().next().is_some();
    any.then(|| arns.into())
}

fn registry(writer: &Writer) -> Template {
    use crate::iam::Symbol;
    let host = Text::from(Symbol::AccountId)
        .literal(&format!(".dkr.ecr.{}.", writer.policies.platform.region))
        .symbol(Symbol::DnsSuffix);
    Template::new().code(writer.text(&host))
}
