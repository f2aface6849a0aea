//! Names, templates and other texts that belong to the spec language itself.

use super::form::text;

text! {
    /// A platform's name. It appears in file names, role names and workspace names.
    pub struct PlatformName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name of lowercase letters, digits and single hyphens";
}

text! {
    /// An environment's name. It appears in folder names, role names and workspace names.
    pub struct EnvironmentName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name of lowercase letters, digits and single hyphens",
        if missing "write `environment: shared`, or for several `environments: { dev: {}, prod: {} }`";
}

text! {
    /// The key of a repository: its name in AWS unless `name` or `names.repository` says otherwise.
    ///
    /// The form is ECR's own (`repositoryName` of CreateRepository).
    pub struct RepositoryKey = r"^[a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*$",
        "an ECR repository name: lowercase letters and digits, joined by `.`, `_`, `__`, hyphens, or `/`";
}

text! {
    /// The key of a repository, or the Terraform address of another resource, that the output no longer has.
    pub struct RemovedName = r"^([a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*|[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*)$",
        "the key of a repository, or a Terraform address such as `aws_kms_key.ecr`";
}

text! {
    /// Where Terraform keeps a state: a workspace of HCP Terraform, or the folder of a root module.
    pub struct StateName = r"^(workspace [A-Za-z0-9_-]+/[A-Za-z0-9_-]+|folder [A-Za-z0-9._/-]+)$",
        "a state such as `workspace acme/shop-ecr` or `folder shared/ecr`";
}

text! {
    /// The key of an access entry; `{access}` in role names.
    pub struct AccessName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name of lowercase letters, digits and single hyphens";
}

text! {
    /// The key of a class of image tags.
    pub struct ClassName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name of lowercase letters, digits and single hyphens";
}

text! {
    /// A service whose images lie in a repository: the beginning of image tags.
    pub struct ServiceName = "^[a-z0-9][a-z0-9._-]*$", "a service name: lowercase letters, digits, `.`, `_` and `-`";
}

text! {
    /// A number of days, hours or minutes, as `7d`; ECR and CloudWatch count days.
    pub struct Days = "^[1-9][0-9]{0,4}d$", "a number of days such as `7d`", unit 'd';
}

impl Days {
    /// How many days.
    pub fn days(&self) -> u32 {
        self.as_str().trim_end_matches('d').parse().expect("five digits at most")
    }
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

text! {
    /// An expectation in words: what reports quote.
    pub struct Sentence = r"[^ \t\r\n]", "a sentence";
}

text! {
    /// A tag (OCI distribution specification, "Pulling manifests").
    pub struct TagName = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", "an image tag: 128 letters, digits, `.`, `_` and `-` at most";
}

text! {
    /// Classes of image tags that one image has at once.
    pub struct PushedTags = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*(\+[a-z][a-z0-9]*(-[a-z0-9]+)*)*$",
        "a class of image tags, several joined by `+`, or `untagged`";
}

text! {
    /// How often something is pushed.
    pub struct PushRate = "^[1-9][0-9]{0,4}/(hour|day|week|month)$", "a rate such as 5/day: per hour, day, week or month";
}

text! {
    /// A number of bytes.
    pub struct Size = "^[1-9][0-9]{0,5}(kB|MB|GB)$", "a size such as 400MB: in kB, MB or GB";
}

text! {
    /// A share in percent.
    pub struct Share = r"^(100|[0-9]{1,2}(\.[0-9]{1,2})?)%$", "a share such as 71%";
}

text! {
    /// A month, as `2026-11`.
    pub struct Month = "^[0-9]{4}-(0[1-9]|1[0-2])$", "a month such as \"2026-11\", in quotes";
}
