//! Access entries and the IAM objects made for them.

use super::codes;

codes! {
    UNKNOWN_ACCESS = {
        name: "unknown-access",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    SESSION_WITHOUT_ROLE = {
        name: "session-without-role",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    UNFIT_ORGANIZATION = {
        name: "unfit-organization",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BAD_IAM_NAME = {
        name: "bad-iam-name",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BAD_IAM_PATH = {
        name: "bad-iam-path",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    ROLE_NAME_TAKEN = {
        name: "role-name-taken",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    POLICY_NAME_TAKEN = {
        name: "policy-name-taken",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BOUNDARY_WITHOUT_WORKSPACE = {
        name: "boundary-without-workspace",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    UNKNOWN_OIDC_PROVIDER = {
        name: "unknown-oidc-provider",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    PROVIDER_OF_ANOTHER_ISSUER = {
        name: "provider-of-another-issuer",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    NOT_ASSERTABLE = {
        name: "not-assertable",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
