//! The texts in which people find a token.

use super::tokens::SPEC;
use super::{answered, is_admitted};
use crate::harness::{Case, Compiled};
use ecrgen::iam::Token;
use serde_json::json;

/// Claims that the entry `pipeline` admits.
const CLAIMS: &str = r#"{"iss":"https://token.actions.githubusercontent.com","aud":"sts.amazonaws.com","sub":"repo:example/shop:ref:refs/heads/main","repository_id":"2222","repository_owner_id":"1111"}"#;

/// `CLAIMS` with a header and a signature, encoded with Python's `base64.urlsafe_b64encode`.
const JWT: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL3Rva2VuLmFjdGlvbnMuZ2l0aHVidXNlcmNvbnRlbnQuY29tIiwiYXVkIjoic3RzLmFtYXpvbmF3cy5jb20iLCJzdWIiOiJyZXBvOmV4YW1wbGUvc2hvcDpyZWY6cmVmcy9oZWFkcy9tYWluIiwicmVwb3NpdG9yeV9pZCI6IjIyMjIiLCJyZXBvc2l0b3J5X293bmVyX2lkIjoiMTExMSJ9.bm90IGEgc2lnbmF0dXJl";

#[test]
fn a_token_and_its_claims_are_the_same() {
    assert_eq!(Token::read(JWT), Token::read(CLAIMS));
    assert_eq!(Token::read(&format!("\n{JWT}\n")), Token::read(CLAIMS));
    let from_the_service = json!({ "count": 1840, "value": JWT }).to_string();
    assert_eq!(Token::read(&from_the_service), Token::read(CLAIMS));
    assert!(is_admitted(&Compiled::of(SPEC), JWT));
}

#[test]
fn the_exit_status_is_0_for_admitted_and_1_for_refused() {
    let case = Case::new().file("spec.yaml", SPEC).file("good.jwt", JWT);
    let case = case.file("bad.json", CLAIMS.replace("heads/main", "heads/develop"));
    let good = case.run(&["access", "spec.yaml", "--token", "good.jwt"]);
    assert_eq!((good.status, good.err.as_str()), (0, ""), "{}", good.out);
    let bad = case.run(&["access", "spec.yaml", "--token", "bad.json"]);
    assert_eq!((bad.status, bad.err.as_str()), (1, ""), "{}", bad.out);
    let signature = JWT.rsplit('.').next().expect("three parts");
    assert!(!good.out.contains(signature) && !good.out.contains(&JWT[..20]), "{}", good.out);
}

#[test]
fn a_text_that_is_not_a_token_is_refused_without_showing_it() {
    let case = Case::new().file("spec.yaml", SPEC);
    for text in ["secret-words", "a.b.c", "{\"secret\": 1}", "[]", "{", "eyJhbGciOi.secret!.x", "{\"sub\": 7}", ""] {
        case.write("token", text);
        let outcome = case.run(&["access", "spec.yaml", "--token", "token"]);
        assert_eq!((outcome.status, outcome.out.as_str()), (2, ""), "{text}: {}", outcome.err);
        assert!(!outcome.err.contains("secret"), "{}", outcome.err);
    }
}

#[test]
fn the_setting_of_github_shows_which_subjects_a_repository_has() {
    let compiled = Compiled::of(SPEC);
    let admits = |prefix: &str| {
        let answer = json!({ "use_default": true, "use_immutable_subject": false, "sub_claim_prefix": prefix });
        is_admitted(&compiled, &answer.to_string())
    };
    assert!(admits("repo:example/shop"));
    assert!(admits("repo:example@1111/shop@2222"));
    assert!(admits("repo:example/legacy"));
    // GitHub's prefix decides, also where the repository did not opt in.
    assert!(!admits("repo:example@1111/legacy@5555"));
    assert!(!admits("repo:example@1111/shop@2229"));
    let custom = json!({
        "use_default": false,
        "include_claim_keys": ["repo", "job_workflow_ref"],
        "sub_claim_prefix": "repo:example/shop",
    });
    answered(&compiled, &custom.to_string(), |answer| {
        assert!(!answer.is_admitted());
        assert_eq!(answer.causes[0].name(), "subject-template");
    });
    let old = json!({ "use_default": true }).to_string();
    assert!(Token::read(&old).expect_err("no prefix").contains("2026-03-10"));
}

/// The subject of a job with an environment does not name its branch or tag, but the token does.
#[test]
fn the_closest_role_is_for_the_branch_or_tag_of_the_job() {
    let entry = |refs: &str| {
        format!(
            "access: {{ ci: {{ can: [push], repositories: all, github: {{ repository: a/b, owner_id: 1, repository_id: 2, {refs} }} }} }}"
        )
    };
    let spec = format!(
        "platform: shop\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\nenvironments:\n  \
         dev: {{ account: \"111111111111\", {} }}\n  prod: {{ account: \"222222222222\", {} }}\n",
        entry("branches: [main]"),
        entry("tags: [\"v*\"]")
    );
    let case = Case::new().file("spec.yaml", spec);
    for (git_ref, environment) in [("refs/tags/v1.2.0", "prod"), ("refs/heads/main", "dev")] {
        let token = json!({
            "iss": "https://token.actions.githubusercontent.com", "aud": "sts.amazonaws.com", "repository_owner_id": "1",
            "repository_id": "2", "sub": "repo:a/b:environment:production", "ref": git_ref,
        });
        case.write("token.json", token.to_string());
        let said = case.run(&["access", "spec.yaml", "--token", "token.json"]).out;
        assert!(said.contains(&format!("role shop-{environment}-ci")), "{said}");
    }
}
