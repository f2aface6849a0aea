//! CodeBuild projects, through repository policies (CodeBuild user guide, "Amazon ECR sample for CodeBuild").
//!
//! If a project's image pull credentials type is `CODEBUILD`, the CodeBuild service pulls the image of the build
//! environment. It names the project, in the region of the repository, in `aws:SourceArn`. With the type `SERVICE_ROLE`,
//! the project's role pulls the image; `roles` grants that role access.

use super::ONLY_PULLS_PRESENT;
use crate::decode::{Decode, record};
use crate::iam::{Action, Operator, Statement, Symbol, Text, Verb, arn};
use crate::principals::kind::{self, Kind};
use crate::principals::{ByRepositoryPolicy, Callers, Issuer, Means, Principal, Setting, Value, sid, sid_of};
use crate::source::Spanned;
use crate::value::{AccountId, CodebuildProject};

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "codebuild",
    description: "CodeBuild projects whose build environment uses an image of the repositories, through repository policies. \
                  Required unless the entry has another kind of principal. \
                  Example: `codebuild: { projects: [shop-build] }`.",
    companions: &[],
    decode: kind::decode::<Codebuild>,
    schema: Codebuild::schema,
    issuer: None,
    refused: &[
        (Verb::Push, ONLY_PULLS),
        (Verb::Read, ONLY_PULLS),
        (Verb::Delete, ONLY_PULLS),
        (Verb::Create, "it pulls the build image from an existing repository and never creates one"),
        (Verb::Import, ONLY_PULLS_PRESENT),
    ],
    actions,
    refuses,
    example: "{ can: [pull], repositories: [shop], codebuild: { projects: [shop-build] } }",
};

const ONLY_PULLS: &str = "it only pulls the build image";

/// All actions that CodeBuild calls.
const ACTIONS: [&str; 3] = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

fn actions(verb: Verb) -> Vec<&'static Action> {
    match verb {
        Verb::Pull => ACTIONS.map(Action::named).to_vec(),
        other => kind::all_actions(other),
    }
}

fn refuses(action: &Action) -> Option<&'static str> {
    let other =
        "CodeBuild only calls ecr:BatchCheckLayerAvailability, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer";
    kind::refuses_unscoped(action).or((!ACTIONS.contains(&action.name)).then_some(other))
}

record! {
    /// CodeBuild projects whose build environment uses an image of the repositories.
    pub struct Codebuild {
        /// Names of the CodeBuild projects. Required. Example: `projects: [shop-build]`.
        required projects: Vec<Spanned<CodebuildProject>>,
        /// IDs of the AWS accounts that contain the projects. Default: the account of the registry.
        /// Example: `accounts: ["222222222222"]`.
        optional accounts: Vec<Spanned<AccountId>>,
    }
}

impl Principal for Codebuild {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::RepositoryPolicy(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Aws
    }

    fn values(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
}

impl ByRepositoryPolicy for Codebuild {
    /// CodeBuild needs all of its actions, whatever the entry grants.
    fn statements(&self, entry: &str, _: &[&'static Action], setting: &Setting) -> Vec<Statement> {
        let accounts: Vec<Text> = match &self.accounts {
            None => vec![Text::from(Symbol::AccountId)],
            Some(accounts) => accounts.iter().map(|account| Text::from(account.as_str())).collect(),
        };
        let region = Text::from(setting.region);
        let projects = accounts.iter().flat_map(|account| {
            let region = &region;
            let arn = move |name: &str| arn::regional("codebuild", region, account, &format!("project/{name}"));
            self.projects.iter().map(move |project| arn(project.as_str()))
        });
        let statement = Statement::allow(ACTIONS.map(Action::named))
            .sid(sid(&sid_of(entry)))
            .by(crate::iam::Principal::service(["codebuild.amazonaws.com"]))
            .when(Operator::STRING_EQUALS, "aws:SourceAccount", accounts.clone())
            .when(Operator::ARN_EQUALS, "aws:SourceArn", projects);
        vec![statement]
    }

    /// Only the service calls ECR, also for projects of other accounts.
    fn callers(&self, _: &Setting) -> Callers {
        Callers::default()
    }
}
