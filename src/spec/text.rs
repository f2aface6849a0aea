//! The texts of a form: names, regions, accounts, ARNs and the like.
//!
//! Each form is one regular expression, used by the decoder and by the JSON Schema. What only other
//! values can tell (a name that is too long once expanded) is judged when the platform is resolved.

use crate::text;

text! {
    /// A platform's name. It appears in file names, role names and workspace names.
    pub struct PlatformName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name of lower-case letters, digits and single hyphens";
}

text! {
    /// An environment's name. It appears in folder names, role names and workspace names.
    pub struct EnvironmentName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name of lower-case letters, digits and single hyphens";
}

text! {
    /// The key of a repository: its name in AWS unless `name` or `names.repository` says otherwise.
    ///
    /// The form is ECR's own (`repositoryName` of CreateRepository).
    pub struct RepositoryKey = r"^[a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*$",
        "an ECR repository name: lower-case letters and digits, joined by `.`, `_`, `__`, hyphens, or `/`";
}

text! {
    /// The key of an access entry; `{access}` in role names.
    pub struct AccessName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name of lower-case letters, digits and single hyphens";
}

text! {
    /// The key of a class of image tags.
    pub struct ClassName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name of lower-case letters, digits and single hyphens";
}

text! {
    /// A service whose images lie in a repository: the beginning of image tags.
    pub struct ServiceName = "^[a-z0-9][a-z0-9._-]*$", "a service name: lower-case letters, digits, `.`, `_` and `-`";
}

text! {
    /// An AWS region: area, one or more words, a number.
    pub struct Region = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", "an AWS region such as `ap-southeast-3`";
}

text! {
    /// An AWS account id.
    pub struct AccountId = "^[0-9]{12}$", "an AWS account id: twelve digits in quotes";
}

text! {
    /// An AWS organisation (Organizations API reference, `Organization`, `Id`).
    pub struct OrganizationId = "^o-[a-z0-9]{10,32}$", "the id of an AWS organisation, such as `o-a1b2c3d4e5`";
}

text! {
    /// A Lambda function (Lambda API reference, CreateFunction: 64 characters), `*` and `?` match as in IAM's ArnLike.
    pub struct FunctionName = "^[A-Za-z0-9_*?-]{1,64}$", "the name of a Lambda function, with `*` for any characters";
}

text! {
    /// A GitHub repository, `owner/repository`, spelt in the case GitHub shows: IAM compares case-sensitively.
    pub struct GithubRepository = "^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", "a GitHub repository such as `owner/repository`";
}

text! {
    /// A GitHub organisation or user.
    pub struct GithubOwner = "^[A-Za-z0-9][A-Za-z0-9-]*$", "a GitHub organisation";
}

text! {
    /// The address of a GitHub Enterprise Server, or of a subdomain of ghe.com.
    pub struct GithubUrl = r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
        "the address of a GitHub of one's own, such as `https://github.example.com`: https, lower case, no port, nothing after the host";
}

text! {
    /// A GitHub enterprise, as in the address of its page: `github.com/enterprises/SLUG`.
    pub struct GithubEnterprise = "^[A-Za-z0-9][A-Za-z0-9_-]*$", "a GitHub enterprise";
}

text! {
    /// A GitLab project with its groups, spelt in the case GitLab shows: IAM compares case-sensitively.
    pub struct GitlabProject = "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$", "a GitLab project with its groups, such as `group/project`";
}

text! {
    /// The address of a GitLab. IAM takes neither port nor query in an issuer (API reference, CreateOpenIDConnectProvider).
    pub struct GitlabUrl = r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+(/[A-Za-z0-9_.-]+)*$",
        "the address of a GitLab, such as `https://gitlab.example.com`: https, lower case, no port, no slash at the end";
}

text! {
    /// The audience of tokens (CreateOpenIDConnectProvider: 1 to 255 characters).
    pub struct Audience = "^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,254}$", "an audience, such as `sts.amazonaws.com`";
}

text! {
    /// A branch or tag of git, `*` and `?` match as in IAM's StringLike.
    ///
    /// No spaces and no `:`, as git-check-ref-format has it, and less besides.
    pub struct GitRef = r"^[A-Za-z0-9*?][A-Za-z0-9._/*?@+#-]*$", "the name of a branch or tag, with `*` for any characters";
}

text! {
    /// A GitHub deployment environment.
    ///
    /// It becomes part of a trust policy, and IAM takes no character above U+00FF in one (API reference, CreateRole,
    /// `AssumeRolePolicyDocument`).
    pub struct GithubEnvironment = r"^[!-)+->@-~¡-ÿ][ !-)+->@-~¡-ÿ]*$",
        "the name of a GitHub environment that IAM can compare: characters up to `ÿ`, without wildcards";
}

text! {
    /// A reusable workflow: repository, path and ref.
    pub struct WorkflowRef = r"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+/\.github/workflows/[A-Za-z0-9._-]+\.ya?ml@(refs/(heads|tags)/[A-Za-z0-9._/-]+|[0-9a-f]{40})$",
        "a reusable workflow such as `owner/repository/.github/workflows/build.yml@refs/tags/v1`";
}

text! {
    /// A Kubernetes service account with its namespace, both RFC 1123 names.
    pub struct ServiceAccount = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
        "a service account with its namespace, such as `odc/odc`";
}

text! {
    /// An EKS cluster (CreateCluster: 1 to 100 characters).
    pub struct ClusterName = "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$", "the name of an EKS cluster";
}

text! {
    /// The name of an IAM role, or its ARN.
    pub struct RoleRef = r"^([A-Za-z0-9_+=,.@-]{1,64}|arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]*/)?[A-Za-z0-9_+=,.@-]{1,64})$", "the name or the ARN of an IAM role";
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
    /// A number of days, hours or minutes, as `7d`; ECR and CloudWatch count days.
    pub struct Days = "^[1-9][0-9]{0,4}d$", "a number of days such as `7d`";
}

impl GithubUrl {
    /// The address without `https://`.
    pub fn host_and_path(&self) -> &str {
        self.as_str().trim_start_matches("https://")
    }
}

impl GitlabUrl {
    /// The address without `https://`.
    pub fn host_and_path(&self) -> &str {
        self.as_str().trim_start_matches("https://")
    }
}

impl ServiceAccount {
    /// The namespace it lies in.
    pub fn namespace(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(namespace, _)| namespace)
    }

    /// Its name there.
    pub fn name(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(_, name)| name)
    }
}

text! {
    /// A path of IAM, as a template: what both roles and policies take (IAM API reference, `pathType` and
    /// `policyPathType`).
    pub struct PathTemplate = r"^/(([A-Za-z0-9._+=,@-]|\{(platform|environment|region|account)\})+/)*$",
        "a path such as `/{platform}/{environment}/`: it begins and ends with `/`, and has the placeholders {platform}, {environment}, {region}, {account}";
}

text! {
    /// The ARN of a managed policy, the account's own or AWS's.
    pub struct PolicyArn = r"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,128}$",
        "the ARN of an IAM policy, or `create`";
}

text! {
    /// How long a session of a role can last (IAM API reference, `roleMaxSessionDurationType`: 3,600 to 43,200 seconds).
    pub struct SessionDuration = "^([1-9]|1[0-2])h$", "a duration from `1h` to `12h`";
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

impl IdentityCenter {
    /// The instance's id: the last part of its ARN.
    pub fn id(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }
}

impl RoleRef {
    /// The role's name: the last part of an ARN.
    pub fn name(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }
}

impl Days {
    /// How many days.
    pub fn days(&self) -> u32 {
        self.as_str().trim_end_matches('d').parse().expect("five digits at most")
    }
}

text! {
    /// An exact version.
    pub struct ExactVersion = "^(0|[1-9][0-9]{0,5})[.](0|[1-9][0-9]{0,5})[.](0|[1-9][0-9]{0,5})$", "an exact version such as \"3.2.0\", in quotes";
}

text! {
    /// Terraform's version constraints.
    pub struct VersionConstraint = r"^ *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2}( *, *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2})* *$",
        "a version constraint such as \"~> 6.28\", in quotes";
}

text! {
    /// The local name of a Terraform provider.
    pub struct ProviderName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "the name of a Terraform provider, such as `aws`";
}

text! {
    /// An HCP Terraform organisation.
    pub struct HcpOrganization = "^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$", "an HCP Terraform organisation";
}

text! {
    /// An HCP Terraform project (3 to 40 letters, digits, spaces, `-`, `_`; tfe provider, `tfe_project`).
    pub struct HcpProject = "^[A-Za-z0-9_-][A-Za-z0-9 _-]{1,38}[A-Za-z0-9_-]$", "an HCP Terraform project";
}

text! {
    /// An HCP Terraform workspace (HCP Terraform documentation, "Create workspaces": 90 characters are recommended).
    pub struct HcpWorkspace = "^[A-Za-z0-9_-]{1,90}$", "an HCP Terraform workspace";
}

text! {
    /// The name of a Terraform variable or output.
    pub struct Identifier = "^[A-Za-z_][A-Za-z0-9_-]*$", "a Terraform name: letters, digits, `_` and `-`";
}

text! {
    /// A traversal to something the other files of a shared root module define; nothing that computes.
    pub struct Reference = r#"^[A-Za-z_][A-Za-z0-9_-]*([.][A-Za-z_][A-Za-z0-9_-]*|\[[0-9]{1,9}\]|\["[A-Za-z0-9 ._:/@+=-]*"\])+$"#,
        "a Terraform reference such as `module.eks.node_role_name`";
}

text! {
    /// A folder below the output folder, as a template.
    pub struct DirectoryTemplate = r"^([A-Za-z0-9._-]|\{(platform|environment|region|account)\})+(/([A-Za-z0-9._-]|\{(platform|environment|region|account)\})+)*$",
        "a folder such as `{environment}/ecr`: relative, with `/`, and with the placeholders {platform}, {environment}, {region}, {account}";
}

text! {
    /// A template for a name.
    pub struct NameTemplate = r"^([A-Za-z0-9._/+=,@-]|\{(platform|environment|region|account|repository|access|service)\})+$",
        "a name of letters, digits, `.`, `_`, `/`, `+`, `=`, `,`, `@`, `-` and the placeholders {platform}, {environment}, {region}, {account}, {repository}, {access}";
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
    /// What the tags of a class look like.
    pub struct ImageTagTemplate = r"^([A-Za-z0-9._-]|\{(service|environment|version|git_tag|branch|sha|sha:[1-9][0-9]?|timestamp|date|any)\})+$",
        "an image tag of letters, digits, `.`, `_`, `-` and the placeholders {service}, {environment}, {version}, {git_tag}, {branch}, {sha}, {sha:8}, {timestamp}, {date}, {any}";
}

text! {
    /// The code of a rule.
    pub struct RuleCode = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "the code of a rule, such as `shared-retention-count`";
}

text! {
    /// A day, as `2027-06-30`.
    pub struct Day = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "a day such as \"2027-06-30\"";
}

text! {
    /// The path of a spec element, or of one above it.
    pub struct SpecPath = r"^[^ \t\r\n]+$", "the path of a spec element, such as `repositories.piksel-core`";
}

text! {
    /// A reason that people will read.
    pub struct Reason = r"[^ \t\r\n]", "a reason";
}

text! {
    /// Which version of ecrgen this spec is for: an exact one or a constraint.
    pub struct EcrgenConstraint = r"^ *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2}( *, *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2})* *$",
        "a version constraint such as \"~> 0.1\", in quotes";
}

text! {
    /// What an output shows.
    pub struct OutputPath = r"^(repository_urls|repository_arns|registry_url|docker_login_command|role_arns|kms_key_arn|oidc_providers\.[0-9A-Za-z][A-Za-z0-9_-]{0,99}\.arn|access\.[a-z][a-z0-9]*(-[a-z0-9]+)*\.(role_arn|policy_arn))$",
        "something to output: repository_urls, repository_arns, registry_url, docker_login_command, role_arns, kms_key_arn, oidc_providers.NAME.arn, access.NAME.role_arn or access.NAME.policy_arn";
}
