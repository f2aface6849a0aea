//! Images that Lambda functions and archived indexes need.

use super::lifecycle::{messages, of_policy, of_retention};
use crate::harness::shop;

/// The children of an index are untagged and protected until the index is archived or deleted ("Automate the cleanup of
/// images by using lifecycle policies").
#[test]
fn notes_that_an_archived_index_loses_its_images() {
    let found = |rules: &[&str]| messages(&of_policy("", rules), "archived-index");
    let pair = |archiver: u32, rule: u32| {
        vec![format!(
            "after rule {archiver} has archived an image index, rule {rule} deletes the untagged images that the index lists, so it cannot be pulled even after a restore"
        )]
    };
    assert_eq!(found(&["v* pushed 30 archive", "untagged pushed 7 expire"]), pair(1, 2));
    assert_eq!(found(&["untagged keep 7 expire", "v* pulled 30 archive"]), pair(2, 1));
    assert_eq!(found(&["v* keep 30 archive", "any pushed 60 expire"]), pair(1, 2));
    for whole in [
        &["v* pushed 30 archive", "untagged pushed 7 archive"][..],
        &["v* pushed 30 expire", "untagged pushed 7 expire"],
        &["v* keep 30 archive", "any keep 999999 expire"],
        &["any pushed 30 archive", "any archived 365 expire"],
        // The rule that archives never acts.
        &["* keep 9 expire", "v* pushed 30 archive", "untagged pushed 7 expire"],
    ] {
        assert_eq!(found(whole), [""; 0], "{whole:?}");
    }
    let retention = "{ keep: 9, then: archive, of: release }, { expire_after: 7d, of: untagged }";
    assert_eq!(messages(&of_retention("release: \"v{version}\"", retention), "archived-index"), pair(1, 2));
}

/// The messages about a repository of Lambda functions with this setting.
fn of_functions(image_tags: &str, setting: &str) -> Vec<String> {
    let compiled = shop(format!(
        "account: \"123456789012\"\nimage_tags: {{ {image_tags} }}\nrepositories: {{ shop: {{ {setting} }} }}\naccess:\n  f: {{ can: [pull], repositories: [shop], lambda: {{ functions: [f] }} }}\n"
    ));
    assert_eq!(compiled.errors(), [""; 0]);
    messages(compiled.findings(), "lambda-image-deleted")
}

/// "Lambda needs the image forever": it pulls the image of an inactive function again (Lambda developer guide, "Create a
/// Lambda function using a container image").
#[test]
fn warns_about_functions_whose_image_a_retention_can_delete() {
    let classes = "release: \"v{version}\", build: \"build-{sha:7}\", deployed: { tag: deployed, moving: true }";
    let found = |retention: &str| of_functions(classes, &format!("retention: [{retention}]"));
    let idle = "but Lambda pulls the image of an idle function again";
    assert_eq!(
        found("{ keep: 30, of: release }, { keep: 9, of: build }, { keep: 9, of: tagged }"),
        [format!("rule 1 deletes an image of class `release` once the rule has 30 newer ones, {idle}")]
    );
    assert_eq!(
        found("{ archive_unpulled_after: 60d }"),
        [format!("rule 1 archives an image of class `release` 60 days after its last pull, {idle}")]
    );
    for kept in [
        "{ keep: all, of: deployed }, { keep: 30, of: release }, { expire_after: 9d, of: build }",
        "{ keep: all, of: release }, { expire_after: 9d, of: build }",
        "{ expire_after: 7d, of: untagged }",
    ] {
        assert_eq!(found(kept), [""; 0], "{kept}");
    }
    let raw = |rules: &[&str]| of_functions("", &format!("lifecycle_policy: {}", super::lifecycle::policy(rules)));
    assert_eq!(
        raw(&["untagged pushed 7 expire", "any pushed 90 expire"]),
        [format!("rule 2 deletes a tagged image 90 days after its push, {idle}")]
    );
    assert_eq!(raw(&["v* keep 999999 expire", "any pushed 90 expire"]), [""; 0]);
    let without_functions = of_retention(classes, "{ keep: 30, of: release }, { keep: 9, of: tagged }");
    assert_eq!(messages(&without_functions, "lambda-image-deleted"), [""; 0]);
}

/// Lambda adds `LambdaECRImageRetrievalPolicy` to the repository policy when a function is created, and Terraform owns the
/// whole document.
#[test]
fn notes_a_repository_policy_without_lambda() {
    let found = |rest: &str| {
        let compiled = shop(format!("account: \"123456789012\"\nrepositories: {{ cart: {{}}, shop: {{}} }}\n{rest}"));
        assert_eq!(compiled.errors(), [""; 0]);
        messages(compiled.findings(), "lambda-access-removed")
    };
    let partner = |repositories: &str| {
        format!("access:\n  partner: {{ can: [pull], repositories: {repositories}, accounts: [\"210987654321\"] }}\n")
    };
    let removed = "the access that Lambda added for functions in this account";
    let one = |key: &str| format!("the policy of repository `{key}` removes {removed}");
    assert_eq!(found(&partner("[shop]")), [one("shop")]);
    assert_eq!(found(&partner("all")), [format!("the policies of repositories `cart` and `shop` remove {removed}")]);
    let lambda = "  f: { can: [pull], repositories: [shop], lambda: { functions: [f] } }\n";
    assert_eq!(found(&(partner("all") + lambda)), [one("cart")]);
    let waiver = "waive: { lambda-access-removed: { at: [repositories], reason: no functions } }\n";
    assert_eq!(found(&(partner("all") + waiver)), [""; 0]);
    assert_eq!(found(""), [""; 0], "no repository policy");
}

#[test]
fn accepts_raw_statements_about_lambda() {
    let statement = "{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: [ecr:BatchGetImage, ecr:GetDownloadUrlForLayer], Condition: { StringEquals: { aws:SourceAccount: \"123456789012\" } } }";
    let compiled = shop(format!("repositories: {{ shop: {{ policy_statements: [{statement}] }} }}\n"));
    assert_eq!(compiled.codes(), [""; 0]);
}

/// Images of other classes can still be deleted, so the help says which ones functions may run.
#[test]
fn the_help_names_the_images_that_functions_may_run() {
    let compiled = shop(
        "account: \"123456789012\"\nimage_tags: { release: \"v{version}\", build: \"b-{sha:7}\" }\n\
         repositories: { shop: { retention: [{ keep: 30, of: release }, { expire_after: 14d, of: build }] } }\naccess:\n  \
         f: { can: [pull], repositories: [shop], lambda: { functions: [f] } }\n",
    );
    let found = compiled.findings().iter().find(|finding| finding.code.name == "lambda-image-deleted");
    let help = found.and_then(|finding| finding.help.as_deref()).expect("a help");
    assert!(help.ends_with("and let functions run only images of class `release`"), "{help}");
}
