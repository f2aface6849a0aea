//! `atlantis.yaml`: the root modules as projects of Atlantis (Atlantis documentation, "Repo Level atlantis.yaml Config").

use minijinja::{Value, context};

use super::checks::{of_spec, terraform};
use super::yaml;
use crate::generate::place::Place;
use crate::generate::{Content, Generated};
use crate::platform::Platform;
use crate::policies::Policies;
use crate::tree::RelPath;

/// The file, if a pipeline asks for it.
pub(super) fn files(environments: &[Policies]) -> Vec<Generated> {
    let of_spec = of_spec(environments);
    let asked = of_spec.iter().filter(|(pipeline, _)| pipeline.checks().is_some_and(|checks| checks.atlantis));
    asked
        .map(|(pipeline, platforms)| {
            let projects = platforms.iter().map(|platform| project(platform)).collect::<Value>();
            let text = yaml::render(include_str!("../../../templates/pipelines/atlantis.yaml"), context! { projects });
            let path = RelPath::parse("atlantis.yaml").expect("a file name");
            Generated { path, content: Content::Text(text), origin: pipeline.span }
        })
        .collect()
}

fn project(platform: &Platform) -> Value {
    context! {
        name => format!("{}-{}", platform.scope.platform, platform.scope.environment),
        folder => Place::root(platform).folder().to_owned(),
        terraform => format!("v{}", terraform(platform)),
    }
}
