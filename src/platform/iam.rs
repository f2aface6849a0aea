//! What the roles and policies made here have in common, every setting decided.

use super::Scope;
use super::template::expand;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::spec::iam::Iam as Written;

/// What the roles and policies made here have in common.
#[derive(Clone, Debug)]
pub struct Iam {
    /// Their path: begins and ends with `/`, and leaves room for [`Iam::bootstrap_path`].
    pub path: String,
    /// Where the path is written, or the platform's name.
    pub path_span: Span,
}

/// The most characters of a path (IAM API reference, `pathType` and `policyPathType`).
const LONGEST_PATH: usize = 512;

/// Before the path of the bootstrap module's roles and policies.
const BOOTSTRAP: &str = "/hcp-terraform";

impl Iam {
    /// The path of what the bootstrap module makes: never inside [`Iam::path`] unless that is `/`, so that no run can
    /// change its own rights.
    pub fn bootstrap_path(&self) -> String {
        format!("{BOOTSTRAP}{}", self.path)
    }
}

/// Decides every setting.
pub fn resolve(
    written: Option<&Written>,
    has_workspace: bool,
    platform: Span,
    scope: &Scope,
    faults: &mut Vec<Diagnostic>,
) -> Iam {
    let template = written.and_then(|iam| iam.path.as_ref());
    let (template, span) = template.map_or(("/{platform}/{environment}/", platform), |path| (path.as_str(), path.span));
    let path = expand(template, span, scope, &[]).and_then(|path| fits(path, has_workspace, span));
    let path = path.unwrap_or_else(|fault| {
        faults.push(fault.at("iam.path"));
        "/unnamed/".to_owned()
    });
    Iam { path, path_span: span }
}

fn fits(path: String, has_workspace: bool, span: Span) -> Result<String, Diagnostic> {
    let most = LONGEST_PATH - if has_workspace { BOOTSTRAP.len() } else { 0 };
    let fault = |message: String| Diagnostic::error("bad-iam-path", span, message);
    if path.len() > most {
        let message = format!("this path has {} characters, and IAM takes {LONGEST_PATH}", path.len());
        let help = match has_workspace {
            true => format!("use {most} at most: `{BOOTSTRAP}` stands before it in the roles of the workspace's runs"),
            false => "use a shorter one".to_owned(),
        };
        return Err(fault(message).help(help));
    }
    if has_workspace && path == "/" {
        let message =
            "the workspace's apply role can change every role below this path, and `/` is that of the whole account";
        return Err(
            fault(message.to_owned()).help("use a path that nothing else has, such as `/{platform}/{environment}/`")
        );
    }
    Ok(path)
}
