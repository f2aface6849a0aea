//! The name of the CI/CD variable with the token for a GitOps project on GitLab.

use super::bad;
use crate::diagnostic::Diagnostic;
use crate::language::pipelines::Pipeline;
use crate::platform::Access;
use crate::principals::kinds::gitlab::Gitlab;

/// The error of a name that already means something in the job: the job would push with another value, or break.
pub(super) fn taken(written: &Pipeline, access: &Access) -> Option<Diagnostic> {
    access.principal_as::<Gitlab>()?;
    let secret = &written.gitops.as_ref()?.token_secret;
    let name = secret.as_str();
    let by = by(name)?;
    let message = format!("`{name}` cannot hold the token, because {by} already uses it");
    let help = "give the CI/CD variable another name, such as `GITOPS_TOKEN`";
    Some(bad(secret.span, message, help, "gitops.token_secret").and(access.span, "the access entry"))
}

/// Who uses a variable with this name; `None` for a free one.
fn by(name: &str) -> Option<&'static str> {
    let is = |names: &[&str], beginnings: &[&str]| {
        names.contains(&name) || beginnings.iter().any(|beginning| name.starts_with(beginning))
    };
    if is(&OF_GITLAB, &["CI_", "GITLAB_USER_"]) {
        return Some("GitLab");
    }
    if is(&OF_SHELL, &["LC_"]) {
        return Some("the shell of the job");
    }
    is(&OF_JOB, &["AWS_", "SIGSTORE_"]).then_some("the job that publishes")
}

/// GitLab documentation, "Predefined CI/CD variables". `GITLAB_TOKEN` is not one of them.
const OF_GITLAB: [&str; 5] = ["CI", "GITLAB_CI", "GITLAB_FEATURES", "GITLAB_ENVIRONMENT_TOGGLE", "TRIGGER_PAYLOAD"];

/// POSIX.1-2024, XBD 8 "Environment Variables" and XCU 2.5.3 "Shell Variables".
const OF_SHELL: [&str; 17] = [
    "PATH", "HOME", "PWD", "OLDPWD", "SHELL", "SHLVL", "USER", "LOGNAME", "HOSTNAME", "IFS", "ENV", "LANG", "TERM",
    "TMPDIR", "TZ", "PPID", "OPTIND",
];

/// The variables of `templates/pipelines/image-gitlab.yml` and `gitops.sh`.
const OF_JOB: [&str; 8] = ["SERVICE", "REPOSITORY", "FILE", "REGISTRY", "REGISTRY_AUTH_FILE", "IMAGE", "TAGS", "VALUE"];
