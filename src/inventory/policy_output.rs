//! Lifecycle policies as AWS's commands and CloudFormation contain them: as text inside another document.

use serde::Deserialize;
use serde_json::Value;

use super::detail::Stamp;
use crate::lifecycle::Outcome;
use crate::time::Time;

/// A lifecycle policy, and what its document tells about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyOutput {
    /// The policy in AWS's JSON, not checked.
    pub text: String,
    /// `repositoryName`, if the document has it.
    pub repository: Option<String>,
    /// What is remarkable about the policy, one sentence each.
    pub remarks: Vec<String>,
    /// The result of AWS's own preview, if the document is one.
    pub preview: Option<Preview>,
}

/// The result of `aws ecr get-lifecycle-policy-preview`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The digests of the images on which the policy acts, and what it does to them.
    pub acted: Vec<(String, Outcome)>,
    /// Whether the document has all of them.
    pub complete: bool,
}

/// The keys of `GetLifecyclePolicy` and `GetLifecyclePolicyPreview` (API reference).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    lifecycle_policy_text: String,
    repository_name: Option<String>,
    last_evaluated_at: Option<Stamp>,
    status: Option<String>,
    next_token: Option<String>,
    preview_results: Option<Vec<PreviewResult>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PreviewResult {
    image_digest: String,
    action: Action,
}

#[derive(Deserialize)]
struct Action {
    #[serde(rename = "type")]
    kind: String,
}

impl PolicyOutput {
    /// Reads a policy, the output of an AWS command that contains one as text, or a CloudFormation template in JSON with one
    /// `LifecyclePolicyText`. Any other text is returned as it is, so that the policy reader can explain what is wrong.
    ///
    /// # Errors
    /// A sentence that states why the document has no usable policy.
    pub fn read(text: &str) -> Result<PolicyOutput, String> {
        let text = text.trim_start_matches('\u{feff}');
        let plain = |text: &str| PolicyOutput { text: text.to_owned(), ..PolicyOutput::default() };
        let Ok(document) = serde_json::from_str::<Value>(text) else { return Ok(plain(text)) };
        if let Value::String(text) = &document {
            return Ok(plain(text));
        }
        if document.get("lifecyclePolicyText").is_some() {
            let output: Output = serde_json::from_value(document)
                .map_err(|error| format!("it is not output of `aws ecr get-lifecycle-policy`: {error}"))?;
            return output.policy();
        }
        let mut texts = Vec::new();
        templates(&document, &mut texts);
        match texts.as_slice() {
            [] => Ok(plain(text)),
            [Value::String(text)] => Ok(plain(text)),
            [_] => {
                Err("`LifecyclePolicyText` is computed by CloudFormation: replace it with the text of the policy"
                    .into())
            }
            all => Err(format!("it has {} values of `LifecyclePolicyText`: keep the one to simulate", all.len())),
        }
    }
}

impl Output {
    fn policy(self) -> Result<PolicyOutput, String> {
        let mut remarks = Vec::new();
        let evaluated = Stamp::read(self.last_evaluated_at, "lastEvaluatedAt").map_err(|why| format!("it {why}"))?;
        if evaluated.is_some_and(|time| time < A_YEAR) {
            remarks.push("AWS has never run this lifecycle policy: its lastEvaluatedAt is in 1970".into());
        }
        match self.status.as_deref() {
            None | Some("COMPLETE") => {}
            Some(status) => {
                return Err(format!("the preview has the status {status}: get it again when it is COMPLETE"));
            }
        }
        let complete = self.next_token.is_none();
        if !complete {
            remarks.push("AWS's preview is incomplete: it ends with a nextToken".into());
        }
        let acted = |results: Vec<PreviewResult>| results.into_iter().map(PreviewResult::acted).collect();
        let acted = self.preview_results.map(acted).transpose()?;
        Ok(PolicyOutput {
            text: self.lifecycle_policy_text,
            repository: self.repository_name,
            remarks,
            preview: acted.map(|acted| Preview { acted, complete }),
        })
    }
}

/// AWS writes the time of an event that never happened as 0.
const A_YEAR: Time = Time(365 * 86_400);

impl PreviewResult {
    fn acted(self) -> Result<(String, Outcome), String> {
        let outcome = match self.action.kind.as_str() {
            "EXPIRE" => Outcome::Expired,
            "TRANSITION" => Outcome::Archived,
            other => return Err(format!("the preview has the unknown action `{other}`")),
        };
        Ok((self.image_digest, outcome))
    }
}

/// Every `LifecyclePolicyText` in a document.
fn templates<'v>(document: &'v Value, found: &mut Vec<&'v Value>) {
    match document {
        Value::Object(keys) => {
            for (key, value) in keys {
                match key.as_str() {
                    "LifecyclePolicyText" => found.push(value),
                    _ => templates(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| templates(item, found)),
        _ => {}
    }
}
