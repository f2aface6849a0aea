//! The condition keys that requests to ECR can have.

/// The global condition keys, without `aws:` (IAM User Guide, "AWS global condition context keys"). A name that ends in `/` is
/// followed by the key of a tag.
const GLOBAL: &[&str] = &[
    "AssumedRoot",
    "CalledVia",
    "CalledViaFirst",
    "CalledViaLast",
    "ChatbotSourceArn",
    "CurrentTime",
    "Ec2InstanceSourcePrivateIPv4",
    "Ec2InstanceSourceVpc",
    "EpochTime",
    "FederatedProvider",
    "MultiFactorAuthAge",
    "MultiFactorAuthPresent",
    "PrincipalAccount",
    "PrincipalArn",
    "PrincipalIsAWSService",
    "PrincipalOrgID",
    "PrincipalOrgPaths",
    "PrincipalServiceName",
    "PrincipalServiceNamesList",
    "PrincipalTag/",
    "PrincipalType",
    "Referer",
    "RequestTag/",
    "RequestedRegion",
    "ResourceAccount",
    "ResourceOrgID",
    "ResourceOrgPaths",
    "ResourceTag/",
    "SecureTransport",
    "SourceAccount",
    "SourceArn",
    "SourceIdentity",
    "SourceIp",
    "SourceOrgID",
    "SourceOrgPaths",
    "SourceVpc",
    "SourceVpcArn",
    "SourceVpce",
    "TagKeys",
    "TokenIssueTime",
    "UserAgent",
    "UserId",
    "UserName",
    "ViaAWSService",
    "VpcSourceIp",
    "VpceAccount",
    "VpceOrgID",
    "VpceOrgPaths",
];

/// The services whose keys stay with a session, or that ECR itself defines. Which of their keys exist is not checked.
const SERVICES: &[&str] = &["ecr", "ec2", "lambda", "ssm", "identitystore", "glue", "codebuild", "saml"];

/// What a condition key is for a request to ECR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionKey {
    /// A key that a request can have, or the claim of a token.
    Known,
    /// A key with `aws:` that is not a global condition key.
    NotGlobal,
    /// A key of another service, which its own requests have.
    OfService(String),
}

impl ConditionKey {
    /// What a key is. Keys ignore case.
    pub fn of(key: &str) -> ConditionKey {
        let Some((service, name)) = key.split_once(':') else { return ConditionKey::NotGlobal };
        let is = |known: &&str| match known.strip_suffix('/') {
            Some(_) => name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known)),
            None => name.eq_ignore_ascii_case(known),
        };
        match service.to_ascii_lowercase().as_str() {
            "aws" if GLOBAL.iter().any(is) => ConditionKey::Known,
            "aws" => ConditionKey::NotGlobal,
            // The claims of a token begin with the host of its issuer.
            service if service.contains('.') || SERVICES.contains(&service) => ConditionKey::Known,
            _ => ConditionKey::OfService(service.to_owned()),
        }
    }

    /// The global condition keys.
    pub fn global() -> impl Iterator<Item = String> {
        GLOBAL.iter().map(|name| format!("aws:{}", name.trim_end_matches('/')))
    }
}
