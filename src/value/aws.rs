//! AWS names, IDs and ARNs.

use super::form::text;
use super::intended;

text! {
    /// An AWS region: an area, one or more words, and a number.
    pub struct Region = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", "an AWS Region code such as `eu-central-1`",
        if missing "add an AWS Region code, for example `region: eu-central-1`",
        intended by intended::aws::region;
}

text! {
    /// The ID of an AWS account.
    pub struct AccountId = "^[0-9]{12}$", "an AWS account ID (12 digits in quotes)",
        intended by intended::aws::account,
        advised by intended::aws::account_of;
}

text! {
    /// The ID of an AWS organization (Organizations API reference, `Organization`, `Id`).
    pub struct OrganizationId = "^o-[a-z0-9]{10,32}$", "an AWS organization ID such as `o-a1b2c3d4e5`",
        intended by intended::aws::organization,
        advised by intended::aws::organizational_unit;
}

text! {
    /// The ID of an organizational unit (Organizations API reference, `OrganizationalUnit`, `Id`).
    pub struct OrganizationalUnitId = "^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$", "the ID of an organizational unit such as `ou-a1b2-c3d4e5f6`";
}

text! {
    /// The ID of a VPC endpoint (EC2 API reference, `VpcEndpoint`).
    pub struct VpcEndpointId = "^vpce-([0-9a-f]{8}|[0-9a-f]{17})$", "the ID of a VPC endpoint such as `vpce-0a1b2c3d4e5f67890`";
}

text! {
    /// The ID of a VPC (EC2 API reference, `Vpc`).
    pub struct VpcId = "^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", "the ID of a VPC such as `vpc-0a1b2c3d4e5f67890`";
}

text! {
    /// An IPv4 or IPv6 address or range in CIDR notation (IAM user guide, "IP address condition operators").
    pub struct IpRange = r"^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}(/(3[0-2]|[12]?[0-9]))?|[0-9a-f:]*:[0-9a-f:]*(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$",
        "an IP address or a range such as `203.0.113.0/24`";
}

text! {
    /// The name of a Lambda function (Lambda API reference, CreateFunction: 64 characters); `*` and `?` match as in `ArnLike`
    /// of IAM.
    pub struct FunctionName = "^[A-Za-z0-9_*?-]{1,64}$", "a Lambda function name (1 to 64 letters, digits, `-` and `_`, and `*` to match any characters)",
        intended by intended::aws::function;
}

text! {
    /// The name of an IAM role, or its ARN.
    pub struct RoleRef = r"^([A-Za-z0-9_+=,.@-]{1,64}|arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]*/)?[A-Za-z0-9_+=,.@-]{1,64})$", "the name or ARN of an IAM role",
        or arn RoleArn,
        intended by intended::aws::role,
        advised by intended::aws::role_of;
}

impl RoleRef {
    /// The name of the role, which is the last part of its ARN.
    pub fn name(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }

    /// The account of the role, if its ARN is given.
    pub fn account(&self) -> Option<&str> {
        self.as_str().strip_prefix("arn:")?.split(':').nth(3)
    }
}

text! {
    /// The ARN of an IAM role.
    pub struct RoleArn = r"^arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]*/)?[A-Za-z0-9_+=,.@-]{1,64}$",
        "the ARN of an IAM role, such as `arn:aws:iam::123456789012:role/terraform`";
}

text! {
    /// The ARN of an IAM principal that can assume a role: an account root, a role or a user.
    pub struct PrincipalArn = r"^arn:aws[a-z-]*:iam::[0-9]{12}:(root|role/[A-Za-z0-9_+=,.@/-]+|user/[A-Za-z0-9_+=,.@/-]+)$",
        "the ARN of an IAM role, user or account root, without wildcards",
        intended by intended::aws::principal,
        advised by intended::aws::principal_arn;
}

text! {
    /// An external ID (STS API reference, AssumeRole: 2 to 1,224 characters).
    pub struct ExternalId = r"^[A-Za-z0-9_+=,.@:/-]{2,1224}$", "an external ID (2 to 1,224 letters, digits and `_`, `+`, `=`, `,`, `.`, `@`, `:`, `/`, `-`)";
}

text! {
    /// The value of a tag of an IAM principal or of its session (IAM API reference, `Tag`).
    pub struct PrincipalTag = r"^[A-Za-z0-9_.:/=+@ -]{1,256}$", "the value of a tag (1 to 256 letters, digits, spaces and `_`, `.`, `:`, `/`, `=`, `+`, `@`, `-`)";
}

text! {
    /// The ARN of an IAM OIDC provider.
    pub struct ProviderArn = r"^arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9._/-]+$", "the ARN of an IAM OIDC provider";
}

impl ProviderArn {
    /// The issuer as host and path, which is the last part of the ARN.
    pub fn issuer(&self) -> &str {
        self.as_str().split_once(":oidc-provider/").map_or("", |(_, issuer)| issuer)
    }
}

text! {
    /// The name of a permission set (IAM Identity Center API reference, CreatePermissionSet).
    pub struct PermissionSetName = "^[A-Za-z0-9_+=,.@-]{1,32}$", "a permission set name (1 to 32 letters, digits and `_`, `+`, `=`, `,`, `.`, `@`, `-`)";
}

text! {
    /// The ARN of an IAM Identity Center instance (API reference, CreatePermissionSet).
    pub struct IdentityCenter = r"^arn:aws[a-z-]*:sso:::instance/(sso)?ins-[A-Za-z0-9.-]{16}$",
        "the ARN of an IAM Identity Center instance, such as `arn:aws:sso:::instance/ssoins-0123456789abcdef`";
}

impl IdentityCenter {
    /// The ID of the instance, which is the last part of its ARN.
    pub fn id(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }
}

text! {
    /// A KMS key: its ARN, or the ARN or name of an alias.
    pub struct KmsKey = r"^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)|alias/[A-Za-z0-9/_-]+)$",
        "the ARN or alias of a KMS key, such as `alias/registry`",
        advised by intended::aws::key_arn;
}

text! {
    /// The ARN of a KMS key or of an alias.
    pub struct KeyArn = r"^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)$",
        "the ARN of a KMS key";
}

text! {
    /// The ARN of an Amazon SNS topic (SNS API reference, CreateTopic, `Name`). Topics whose names end in `.fifo` cannot send
    /// emails.
    pub struct TopicArn = r"^arn:aws[a-z-]*:sns:[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:[A-Za-z0-9_-]{1,256}$",
        "the ARN of an SNS topic, such as `arn:aws:sns:eu-central-1:123456789012:alerts`";
}

text! {
    /// An email address that an SNS topic sends messages to.
    pub struct EmailAddress = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", "an email address, such as `ops@example.com`";
}

text! {
    /// The name of an S3 bucket (S3 user guide, "Bucket naming rules").
    pub struct BucketName = r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "an S3 bucket name (3 to 63 lowercase letters, digits, `.` and `-`)",
        intended by intended::aws::bucket;
}

text! {
    /// The ARN of an ECR repository, without wildcards (Service Authorization Reference, "Resource types defined by Amazon
    /// Elastic Container Registry").
    pub struct RepositoryArn = r"^arn:aws[a-z-]*:ecr:[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:repository/[a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*$",
        "the ARN of an ECR repository, without wildcards, such as `arn:aws:ecr:eu-central-1:123456789012:repository/cart`";
}

impl RepositoryArn {
    /// The partition.
    pub fn partition(&self) -> &str {
        self.as_str().split(':').nth(1).unwrap_or_default()
    }

    /// The region.
    pub fn region(&self) -> &str {
        self.as_str().split(':').nth(3).unwrap_or_default()
    }

    /// The account.
    pub fn account(&self) -> &str {
        self.as_str().split(':').nth(4).unwrap_or_default()
    }

    /// The name of the repository.
    pub fn name(&self) -> &str {
        self.as_str().split_once(":repository/").map_or("", |(_, name)| name)
    }
}

text! {
    /// The ARN of a Secrets Manager secret that ECR can read (ECR API reference, CreatePullThroughCacheRule, `credentialArn`).
    pub struct SecretArn = r"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:ecr-pullthroughcache/[A-Za-z0-9/_+=.@-]+$",
        "the ARN of a Secrets Manager secret whose name begins with `ecr-pullthroughcache/`",
        advised by intended::aws::secret;
}

text! {
    /// The host of a container registry.
    pub struct RegistryHost = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", "the host of a container registry, such as `acme.azurecr.io`, without `https://` and path",
        intended by intended::aws::registry_host;
}

text! {
    /// An exact ECR action.
    pub struct EcrAction = "^ecr:[A-Za-z]+$", "an exact ECR action such as `ecr:DescribeImages`",
        advised by intended::aws::action;
}

text! {
    /// The ARN of a managed policy, of the account or of AWS.
    pub struct PolicyArn = r"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,128}$",
        "the ARN of an IAM policy, or `create`",
        advised by intended::aws::policy_arn;
}

text! {
    /// The ARN of an existing managed policy, of the account or of AWS.
    pub struct ManagedPolicyArn = r"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,128}$",
        "the ARN of an existing IAM policy";
}

impl ManagedPolicyArn {
    /// The name of the policy, which is the last part of its ARN.
    pub fn name(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }
}

text! {
    /// A template for an IAM path that is valid for both roles and policies (IAM API reference, `pathType` and
    /// `policyPathType`).
    pub struct PathTemplate = r"^/(([A-Za-z0-9._+=,@-]|\{(platform|environment|region|account)\})+/)*$",
        "an IAM path such as `/{platform}/{environment}/`, which begins and ends with `/` (placeholders: {platform}, {environment}, {region}, {account})",
        intended by intended::iam_path;
}

text! {
    /// The longest session of a role (IAM API reference, `roleMaxSessionDurationType`: 3,600 to 43,200 seconds).
    pub struct SessionDuration = "^([1-9]|1[0-2])h$", "a duration from `1h` to `12h`", unit 'h',
        intended by intended::amounts::session;
}

impl SessionDuration {
    /// The number of hours.
    pub fn hours(&self) -> u32 {
        self.as_str().trim_end_matches('h').parse().expect("two digits at most")
    }

    /// The number of seconds.
    pub fn seconds(&self) -> u32 {
        self.hours() * 3_600
    }
}

text! {
    /// The value of an AWS tag, which can be empty and can contain placeholders.
    pub struct TagValue = r"^([^{}]|\{(platform|environment|region|account)\})*$",
        "a tag value (the only braces allowed are the placeholders {platform}, {environment}, {region} and {account})",
        intended by intended::placeholders;
}

text! {
    /// The key of an AWS tag.
    pub struct TagKey = r"^[^\n\r]{1,128}$", "a tag key (1 to 128 characters on one line)";
}

text! {
    /// The audience of OIDC tokens (CreateOpenIDConnectProvider: 1 to 255 characters).
    pub struct Audience = "^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,254}$", "an audience such as `sts.amazonaws.com`";
}

text! {
    /// The name of a CodeBuild project (CodeBuild API reference, CreateProject: 2 to 150 letters, digits, `-` and `_`).
    pub struct CodebuildProject = "^[A-Za-z0-9][A-Za-z0-9_-]{1,149}$", "a CodeBuild project name (2 to 150 letters, digits, `-` and `_`)",
        intended by intended::aws::codebuild_project;
}
