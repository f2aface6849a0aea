//! The Software Template of Backstage that writes a pipeline into new repositories (Backstage documentation, "Writing
//! Templates"; "Descriptor Format of Catalog Entities").
//!
//! The skeleton has the same workflows as other repositories. They take the name of the service from the repository in which they
//! run, so Backstage copies them as they are: in its templates, too, `${{` begins an expression.

use minijinja::{Value, context};

use super::Case;
use crate::generate::Generated;
use crate::generate::pipelines::yaml;
use crate::platform::pipelines::backstage::{Backstage, LONGEST_NAME, Template};
use crate::platform::pipelines::image::{Image, path};

/// The name of the service: that of its repository on GitHub. It is an expression of GitHub.
const SERVICE: &str = "${{ github.event.repository.name }}";

/// The names of services that can be names of ECR repositories: those of GitHub may also have capital letters, and separators at
/// the ends or next to each other (ECR API reference, CreateRepository, `repositoryName`: at least 2 characters).
pub(super) const NAME: &str = "[a-z0-9]([._-]?[a-z0-9])+";

/// The template and the description of the component in the skeleton, if the pipeline has a template. The cases are its
/// environments.
pub(super) fn files(cases: &[Case]) -> Vec<Generated> {
    let Some((case, backstage)) = cases.iter().find_map(|case| Some((case, case.image.backstage.as_ref()?))) else {
        return Vec::new();
    };
    let (folder, template) = (folder(case), &backstage.template);
    let text = include_str!("../../../../templates/pipelines/backstage-template.yaml");
    let component = include_str!("../../../../templates/pipelines/backstage-component.yaml");
    vec![
        case.text(&format!("{folder}/template.yaml"), yaml::render(text, values(case, template, cases))),
        case.text(&format!("{folder}/skeleton/catalog-info.yaml"), yaml::render(component, context! {})),
    ]
}

/// The workflow of an environment in the skeleton.
pub(super) fn workflow(case: &Case, text: String) -> Generated {
    case.text(&format!("{}/skeleton/.github/workflows/{}.yml", folder(case), case.name), text)
}

fn folder(case: &Case) -> String {
    format!("backstage/{}", case.pipeline.name)
}

fn values(case: &Case, template: &Template, cases: &[Case]) -> Value {
    let Template { name, owner, host, organization } = template;
    let (platform, pipeline) = (&case.policies.platform.scope.platform, &case.pipeline.name);
    let location = format!("{host}?owner={organization}&repo=");
    context! {
        name => name.clone(),
        owner => owner.clone(),
        title => format!("Service with the pipeline {pipeline} of {platform}"),
        description => format!(
            "Creates a repository in the GitHub organization {organization} with a pipeline that pushes images to Amazon ECR"
        ),
        hosts => vec![host.clone()],
        organizations => vec![organization.clone()],
        // The picker only narrows the form. Backstage also validates the pattern when it gets the values.
        pattern => format!("^{}{NAME}$", quoted(&location)),
        longest => Value::from_safe_string((location.len() + LONGEST_NAME).to_string()),
        branch => branch(cases),
    }
}

/// A text as a regular expression of JavaScript.
fn quoted(text: &str) -> String {
    text.replace('.', "[.]").replace('?', "[?]")
}

/// The branch of the first commit: one on which the pipeline runs.
fn branch(cases: &[Case]) -> Option<String> {
    let mut branches = cases.iter().flat_map(|case| &case.image.refs.branches);
    branches.find(|branch| !branch.contains(['*', '?'])).cloned()
}

/// The image of a new service.
pub(super) fn images(image: &Image, backstage: &Backstage, environment: &str) -> Value {
    // An expression may not be escaped.
    let value = |text: String| if text.contains(SERVICE) { Value::from_safe_string(text) } else { Value::from(text) };
    let path = |template: &str| value(path(template, SERVICE, SERVICE, environment));
    let image = context! {
        service => value(SERVICE.to_owned()),
        repository => value(backstage.repository(SERVICE)),
        context => path(&image.context),
        file => image.gitops.as_ref().map(|gitops| path(&gitops.file)),
    };
    Value::from(vec![image])
}
