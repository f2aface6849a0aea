//! Names that do not exist in an environment, but do in another one of the same spec.

use crate::diagnostic::{Code, Diagnostic, codes};
use crate::platform::Platform;
use crate::policies::bindings::repository_arn;
use crate::prose;
use crate::source::Sources;

/// The errors of a name that does not exist.
const UNKNOWN: [&Code; 2] = [&codes::UNKNOWN_REPOSITORY, &codes::UNKNOWN_ACCESS];

/// Explains an error of a name that does not exist, if another environment has it.
pub(super) fn explain(sources: &Sources, platforms: &[&Platform], finding: Diagnostic) -> Diagnostic {
    if !UNKNOWN.contains(&finding.code) || finding.environments().is_empty() {
        return finding;
    }
    let Some(span) = finding.labels.first().map(|label| label.span) else { return finding };
    let written = sources.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default();
    let name = written.trim_matches(['"', '\'']);
    let of_spec = platforms.iter().filter(|platform| platform.span.file == span.file);
    let elsewhere: Vec<&Platform> = of_spec.copied().filter(|platform| has(platform, name, &finding)).collect();
    let help = match (elsewhere.as_slice(), finding.path.split('.').next()) {
        ([], _) => return finding,
        (all, Some("expect" | "assert")) => {
            let sections = all.iter().map(|platform| format!("environments.{}", platform.scope.environment));
            let below = sections.collect::<Vec<_>>();
            let sections = prose::named(below.iter().map(String::as_str), prose::FEW_NAMED);
            format!("`{name}` exists only in some environments, so move this below {sections}")
        }
        ([first, ..], Some("access")) => by_arn(name, first),
        _ => return finding,
    };
    Diagnostic { suggestion: None, ..finding.help(help) }
}

fn has(platform: &Platform, name: &str, finding: &Diagnostic) -> bool {
    match *finding.code == codes::UNKNOWN_REPOSITORY {
        true => platform.repository(name).is_some(),
        false => platform.access.iter().any(|access| access.name == name),
    }
}

/// How an access entry names a repository of another environment.
fn by_arn(key: &str, platform: &Platform) -> String {
    let belongs = format!("`{key}` is a repository of environment `{}`", platform.scope.environment);
    match platform.repository(key).and_then(|repository| repository_arn(platform, repository)) {
        Some(arn) => format!("{belongs}; write `{arn}`"),
        None => format!("{belongs}; write `account` in that environment, and the ARN of the repository here"),
    }
}
