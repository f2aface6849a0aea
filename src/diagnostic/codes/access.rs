//! Access entries and the providers whose tokens they trust.

use super::{codes, spec};

codes! {
    SESSION_WITHOUT_ROLE = {
        name: "session-without-role",
        severity: Error,
        what: "An access entry has `session_duration` but creates neither a role nor a permission set.",
        why: "The duration of sessions is a property of the role. Roles that already exist, other accounts and Lambda \
              functions get permissions here, but their sessions are configured where the roles are created.",
        bad: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [eks-node], session_duration: 4h }
"),
        good: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [eks-node] }
"),
        source: "IAM API reference, CreateRole, `MaxSessionDuration`",
    }
    UNFIT_ORGANIZATION = {
        name: "unfit-organization",
        severity: Error,
        what: "One of `accounts: all` and `organization` is written without the other one.",
        why: "Together they grant access to every account of an organization. `accounts: all` alone would be every \
              account of AWS, and `organization` alone could narrow a list of accounts or open the repository to all \
              of them.",
        bad: spec!("
repositories: { shop: {} }
access:
  partners: { can: [pull], repositories: [shop], accounts: all }
"),
        good: spec!("
repositories: { shop: {} }
access:
  partners: { can: [pull], repositories: [shop], accounts: all, organization: o-a1b2c3d4e5 }
"),
        source: "IAM user guide, \"AWS global condition context keys\", aws:PrincipalOrgID",
    }
    UNKNOWN_OIDC_PROVIDER = {
        name: "unknown-oidc-provider",
        severity: Error,
        what: "`oidc_providers` has a key that is neither a product nor an EKS cluster of an access entry.",
        why: "The key tells the issuer of the tokens: `github`, `gitlab`, `hcp`, or the cluster of an `irsa` entry. \
              Without an issuer there is no provider to create or to look up.",
        bad: spec!("
repositories: { shop: {} }
access:
  ci:
    can: [push]
    repositories: [shop]
    github: { repository: acme/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
oidc_providers: { githb: create }
"),
        good: spec!("
repositories: { shop: {} }
access:
  ci:
    can: [push]
    repositories: [shop]
    github: { repository: acme/shop, owner_id: 1111, repository_id: 2222, branches: [main] }
oidc_providers: { github: create }
"),
        source: "IAM user guide, \"Create an OpenID Connect (OIDC) identity provider in IAM\"; ecrgen language \
                 reference, `oidc_providers`",
    }
    PROVIDER_OF_ANOTHER_ISSUER = {
        name: "provider-of-another-issuer",
        severity: Error,
        what: "An OIDC provider is configured that belongs to another issuer than the tokens that access entries \
              trust.",
        why: "An IAM OIDC provider accepts tokens of exactly one issuer. GitHub enterprises, GitHub Enterprise Servers \
              and self-hosted GitLab instances each have their own, and with the wrong provider every \
              AssumeRoleWithWebIdentity fails.",
        bad: spec!("
repositories: { shop: {} }
oidc_providers: { gitlab: \"arn:aws:iam::111122223333:oidc-provider/gitlab.com\" }
access:
  ci:
    can: [push]
    repositories: [shop]
    gitlab: { url: \"https://gitlab.example.com\", project: shop/cart, project_id: 42, branches: [main] }
"),
        good: spec!("
repositories: { shop: {} }
oidc_providers: { gitlab: \"arn:aws:iam::111122223333:oidc-provider/gitlab.example.com\" }
access:
  ci:
    can: [push]
    repositories: [shop]
    gitlab: { url: \"https://gitlab.example.com\", project: shop/cart, project_id: 42, branches: [main] }
"),
        source: "IAM API reference, CreateOpenIDConnectProvider, `Url`; STS API reference, AssumeRoleWithWebIdentity",
    }
}
