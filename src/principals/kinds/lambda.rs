//! Lambda functions, by the policies of the repositories (Lambda developer guide, "Create a Lambda function using a
//! container image").
//!
//! Lambda pulls with its own name, when a function is created and again whenever it wakes up, and says in `aws:SourceArn`
//! for which function. Creating a function in another account needs the image as well, so that account is named beside
//! the service: without the one statement the function cannot be created, without the other it dies weeks later.

use crate::decode::{Decode, record};
use crate::iam::{Action, Operator, Statement, Symbol, Text, Verb, arn};
use crate::principals::kind::{self, Kind};
use crate::principals::{ByRepositoryPolicy, Issuer, Means, Principal, Setting, Value, sid, sid_of};
use crate::source::Spanned;
use crate::value::{AccountId, FunctionName};

/// The kind.
pub(crate) static KIND: Kind = Kind {
    key: "lambda",
    description: "Lambda functions of image type, by the policies of the repositories.",
    companions: &[],
    decode: kind::decode::<Lambda>,
    schema: Lambda::schema,
    issuer: None,
    refused: &[
        (Verb::Push, "Lambda runs images and makes none; the role of a function can be under `roles`"),
        (Verb::Read, "Lambda fetches images and lists none; the role of a function can be under `roles`"),
        (Verb::Delete, "Lambda runs images and deletes none; the role of a function can be under `roles`"),
        (Verb::Create, "Lambda runs images and makes no repositories for them"),
    ],
    actions,
    refuses,
    example: "{ can: [pull], repositories: [shop], lambda: { functions: [image-processor] } }",
};

/// All that Lambda calls.
const ACTIONS: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

fn actions(verb: Verb) -> Vec<&'static Action> {
    match verb {
        Verb::Pull => ACTIONS.map(Action::named).to_vec(),
        other => kind::all_actions(other),
    }
}

fn refuses(action: &Action) -> Option<&'static str> {
    let other = "Lambda calls ecr:BatchGetImage and ecr:GetDownloadUrlForLayer and nothing else";
    kind::refuses_unscoped(action).or((!ACTIONS.contains(&action.name)).then_some(other))
}

record! {
    /// Lambda functions that run an image.
    pub struct Lambda {
        /// Names of functions; `*` stands for any characters.
        required functions: Vec<Spanned<FunctionName>>,
        /// The accounts that the functions are in. Default: this one.
        optional accounts: Vec<Spanned<AccountId>>,
    }
}

impl Principal for Lambda {
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

impl ByRepositoryPolicy for Lambda {
    /// Lambda needs both of its actions, whatever the entry asks for.
    fn statements(&self, entry: &str, _: &[&'static Action], setting: &Setting) -> Vec<Statement> {
        let written = self.accounts.iter().flatten().map(|account| account.as_str());
        let others: Vec<&str> = written.filter(|account| Some(*account) != setting.account).collect();
        let accounts: Vec<Text> = match &self.accounts {
            None => vec![Text::from(Symbol::AccountId)],
            Some(accounts) => accounts.iter().map(|account| Text::from(account.as_str())).collect(),
        };
        let functions = accounts.iter().flat_map(|account| {
            self.functions.iter().flat_map(move |function| source_arns(setting, account, &function.value))
        });
        let name = sid_of(entry);
        let allow = || Statement::allow(ACTIONS.map(Action::named));
        let service = crate::iam::Principal::service(["lambda.amazonaws.com"]);
        let mut statements =
            vec![allow().sid(sid(&name)).by(service).when(Operator::ARN_LIKE, "aws:SourceArn", functions)];
        if !others.is_empty() {
            let roots = others.into_iter().map(|account| arn::account_root(&Text::from(account)));
            let principal = crate::iam::Principal::aws(roots);
            statements.push(allow().sid(sid(&format!("{name}Accounts"))).by(principal));
        }
        statements
    }
}

/// What the ARN of a function may look like. AWS does not say whether a version or an alias is part of it, so it may be;
/// a function can run only images of its own region.
fn source_arns(setting: &Setting, account: &Text, function: &FunctionName) -> Vec<Text> {
    let function = function.as_str();
    let region = Text::from(setting.region);
    let arn = arn::regional("lambda", &region, account, &format!("function:{function}"));
    match function.ends_with('*') {
        true => vec![arn],
        false => vec![arn.clone(), arn.literal(":*")],
    }
}
