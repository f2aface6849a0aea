//! What the roles and policies made here have in common, every setting decided.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::iam::Iam as Written;
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::source::Span;
use crate::value::{OrCreate, OrVariable, PolicyArn};

/// What the roles and policies made here have in common.
#[derive(Clone, Debug)]
pub struct Iam {
    /// Their path: begins and ends with `/`, and leaves room for [`Iam::bootstrap_path`].
    pub path: String,
    /// Where the path is written, or the platform's name.
    pub path_span: Span,
    /// The permissions boundary of the roles made here; with a workspace there is one.
    pub boundary: Option<Boundary>,
}

/// The permissions boundary of the roles made here.
#[derive(Clone, Debug)]
pub enum Boundary {
    /// A policy of this name, made by the bootstrap module.
    Made(String),
    /// A policy that is there.
    Existing(OrVariable<PolicyArn>),
}

/// The most characters of a path (IAM API reference, `pathType` and `policyPathType`).
const LONGEST_PATH: usize = 512;

/// Before the path of the bootstrap module's roles and policies.
const BOOTSTRAP: &str = "/hcp-terraform";

impl Iam {
    /// The path of what the bootstrap module makes: never inside [`Iam::path`], so that no run can change its own rights.
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
    let boundary = boundary(written, has_workspace, scope).unwrap_or_else(|fault| {
        faults.push(fault.at("iam.permissions_boundary"));
        None
    });
    Iam { path, path_span: span, boundary }
}

/// With a workspace there always is one: its apply role writes policies, and without a boundary could give any role
/// that it makes any right.
fn boundary(written: Option<&Written>, has_workspace: bool, scope: &Scope) -> Result<Option<Boundary>, Diagnostic> {
    let made = || Boundary::Made(scope.boundary_name());
    let Some(written) = written.and_then(|iam| iam.permissions_boundary.as_ref()) else {
        return Ok(has_workspace.then(made));
    };
    match &written.value {
        OrCreate::Create if has_workspace => Ok(Some(made())),
        OrCreate::Create => {
            let message = "the bootstrap module makes the boundary, and without `workspace` there is none";
            let fault = Diagnostic::new(&codes::BOUNDARY_WITHOUT_WORKSPACE, written.span, message);
            Err(fault.help("write the ARN of a policy that an administrator has made"))
        }
        OrCreate::Existing(policy) => Ok(Some(Boundary::Existing(policy.clone()))),
    }
}

fn fits(path: String, has_workspace: bool, span: Span) -> Result<String, Diagnostic> {
    let most = LONGEST_PATH - if has_workspace { BOOTSTRAP.len() } else { 0 };
    if path.len() > most {
        let message = format!("this path has {} characters, and IAM takes {LONGEST_PATH}", path.len());
        let help = match has_workspace {
            true => format!("use {most} at most: `{BOOTSTRAP}` stands before it in the roles of the workspace's runs"),
            false => "use a shorter one".to_owned(),
        };
        return Err(Diagnostic::new(&codes::BAD_IAM_PATH, span, message).help(help));
    }
    let shared = |message: &str| Diagnostic::new(&codes::SHARED_IAM_PATH, span, message);
    let own = "use a path that nothing else has, such as `/{platform}/{environment}/`";
    if has_workspace && path == "/" {
        let message =
            "the workspace's apply role can change every role below this path, and `/` is that of the account";
        return Err(shared(message).help(own));
    }
    if has_workspace && path.starts_with(&format!("{BOOTSTRAP}/")) {
        let message = "the workspace's apply role can change every role below this path, and the roles of other \
                       workspaces' runs lie there";
        return Err(shared(message).help(own));
    }
    Ok(path)
}
