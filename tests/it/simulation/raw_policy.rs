//! `lifecycle_policy`: AWS's JSON format, written as YAML.

use crate::harness::{Case, HEAD, Outcome};

fn case(repositories: &str) -> Case {
    Case::new().file("spec.yaml", format!("{HEAD}{repositories}"))
}

/// Lints a raw policy with one rule, whose selection is on line 9 and whose action is on line 10.
fn lint(selection: &str, action: &str) -> Outcome {
    case(&format!(
        "repositories:
  shop:
    lifecycle_policy:
      rules:
        - rulePriority: 1
          selection: {{ {selection} }}
          action: {{ {action} }}
"
    ))
    .run(&["lint", "spec.yaml"])
}

#[test]
fn renders_a_raw_policy_unchanged() {
    let case = case(
        "repositories:
  shop:
    lifecycle_policy:
      rules:
        - rulePriority: 5
          description: Keep what runs
          selection: { tagStatus: tagged, tagPrefixList: [prod], countType: imageCountMoreThan, countNumber: 10 }
          action: { type: expire }
        - rulePriority: 20
          selection: { tagStatus: any, countType: sinceImagePulled, countUnit: days, countNumber: 90 }
          action: { type: transition, targetStorageClass: archive }
",
    );
    assert_eq!(case.run(&["lint", "spec.yaml"]).out, "");
    assert_eq!(case.run(&["render", "spec.yaml"]).status, 0);
    let file = case.read("shared/ecr/repository_shop.tf");
    for line in [
        "rulePriority = 5",
        "description  = \"Keep what runs\"",
        "rulePriority = 20",
        "\"sinceImagePulled\"",
        "targetStorageClass = \"archive\"",
    ] {
        assert!(file.contains(line), "{line}: {file}");
    }
}

#[test]
fn reports_what_aws_would_reject_at_its_place() {
    let expire = "type: expire";
    for (selection, action, code, place) in [
        ("tagStatus: any, countType: imageCountMoreThan, countNumber: 0", expire, "number-out-of-range", "0 }"),
        ("tagStatus: some, countType: imageCountMoreThan, countNumber: 1", expire, "unknown-value", "some"),
        (
            "tagStatus: any, countType: imageCountMoreThan, countNumber: 1, x: 1",
            expire,
            "lifecycle-unknown-key",
            "x: 1",
        ),
        ("tagStatus: tagged, countType: imageCountMoreThan, countNumber: 1", expire, "tagged-without-list", "tagged,"),
        ("tagStatus: any, countType: imageCountMoreThan, countNumber: 1", "type: delete", "unknown-value", "delete"),
        (
            "tagStatus: any, countType: imageCountMoreThan, countNumber: \"1\"",
            expire,
            "lifecycle-wrong-type",
            "\"1\" }",
        ),
        (
            "tagStatus: any, countType: sinceImagePushed, countUnit: days, countNumber: 1",
            "type: transition",
            "lifecycle-missing-key",
            "{ type: transition",
        ),
    ] {
        let outcome = lint(selection, action);
        assert_eq!(outcome.status, 1);
        assert!(outcome.out.contains(&format!("error[{code}]")), "{code}: {outcome:?}");
        let text = format!("          selection: {{ {selection} }}\n          action: {{ {action} }}\n");
        let (line, column) =
            (9..).zip(text.lines()).find_map(|(n, l)| Some((n, l.rfind(place)? + 1))).expect("a place in the text");
        assert!(outcome.out.contains(&format!("spec.yaml:{line}:{column}")), "{line}:{column}: {outcome:?}");
    }
}

#[test]
fn overrides_either_default_in_a_repository() {
    let raw = "lifecycle_policy: { rules: [{ rulePriority: 7, selection: { tagStatus: any, countType: imageCountMoreThan, countNumber: 70 }, action: { type: expire } }] }";
    let retention = "retention: [{ keep: 30, of: any }]";
    for (own, default, number) in [(raw, retention, 70), (retention, raw, 30)] {
        let case = case(&format!(
            "repository_defaults: {{ {default} }}\nrepositories: {{ shop: {{ {own} }}, other: {{}} }}\n"
        ));
        assert_eq!(case.run(&["render", "spec.yaml"]).status, 0);
        assert!(case.read("shared/ecr/repository_shop.tf").contains(&format!("countNumber = {number}")));
        assert!(case.read("shared/ecr/repository_other.tf").contains(&format!("countNumber = {}", 100 - number)));
    }
    let both = case(&format!("repositories: {{ shop: {{ {retention}, {raw} }} }}\n")).run(&["lint", "spec.yaml"]);
    assert!(both.out.contains("keys-exclude-each-other"), "{both:?}");
}

#[test]
fn simulates_a_raw_policy_in_expectations() {
    let raw = "lifecycle_policy: { rules: [{ rulePriority: 7, selection: { tagStatus: any, countType: imageCountMoreThan, countNumber: 10 }, action: { type: expire } }] }";
    let spec = format!(
        "repositories: {{ shop: {{ {raw} }} }}\nexpect: {{ ten stay: {{ repository: shop, pushes: {{ untagged: 5/day }}, for: 7d, kept: 10 }} }}\n"
    );
    let outcome = case(&spec).run(&["simulate", "spec.yaml"]);
    assert!(outcome.out.starts_with("holds   ten stay"), "{outcome:?}");
}
