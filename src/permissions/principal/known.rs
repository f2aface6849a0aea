//! What is known of the condition keys of a principal's requests to a repository (IAM User Guide, "AWS global condition
//! context keys").

use crate::iam::{Arn, Bindings, Caller, Context};
use crate::platform::Platform;

use super::{Kind, Principal};

/// Keys that only the request of an AWS service can have.
const OF_SERVICES: [&str; 6] = [
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
];

/// Text that no policy contains, for the parts of a value that are unknown.
const UNKNOWN: &str = "\u{fffd}\u{fffd}\u{fffd}";

/// The values of a key that a request does not have.
const NOTHING: [&str; 0] = [];

/// How much of the ARN of a role is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RoleArn {
    /// All of it.
    Whole,
    /// Everything but the path; the role probably has none.
    WithoutPath,
    /// Only the account.
    Account,
}

/// What is known of the requests of a principal.
pub(super) fn context(principal: &Principal, role_arn: RoleArn, platform: &Platform, bindings: &Bindings) -> Context {
    let facts = Facts { own: &bindings.account_id, is_own_known: platform.scope.account.is_some() };
    let context = Context::open().with("aws:RequestedRegion", [platform.region.to_string()]);
    let context = facts.account(context, "aws:ResourceAccount", facts.own);
    match (&principal.kind, &principal.caller) {
        (Kind::Account, Caller::Role { role, .. }) => {
            let Arn { partition, account, .. } = role;
            let arn = |unknown: &str| format!("arn:{partition}:{unknown}::{account}:{unknown}");
            let context = of_account_member(facts.account(context, "aws:PrincipalAccount", account));
            facts.arn(context, account, &[arn("*")], arn(UNKNOWN))
        }
        (_, Caller::Role { role, .. }) => {
            let context = facts.account(context, "aws:PrincipalAccount", &role.account);
            let context = of_account_member(context).with("aws:PrincipalType", ["AssumedRole"]);
            let (patterns, example) = role_patterns(&principal.kind, role_arn, role, &principal.aws_name);
            // Only AWS services assume service-linked roles, and IAM does not attach other policies to them.
            let Arn { partition, account, .. } = role;
            let context = context
                .not_beginning("aws:PrincipalArn", format!("arn:{partition}:iam::{account}:role/aws-service-role/"));
            facts.arn(context.with("aws:username", NOTHING), &role.account, &patterns, example)
        }
        (_, Caller::User(user)) => {
            let name = user.resource.rsplit('/').next().unwrap_or_default();
            let context = facts.account(context, "aws:PrincipalAccount", &user.account);
            let context = match user.service.as_str() {
                "iam" => context.with("aws:PrincipalType", ["User"]).with("aws:username", [name]),
                _ => context.with("aws:PrincipalType", ["FederatedUser"]).with("aws:username", NOTHING),
            };
            let context = of_account_member(context);
            facts.arn(context, &user.account, &[user.to_string()], user.to_string())
        }
        (_, Caller::Service(service)) => {
            let absent = ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:username"];
            let context = absent.iter().fold(context, |context, key| context.with(key, NOTHING));
            let context = context.with("aws:PrincipalIsAWSService", ["true"]);
            context.with("aws:PrincipalServiceName", [service.as_str()])
        }
        (_, Caller::Given(_)) => of_account_member(context),
        (_, Caller::Anonymous | Caller::Federated { .. }) => context,
    }
}

fn of_account_member(context: Context) -> Context {
    let context = context.with("aws:PrincipalIsAWSService", ["false"]);
    OF_SERVICES.iter().fold(context, |context, key| context.with(key, NOTHING))
}

/// The patterns of a role's ARN, and an example.
fn role_patterns(kind: &Kind, known: RoleArn, role: &Arn, name: &str) -> (Vec<String>, String) {
    let with = |resource: String| Arn { resource, ..role.clone() }.to_string();
    match (kind, known) {
        // AWS chooses the suffix of the name, and leaves out the region of the path in us-east-1.
        (Kind::PermissionSet, _) => {
            let arn = |unknown: &str| {
                with(format!("role/aws-reserved/sso.amazonaws.com/{unknown}/AWSReservedSSO_{name}_{unknown}"))
            };
            let without_region = with(format!("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_{name}_*"));
            (vec![arn("*"), without_region], arn(UNKNOWN))
        }
        (_, RoleArn::Whole) => (vec![role.to_string()], role.to_string()),
        (_, RoleArn::WithoutPath) => {
            let name = role.resource.rsplit('/').next().unwrap_or_default();
            (vec![role.to_string(), with(format!("role/*/{name}"))], role.to_string())
        }
        (_, RoleArn::Account) => (vec![with("role/*".into())], with(format!("role/{UNKNOWN}"))),
    }
}

/// What is known of the account of the spec.
struct Facts<'a> {
    /// The account, or what represents it.
    own: &'a str,
    is_own_known: bool,
}

impl Facts<'_> {
    /// Sets the key to an account. The account of the spec can be unknown.
    fn account(&self, context: Context, key: &str, account: &str) -> Context {
        match self.is_own_known || account != self.own {
            true => context.with(key, [account]),
            false => context.with_like(key, ["????????????"], account),
        }
    }

    /// Sets `aws:PrincipalArn`.
    fn arn(&self, context: Context, account: &str, patterns: &[String], example: String) -> Context {
        let is_known = self.is_own_known || account != self.own;
        match patterns {
            [arn] if is_known && *arn == example => context.with("aws:PrincipalArn", [example]),
            patterns if is_known => context.with_like("aws:PrincipalArn", patterns, example),
            patterns => {
                let any_account = |arn: &String| arn.replacen(&format!("::{account}:"), "::*:", 1);
                context.with_like("aws:PrincipalArn", patterns.iter().map(any_account), example)
            }
        }
    }
}
