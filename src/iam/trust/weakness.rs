//! The ways in which a trust policy allows more, or fewer, principals than intended.

use std::fmt;

macro_rules! weaknesses {
    ($($(#[doc = $doc:literal])+ $name:ident $code:literal $message:literal)*) => {
        /// A way in which a trust policy allows more, or fewer, principals than intended. Weaknesses of subjects are
        /// ordered from the most to the least permissive.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Weakness { $($(#[doc = $doc])+ $name),* }

        impl Weakness {
            /// All weaknesses.
            pub const ALL: &[Weakness] = &[$(Weakness::$name),*];

            /// The code in findings.
            pub fn code(self) -> &'static str {
                match self { $(Weakness::$name => $code),* }
            }
        }

        impl fmt::Display for Weakness {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Weakness::$name => $message),* })
            }
        }
    };
}

weaknesses! {
    /// `"*"`, `{"AWS": "*"}` or a `NotPrincipal`, without a condition on the caller.
    EveryoneTrust "everyone-trust"
        "everyone can assume the role"
    /// A federated principal without `sts:AssumeRoleWithWebIdentity`, or another principal without `sts:AssumeRole`.
    PrincipalActionMismatch "principal-action-mismatch"
        "the statement has no action that this kind of principal can use"
    /// No string comparison on the issuer's `sub`. AWS rejects such policies for shared issuers such as GitHub.
    MissingSubject "missing-subject"
        "anyone with a token from the issuer can assume the role"
    /// A `sub` that consists only of wildcards. AWS rejects such policies for GitHub.
    AnySubject "any-subject-trust"
        "the subject consists only of wildcards: anyone with a token from the issuer can assume the role"
    /// A wildcard before the slash, or in a GitLab group.
    AnyOrganization "any-organization-trust"
        "the organization or group is not fixed: those of other owners also match"
    /// `repo:org/*`, `project_path:group/*`
    OrganizationWide "organization-wide-trust"
        "every repository of the organization or group can assume the role"
    /// A wildcard in the repository's name, or after it without a colon: `repo:org/app*` also matches `org/app-evil`.
    RepositoryPrefix "repository-prefix-trust"
        "the repository name is not fixed: other names with the same prefix also match"
    /// `repo:org@*/app@*`, `project_id:12*`
    WildcardIdentifier "wildcard-identifier"
        "an ID with a wildcard is not fixed: anyone who takes over the name, or has a similar ID, can assume the role"
    /// A wildcard in an HCP Terraform project or workspace.
    AnyWorkspace "any-workspace-trust"
        "anyone who can create a matching workspace can assume the role"
    /// A wildcard in the run phase of HCP Terraform.
    AnyRunPhase "any-run-phase-trust"
        "plans, which can run unreviewed code, can assume the role"
    /// `repo:org/app:*`
    AnyContext "any-context-trust"
        "every branch, tag, environment and pull request of the repository can assume the role"
    /// `…:pull_request`, which is dangerous if the role has write permissions.
    PullRequest "pull-request-trust"
        "pull requests, which can run unreviewed code, can assume the role"
    /// `…:ref:refs/heads/*` or wider.
    AnyBranch "any-branch-trust"
        "every branch can assume the role"
    /// `…:ref:refs/tags/*`
    AnyTag "any-tag-trust"
        "every tag can assume the role"
    /// Any other wildcard in a ref.
    WildcardRef "wildcard-ref"
        "anyone who can create a branch or tag with a matching name can assume the role"
    /// A wildcard in the environment. Anyone with write access to the repository can create an environment.
    WildcardEnvironment "wildcard-environment"
        "anyone with write access to the repository can create a matching environment"
    /// `repo:org-123456/app-456789`: a form that was announced in April 2026 but never released.
    DraftSubject "draft-subject-format"
        "no token has this form: IDs are separated by `@`"
    /// A subject that the issuer never issues.
    UnrecognizedSubject "unrecognized-subject"
        "the issuer does not issue subjects of this form"
    /// A wildcard in the subject of an issuer whose subject format is unknown.
    WildcardSubject "wildcard-subject"
        "the subject is not fixed"
    /// Only names, which anyone can take over after the owner gives them up.
    MutableNames "mutable-names"
        "the subject only has names: anyone who takes over the names can assume the role"
    /// A wildcard in a comparison that does not support wildcards.
    DeadWildcard "dead-wildcard"
        "only `StringLike` and `StringNotLike` support wildcards: in this comparison, `*` and `?` are ordinary characters"
    /// A condition that also holds if the claim is missing: `ForAllValues`, `IfExists`, `Null`, a negated comparison.
    VacuousOperator "vacuous-operator"
        "the condition also holds for tokens without the claim"
    /// No condition on the issuer's `aud`.
    MissingAudience "missing-audience"
        "tokens for other services are also accepted"
    /// An `aud` that is not one of the expected audiences.
    ForeignAudience "foreign-audience"
        "tokens with this audience are not intended for AWS"
    /// EKS Pod Identity without a fixed cluster, namespace or service account.
    AnyPod "any-pod-trust"
        "anyone who can associate a service account with the role can give it to other pods"
    /// A claim that AWS does not read from this issuer's tokens.
    UnknownClaim "unknown-claim"
        "AWS does not read this claim from tokens of this issuer: the condition never matches"
    /// `https://` in a condition key.
    SchemeInKey "scheme-in-key"
        "condition keys begin with the host of the issuer, without `https://`: this key never exists"
}
