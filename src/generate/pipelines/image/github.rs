//! Image pipelines of GitHub Actions.

use minijinja::{Value, context};

use super::{Case, backstage, gitops, id};
use crate::generate::Generated;
use crate::generate::pipelines::{actions, yaml};
use crate::platform::pipelines::Image;
use crate::principals::STS_AUDIENCE;
use crate::principals::kinds::github::Github;
use crate::principals::workflows::repositories;

const COMMITTER: gitops::Committer =
    gitops::Committer { name: "github-actions", email: "github-actions@users.noreply.github.com" };

/// A workflow in each repository of the entry, or in the skeleton of new ones.
pub(super) fn files(case: &Case, github: &Github) -> Vec<Generated> {
    let text = yaml::render(include_str!("../../../../templates/pipelines/image-github.yml"), values(case, github));
    if case.image.backstage.is_some() {
        return vec![backstage::workflow(case, text)];
    }
    let file = |repository: &str| case.file(repository, ".github/workflows", &text);
    repositories(github).iter().map(|repository| file(repository.name.as_str())).collect()
}

fn values(case: &Case, github: &Github) -> Value {
    let image = case.image;
    let filters = |refs: &[String]| refs.iter().map(|one| filter(one)).collect::<Vec<String>>();
    let environment = github.environments.iter().flatten().next().map(|environment| environment.as_str().to_owned());
    let found = image.platforms.iter().map(|platform| format!("steps.{}.outcome == 'failure'", id(platform)));
    let review = image.review.iter().map(|severity| severity.as_str().to_uppercase());
    let audience = github.audience.as_ref().map(|audience| audience.as_str()).filter(|one| *one != STS_AUDIENCE);
    context! {
        branches => filters(&image.refs.branches),
        tags => filters(&image.refs.tags),
        jobs => jobs(image),
        environment => environment,
        actions => actions::actions(),
        trivy => Value::from_safe_string(format!("v{}", actions::TRIVY)),
        review => Value::from_safe_string(review.collect::<Vec<_>>().join(",")),
        found => Value::from_safe_string(found.collect::<Vec<_>>().join(" || ")),
        role => case.role("${{ vars.AWS_ACCOUNT_ID }}"),
        audience => audience.map(str::to_owned),
        gitops => image.gitops.as_ref().map(|keys| gitops::values(keys, &COMMITTER)),
        service_name => image.backstage.is_some().then(|| Value::from_safe_string(backstage::NAME.to_owned())),
        ..case.values("GITHUB_SHA")
    }
}

/// A filter of GitHub for a branch or tag: there, `*` does not match `/`, and `?` and `+` refer to the character before them (GitHub
/// documentation, "Filter pattern cheat sheet").
fn filter(name: &str) -> String {
    let mut filter = String::new();
    for c in name.chars() {
        match c {
            '*' => filter.push_str("**"),
            '?' => filter.push_str("[!/]"),
            '+' => filter.push_str("\\+"),
            c => filter.push(c),
        }
    }
    filter
}

/// The jobs. Pull requests are only tested. With `review`, the findings must be known before the job that pushes starts.
fn jobs(image: &Image) -> Value {
    let reviews = !image.review.is_empty();
    let test = context! {
        id => "test",
        title => Value::from_safe_string("Test".to_owned()),
        needs => Vec::<String>::new(),
        condition => (!reviews).then(|| Value::from_safe_string("github.event_name == 'pull_request'".to_owned())),
        pushes => false,
        reviews => reviews,
    };
    let condition = match reviews {
        false => "github.event_name != 'pull_request'".to_owned(),
        true => "${{ !cancelled() && github.event_name != 'pull_request' && needs.test.result == 'success' && (needs.review.result == 'success' || needs.review.result == 'skipped') }}".to_owned(),
    };
    let publish = context! {
        id => "publish",
        title => Value::from_safe_string("Publish".to_owned()),
        needs => if reviews { vec!["test".to_owned(), "review".to_owned()] } else { Vec::new() },
        condition => Value::from_safe_string(condition),
        pushes => true,
        reviews => false,
    };
    Value::from(vec![test, publish])
}
