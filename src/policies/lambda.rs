//! Statements of a repository policy for Lambda functions (Lambda developer guide, "Create a Lambda function using a
//! container image").
//!
//! Lambda pulls with its own name, when a function is made and again whenever it wakes up, and says in `aws:SourceArn`
//! for which function. Whoever makes a function in another account needs the image as well, so that account is let in
//! beside the service: without the one statement the function cannot be made, without the other it dies weeks later.

use crate::iam::{Action, Operator, Principal, Statement, Symbol, Text, arn};
use crate::language::access::Lambda;
use crate::platform::Platform;
use crate::platform::access::Access;
use crate::policies::permission::sid;
use crate::policies::repository_policy::sid_of;
use crate::value::FunctionName;

/// All that Lambda calls.
pub const ACTIONS: [&str; 2] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/// The statements of an entry.
pub fn statements(platform: &Platform, access: &Access, lambda: &Lambda) -> Vec<Statement> {
    let own = Text::from(Symbol::AccountId);
    let owner = platform.scope.account.as_deref();
    let written = lambda.accounts.iter().flatten().map(|account| account.as_str());
    let others: Vec<&str> = written.filter(|account| Some(*account) != owner).collect();
    let accounts: Vec<Text> = match &lambda.accounts {
        None => vec![own],
        Some(accounts) => accounts.iter().map(|account| Text::from(account.as_str())).collect(),
    };
    let functions = accounts.iter().flat_map(|account| {
        lambda.functions.iter().flat_map(move |function| source_arns(platform, account, &function.value))
    });
    let name = sid_of(&access.name);
    let allow = || Statement::allow(ACTIONS.map(Action::named));
    let mut statements = vec![allow().sid(sid(&name)).by(Principal::service(["lambda.amazonaws.com"])).when(
        Operator::ARN_LIKE,
        "aws:SourceArn",
        functions,
    )];
    if !others.is_empty() {
        let roots = others.into_iter().map(|account| arn::account_root(&Text::from(account)));
        statements.push(allow().sid(sid(&format!("{name}Accounts"))).by(Principal::aws(roots)));
    }
    statements
}

/// What the ARN of a function may look like. AWS does not say whether a version or an alias is part of it, so it may be;
/// a function can run only images of its own region.
fn source_arns(platform: &Platform, account: &Text, function: &FunctionName) -> Vec<Text> {
    let function = function.as_str();
    let region = Text::from(platform.region.as_str());
    let arn = arn::regional("lambda", &region, account, &format!("function:{function}"));
    match function.ends_with('*') {
        true => vec![arn],
        false => vec![arn.clone(), arn.literal(":*")],
    }
}
