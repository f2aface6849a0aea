//! A pipeline that has other settings in another environment, although one file is generated for all of them.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Pipeline;
use crate::platform::pipelines::backstage::Template;
use crate::platform::pipelines::{Checks, Image, Kind};
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "pipeline-differs",
        severity: Severity::Error,
        what: "A pipeline has different settings in two environments.",
        why: "The checks of all environments are in one file, because they run in one repository. Only `apply` can differ: each \
          environment has its own job. A Backstage template also has the workflows of all environments, so its owner and its \
          organization are the same in all of them.",
        bad: Example::Spec(
            "
platform: shop
region: eu-central-1
pipelines: { infrastructure: { checks: [fmt] } }
environments:
  dev: {}
  prod:
    pipelines: { infrastructure: { checks: [fmt, validate] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
region: eu-central-1
pipelines: { infrastructure: { checks: [fmt, validate] } }
environments:
  dev: {}
  prod:
    pipelines: { infrastructure: { apply: { role: \"arn:aws:iam::111111111111:role/apply\", environment: production } } }
",
        ),
        source: "ecrgen, `docs/pipelines.md`",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, environments, .. }: &Facts) -> Vec<Finding> {
    let here = |other: &&crate::platform::Platform| other.scope.environment != platform.scope.environment;
    let earlier = environments.iter().take_while(here);
    let differs = |pipeline: &Pipeline| {
        let first = earlier.clone().find_map(|other| other.pipelines.iter().find(|one| one.name == pipeline.name))?;
        (!are_equal(&first.kind, &pipeline.kind)).then(|| {
            let message =
                format!("pipeline `{}` has other settings here than in an earlier environment", pipeline.name);
            let help = match &pipeline.kind {
                Kind::Checks(_) => {
                    "write everything except `apply` outside of `environments`, or use another name for this pipeline"
                }
                Kind::Image(_) => {
                    "use the same owner and organization in all environments, or use another name for this pipeline"
                }
            };
            RULE.finding(pipeline.span, message)
                .and(first.span, "the settings of the earlier environment")
                .help(help)
                .at(format!("pipelines.{}", pipeline.name))
        })
    };
    platform.pipelines.iter().filter_map(differs).collect()
}

/// Whether two environments can share a file. Image pipelines have a file per environment, and share the template of Backstage.
fn are_equal(one: &Kind, other: &Kind) -> bool {
    let shared = |checks: &Checks| Checks { apply: None, ..checks.clone() };
    match (one, other) {
        (Kind::Checks(one), Kind::Checks(other)) => shared(one) == shared(other),
        (Kind::Image(one), Kind::Image(other)) => template(one) == template(other),
        _ => false,
    }
}

fn template(image: &Image) -> Option<&Template> {
    image.backstage.as_ref().map(|backstage| &backstage.template)
}
