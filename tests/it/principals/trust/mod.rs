//! Trust policies: who can assume the roles of each kind of principal, as IAM evaluates it.

mod assumed_by;
mod github;
mod gitlab;
mod hcp;
mod oidc;
mod permission_set;
mod pods;

use ecrgen::iam::{Bindings, Caller, Context, Decision, Document, Request, evaluate_trust};
use ecrgen::policies::TrustedRole;

use crate::harness::Compiled;

/// The keys that the fragments are added to: an account and a repository.
const BASE: &str = "
platform: shop
environment: prod
region: eu-central-1
account: \"123456789012\"
repositories: { web: {} }
";

fn compiled(fragment: &str) -> Compiled {
    Compiled::of(format!("{BASE}{fragment}"))
}

/// An entry with `push` on the repository.
fn entry(principal: &str) -> String {
    format!("access:\n  a:\n    can: [push]\n    repositories: [web]\n    {principal}\n")
}

/// A role and its trust policy.
struct Role {
    name: String,
    trust: Document,
    bindings: Bindings,
}

/// The roles of a spec without errors.
fn roles(fragment: &str) -> Vec<Role> {
    let compiled = compiled(fragment);
    let policies = compiled.policies();
    let roles = policies.grants.iter().flat_map(|grant| &grant.roles);
    let role = |role: &TrustedRole| Role {
        name: role.role.name.clone(),
        trust: policies.document(role.trust).clone(),
        bindings: policies.bindings.clone(),
    };
    roles.map(role).collect()
}

/// The only role of an entry.
fn role(principal: &str) -> Role {
    let mut roles = roles(&entry(principal));
    assert_eq!(roles.len(), 1, "{principal}");
    roles.remove(0)
}

/// The claims of a token.
type Claims<'a> = Vec<(&'a str, &'a str)>;

impl Role {
    /// Whether a token of this issuer is accepted.
    fn takes(&self, issuer: &str, claims: &Claims) -> bool {
        let provider = format!("arn:aws:iam::123456789012:oidc-provider/{issuer}");
        let context = claims
            .iter()
            .fold(Context::default(), |context, (claim, value)| context.with(&format!("{issuer}:{claim}"), [*value]));
        self.admits(Caller::Federated { provider }, "sts:AssumeRoleWithWebIdentity", context)
    }

    /// Whether the caller can assume the role.
    fn admits(&self, caller: Caller, action: &str, context: Context) -> bool {
        let request = Request { caller, action: action.to_owned(), resource: None, context };
        matches!(evaluate_trust(&self.trust, &[], &self.bindings, &request), Decision::Allowed { .. })
    }

    /// Checks that the token is accepted, and is rejected without any one of its claims, with any one of the other claims in
    /// place of its own, or from another issuer.
    fn takes_only(&self, issuer: &str, token: &Claims, others: &[(&str, &str)]) {
        assert!(self.takes(issuer, token), "{}: {token:?}", self.name);
        for (claim, value) in token {
            let without: Claims = token.iter().filter(|(name, _)| name != claim).copied().collect();
            assert!(!self.takes(issuer, &without), "without {claim}: {value}");
        }
        for other in others {
            assert!(!self.takes(issuer, &with(token, *other)), "with {other:?}");
        }
        assert!(!self.takes(&format!("{issuer}/else"), token));
        assert!(!self.takes("issuer.example.com", token));
    }
}

/// The token with another value for a claim.
fn with<'a>(token: &Claims<'a>, (claim, value): (&'a str, &'a str)) -> Claims<'a> {
    assert!(token.iter().any(|(name, _)| *name == claim), "{claim}");
    token.iter().map(|(name, old)| (*name, if *name == claim { value } else { old })).collect()
}
