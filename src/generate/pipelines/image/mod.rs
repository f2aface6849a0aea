//! The workflows that build and push images, in each repository of the access entry or in the skeleton of new ones.

mod backstage;
mod github;
mod gitlab;
mod gitops;

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::checks::of_spec;
use super::{actions, tags};
use crate::generate::{Content, Generated};
use crate::platform::pipelines::image::{Severity, path};
use crate::platform::pipelines::{Image, Kind, Pipeline};
use crate::platform::{Access, Platform, Repository};
use crate::policies::Policies;
use crate::principals::kinds::github::Github;
use crate::principals::kinds::gitlab::Gitlab;
use crate::tree::RelPath;

/// An image pipeline in one environment.
struct Case<'c> {
    /// The name of its files.
    name: String,
    pipeline: &'c Pipeline,
    image: &'c Image,
    access: &'c Access,
    policies: &'c Policies<'c>,
}

/// A file per pipeline, environment and repository, and a template of Backstage per pipeline that has one.
pub(super) fn files(environments: &[Policies]) -> Vec<Generated> {
    let mut files = Vec::new();
    for (first, platforms) in of_spec(environments) {
        let is_single = platforms.len() == 1;
        let of_environment = environments.iter().filter_map(|policies| case(&first.name, is_single, policies));
        let of_environment: Vec<Case> = of_environment.collect();
        files.extend(backstage::files(&of_environment));
        files.extend(of_environment.iter().flat_map(|case| {
            let github = case.access.principal_as::<Github>().map(|github| github::files(case, github));
            github.or_else(|| Some(gitlab::files(case, case.access.principal_as::<Gitlab>()?))).unwrap_or_default()
        }));
    }
    files
}

/// The image pipeline with this name in an environment.
fn case<'c>(name: &str, is_single: bool, policies: &'c Policies<'c>) -> Option<Case<'c>> {
    let platform = policies.platform;
    let pipeline = platform.pipelines.iter().find(|pipeline| pipeline.name == name)?;
    let Kind::Image(image) = &pipeline.kind else { return None };
    let access = platform.access.iter().find(|access| access.name == image.access.value)?;
    let name = if is_single { name.to_owned() } else { format!("{name}-{}", platform.scope.environment) };
    Some(Case { name, pipeline, image, access, policies })
}

impl Case<'_> {
    /// The file of the pipeline for the repository with this path on its host.
    fn file(&self, repository: &str, folder: &str, text: &str) -> Generated {
        self.text(&format!("for/{repository}/{folder}/{}.yml", self.name), text.to_owned())
    }

    /// A file of the output.
    fn text(&self, path: &str, text: String) -> Generated {
        let path = RelPath::parse(path).expect("names of repositories and pipelines are valid file names");
        Generated { path, content: Content::Text(text), origin: self.pipeline.span }
    }

    /// The values that the templates of all hosts use. `commit` is the variable with the hash of the commit.
    fn values(&self, commit: &str) -> Value {
        let Case { name, image, access, policies, .. } = self;
        let platform = policies.platform;
        let list = |severities: &BTreeSet<Severity>| {
            let upper = severities.iter().map(|severity| severity.as_str().to_uppercase());
            Value::from_safe_string(upper.collect::<Vec<_>>().join(","))
        };
        let safe = |text: &str| Value::from_safe_string(text.to_owned());
        let is_for_lambda = is_for_lambda(access, platform);
        context! {
            name => &**name,
            images => images(image, access, platform),
            hadolint => safe(actions::HADOLINT),
            choose => tags::script(platform, commit).into_iter().map(Value::from_safe_string).collect::<Value>(),
            emulates => image.platforms.iter().any(|platform| platform != "linux/amd64"),
            platforms => image.platforms.iter().map(|platform| of_platform(platform)).collect::<Value>(),
            platform_list => safe(&image.platforms.join(",")),
            block => list(&image.block),
            session => format!("{}-{name}", platform.scope.platform).chars().take(64).collect::<String>(),
            region => platform.region.clone(),
            ensure => image.ensure_repository.is_some(),
            // Lambda reads no image index, and an attestation makes one (Lambda developer guide, "Create a Lambda function using
            // a container image").
            provenance => safe(if is_for_lambda { "false" } else { "mode=max" }),
            sbom_flag => safe(if image.sbom && !is_for_lambda { "true" } else { "false" }),
            sign => image.sign,
            sbom => image.sbom,
        }
    }

    /// The ARN of the role. Without an account in the spec, it is `account`, which is code.
    fn role(&self, account: &str) -> Value {
        let platform = self.policies.platform;
        let role = self.access.roles.first().expect("pipelines with tokens have one role");
        let account = platform.scope.account.as_deref().unwrap_or(account);
        let (partition, path) = (&self.policies.bindings.partition, &platform.iam.path);
        Value::from_safe_string(format!("arn:{partition}:iam::{account}:role{path}{}", role.name))
    }
}

/// The images: one per repository and service, or that of a new service.
fn images(image: &Image, access: &Access, platform: &Platform) -> Value {
    if let Some(template) = &image.backstage {
        return backstage::images(image, template, &platform.scope.environment);
    }
    let repositories = platform.repositories.iter().filter(|repository| access.repositories.contains(&repository.key));
    let environment = platform.scope.environment.as_str();
    let is_single = access.repositories.len() == 1;
    let id = |service: &str, repository: &Repository| match is_single {
        true => service.to_owned(),
        false => format!("{}-{service}", repository.key.replace('/', "-")),
    };
    let of_one = |repository: &Repository| {
        let one = |service: &String| {
            let path = |template: &str| path(template, service, &repository.key, environment);
            context! {
                id => Value::from_safe_string(id(service, repository)),
                service => service.clone(),
                repository => repository.name.clone(),
                context => path(&image.context),
                file => image.gitops.as_ref().map(|gitops| path(&gitops.file)),
            }
        };
        repository.services.iter().map(one).collect::<Vec<Value>>()
    };
    repositories.flat_map(of_one).collect()
}

fn of_platform(platform: &str) -> Value {
    let safe = Value::from_safe_string;
    context! {
        name => safe(platform.to_owned()),
        id => id(platform),
        local => safe(format!("scanned:{}", id(platform))),
        sbom => format!("{}.spdx.json", id(platform)),
        archive => format!("scanned-{}.tar", id(platform)),
        output => format!("type=docker,dest=scanned-{}.tar", id(platform)),
    }
}

/// A platform as part of names.
fn id(platform: &str) -> String {
    platform.replace('/', "-")
}

/// Whether Lambda functions use images that the entry pushes.
fn is_for_lambda(access: &Access, platform: &Platform) -> bool {
    let lambda = platform.access.iter().filter(|other| other.principal.kind().key == "lambda");
    lambda.flat_map(|other| &other.repositories).any(|key| access.repositories.contains(key))
}
