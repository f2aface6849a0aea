//! Resolved settings that all roles and policies of the output share.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::iam::Iam as Written;
use crate::platform::Scope;
use crate::platform::naming::template::expand;
use crate::source::Span;
use crate::value::{OrCreate, OrVariable, PolicyArn};

/// Settings that all roles and policies of the output share.
#[derive(Clone, Debug)]
pub struct Iam {
    /// Their path. It begins and ends with `/`, and is short enough for [`Iam::bootstrap_path`].
    pub path: String,
    /// The place of the path, or of the platform's name if no path is written.
    pub path_span: Span,
    /// The permissions boundary of the roles. It is always set if there is a workspace.
    pub boundary: Option<Boundary>,
}

/// The permissions boundary of the roles.
#[derive(Clone, Debug)]
pub enum Boundary {
    /// A policy with this name, created by the bootstrap module.
    Made(String),
    /// An existing policy.
    Existing(OrVariable<PolicyArn>),
}

/// The maximum length of a path (IAM API reference, `pathType` and `policyPathType`).
const LONGEST_PATH: usize = 512;

/// The prefix of the path of the bootstrap module's roles and policies.
const BOOTSTRAP: &str = "/hcp-terraform";

/// Paths of roles that AWS services create (IAM user guide, "IAM identifiers" and "Create a service-linked role"; IAM Identity
/// Center user guide, "Referencing permission sets in resource policies").
const OF_AWS: [&str; 3] = ["/aws-reserved/", "/aws-service-role/", "/service-role/"];

impl Iam {
    /// The path of the roles and policies that the bootstrap module creates. It is never below [`Iam::path`], so that
    /// no run can change its own permissions.
    pub fn bootstrap_path(&self) -> String {
        format!("{BOOTSTRAP}{}", self.path)
    }
}

/// Resolves every setting.
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

/// The permissions boundary. It is always set if there is a workspace: the apply role writes policies, and without a
/// boundary it could give any permission to a role that it creates.
fn boundary(written: Option<&Written>, has_workspace: bool, scope: &Scope) -> Result<Option<Boundary>, Diagnostic> {
    let made = || Boundary::Made(scope.boundary_name());
    let Some(written) = written.and_then(|iam| iam.permissions_boundary.as_ref()) else {
        return Ok(has_workspace.then(made));
    };
    match &written.value {
        OrCreate::Create if has_workspace => Ok(Some(made())),
        OrCreate::Create => {
            let message = "`permissions_boundary: create` needs `workspace`: the bootstrap module creates the boundary, and only a platform with a workspace has that module";
            let fault = Diagnostic::new(&codes::BOUNDARY_WITHOUT_WORKSPACE, written.span, message);
            Err(fault.help("write the ARN of an existing policy, or add a `workspace` section"))
        }
        OrCreate::Existing(policy) => Ok(Some(Boundary::Existing(policy.clone()))),
    }
}

fn fits(path: String, has_workspace: bool, span: Span) -> Result<String, Diagnostic> {
    let most = LONGEST_PATH - if has_workspace { BOOTSTRAP.len() } else { 0 };
    if path.len() > most {
        let message = format!("this IAM path is too long: it has {} characters, but {most} are allowed", path.len());
        let help = match has_workspace {
            true => format!(
                "use a shorter path: IAM allows {LONGEST_PATH} characters, and the roles for runs of the workspace add \
                 `{BOOTSTRAP}` in front of it"
            ),
            false => "use a shorter path".to_owned(),
        };
        return Err(Diagnostic::new(&codes::BAD_IAM_PATH, span, message).help(help));
    }
    if let Some(reserved) = OF_AWS.iter().find(|reserved| path.starts_with(**reserved)) {
        let message = format!("this IAM path is for roles of AWS services: paths below `{reserved}` belong to AWS");
        let help = "write another path, or remove `path` for the default, `\"/{platform}/{environment}/\"`";
        return Err(Diagnostic::new(&codes::BAD_IAM_PATH, span, message).help(help));
    }
    let shared = |message: &str| Diagnostic::new(&codes::SHARED_IAM_PATH, span, message);
    let own = "write a path that nothing else uses, or remove `path` for the default, `\"/{platform}/{environment}/\"`";
    if has_workspace && path == "/" {
        let message = "the apply role of the workspace can change every role below this path, and every role of \
                       the account is below `/`";
        return Err(shared(message).help(own));
    }
    if has_workspace && path.starts_with(&format!("{BOOTSTRAP}/")) {
        let message = "the apply role of the workspace can change every role below this path, including the roles \
                       for runs of other workspaces";
        return Err(shared(message).help(own));
    }
    Ok(path)
}
