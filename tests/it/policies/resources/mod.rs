//! Access through resource policies: those of the repositories, the registry and the KMS key.
//!
//! An independent reader extracts the documents from the rendered Terraform, and they are evaluated as AWS does.

mod accounts;
mod given;
mod guard_rails;
mod key;
mod lambda;
mod registry;
mod size;
mod statements;

use ecrgen::iam::{Bindings, Caller, Context, Decision, Document, Request, evaluate};
use serde_json::Value;

use crate::harness::module::Module;
use crate::harness::{Compiled, shop};

/// The account of the specs in these tests.
const OWNER: &str = "111111111111";

/// The root module of a spec without findings.
fn root(rest: &str) -> Module {
    let compiled = shop(rest);
    assert_eq!(codes(&compiled), [""; 0], "{rest}");
    compiled.module("shared/ecr")
}

/// The codes of the findings, without the note that Lambda may have added a statement to a repository policy.
fn codes(compiled: &Compiled) -> Vec<&'static str> {
    compiled.codes().into_iter().filter(|code| *code != "lambda-access-removed").collect()
}

/// A document in the rendered module. References are replaced with their values in the commercial partition.
fn document(module: &Module, head: &str) -> Value {
    let text = module.value(head, "policy").to_string();
    let known = [
        ("${data.aws_partition.current.partition}", "aws"),
        ("${data.aws_partition.current.dns_suffix}", "amazonaws.com"),
        ("${data.aws_caller_identity.current.account_id}", OWNER),
    ];
    let text = known.iter().fold(text, |text, (reference, value)| text.replace(reference, value));
    assert!(!text.contains("${"), "no other references: {text}");
    serde_json::from_str(&text).expect("JSON")
}

/// The policy of the repository `cart`.
fn policy(rest: &str) -> Document {
    let value = document(&root(rest), "resource aws_ecr_repository_policy cart");
    Document::from_json(&value.to_string()).unwrap_or_else(|faults| panic!("{faults:?} in {value:#}"))
}

/// A role of an account.
fn role_of(account: &str) -> Caller {
    let role = format!("arn:aws:iam::{account}:role/deployer").parse().expect("an ARN");
    Caller::Role { role, session: "session".to_owned() }
}

fn decide(policy: &Document, caller: Caller, action: &str, context: Context) -> Decision {
    let bindings = Bindings::commercial("eu-central-1", OWNER);
    let request = Request { caller, action: action.to_owned(), resource: None, context };
    evaluate(std::slice::from_ref(policy), &bindings, &request)
}

/// Whether the policy allows the action for the caller, directly or by delegating it to the account of the caller.
fn allows(policy: &Document, caller: Caller, action: &str, context: Context) -> bool {
    matches!(decide(policy, caller, action, context), Decision::Allowed { .. } | Decision::Delegated { .. })
}
