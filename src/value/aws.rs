//! Names, ids and ARNs of AWS.

use super::form::text;

text! {
    /// An AWS region: area, one or more words, a number.
    pub struct Region = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", "an AWS region such as `ap-southeast-3`";
}

text! {
    /// An AWS account id.
    pub struct AccountId = "^[0-9]{12}$", "an AWS account id: twelve digits in quotes";
}

text! {
    /// An AWS organization (Organizations API reference, `Organization`, `Id`).
    pub struct OrganizationId = "^o-[a-z0-9]{10,32}$", "the id of an AWS organization, such as `o-a1b2c3d4e5`";
}

text! {
    /// A Lambda function (Lambda API reference, CreateFunction: 64 characters), `*` and `?` match as in IAM's ArnLike.
    pub struct FunctionName = "^[A-Za-z0-9_*?-]{1,64}$", "the name of a Lambda function, with `*` for any characters";
}

text! {
    /// The name of an IAM role, or its ARN.
    pub struct RoleRef = r"^([A-Za-z0-9_+=,.@-]{1,64}|arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]*/)?[A-Za-z0-9_+=,.@-]{1,64})$", "the name or the ARN of an IAM role";
}

impl RoleRef {
    /// The role's name: the last part of an ARN.
    pub fn name(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }
}

text! {
    /// The ARN of an IAM principal that may assume a role: an account's root, a role or a user.
    pub struct PrincipalArn = r"^arn:aws[a-z-]*:iam::[0-9]{12}:(root|role/[A-Za-z0-9_+=,.@/-]+|user/[A-Za-z0-9_+=,.@/-]+)$",
        "the ARN of an IAM role, user or account root, without wildcards";
}

text! {
    /// The ARN of an IAM OIDC provider.
    pub struct ProviderArn = r"^arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9._/-]+$", "the ARN of an IAM OIDC provider";
}

text! {
    /// A permission set (IAM Identity Center API reference, CreatePermissionSet).
    pub struct PermissionSetName = "^[A-Za-z0-9_+=,.@-]{1,32}$", "the name of a permission set: 1 to 32 letters, digits and `_+=,.@-`";
}

text! {
    /// The ARN of an IAM Identity Center instance (API reference, CreatePermissionSet).
    pub struct IdentityCenter = r"^arn:aws[a-z-]*:sso:::instance/(sso)?ins-[A-Za-z0-9.-]{16}$",
        "the ARN of an IAM Identity Center instance, such as `arn:aws:sso:::instance/ssoins-0123456789abcdef`";
}

impl IdentityCenter {
    /// The instance's id: the last part of its ARN.
    pub fn id(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }
}

text! {
    /// A KMS key by ARN, or an alias by ARN or name.
    pub struct KmsKey = r"^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)|alias/[A-Za-z0-9/_-]+)$",
        "a KMS key's ARN, or its alias";
}

text! {
    /// The name of an S3 bucket (S3 user guide, bucket naming rules).
    pub struct BucketName = r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "an S3 bucket name";
}

text! {
    /// One exact action of ECR.
    pub struct EcrAction = "^ecr:[A-Za-z]+$", "an exact action such as `ecr:DescribeImages`";
}

text! {
    /// The ARN of a managed policy, the account's own or AWS's.
    pub struct PolicyArn = r"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,128}$",
        "the ARN of an IAM policy, or `create`";
}

text! {
    /// A path of IAM, as a template: what both roles and policies take (IAM API reference, `pathType` and
    /// `policyPathType`).
    pub struct PathTemplate = r"^/(([A-Za-z0-9._+=,@-]|\{(platform|environment|region|account)\})+/)*$",
        "a path such as `/{platform}/{environment}/`: it begins and ends with `/`, and has the placeholders {platform}, {environment}, {region}, {account}";
}

text! {
    /// How long a session of a role can last (IAM API reference, `roleMaxSessionDurationType`: 3,600 to 43,200 seconds).
    pub struct SessionDuration = "^([1-9]|1[0-2])h$", "a duration from `1h` to `12h`", unit 'h';
}

impl SessionDuration {
    /// How many hours.
    pub fn hours(&self) -> u32 {
        self.as_str().trim_end_matches('h').parse().expect("two digits at most")
    }

    /// How many seconds.
    pub fn seconds(&self) -> u32 {
        self.hours() * 3_600
    }
}

text! {
    /// The value of an AWS tag, placeholders allowed; empty is a value too.
    pub struct TagValue = r"^([^{}]|\{(platform|environment|region|account)\})*$",
        "the value of a tag, with no braces but those of {platform}, {environment}, {region} or {account}";
}

text! {
    /// The key of an AWS tag.
    pub struct TagKey = r"^[^\n\r]{1,128}$", "the key of a tag: 1 to 128 characters";
}

text! {
    /// The audience of tokens (CreateOpenIDConnectProvider: 1 to 255 characters).
    pub struct Audience = "^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,254}$", "an audience, such as `sts.amazonaws.com`";
}

text! {
    /// A CodeBuild project (CodeBuild API reference, CreateProject: 2 to 150 letters, digits, `-` and `_`).
    pub struct CodebuildProject = "^[A-Za-z0-9][A-Za-z0-9_-]{1,149}$", "the name of a CodeBuild project";
}
