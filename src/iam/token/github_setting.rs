//! GitHub's answer to `GET /repos/OWNER/NAME/actions/oidc/customization/sub` (GitHub documentation, "REST API endpoints for
//! GitHub Actions OIDC").

use serde_json::{Map, Value};

use super::{Origin, Token};
use crate::iam::trust::GITHUB;

/// Whether an object is this answer.
pub(super) fn is(object: &Map<String, Value>) -> bool {
    ["use_default", "sub_claim_prefix", "include_claim_keys"].iter().any(|key| object.contains_key(*key))
}

pub(super) fn token(object: &Map<String, Value>) -> Result<Token, String> {
    let prefix = object
        .get("sub_claim_prefix")
        .and_then(Value::as_str)
        .ok_or("it has no `sub_claim_prefix`: ask GitHub again with the header `X-GitHub-Api-Version: 2026-03-10`")?;
    let prefix = prefix.strip_suffix(':').unwrap_or(prefix).to_owned();
    let is_default = object.get("use_default").and_then(Value::as_bool).unwrap_or(true);
    let keys = object.get("include_claim_keys").and_then(Value::as_array).into_iter().flatten();
    let keys: Vec<String> = keys.filter_map(Value::as_str).map(str::to_owned).collect();
    let is_customized = !is_default && !keys.is_empty() && keys != ["repo", "context"];
    let template = if is_customized { keys } else { Vec::new() };
    let mut token = Token::of(Origin::GithubSetting { prefix: prefix.clone(), template }, Some(GITHUB.into()));
    token.add_ids_of_subject(&prefix);
    Ok(token)
}
