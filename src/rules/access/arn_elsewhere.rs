//! ARNs of IAM resources in another account or partition, where AWS needs them in those of the spec.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Arn;
use crate::platform::access::iam::Boundary;
use crate::platform::{Access, Platform};
use crate::policies::Phase;
use crate::policies::bindings::partition;
use crate::principals::kinds::assumed_by::AssumedBy;
use crate::principals::{Means, OidcProvider, ProviderSource};
use crate::rules::{Finding, Rule};
use crate::source::Span;
use crate::value::RoleRef;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "arn-elsewhere",
        severity: Severity::Error,
        what: "The ARN of a role, a policy, a permissions boundary or an OIDC provider is in another account or partition than the spec.",
        why: "IAM attaches policies and boundaries only within an account, and a role only trusts OIDC providers of the same account. \
          Terraform attaches policies by the name of the role, so for a variable with the ARN of a role of another account it \
          would change the role of that name in the account of the spec. No principal of one partition, such as `aws-cn`, can use resources of another one.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
account: \"111111111111\"
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    gitlab: { project: example/shop, project_id: 3333, branches: [main] }
oidc_providers: { gitlab: \"arn:aws:iam::222222222222:oidc-provider/gitlab.com\" }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
account: \"111111111111\"
repositories: { shop: {} }
access:
  pipeline:
    can: [push]
    repositories: [shop]
    gitlab: { project: example/shop, project_id: 3333, branches: [main] }
oidc_providers: { gitlab: \"arn:aws:iam::111111111111:oidc-provider/gitlab.com\" }
",
        ),
        source: "IAM user guide, \"IAM identifiers\"; IAM API reference, AttachRolePolicy, CreateRole and CreateOpenIDConnectProvider",
        is_claim: false,
    },
    check: |facts| {
        let arns = SOURCES.iter().flat_map(|arns| arns(facts.platform));
        arns.filter_map(|arn| finding(facts.platform, &arn)).collect()
    },
};

/// An ARN in the spec.
struct Written<'p> {
    what: String,
    arn: &'p str,
    span: Span,
    path: String,
    /// What to write instead of an ARN of another account; `None` if such an ARN can work.
    instead: Option<&'static str>,
}

/// Where a platform has ARNs of IAM resources. Names of roles are not ARNs.
const SOURCES: [for<'p> fn(&'p Platform) -> Vec<Written<'p>>; 7] =
    [roles, provider_role, state_role, identity_centers, oidc_providers, boundary, policies_of_runs];

fn roles(platform: &Platform) -> Vec<Written<'_>> {
    platform.access.iter().flat_map(roles_of).collect()
}

fn roles_of(access: &Access) -> Vec<Written<'_>> {
    let path = format!("access.{}", access.name);
    let written = |what, arn, span, instead| Written { what, arn, span, path: path.clone(), instead };
    let name = |role: &RoleRef| format!("role `{}`", role.name());
    let attached = access.attached.iter().filter_map(|role| {
        let arn = role.value.written()?;
        Some(written(name(arn), arn.as_str(), role.span, Some("write this ARN itself instead of a variable")))
    });
    let guests = access.guests.iter().map(|role| written(name(&role.value), role.value.as_str(), role.span, None));
    let assuming = access.principal_as::<AssumedBy>().into_iter().flat_map(|assuming| &assuming.principals);
    let assuming = assuming.filter_map(|principal| {
        let arn = principal.value.written()?.as_str();
        Some(written("this principal".to_owned(), arn, principal.span, None))
    });
    attached.chain(guests).chain(assuming).collect()
}

fn provider_role(platform: &Platform) -> Vec<Written<'_>> {
    let written = platform.root.assume_role.iter().filter_map(|role| {
        Some(Written {
            what: "the role that the AWS provider assumes".to_owned(),
            arn: role.value.written()?.as_str(),
            span: role.span,
            path: "terraform.assume_role".to_owned(),
            instead: Some("write the ARN of a role in the account of the spec"),
        })
    });
    written.collect()
}

fn state_role(platform: &Platform) -> Vec<Written<'_>> {
    let role = platform.root.backend.iter().filter_map(|backend| backend.assume_role.as_ref());
    let written = role.map(|role| Written {
        what: "the role that reads and writes the state".to_owned(),
        arn: role.as_str(),
        span: role.span,
        path: "terraform.backend.s3.assume_role".to_owned(),
        instead: None,
    });
    written.collect()
}

fn identity_centers(platform: &Platform) -> Vec<Written<'_>> {
    let written = platform.access.iter().filter_map(|access| {
        let Means::PermissionSet(set) = access.principal.means() else { return None };
        Some(Written {
            what: "the instance of IAM Identity Center".to_owned(),
            arn: set.instance.value.written()?.as_str(),
            span: set.instance.span,
            path: format!("access.{}", access.name),
            instead: None,
        })
    });
    written.collect()
}

fn oidc_providers(platform: &Platform) -> Vec<Written<'_>> {
    let written = platform.oidc_providers.iter().filter_map(|(name, provider)| {
        let OidcProvider::Existing(ProviderSource::Arn(arn)) = &provider.value else { return None };
        Some(Written {
            what: format!("OIDC provider `{name}`"),
            arn: arn.as_str(),
            span: provider.span,
            path: format!("oidc_providers.{name}"),
            instead: Some("write the ARN of the provider in this account, or `existing`"),
        })
    });
    written.collect()
}

fn boundary(platform: &Platform) -> Vec<Written<'_>> {
    let Some(Boundary::Existing(boundary)) = &platform.iam.boundary else { return Vec::new() };
    let path = "iam.permissions_boundary";
    let written = boundary.written().map(|arn| Written {
        what: "the permissions boundary".to_owned(),
        arn: arn.as_str(),
        span: platform.place_of(&[path]),
        path: path.to_owned(),
        instead: Some("write the ARN of a policy in this account"),
    });
    written.into_iter().collect()
}

fn policies_of_runs(platform: &Platform) -> Vec<Written<'_>> {
    let phases = Phase::ALL.iter().flat_map(|phase| {
        let policies = platform.workspace.iter().flat_map(|workspace| phase.existing_policies(workspace));
        policies.map(move |policy| (*phase, policy))
    });
    let written = phases.filter_map(|(phase, policy)| {
        let arn = policy.value.written()?;
        Some(Written {
            what: format!("policy `{}`", arn.name()),
            arn: arn.as_str(),
            span: policy.span,
            path: format!("workspace.policies.{}", phase.as_str()),
            instead: Some("write the ARN of a policy in this account"),
        })
    });
    written.collect()
}

fn finding(platform: &Platform, written: &Written) -> Option<Finding> {
    let Arn { partition: theirs, account, .. } = written.arn.parse().ok()?;
    let ours = partition(&platform.region).0;
    let (what, help) = match (platform.scope.account.as_deref(), written.instead) {
        _ if theirs != ours => {
            (format!("partition {theirs}, but the spec is for {ours}"), "write an ARN of that partition")
        }
        // Policies of AWS have the account `aws`.
        (Some(own), Some(instead)) if account != own && account != "aws" => {
            (format!("account {account}, but the spec is for account {own}"), instead)
        }
        _ => return None,
    };
    let help = help.replace("that partition", &format!("the partition {ours}"));
    Some(RULE.finding(written.span, format!("{} is in {what}", written.what)).help(help).at(written.path.clone()))
}
