//! Jobs with tokens of any other OIDC issuer, such as Buildkite, CircleCI, Bitbucket, Azure DevOps or Terraform Enterprise (IAM
//! user guide, "Create a role for OpenID Connect federation").
//!
//! AWS reads only the subject and the audience from these tokens. What the subject contains is up to the issuer, so the spec has it
//! as it is, with wildcards.

use crate::decode::{Decode, record};
use crate::iam::{Action, Document, Operator, Statement, Text};
use crate::principals::kind::{self, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, STS_AUDIENCE, Setting, Value, sid};
use crate::source::Spanned;
use crate::value::{Audience, IssuerUrl, ServiceAccount, SubjectPattern};

use super::comparison;

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "oidc",
    description: "Jobs with tokens of another OIDC issuer, such as Buildkite, CircleCI, Bitbucket, Azure DevOps or Terraform \
                  Enterprise. Required unless the entry has another kind of principal. \
                  Example: `oidc: { issuer: \"https://agent.buildkite.com\", subjects: [\"organization:example:pipeline:shop:ref:refs/heads/main:*\"] }`.",
    companions: &[],
    decode: kind::decode::<Oidc>,
    schema: Oidc::schema,
    issuer: None,
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [push], repositories: [shop], oidc: { issuer: \"https://agent.buildkite.com\", subjects: [\"organization:example:pipeline:shop:ref:refs/heads/main:*\"] } }",
};

record! {
    /// Jobs with tokens of an OIDC issuer.
    pub struct Oidc {
        /// URL of the issuer, which is the claim `iss` of its tokens. Its OIDC provider has the same name in `oidc_providers`,
        /// without `https://`. Required. Example: `issuer: "https://agent.buildkite.com"`.
        required issuer: Spanned<IssuerUrl>,
        /// Audience that the jobs request, which is the claim `aud` of their tokens. Default: `sts.amazonaws.com`.
        /// Example: `audience: sts.amazonaws.com`.
        optional audience: Spanned<Audience>,
        /// Subject claims of the tokens, of which one must match; `*` matches any characters. A wildcard cannot be the first
        /// character, because the beginning of a subject names the organization. Required.
        /// Example: `subjects: ["organization:example:pipeline:shop:ref:refs/heads/main:*"]`.
        required subjects: Vec<Spanned<SubjectPattern>>,
    }
}

impl Principal for Oidc {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        let issuer = self.issuer.host_and_path();
        Issuer::Known { provider: issuer, host_and_path: issuer.to_owned(), audience: audience(self) }
    }

    fn values(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
}

impl Assumable for Oidc {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &[]
    }

    fn trust(&self, _: Option<&ServiceAccount>, setting: &Setting) -> Document {
        let issuer = Text::from(self.issuer.host_and_path());
        let claim = |name: &str| issuer.clone().literal(":").literal(name);
        let subjects: Vec<String> = self.subjects.iter().map(subject).collect();
        Document::new([Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
            .sid(sid("Oidc"))
            .by(crate::iam::Principal::federated([setting.provider_arn(self.issuer.host_and_path(), &issuer)]))
            .when(Operator::STRING_EQUALS, claim("aud"), [audience(self)])
            .when(comparison(&subjects), claim("sub"), subjects)])
    }

    fn description(&self, _: &str, _: Option<&ServiceAccount>) -> String {
        format!("Jobs with tokens from {}", self.issuer.host_and_path())
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}

/// The audience of the tokens.
fn audience(oidc: &Oidc) -> &str {
    oidc.audience.as_ref().map_or(STS_AUDIENCE, |audience| audience.as_str())
}

/// A pattern as a condition value. In IAM, `${$}` is a dollar sign, because `${` begins a variable (IAM user guide, "IAM policy
/// elements: Variables and tags").
fn subject(pattern: &Spanned<SubjectPattern>) -> String {
    pattern.as_str().replace('$', "${$}")
}
