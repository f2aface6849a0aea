//! Names, templates and other text that the spec language itself defines.

use super::form::text;
use super::intended;

text! {
    /// The name of a platform. It is part of file names, role names and workspace names.
    pub struct PlatformName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name made of lowercase letters, digits and single hyphens",
        if missing "add the name of the platform, for example `platform: shop`";
}

text! {
    /// The name of an environment. It is part of folder names, role names and workspace names.
    pub struct EnvironmentName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name made of lowercase letters, digits and single hyphens",
        if missing "add `environment: shared`, or `environments: { dev: {}, prod: {} }` for several environments";
}

text! {
    /// The key of a repository, which is its name in AWS unless `name` or `names.repository` is set.
    ///
    /// The form is ECR's own (`repositoryName` of CreateRepository).
    pub struct RepositoryKey = r"^[a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*$",
        "an ECR repository name (lowercase letters and digits, separated by `.`, `_`, `__`, hyphens or `/`)",
        intended by intended::aws::repository, advised by intended::repositories;
}

text! {
    /// The prefix of repositories that ECR creates, without the `/` that ECR adds, or `ROOT` for all others (API reference,
    /// CreateRepositoryCreationTemplate, `prefix`).
    pub struct RepositoryPrefix = r"^(ROOT|[a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*)$",
        "a prefix of ECR repository names without the `/` at its end (lowercase letters and digits, separated by `.`, `_`, `__`, hyphens or `/`), or `ROOT`",
        intended by intended::prefix;
}

text! {
    /// The key of a repository, or the Terraform address of another resource, that the output no longer has.
    pub struct RemovedName = r"^([a-z0-9]+(([._/]|__|-+)[a-z0-9]+)*|[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*)$",
        "the key of a repository, or a Terraform address such as `aws_kms_key.ecr`";
}

text! {
    /// Where Terraform keeps a state: a workspace of HCP Terraform, a key in an S3 bucket, or the folder of a root module.
    pub struct StateName = r"^(workspace [A-Za-z0-9_-]+/[A-Za-z0-9_-]+|(folder|s3) [A-Za-z0-9._/-]+)$",
        "a state such as `workspace acme/shop-ecr`, `s3 acme-state/shop.tfstate` or `folder shared/ecr`";
}

text! {
    /// The key of an access entry, which is `{access}` in names.
    pub struct AccessName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name made of lowercase letters, digits and single hyphens";
}

text! {
    /// The name of an alert, which is part of the name of its topic.
    pub struct AlertName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name made of lowercase letters, digits and single hyphens";
}

text! {
    /// The name of a notification of a workspace.
    pub struct NotificationName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name made of lowercase letters, digits and single hyphens";
}

text! {
    /// The key of a class of image tags.
    pub struct ClassName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name made of lowercase letters, digits and single hyphens",
        intended by intended::class, advised by intended::class_of;
}

text! {
    /// A service whose images are in a repository, which is `{service}` in image tags.
    pub struct ServiceName = "^[a-z0-9][a-z0-9._-]*$", "a service name (lowercase letters, digits, `.`, `_` and `-`)";
}

text! {
    /// A duration in days, weeks or years of 365 days, such as `7d`, `8w` or `1y`.
    pub struct Days = "^([1-9][0-9]{0,4}d|[1-9][0-9]{0,3}w|[1-9][0-9]?y)$", "a duration such as `7d`, `8w` or `1y`", unit 'd', intended by intended::amounts::days;
}

impl Days {
    /// The number of days.
    pub fn days(&self) -> u32 {
        let (number, unit) = self.as_str().split_at(self.as_str().len() - 1);
        let number: u32 = number.parse().expect("five digits at most");
        match unit {
            "w" => number * 7,
            "y" => number * 365,
            _ => number,
        }
    }
}

text! {
    /// A template for a folder below the output folder.
    pub struct DirectoryTemplate = r"^([A-Za-z0-9._-]|\{(platform|environment|region|account)\})+(/([A-Za-z0-9._-]|\{(platform|environment|region|account)\})+)*$",
        "a relative folder such as `{environment}/ecr` (placeholders: {platform}, {environment}, {region}, {account})", intended by intended::placeholders;
}

text! {
    /// A template for the key of a state in S3. The backend rejects keys that begin or end with `/` (Terraform documentation,
    /// "Backend Type: s3").
    pub struct StateKeyTemplate = r"^([A-Za-z0-9._-]|\{(platform|environment|region|account)\})+(/([A-Za-z0-9._-]|\{(platform|environment|region|account)\})+)*$",
        "a key such as `ecr/{environment}.tfstate` (placeholders: {platform}, {environment}, {region}, {account})", intended by intended::placeholders;
}

text! {
    /// A template for a name.
    pub struct NameTemplate = r"^([A-Za-z0-9._/+=,@-]|\{(platform|environment|region|account|repository|access|service)\})+$",
        "a name made of letters, digits, `.`, `_`, `/`, `+`, `=`, `,`, `@`, `-` and the placeholders {platform}, {environment}, {region}, {account}, {repository}, {access}", intended by intended::placeholders;
}

text! {
    /// A pattern for the names of ECR repositories. `*` matches any characters, also `/`.
    pub struct RepositoryPattern = r"^([a-z0-9._/*-]|\{(platform|environment|region|account)\})+$",
        "a pattern for repository names, made of lowercase letters, digits, `.`, `_`, `-`, `/`, `*` for any characters, and the placeholders {platform}, {environment}, {region}, {account}", intended by intended::placeholders;
}

text! {
    /// A template for the tags of a class.
    pub struct ImageTagTemplate = r"^([A-Za-z0-9._-]|\{(service|environment|version|git_tag|branch|sha|sha:([4-9]|[1-5][0-9]|6[0-4])|timestamp|date|any)\})+$",
        "an image tag made of letters, digits, `.`, `_`, `-` and the placeholders {service}, {environment}, {version}, {git_tag}, {branch}, {sha}, {sha:8} (4 to 64 digits), {timestamp}, {date}, {any}", intended by intended::image_tag;
}

text! {
    /// The code of a rule.
    pub struct RuleCode = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "the code of a rule such as `shared-retention-count`",
        intended by intended::code;
}

text! {
    /// A date, such as `2027-06-30`.
    pub struct Day = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "a date such as \"2027-06-30\", in quotes",
        intended by intended::amounts::date;
}

text! {
    /// The path of a spec element.
    pub struct SpecPath = r"^[^ \t\r\n]+$", "the path of a spec element such as `repositories.cart`, without spaces";
}

text! {
    /// A reason, which reports quote.
    pub struct Reason = r"[^ \t\r\n]", "a reason (at least one word)";
}

text! {
    /// The versions of ecrgen that can compile a spec: an exact version or a constraint.
    pub struct EcrgenConstraint = r"^ *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2}( *, *(=|!=|>=|<=|>|<|~>)? *[0-9]{1,6}(\.[0-9]{1,6}){0,2})* *$",
        "a version constraint such as \"~> 0.1\", in quotes",
        intended by intended::terraform::constraint,
        advised by intended::terraform::newest;
}

text! {
    /// The value of an output.
    pub struct OutputPath = r"^(repository_urls|repository_arns|registry_url|docker_login_command|role_arns|kms_key_arn|oidc_providers\.[0-9A-Za-z]([A-Za-z0-9_./-]{0,253}[A-Za-z0-9_-])?\.arn|access\.[a-z][a-z0-9]*(-[a-z0-9]+)*\.(role_arn|policy_arn)|alerts\.[a-z][a-z0-9]*(-[a-z0-9]+)*\.topic_arn)$",
        "the value of an output: repository_urls, repository_arns, registry_url, docker_login_command, role_arns, kms_key_arn, oidc_providers.NAME.arn, access.NAME.role_arn, access.NAME.policy_arn or alerts.NAME.topic_arn";
}

impl OutputPath {
    /// The first step, and if there are more, the name of the thing and what of it. The name of an OIDC provider can contain dots.
    pub fn steps(&self) -> (&str, Option<(&str, &str)>) {
        match self.as_str().split_once('.') {
            Some((first, rest)) => (first, rest.rsplit_once('.')),
            None => (self.as_str(), None),
        }
    }
}

text! {
    /// A sentence that names an expectation or an assertion, which reports quote.
    pub struct Sentence = r"[^ \t\r\n]", "a sentence (at least one word)";
}

text! {
    /// An image tag (OCI distribution specification, "Pulling manifests").
    pub struct TagName = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", "an image tag (up to 128 letters, digits, `.`, `_` and `-`)";
}

text! {
    /// The classes of image tags of one image.
    pub struct PushedTags = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*(\+[a-z][a-z0-9]*(-[a-z0-9]+)*)*$",
        "a class of image tags, several joined by `+`, or `untagged`";
}

text! {
    /// How often images are pushed.
    pub struct PushRate = "^[1-9][0-9]{0,4}/(hour|day|week|month)$", "a rate such as `5/day` (per hour, day, week or month)", intended by intended::amounts::rate,
        advised by intended::amounts::time_of_rate;
}

text! {
    /// How often a repository is pulled. CloudWatch accepts periods of a whole number of minutes, and evaluates a period of less than
    /// an hour over at most one day (CloudWatch API reference, PutMetricAlarm, `Period`).
    pub struct PullRate = "^(0|[1-9][0-9]{0,8})/(minute|hour|day)$", "a rate such as `1000/hour` (per minute, hour or day)", intended by intended::amounts::pull_rate,
        advised by intended::amounts::time_of_pull_rate;
}

impl PullRate {
    /// The number of pulls.
    pub fn pulls(&self) -> u32 {
        self.parts().0.parse().expect("nine digits at most")
    }

    /// The time in which they are counted: `minute`, `hour` or `day`.
    pub fn time(&self) -> &str {
        self.parts().1
    }

    /// This time in seconds.
    pub fn seconds(&self) -> u32 {
        match self.time() {
            "minute" => 60,
            "hour" => 3_600,
            _ => 86_400,
        }
    }

    fn parts(&self) -> (&str, &str) {
        self.as_str().split_once('/').expect("a rate has a slash")
    }
}

text! {
    /// A size in bytes.
    pub struct Size = "^[1-9][0-9]{0,5}(kB|MB|GB)$", "a size such as `400MB`, in kB, MB or GB", intended by intended::amounts::size,
        advised by intended::amounts::unit_of_size;
}

text! {
    /// A percentage.
    pub struct Share = r"^(100|[0-9]{1,2}(\.[0-9]{1,2})?)%$", "a percentage such as `71%`", intended by intended::amounts::share;
}

text! {
    /// A month, such as `2026-11`.
    pub struct Month = "^[0-9]{4}-(0[1-9]|1[0-2])$", "a month such as \"2026-11\", in quotes",
        intended by intended::amounts::month;
}
