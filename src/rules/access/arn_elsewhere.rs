//! ARNs of IAM resources in another account or partition, where AWS needs them in those of the spec.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Arn;
use crate::platform::Platform;
use crate::platform::access::iam::Boundary;
use crate::policies::Phase;
use crate::policies::bindings::partition;
use crate::principals::kinds::assumed_by::AssumedBy;
use crate::principals::{Means, OidcProvider, ProviderSource};
use crate::rules::{Facts, Finding, Rule};
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
    check: |facts| arns(facts).into_iter().filter_map(|arn| finding(facts.platform, &arn)).collect(),
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

/// The ARNs of IAM resources in a platform. Names of roles are not ARNs.
fn arns<'p>(facts: &Facts<'p>) -> Vec<Written<'p>> {
    let platform = facts.platform;
    let mut arns = Vec::new();
    for access in &platform.access {
        let path = format!("access.{}", access.name);
        let role = |arn: &'p RoleRef, span, instead| {
            let what = format!("role `{}`", arn.name());
            Written { what, arn: arn.as_str(), span, path: path.clone(), instead }
        };
        let to_attach = access.attached.iter().filter_map(|role| Some((role.value.written()?, role.span)));
        arns.extend(to_attach.map(|(arn, span)| role(arn, span, Some("write this ARN itself instead of a variable"))));
        arns.extend(access.guests.iter().map(|guest| role(&guest.value, guest.span, None)));
        let assuming = access.principal_as::<AssumedBy>().into_iter().flat_map(|assuming| &assuming.principals);
        arns.extend(assuming.filter_map(|principal| {
            let (what, arn) = ("this principal".to_owned(), principal.value.written()?.as_str());
            Some(Written { what, arn, span: principal.span, path: path.clone(), instead: None })
        }));
    }
    if let Some(role) = &platform.root.assume_role
        && let Some(arn) = role.value.written()
    {
        arns.push(Written {
            what: "the role that the AWS provider assumes".to_owned(),
            arn: arn.as_str(),
            span: role.span,
            path: "terraform.assume_role".to_owned(),
            instead: Some("write the ARN of a role in the account of the spec"),
        });
    }
    if let Some(backend) = &platform.root.backend
        && let Some(role) = &backend.assume_role
    {
        arns.push(Written {
            what: "the role that reads and writes the state".to_owned(),
            arn: role.as_str(),
            span: role.span,
            path: "terraform.backend.s3.assume_role".to_owned(),
            instead: None,
        });
    }
    for access in &platform.access {
        if let Means::PermissionSet(set) = access.principal.means()
            && let Some(arn) = set.instance.written()
        {
            arns.push(Written {
                what: "the instance of IAM Identity Center".to_owned(),
                arn: arn.as_str(),
                span: access.span,
                path: format!("access.{}", access.name),
                instead: None,
            });
        }
    }
    for (name, provider) in &platform.oidc_providers {
        if let OidcProvider::Existing(ProviderSource::Arn(arn)) = &provider.value {
            arns.push(Written {
                what: format!("OIDC provider `{name}`"),
                arn: arn.as_str(),
                span: provider.span,
                path: format!("oidc_providers.{name}"),
                instead: Some("write the ARN of the provider in this account, or `existing`"),
            });
        }
    }
    if let Some(Boundary::Existing(boundary)) = &platform.iam.boundary
        && let Some(arn) = boundary.written()
    {
        arns.push(Written {
            what: "the permissions boundary".to_owned(),
            arn: arn.as_str(),
            span: platform.place_of(&["iam.permissions_boundary"]),
            path: "iam.permissions_boundary".to_owned(),
            instead: Some("write the ARN of a policy in this account"),
        });
    }
    for phase in Phase::ALL {
        let attached = platform.workspace.iter().flat_map(|workspace| phase.existing_policies(workspace));
        arns.extend(attached.filter_map(|policy| {
            let arn = policy.value.written()?;
            Some(Written {
                what: format!("policy `{}`", arn.name()),
                arn: arn.as_str(),
                span: policy.span,
                path: format!("workspace.policies.{}", phase.as_str()),
                instead: Some("write the ARN of a policy in this account"),
            })
        }));
    }
    arns
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
