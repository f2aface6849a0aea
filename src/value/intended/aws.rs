//! What the authors of malformed AWS names, IDs and ARNs probably intended.
//!
//! The console, the AWS CLI and Terraform show many things by ARN or URL that the spec calls by name, and the reverse.

/// The parts of an ARN after its service: the region, the account and the resource.
fn arn<'t>(text: &'t str, service: &str) -> Option<(&'t str, &'t str)> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let (_, of, _, account) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    (of == service).then_some(())?;
    Some((account, parts.next()?))
}

/// The resource of an ARN, without its type.
fn in_arn(text: &str, service: &str, kind: &str) -> Option<String> {
    let (_, resource) = arn(text, service)?;
    Some(resource.strip_prefix(kind)?.to_owned())
}

/// The region of an Availability Zone: `eu-central-1a` is in `eu-central-1`.
pub(in crate::value) fn region(text: &str) -> Option<String> {
    text.strip_suffix(|c: char| c.is_ascii_lowercase()).map(str::to_owned)
}

/// An account ID without the hyphens that the console shows, or the account of an ARN that stands for all of it.
pub(in crate::value) fn account(text: &str) -> Option<String> {
    match arn(text, "iam") {
        Some((account, "root")) => Some(account.to_owned()),
        Some(_) => None,
        None => Some(text.replace(['-', ' '], "")),
    }
}

/// What to write instead of a principal.
pub(in crate::value) fn account_of(text: &str) -> Option<&'static str> {
    text.starts_with("arn:").then_some(
        "write the 12 digits of an account in quotes; in an access entry, use `roles` or `assumed_by` for single roles and users",
    )
}

/// The ID of an organization in its ARN.
pub(in crate::value) fn organization(text: &str) -> Option<String> {
    in_arn(text, "organizations", "organization/")
}

/// What to write instead of something that is not the ID of an organization.
pub(in crate::value) fn organizational_unit(text: &str) -> Option<&'static str> {
    Some(match text.contains("ou-") {
        true => {
            "write organizational units under `organizational_units`, and here the ID of the organization, which `aws organizations describe-organization --query Organization.Id` prints"
        }
        false => "write the ID that `aws organizations describe-organization --query Organization.Id` prints",
    })
}

/// The name of a Lambda function in its ARN, without version and alias.
pub(in crate::value) fn function(text: &str) -> Option<String> {
    let name = in_arn(text, "lambda", "function:").or_else(|| Some(text.split_once(":function:")?.1.to_owned()));
    let name = name.unwrap_or_else(|| text.to_owned());
    name.split(':').next().map(str::to_owned)
}

/// The name of a role after `role/`.
pub(in crate::value) fn role(text: &str) -> Option<String> {
    assumed_role(text).or_else(|| Some(text.strip_prefix("role/")?.rsplit('/').next()?.to_owned()))
}

/// IAM user guide, "IAM user groups": a group cannot be identified as a principal in a policy.
pub(crate) const GROUP: &str = "an IAM group cannot be a principal: write `assumed_by: [\"arn:aws:iam::ACCOUNT:root\"]` with the ID \
                                of the account, and allow the group `sts:AssumeRole` on the role";

/// What to write instead of an instance profile or a user.
pub(in crate::value) fn role_of(text: &str) -> Option<&'static str> {
    let (_, resource) = arn(text, "iam")?;
    Some(match resource.split('/').next()? {
        "instance-profile" => {
            "write the role of the instance profile: `aws iam get-instance-profile --instance-profile-name NAME` shows it"
        }
        "group" => GROUP,
        _ => "write the ARN of a role, or use `assumed_by` for other principals",
    })
}

/// The ARN of the role in that of a session of the role, which `aws sts get-caller-identity` prints.
fn assumed_role(text: &str) -> Option<String> {
    let role = in_arn(text, "sts", "assumed-role/")?;
    let (partition, account) = (text.split(':').nth(1)?, text.split(':').nth(4)?);
    Some(format!("arn:{partition}:iam::{account}:role/{}", role.split('/').next()?))
}

/// The ARN of an account root or of the role of a session.
pub(in crate::value) fn principal(text: &str) -> Option<String> {
    let account = text.replace('-', "");
    assumed_role(text).or_else(|| Some(format!("arn:aws:iam::{account}:root")))
}

/// How to write a principal that has only a name.
pub(in crate::value) fn principal_arn(text: &str) -> Option<&'static str> {
    if arn(text, "iam").is_some_and(|(_, resource)| resource.starts_with("group/")) {
        return Some(GROUP);
    }
    Some(match text.contains('*') {
        true => "patterns are not supported here: write the ARN of each principal",
        false => "write the full ARN, for example `arn:aws:iam::123456789012:role/NAME`",
    })
}

/// How to write a key that is not an ARN or alias.
pub(in crate::value) fn key_arn(text: &str) -> Option<&'static str> {
    Some(match text.contains("aws/ecr") || text == "aws_managed" {
        true => "write `encryption: kms` for the key that AWS manages",
        false => {
            "write the ARN, which `aws kms describe-key --key-id ID --query KeyMetadata.Arn` prints, or an alias such as `alias/registry`"
        }
    })
}

/// The name of a bucket in its ARN or URL.
pub(in crate::value) fn bucket(text: &str) -> Option<String> {
    let name = in_arn(text, "s3", "").or_else(|| text.strip_prefix("s3://").map(str::to_owned));
    name?.split('/').next().map(str::to_owned)
}

/// The name of an EKS cluster in its ARN.
pub(in crate::value) fn cluster(text: &str) -> Option<String> {
    in_arn(text, "eks", "cluster/")
}

/// The name of a CodeBuild project in its ARN.
pub(in crate::value) fn codebuild_project(text: &str) -> Option<String> {
    in_arn(text, "codebuild", "project/")
}

/// The name of a repository in its ARN or URL, without the tag of an image.
pub(in crate::value) fn repository(text: &str) -> Option<String> {
    let name = in_arn(text, "ecr", "repository/").or_else(|| Some(in_registry(text)?.2.to_owned()));
    name.unwrap_or_else(|| text.to_owned()).split([':', '@']).next().map(str::to_owned)
}

/// The account, the region and the path of a URL in a registry.
fn in_registry(text: &str) -> Option<(&str, &str, &str)> {
    let plain = text.strip_prefix("https://").unwrap_or(text);
    let (host, path) = plain.split_once('/')?;
    let (account, rest) = host.split_once(".dkr.ecr.")?;
    Some((account, rest.split('.').next()?, path))
}

/// What to write instead of the name of an action or a pattern of actions.
pub(in crate::value) fn action(text: &str) -> Option<&'static str> {
    text.contains('*').then_some("patterns are not supported here: write a verb such as `pull`, or each action in full")
}

/// How to write a policy that has only a name.
pub(in crate::value) fn policy_arn(_: &str) -> Option<&'static str> {
    Some("write the full ARN, for example `arn:aws:iam::123456789012:policy/NAME`, or `create`")
}

/// What to do about a secret that ECR cannot read.
pub(crate) fn secret(text: &str) -> Option<&'static str> {
    text.contains(":secret:").then_some(
        "ECR only reads secrets whose name begins with `ecr-pullthroughcache/`: create another secret with a name like this",
    )
}

/// The host of a URL or of an image.
pub(crate) fn registry_host(text: &str) -> Option<String> {
    let host = text.trim_start_matches("https://").split('/').next()?;
    Some(host.to_lowercase())
}
