//! The issuers of the tokens that access entries trust: host and path, as IAM spells them in the ARNs of its OIDC
//! providers and in condition keys.

use crate::language::access::{Github, Gitlab};
use crate::platform::access::{Access, Principal};

/// GitHub's (GitHub documentation, "OpenID Connect reference").
pub const GITHUB: &str = "token.actions.githubusercontent.com";

/// GitLab's (GitLab documentation, "Configure OpenID Connect in AWS to retrieve temporary credentials").
pub const GITLAB: &str = "gitlab.com";

/// HCP Terraform's (HCP Terraform documentation, "Dynamic credentials with the AWS provider").
pub const HCP: &str = "app.terraform.io";

/// The names that `oidc_providers` has for issuers that are not clusters, and whom they mean unless an entry says
/// otherwise.
pub const NAMED: [(&str, &str); 3] = [("github", GITHUB), ("gitlab", GITLAB), ("hcp", HCP)];

/// GitHub's for these workflows: an enterprise may have one of its own, and every server and every subdomain of ghe.com
/// has.
pub fn github(github: &Github) -> String {
    let host = github.url.as_ref().map(|url| url.host_and_path());
    match (&github.enterprise, host) {
        (Some(enterprise), _) => format!("{GITHUB}/{}", enterprise.as_str()),
        (None, Some(host)) if host.ends_with(".ghe.com") => format!("token.actions.{host}"),
        (None, Some(host)) => format!("{host}/_services/token"),
        (None, None) => GITHUB.to_owned(),
    }
}

/// GitLab's for these pipelines: the address of the instance.
pub fn gitlab(gitlab: &Gitlab) -> &str {
    gitlab.url.as_ref().map_or(GITLAB, |url| url.host_and_path())
}

/// The issuer that an entry trusts, with its name; clusters tell theirs at the apply.
pub fn of(access: &Access) -> Option<(&'static str, String)> {
    match &access.principal {
        Principal::Github(_, entry) => Some(("github", github(entry))),
        Principal::Gitlab(_, entry) => Some(("gitlab", gitlab(entry).to_owned())),
        Principal::Hcp(..) => Some(("hcp", HCP.to_owned())),
        _ => None,
    }
}

/// All issuers that a name stands for, each once.
pub fn all(access: &[Access], name: &str) -> Vec<String> {
    let mut issuers: Vec<String> = Vec::new();
    for (_, issuer) in access.iter().filter_map(of).filter(|(named, _)| *named == name) {
        if !issuers.contains(&issuer) {
            issuers.push(issuer);
        }
    }
    let otherwise = NAMED.iter().find(|(named, _)| *named == name).map(|(_, issuer)| (*issuer).to_owned());
    if issuers.is_empty() { Vec::from_iter(otherwise) } else { issuers }
}
