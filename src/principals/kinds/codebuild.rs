//! CodeBuild projects, by the policies of the repositories (CodeBuild user guide, "Amazon ECR sample for CodeBuild").
//!
//! CodeBuild pulls the image of a build environment with its own name where the project has the image pull credentials
//! type `CODEBUILD`; with `SERVICE_ROLE` it is the project's role that pulls, which can be under `roles`. It says in
//! `aws:SourceArn` for which project, in the region of the repository.

use crate::decode::{Decode, record};
use crate::iam::{Action, Operator, Statement, Symbol, Text, Verb, arn};
use crate::principals::kind::{self, Kind};
use crate::principals::{ByRepositoryPolicy, Issuer, Means, Principal, Setting, Value, sid, sid_of};
use crate::source::Spanned;
use crate::value::{AccountId, CodebuildProject};

/// The kind.
pub(crate) static KIND: Kind = Kind {
    key: "codebuild",
    description: "CodeBuild projects that pull the image of their build environment, by the policies of the repositories.",
    companions: &[],
    decode: kind::decode::<Codebuild>,
    schema: Codebuild::schema,
    issuer: None,
    refused: &[
        (Verb::Push, ONLY_PULLS),
        (Verb::Read, ONLY_PULLS),
        (Verb::Delete, ONLY_PULLS),
        (Verb::Create, "CodeBuild only pulls the image of a build environment, from repositories that exist"),
    ],
    actions,
    refuses,
    example: "{ can: [pull], repositories: [shop], codebuild: { projects: [shop-build] } }",
};

const ONLY_PULLS: &str =
    "CodeBuild only pulls the image of a build environment; the project's role can be under `roles`";

/// All that CodeBuild calls.
const ACTIONS: [&str; 3] = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

fn actions(verb: Verb) -> Vec<&'static Action> {
    match verb {
        Verb::Pull => ACTIONS.map(Action::named).to_vec(),
        other => kind::all_actions(other),
    }
}

fn refuses(action: &Action) -> Option<&'static str> {
    let other =
        "CodeBuild calls ecr:BatchCheckLayerAvailability, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer only";
    kind::refuses_unscoped(action).or((!ACTIONS.contains(&action.name)).then_some(other))
}

record! {
    /// CodeBuild projects that pull the image of their build environment.
    pub struct Codebuild {
        /// Names of projects.
        required projects: Vec<Spanned<CodebuildProject>>,
        /// The accounts that the projects are in. Default: this one.
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
    /// CodeBuild needs all of its actions, whatever the entry asks for.
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
}
