//! Access entries, and the OIDC providers whose tokens they trust.

use super::{codes, spec};

codes! {
    SESSION_WITHOUT_ROLE = {
        name: "session-without-role",
        severity: Error,
        what: "An access entry sets `session_duration` but creates neither a role nor a permission set.",
        why: "The session duration is a property of the role itself. For existing roles, other accounts and Lambda \
              functions, ecrgen only grants permissions; the duration of their sessions is configured where those \
              roles are created, so the key would have no effect here.",
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
        what: "`accounts: all` is used without `organization`, `organization` without `accounts`, or `organizational_units` \
               without `organization`.",
        why: "Together, `accounts: all` and `organization` grant access to every account of one organization. \
              `accounts: all` alone would grant access to every AWS account. `organization` alone could be read as a \
              restriction or as access for the whole organization. The path of an organizational unit begins with the ID of its \
              organization.",
        bad: spec!("
repositories: { shop: {} }
access:
  partners: { can: [pull], repositories: [shop], accounts: all }
"),
        good: spec!("
repositories: { shop: {} }
access:
  partners: { can: [pull], repositories: [shop], accounts: all, organization: o-a1b2c3d4e5 }
waive: { lambda-access-removed: { at: [repositories], reason: No Lambda functions } }
"),
        source: "IAM user guide, \"AWS global condition context keys\", aws:PrincipalOrgID",
    }
    UNKNOWN_OIDC_PROVIDER = {
        name: "unknown-oidc-provider",
        severity: Error,
        what: "`oidc_providers` has a key that is not a known product, nor the EKS cluster or the issuer of an access entry.",
        why: "The key identifies the issuer of the tokens: `github`, `gitlab`, `hcp`, the cluster of an `irsa` \
              access entry, or the issuer of an `oidc` access entry without `https://`. For any other key the issuer is unknown, so there is no provider to create or to look up.",
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
        what: "An OIDC provider does not belong to the issuer of the tokens that access entries trust.",
        why: "An IAM OIDC provider accepts tokens from exactly one issuer. GitHub enterprises, GitHub Enterprise \
              Servers and self-hosted GitLab instances each have their own issuer. With the wrong provider, every \
              AssumeRoleWithWebIdentity call fails.",
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
