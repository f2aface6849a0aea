//! The lifecycle policies that `ecrgen simulate` runs.

use std::path::Path;

use anyhow::{anyhow, bail};

use super::super::failed::Found;
use super::super::format::SimulationFormat;
use super::super::specs::Selected;
use super::input;
use crate::compile::Compilation;
use crate::diagnostic::did_you_mean;
use crate::inventory::{PolicyOutput, Preview};
use crate::lifecycle::Policy;
use crate::platform::repositories::retention::Lifecycle;
use crate::platform::{Platform, Repository};
use crate::simulation::{Line, Prices, PullLine, Pulls, Pushes};
use crate::source::Spanned;
use crate::value::Identifier;

/// The available policies.
pub(super) enum Policies {
    /// One policy from a file, with what the file tells about it.
    One(Policy, PolicyOutput, Found),
    /// The repositories of a spec, per environment, and the claims of the spec that do not hold.
    Spec(String, Vec<Platform>, Found),
}

/// Selects the policy of one repository.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Key of the repository in the spec, or its name in AWS.
    pub(super) repository: Option<&'a str>,
    pub(super) environment: Option<&'a str>,
    /// Name in AWS according to the image listing.
    pub(super) listed: Option<&'a str>,
}

/// A repository and its policy. A repository without a policy keeps everything.
pub(super) struct Choice<'p> {
    pub(super) name: String,
    pub(super) policy: Policy,
    pub(super) repository: Option<(&'p Platform, &'p Repository)>,
}

impl Choice<'_> {
    /// The variables that set numbers of the policy: a simulation takes their defaults.
    fn defaults(&self) -> Vec<String> {
        let lifecycle = self.repository.and_then(|(_, repository)| repository.lifecycle.as_ref());
        let variables =
            lifecycle.iter().flat_map(|lifecycle| lifecycle.variables.iter().map(move |it| (lifecycle, it)));
        let remark = |(lifecycle, (rule, name)): (&Lifecycle, (&usize, &Spanned<Identifier>))| {
            let rule = &lifecycle.policy.rules[*rule];
            let number = rule.selection.criterion.number();
            format!(
                "rule {} is simulated with {number}, the default of the variable `{}`",
                rule.priority,
                name.as_str()
            )
        };
        variables.map(|(lifecycle, it)| remark((lifecycle, it))).collect()
    }
}

impl Policies {
    /// Reads the policies, and prints what people should know about them.
    pub(super) fn of(spec: Option<&str>, policy: Option<&Path>, format: SimulationFormat) -> anyhow::Result<Policies> {
        match (spec, policy) {
            (_, Some(file)) => {
                input::policy(file, format).map(|(policy, output, found)| Policies::One(policy, output, found))
            }
            (spec, _) => platforms(&Selected::one(spec)?, format),
        }
    }

    /// Reads a policy if the file name ends in `.json`, or else a spec.
    pub(super) fn named(name: &str, format: SimulationFormat) -> anyhow::Result<Policies> {
        match name.ends_with(".json") {
            true => Policies::of(None, Some(Path::new(name)), format),
            false => Policies::of(Some(name), None, format),
        }
    }

    /// The selected policy, or `None` if the listing belongs to another repository.
    pub(super) fn choose(&self, wanted: Wanted<'_>) -> anyhow::Result<Option<Choice<'_>>> {
        let Wanted { repository: asked, environment, listed } = wanted;
        let (spec, platforms) = match self {
            Policies::One(policy, ..) => {
                let name = asked.or(listed).unwrap_or_default().to_owned();
                let other = asked.is_some() && listed.is_some() && asked != listed;
                return Ok((!other).then(|| Choice { name, policy: policy.clone(), repository: None }));
            }
            Policies::Spec(spec, platforms, _) => (spec, platforms),
        };
        let all: Vec<(&Platform, &Repository)> = platforms
            .iter()
            .filter(|platform| environment.is_none_or(|name| name == platform.scope.environment))
            .flat_map(|platform| platform.repositories.iter().map(move |repository| (platform, repository)))
            .collect();
        let found: Vec<_> = all
            .iter()
            .filter(|(_, repository)| match (asked, listed) {
                (Some(asked), _) => repository.name == asked || repository.key == asked,
                (None, Some(listed)) => repository.name == listed,
                (None, None) => true,
            })
            .collect();
        let of_environment =
            platforms.iter().filter(|platform| environment.is_none_or(|name| name == platform.scope.environment));
        let created = |name: &str| {
            let created = of_environment.clone().map(|platform| (platform, platform.created(name)));
            let (platform, created) = created.into_iter().find_map(|(platform, created)| Some((platform, created?)))?;
            Some(Choice { name: name.to_owned(), ..Choice::of(platform, created) })
        };
        let names = || all.iter().map(|(p, r)| format!("{} ({})", r.name, p.scope.environment)).collect::<Vec<_>>();
        match (found.as_slice(), asked.or(listed)) {
            ([], Some(name)) if created(name).is_some() => Ok(created(name)),
            _ if all.is_empty() => match environment {
                Some(environment) => bail!("environment `{environment}` of {spec} has no repositories"),
                None => bail!("{spec} has no repositories"),
            },
            ([], Some(name)) => {
                bail!("the repository {name} does not exist in {spec}, which has: {}", names().join(", "))
            }
            ([], None) => unreachable!("without a name, every repository is found"),
            ([(platform, repository)], _) => {
                let other = listed.is_some_and(|listed| listed != repository.name);
                Ok((!other).then(|| Choice::of(platform, repository)))
            }
            (several, Some(name)) => {
                let environments: Vec<_> = several.iter().map(|(platform, _)| &*platform.scope.environment).collect();
                bail!("select the environment of the repository {name} with --environment: {}", environments.join(", "))
            }
            (_, None) => {
                bail!("select one of several repositories with --repository and --environment: {}", names().join(", "))
            }
        }
    }

    /// The findings about the policy, if it comes from a file.
    pub(super) fn found(&self) -> Option<&Found> {
        match self {
            Policies::One(_, _, found) => Some(found),
            Policies::Spec(..) => None,
        }
    }

    /// AWS's own preview of the policy, if the file is one.
    pub(super) fn preview(&self) -> Option<&Preview> {
        match self {
            Policies::One(_, output, _) => output.preview.as_ref(),
            Policies::Spec(..) => None,
        }
    }

    /// What is remarkable about the policy of a repository.
    pub(super) fn remarks(&self, choice: &Choice<'_>, listed: Option<&str>) -> Vec<String> {
        let Policies::One(_, PolicyOutput { repository, remarks, .. }, _) = self else { return choice.defaults() };
        let other = repository.as_deref().zip(listed).filter(|(repository, listed)| repository != listed);
        let other =
            other.map(|(of, listed)| format!("the lifecycle policy is from the repository {of}, not from {listed}"));
        remarks.iter().cloned().chain(other).collect()
    }

    /// The policy to compare with: that of the repository with the same name, or else with the same key.
    pub(super) fn same(&self, choice: &Choice<'_>) -> anyhow::Result<Policy> {
        let (spec, platforms) = match self {
            Policies::One(policy, ..) => return Ok(policy.clone()),
            Policies::Spec(spec, platforms, _) => (spec, platforms),
        };
        let all = || platforms.iter().flat_map(|p| p.repositories.iter().map(move |r| (p, r)));
        let named = all().find(|(_, repository)| repository.name == choice.name);
        let keyed = choice.repository.and_then(|(platform, repository)| {
            let environment = &platform.scope.environment;
            all().find(|(p, r)| r.key == repository.key && p.scope.environment == *environment)
        });
        let found = named.or(keyed).map(|(platform, repository)| Choice::of(platform, repository).policy);
        found.ok_or_else(|| anyhow!("the repository {} does not exist in {spec}", choice.name))
    }
}

impl<'p> Choice<'p> {
    fn of(platform: &'p Platform, repository: &'p Repository) -> Self {
        let policy = repository.lifecycle.as_ref().map(|lifecycle| lifecycle.policy.clone());
        Choice {
            name: repository.name.clone(),
            policy: policy.unwrap_or(Policy { rules: Vec::new() }),
            repository: Some((platform, repository)),
        }
    }

    /// The prices from the spec, or the built-in ones.
    pub(super) fn prices(&self) -> Prices {
        self.repository.map_or_else(Prices::default, |(platform, _)| platform.prices.clone())
    }

    /// A line of a schedule with the tags for its names.
    pub(super) fn pushes(&self, line: &Line) -> anyhow::Result<Pushes> {
        let tags = self.tags(&line.names)?;
        Ok(Pushes { tags, rate: line.rate, days: line.days, size: line.size.unwrap_or(DEFAULT_SIZE) })
    }

    /// A line of pulls with the tags for its names.
    pub(super) fn pulls(&self, line: &PullLine) -> anyhow::Result<Pulls> {
        Ok(Pulls { tags: self.tags(&line.names)?, rate: line.rate })
    }

    /// The tags for names. A name is a tag class of the spec, `untagged`, or, if there is no spec or the name has
    /// placeholders, the tag itself.
    fn tags(&self, names: &[String]) -> anyhow::Result<Vec<String>> {
        let mut tags = Vec::new();
        for name in names {
            let classes = self.repository.map(|(platform, _)| &platform.classes.here);
            let class = classes.and_then(|classes| classes.iter().find(|class| class.name == *name));
            match (class, name.as_str(), classes) {
                (Some(class), ..) => tags.push(class.template.value.clone()),
                (None, "untagged", _) => {}
                (None, template, None) => tags.push(template.to_owned()),
                (None, template, _) if template.contains('{') => tags.push(template.to_owned()),
                (None, name, Some(classes)) => {
                    let names = classes.iter().map(|class| class.name.as_str()).chain(["untagged"]);
                    bail!("the tag class `{name}` does not exist: {}", did_you_mean(name, names, "tag classes"))
                }
            }
        }
        Ok(tags)
    }
}

/// Size of an image in bytes if the schedule does not state one.
pub(super) const DEFAULT_SIZE: u64 = 500 << 20;

/// The platforms of a spec, and its claims that do not hold.
fn platforms(selected: &Selected, format: SimulationFormat) -> anyhow::Result<Policies> {
    let compilation = selected.sound(true, format.into(), "simulate")?;
    let Compilation { mut platforms, sources, mut findings, .. } = compilation;
    findings.retain(|finding| finding.code.is_claim);
    Ok(Policies::Spec(selected.names.join(", "), platforms.remove(0), Found { sources, findings }))
}
