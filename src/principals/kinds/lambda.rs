//! Lambda functions, through repository policies (Lambda developer guide, "Create a Lambda function using a container
//! image").
//!
//! The Lambda service pulls the image when a function is created and again when an inactive function is invoked, and names
//! the function in `aws:SourceArn`. Creating a function in another account also requires access for that account, so it
//! gets a second statement. Without that statement the function cannot be created; without the one for the service, it
//! stops working weeks later. For the functions of an organization, both statements name the organization instead of accounts.

use super::ONLY_PULLS_PRESENT;
use crate::decode::{Decode, record};
use crate::iam::{Action, Operator, Statement, Symbol, Text, Verb, arn};
use crate::principals::kind::{self, Kind};
use crate::principals::{ByRepositoryPolicy, Callers, Issuer, Means, Principal, Setting, Value, sid, sid_of};
use crate::source::Spanned;
use crate::value::{AccountId, FunctionName, OrganizationId};

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "lambda",
    description: "Lambda functions that run an image of the repositories, through repository policies. \
                  Required unless the entry has another kind of principal. \
                  Example: `lambda: { functions: [image-processor] }`.",
    companions: &[],
    decode: kind::decode::<Lambda>,
    schema: Lambda::schema,
    issuer: None,
    refused: &[
        (Verb::Push, ONLY_PULLS),
        (Verb::Read, ONLY_PULLS),
        (Verb::Delete, ONLY_PULLS),
        (Verb::Create, "it pulls images from an existing repository and never creates one"),
        (Verb::Import, ONLY_PULLS_PRESENT),
    ],
    actions,
    refuses,
    example: "{ can: [pull], repositories: [shop], lambda: { functions: [image-processor] } }",
};

/// All actions that Lambda calls.
const ACTIONS: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

fn actions(verb: Verb) -> Vec<&'static Action> {
    match verb {
        Verb::Pull => ACTIONS.map(Action::named).to_vec(),
        other => kind::all_actions(other),
    }
}

fn refuses(action: &Action) -> Option<&'static str> {
    let other = "Lambda calls only ecr:BatchGetImage and ecr:GetDownloadUrlForLayer";
    kind::refuses_unscoped(action).or((!ACTIONS.contains(&action.name)).then_some(other))
}

const ONLY_PULLS: &str = "it only pulls the image of a function";

record! {
    /// Lambda functions that run an image of the repositories.
    pub struct Lambda {
        /// Names of the Lambda functions; `*` matches any characters. Required.
        /// Example: `functions: [image-processor, "report-*"]`.
        required functions: Vec<Spanned<FunctionName>>,
        /// IDs of the AWS accounts that contain the functions. Cannot be used together with `organization`. Default: the
        /// account of the registry. Example: `accounts: ["222222222222"]`.
        optional accounts: Vec<Spanned<AccountId>>,
        /// ID of the AWS organization whose accounts contain the functions. Default: the account of the registry, or
        /// `accounts`. Example: `organization: o-a1b2c3d4e5`.
        optional organization: Spanned<OrganizationId>,
    }
    at most one of [accounts, organization]
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
    /// Lambda needs both of its actions, whatever the entry grants.
    fn statements(&self, entry: &str, _: &[&'static Action], setting: &Setting) -> Vec<Statement> {
        let accounts: Vec<Text> = match (&self.accounts, &self.organization) {
            (Some(accounts), _) => accounts.iter().map(|account| Text::from(account.as_str())).collect(),
            (None, Some(_)) => vec![Text::from("*")],
            (None, None) => vec![Text::from(Symbol::AccountId)],
        };
        let functions = accounts.iter().flat_map(|account| {
            self.functions.iter().flat_map(move |function| source_arns(setting, account, &function.value))
        });
        let name = sid_of(entry);
        let allow = || Statement::allow(ACTIONS.map(Action::named));
        let service = crate::iam::Principal::service(["lambda.amazonaws.com"]);
        let pulls = allow().sid(sid(&name)).by(service).when(Operator::ARN_LIKE, "aws:SourceArn", functions);
        let creates = || allow().sid(sid(&format!("{name}Accounts")));
        if let Some(organization) = &self.organization {
            let id = [organization.as_str()];
            let creates = creates().by(crate::iam::Principal::aws(["*"]));
            return vec![
                pulls.when(Operator::STRING_EQUALS, "aws:SourceOrgID", id),
                creates.when(Operator::STRING_EQUALS, "aws:PrincipalOrgID", id),
            ];
        }
        let others: Vec<&str> = self.other_accounts(setting).collect();
        let roots = others.iter().map(|account| arn::account_root(&Text::from(*account)));
        let creates = (!others.is_empty()).then(|| creates().by(crate::iam::Principal::aws(roots)));
        [pulls].into_iter().chain(creates).collect()
    }

    fn callers(&self, setting: &Setting) -> Callers {
        let organizations = self.organization.iter().map(|id| id.as_str().to_owned()).collect();
        let accounts = self.other_accounts(setting).map(str::to_owned).collect();
        Callers { accounts, organizations, ..Callers::default() }
    }
}

impl Lambda {
    /// The other accounts, whose principals create functions.
    fn other_accounts(&self, setting: &Setting) -> impl Iterator<Item = &str> {
        let written = self.accounts.iter().flatten().map(|account| account.as_str());
        written.filter(|account| Some(*account) != setting.account)
    }
}

/// The patterns of the ARN of a function. AWS does not document whether the ARN includes a version or an alias, so both
/// forms are allowed. A function can only run images in its region.
fn source_arns(setting: &Setting, account: &Text, function: &FunctionName) -> Vec<Text> {
    let function = function.as_str();
    let region = Text::from(setting.region);
    let arn = arn::regional("lambda", &region, account, &format!("function:{function}"));
    match function.ends_with('*') {
        true => vec![arn],
        false => vec![arn.clone(), arn.literal(":*")],
    }
}
