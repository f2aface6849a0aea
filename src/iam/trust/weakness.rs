//! The ways in which a trust policy lets in more, or fewer, than meant.

use std::fmt;

macro_rules! weaknesses {
    ($($(#[doc = $doc:literal])+ $name:ident $code:literal $says:literal)*) => {
        /// One way in which a trust policy lets in more, or fewer, than meant. Those about subjects are ordered from
        /// what lets in most.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Weakness { $($(#[doc = $doc])+ $name),* }

        impl Weakness {
            /// All of them.
            pub const ALL: &[Weakness] = &[$(Weakness::$name),*];

            /// Its name in findings.
            pub fn code(self) -> &'static str {
                match self { $(Weakness::$name => $code),* }
            }
        }

        impl fmt::Display for Weakness {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Weakness::$name => $says),* })
            }
        }
    };
}

weaknesses! {
    /// `"*"`, `{"AWS": "*"}` or a `NotPrincipal`, and no condition on who it is.
    EveryoneTrust "everyone-trust"
        "everybody can assume the role"
    /// A federated principal without `sts:AssumeRoleWithWebIdentity`, or another one without `sts:AssumeRole`.
    PrincipalActionMismatch "principal-action-mismatch"
        "the statement has no action that this kind of principal can use"
    /// No string comparison on the issuer's `sub`. For shared issuers such as GitHub AWS refuses such a policy.
    MissingSubject "missing-subject"
        "whoever the issuer gives a token to can assume the role"
    /// A `sub` of wildcards only. For GitHub AWS refuses such a policy.
    AnySubject "any-subject-trust"
        "the subject is wildcards only: whoever the issuer gives a token to can assume the role"
    /// A wildcard before the slash, or in a GitLab group.
    AnyOrganization "any-organization-trust"
        "the organization or group is not fixed: other people's match too"
    /// `repo:org/*`, `project_path:group/*`
    OrganizationWide "organization-wide-trust"
        "every repository of the organization or group can assume the role"
    /// A wildcard in the repository's name, or after it without a colon: `repo:org/app*` is also `org/app-evil`.
    RepositoryPrefix "repository-prefix-trust"
        "the repository's name is not fixed: others that begin alike match too"
    /// `repo:org@*/app@*`, `project_id:12*`
    WildcardIdentifier "wildcard-identifier"
        "with a wildcard the number fixes nothing: whoever takes over the name, or has a number like it, is let in"
    /// A wildcard in an HCP Terraform project or workspace.
    AnyWorkspace "any-workspace-trust"
        "whoever can make a workspace that matches can assume the role"
    /// A wildcard in the phase of an HCP Terraform run.
    AnyRunPhase "any-run-phase-trust"
        "plans, and with them code that nobody has reviewed, can assume the role"
    /// `repo:org/app:*`
    AnyContext "any-context-trust"
        "every branch, tag, environment and pull request of the repository can assume the role"
    /// `…:pull_request`; dangerous when the role may write.
    PullRequest "pull-request-trust"
        "pull requests, and with them code nobody has reviewed, can assume the role"
    /// `…:ref:refs/heads/*` or wider.
    AnyBranch "any-branch-trust"
        "every branch can assume the role"
    /// `…:ref:refs/tags/*`
    AnyTag "any-tag-trust"
        "every tag can assume the role"
    /// Some other wildcard in a ref.
    WildcardRef "wildcard-ref"
        "whoever can make a branch or tag of a matching name can assume the role"
    /// A wildcard in the environment: whoever can write to the repository can make an environment.
    WildcardEnvironment "wildcard-environment"
        "whoever can write to the repository can make an environment that matches"
    /// `repo:org-123456/app-456789`: a form that was announced in April 2026 and never came.
    DraftSubject "draft-subject-format"
        "no token has this form: the numbers are separated by @"
    /// The issuer gives out no such subject.
    UnrecognizedSubject "unrecognized-subject"
        "the issuer gives out no subject of this form"
    /// A wildcard in the subject of an issuer whose subjects are not known here.
    WildcardSubject "wildcard-subject"
        "the subject is not fixed"
    /// Names alone, which somebody else can take over once they are given up.
    MutableNames "mutable-names"
        "the subject has names only: whoever takes over the names is let in"
    /// A wildcard under a comparison that does not know wildcards.
    DeadWildcard "dead-wildcard"
        "StringEquals takes a wildcard for an ordinary character: this never matches"
    /// A condition that holds when the claim is missing: `ForAllValues`, `IfExists`, `Null`, a negated comparison.
    VacuousOperator "vacuous-operator"
        "the condition also holds for tokens that lack the claim"
    /// No comparison of the issuer's `aud`.
    MissingAudience "missing-audience"
        "tokens made for other services are accepted as well"
    /// An `aud` other than the ones that are used here.
    ForeignAudience "foreign-audience"
        "tokens made for this audience are not meant for AWS"
    /// EKS Pod Identity, and the cluster, the namespace or the service account is open.
    AnyPod "any-pod-trust"
        "whoever can associate a service account with the role gives it to pods that are not meant"
    /// A claim that AWS does not read from this issuer's tokens.
    UnknownClaim "unknown-claim"
        "AWS does not read this claim from the issuer's tokens: the condition never matches"
    /// `https://` in a condition key.
    SchemeInKey "scheme-in-key"
        "condition keys begin with the issuer's host, without https://: this one is never there"
}
