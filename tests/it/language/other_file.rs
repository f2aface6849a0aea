//! Files that are not specs: the error names what they are, and the command that reads them.

use ecrgen::diagnostic::Severity;

use crate::harness::Case;

fn refused(name: &str, text: &str) -> String {
    let outcome = Case::new().file(name, text).run(&["lint", name]);
    assert_eq!((outcome.status, outcome.err.as_str()), (1, ""));
    let errors = outcome.out.lines().filter(|line| line.starts_with(&Severity::Error.to_string())).count();
    assert_eq!(errors, 2, "one error and the summary: {}", outcome.out);
    outcome.out
}

/// The files have the keys that the AWS CLI, kubectl, Terraform and GitHub document.
#[test]
fn names_the_command_that_reads_the_file() {
    for (name, text, what, help) in [
        ("images.json", "{\"imageDetails\": []}", "an image listing", "`ecrgen simulate --images images.json`"),
        (
            "images.json",
            "[{\"imageDigest\": \"sha256:1\"}]",
            "an image listing",
            "`ecrgen simulate --images images.json`",
        ),
        (
            "policy.json",
            "{\"rules\": []}",
            "a lifecycle policy",
            "`ecrgen simulate --policy policy.json --images LISTING`",
        ),
        ("p.json", "{\"lifecyclePolicyText\": \"{}\"}", "a lifecycle policy", "`ecrgen simulate --policy p.json"),
        ("p.json", "{\"previewResults\": []}", "a preview of a lifecycle policy", "`ecrgen simulate --policy p.json"),
        ("iam.json", "{\"Version\": \"2012-10-17\", \"Statement\": []}", "an IAM policy", "`access`"),
        ("pods.yaml", "apiVersion: v1\nkind: List\nitems: []\n", "a Kubernetes object", "--in-use pods.yaml`"),
        (
            "s.tfstate",
            "{\"version\": 4, \"terraform_version\": \"1.9.0\", \"resources\": []}",
            "a Terraform state",
            "`ecrgen init`",
        ),
        ("ci.yaml", "name: ci\n\"on\": push\njobs: {}\n", "a GitHub Actions workflow", "name the spec"),
        ("a b.json", "{\"imageDetails\": []}", "an image listing", "`ecrgen simulate --images FILE`"),
    ] {
        let shown = refused(name, text);
        assert!(shown.contains(&format!("`{name}` is not a spec: it is {what}")) && shown.contains(help), "{shown}");
    }
}

/// `ecrgen schema` prints it next to the spec.
#[test]
fn recognizes_its_own_schema() {
    let case = Case::new();
    let schema = case.run(&["schema"]).out;
    assert!(refused("ecrgen.schema.json", &schema).contains("it is a JSON Schema"));
}

#[test]
fn simulate_names_the_option_for_a_listing() {
    let case = Case::new().file("images.json", "{\"imageDetails\": []}");
    let outcome = case.run(&["simulate", "images.json"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.contains("run `ecrgen simulate --images images.json`"), "{}", outcome.err);
}
