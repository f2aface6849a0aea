//! Checks the IAM policies in the account with parliament, an independent linter.

use serde_json::Value;

use super::moto::Moto;

/// False positives of parliament: the issue, a part of its detail, and the reason why it is none.
const FALSE_FINDINGS: [(&str, &str, &str); 4] = [
    (
        "RESOURCE_POLICY_PRIVILEGE_ESCALATION",
        "arn:aws:s3:::piksel-shared-ecr-trail-123456789012 due to s3:",
        "whoever manages a bucket's policy or lifecycle reaches its objects in the end; the apply role manages the trail's",
    ),
    (
        "RESOURCE_MISMATCH",
        "[{'action': 'ecr:BatchImportUpstreamImage', 'required_format': '*'}]",
        "parliament's data is older than the resource type of this action: a repository (Service Authorization Reference)",
    ),
    (
        "RESOURCE_MISMATCH",
        "s3:GetStorageLensConfiguration",
        "it is among what `s3:Get*Configuration` covers, and granted on no bucket, nor needed",
    ),
    (
        "RESOURCE_MISMATCH",
        "[{'action': 'kms:CreateAlias', 'required_format': 'arn:*:kms:*:*:key/*'}, {'action': 'kms:DeleteAlias', \
         'required_format': 'arn:*:kms:*:*:key/*'}, {'action': 'kms:UpdateAlias', 'required_format': 'arn:*:kms:*:*:key/*'}]",
        "an alias needs permissions on the alias and on its key; the key policy grants those on the key (KMS developer guide, \
         \"Controlling access to aliases\")",
    ),
];

/// Checks that parliament has no complaints about any policy.
pub fn finds_nothing(moto: &Moto) {
    let found = moto.script("lint_policies.py", &[]);
    let found = found.as_array().expect("a list");
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    let wrong: Vec<&Value> = found
        .iter()
        .filter(|finding| {
            let is_false = |(issue, detail, _): &(&str, &str, &str)| {
                text(finding, "issue") == *issue && text(finding, "detail").contains(detail)
            };
            !FALSE_FINDINGS.iter().any(is_false)
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
