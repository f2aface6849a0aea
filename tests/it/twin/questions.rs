//! Who has access and what they can do, according to the policies in the account.

use ecrgen::iam::{Bindings, Caller, Context, Decision, Document, Request, evaluate, evaluate_trust};

use super::account::{Account, ID};
use super::piksel::REPOSITORY;

const GITHUB: &str = "token.actions.githubusercontent.com";
const OTHER_REPOSITORY: &str = "arn:aws:ecr:ap-southeast-3:123456789012:repository/other";

/// A token of a workflow; a claim without value is missing.
#[derive(Clone, Copy)]
struct Token<'a> {
    subject: &'a str,
    audience: Option<&'a str>,
    repository_id: &'a str,
    owner_id: &'a str,
}

/// The token of a push to the main branch.
const MAIN: Token = Token {
    subject: "repo:piksel/piksel-core:ref:refs/heads/main",
    audience: Some("sts.amazonaws.com"),
    repository_id: "2222",
    owner_id: "1111",
};

/// Checks the answers that the blueprint requires.
pub fn are_answered(account: &Account, issuer: &str) {
    the_right_workflows_get_in(account);
    pods_get_into_their_own_role(account, issuer);
    everyone_can_do_their_work_and_nothing_else(account);
}

fn the_right_workflows_get_in(account: &Account) {
    let role = account.document(&["roles", "piksel-shared-image-pipeline", "trust"]);
    let subject = |subject| Token { subject, ..MAIN };
    let let_in = [
        MAIN,
        subject("repo:piksel@1111/piksel-core@2222:ref:refs/heads/main"),
        subject("repo:piksel/piksel-core:ref:refs/heads/develop"),
        subject("repo:piksel@1111/piksel-core@2222:ref:refs/tags/v1.5.0"),
    ];
    let kept_out = [
        ("another branch", subject("repo:piksel/piksel-core:ref:refs/heads/feature")),
        ("a branch that looks like a tag", subject("repo:piksel/piksel-core:ref:refs/heads/v1")),
        ("a pull request", subject("repo:piksel/piksel-core:pull_request")),
        (
            "a fork",
            Token { repository_id: "3333", owner_id: "4444", ..subject("repo:fork/piksel-core:ref:refs/heads/main") },
        ),
        ("a repository that took over the name", Token { repository_id: "3333", ..MAIN }),
        ("an owner who took over the name", Token { owner_id: "4444", ..MAIN }),
        ("a token for another audience", Token { audience: Some("https://github.com/piksel"), ..MAIN }),
        ("a token without audience", Token { audience: None, ..MAIN }),
    ];
    for token in let_in {
        assert!(gets_in(&role, token), "{}", token.subject);
    }
    for (who, token) in kept_out {
        assert!(!gets_in(&role, token), "{who}");
    }
}

fn gets_in(trust: &Document, token: Token) -> bool {
    let claim = |name: &str| format!("{GITHUB}:{name}");
    let context = Context::default()
        .with(&claim("sub"), [token.subject])
        .with(&claim("aud"), token.audience)
        .with(&claim("repository_id"), [token.repository_id])
        .with(&claim("repository_owner_id"), [token.owner_id]);
    assumes(trust, GITHUB, context)
}

fn pods_get_into_their_own_role(account: &Account, issuer: &str) {
    let hub = account.document(&["roles", "piksel-shared-pods-jupyterhub-hub", "trust"]);
    let pod = |subject: &str| {
        let context = Context::default().with(&format!("{issuer}:aud"), ["sts.amazonaws.com"]);
        context.with(&format!("{issuer}:sub"), [subject])
    };
    assert!(assumes(&hub, issuer, pod("system:serviceaccount:jupyterhub:hub")));
    assert!(!assumes(&hub, issuer, pod("system:serviceaccount:odc:odc")));
    assert!(!assumes(&hub, "oidc.eks.ap-southeast-3.amazonaws.com/id/0", pod("system:serviceaccount:jupyterhub:hub")));
}

fn assumes(trust: &Document, issuer: &str, context: Context) -> bool {
    let provider = format!("arn:aws:iam::{ID}:oidc-provider/{issuer}");
    let action = "sts:AssumeRoleWithWebIdentity".to_owned();
    let request = Request { caller: Caller::Federated { provider }, action, resource: None, context };
    matches!(evaluate_trust(trust, &[], &bindings(), &request), Decision::Allowed { .. })
}

fn everyone_can_do_their_work_and_nothing_else(account: &Account) {
    let work = [
        ("piksel-shared-image-pipeline", "ecr:PutImage", true),
        ("piksel-shared-image-pipeline", "ecr:DescribeImages", true),
        ("piksel-shared-image-pipeline", "ecr:BatchDeleteImage", false),
        ("piksel-shared-nodes", "ecr:BatchGetImage", true),
        ("piksel-shared-nodes", "ecr:PutImage", false),
        ("piksel-shared-pods", "ecr:GetDownloadUrlForLayer", true),
        ("piksel-shared-pods", "ecr:PutImage", false),
        ("piksel-shared-developers", "ecr:BatchGetImage", true),
        ("piksel-shared-developers", "ecr:ListImages", true),
        ("piksel-shared-developers", "ecr:PutImage", false),
        ("piksel-shared-developers", "ecr:SetRepositoryPolicy", false),
    ];
    for (policy, action, may) in work {
        let document = account.document(&["policies", policy, "document"]);
        assert_eq!(allows(&document, action, Some(REPOSITORY)), may, "{policy}: {action}");
        assert!(!allows(&document, action, Some(OTHER_REPOSITORY)), "{policy}: {action} elsewhere");
        assert!(allows(&document, "ecr:GetAuthorizationToken", None), "{policy}: login");
    }
}

fn allows(policy: &Document, action: &str, resource: Option<&str>) -> bool {
    let resource = resource.map(|arn| arn.parse().expect("an ARN"));
    let caller =
        Caller::Role { role: format!("arn:aws:iam::{ID}:role/x").parse().expect("an ARN"), session: "x".into() };
    let request = Request { caller, action: action.into(), resource, context: Context::default() };
    matches!(evaluate(std::slice::from_ref(policy), &bindings(), &request), Decision::Allowed { .. })
}

/// The account's documents have no symbols, so only the account and region are needed.
fn bindings() -> Bindings {
    Bindings::commercial("ap-southeast-3", ID)
}
