//! A web identity token as AWS STS reads it, from the texts in which people find it.
//!
//! A token is only decoded: its signature is neither checked nor kept.

mod cloudtrail;
mod github_setting;
mod read;

use std::collections::BTreeMap;

use crate::iam::trust;

/// The claims of a token, as far as they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where the claims come from.
    pub origin: Origin,
    /// The host and path of the issuer; `None` if it is not known.
    pub issuer: Option<String>,
    claims: BTreeMap<String, Vec<String>>,
}

/// Where the claims of a token come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The token itself, or its decoded claims: a claim that is missing here is missing in the token.
    Claims,
    /// A CloudTrail event, which has only the issuer, the audience and the subject.
    Event {
        /// The ARN of the role that was requested.
        role: Option<String>,
        /// Why AWS refused the request; `None` if it did not.
        error: Option<String>,
    },
    /// GitHub's setting for the subjects of a repository.
    GithubSetting {
        /// The beginning of its subjects, for example `repo:octo-org@1/app@2`.
        prefix: String,
        /// The claims of a customized subject; empty for the default.
        template: Vec<String>,
    },
}

impl Token {
    /// Reads a token, its claims as JSON, a CloudTrail event, or GitHub's setting for the subjects of a repository.
    ///
    /// # Errors
    /// If the text has another form, with the reason.
    pub fn read(text: &str) -> Result<Self, String> {
        read::token(text)
    }

    /// The values of a claim, in the order of the token. Empty if the claim is missing or not known.
    pub fn values(&self, claim: &str) -> &[String] {
        self.claims.get(&claim.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The first value of a claim.
    pub fn claim(&self, claim: &str) -> Option<&str> {
        self.values(claim).first().map(String::as_str)
    }

    /// The subject.
    pub fn subject(&self) -> Option<&str> {
        self.claim("sub")
    }

    /// Whether a claim without a value can have one in the token.
    pub fn may_have(&self, claim: &str) -> bool {
        self.origin != Origin::Claims && self.values(claim).is_empty()
    }

    /// The values of a claim that AWS reads from tokens of this issuer.
    pub fn values_for_aws(&self, issuer: &str, claim: &str) -> &[String] {
        if trust::reads_claim(issuer, claim) { self.values(claim) } else { &[] }
    }

    /// The same token with another subject.
    #[must_use]
    pub fn with_subject(&self, subject: String) -> Self {
        let mut token = self.clone();
        token.set("sub", vec![subject]);
        token
    }

    /// The role that was requested.
    pub fn requested_role(&self) -> Option<&str> {
        match &self.origin {
            Origin::Event { role, .. } => role.as_deref(),
            _ => None,
        }
    }

    /// Whether AWS refused the request.
    pub fn was_refused(&self) -> bool {
        matches!(&self.origin, Origin::Event { error: Some(_), .. })
    }

    fn of(origin: Origin, issuer: Option<String>) -> Self {
        Token { origin, issuer, claims: BTreeMap::new() }
    }

    fn set(&mut self, claim: &str, values: Vec<String>) {
        self.claims.insert(claim.to_ascii_lowercase(), values);
    }

    /// Adds the IDs of owner and repository that an immutable subject of GitHub contains.
    fn add_ids_of_subject(&mut self, subject: &str) {
        let Some(rest) = subject.strip_prefix("repo:") else { return };
        let repository = rest.split(':').next().unwrap_or(rest);
        let Some(ids) = repository.parse::<trust::GithubRepository>().ok().and_then(|repository| repository.ids) else {
            return;
        };
        for (claim, id) in [("repository_id", ids.repository), ("repository_owner_id", ids.owner)] {
            if self.values(claim).is_empty() {
                self.set(claim, vec![id.to_string()]);
            }
        }
    }
}

/// The host and path of an issuer, from its URL or from the ARN of its OIDC provider.
fn host_and_path(issuer: &str) -> String {
    let host = issuer.split_once(":oidc-provider/").map_or(issuer, |(_, host)| host);
    let host = host.strip_prefix("https://").unwrap_or(host);
    host.strip_suffix('/').unwrap_or(host).to_owned()
}
