//! A short notation for lifecycle policies, and the findings about them.

use ecrgen::diagnostic::{Diagnostic, Severity};
use serde_json::{Value, json};

use crate::harness::Compiled;

/// A policy in AWS's format. Each line is a rule: `any`, `untagged` or its patterns (`v* latest`) or prefixes
/// (`prefix v latest`), then `keep`, `pushed`, `pulled` or `archived` with a number, then `expire` or `archive`.
pub fn policy(rules: &[&str]) -> Value {
    let rules = rules.iter().enumerate().map(|(index, rule)| self::rule(index + 1, rule));
    json!({ "rules": rules.collect::<Vec<_>>() })
}

fn rule(priority: usize, rule: &str) -> Value {
    let words: Vec<&str> = rule.split(' ').collect();
    let [tags @ .., criterion, number, action] = words.as_slice() else { panic!("{rule}") };
    let mut selection = match tags {
        ["any"] => json!({ "tagStatus": "any" }),
        ["untagged"] => json!({ "tagStatus": "untagged" }),
        ["prefix", prefixes @ ..] => json!({ "tagStatus": "tagged", "tagPrefixList": prefixes }),
        patterns => json!({ "tagStatus": "tagged", "tagPatternList": patterns }),
    };
    selection["countNumber"] = number.parse::<u32>().expect("a number").into();
    let count_type = match *criterion {
        "keep" => "imageCountMoreThan",
        "pushed" => "sinceImagePushed",
        "pulled" => "sinceImagePulled",
        "archived" => "sinceImageTransitioned",
        other => panic!("{other}"),
    };
    selection["countType"] = count_type.into();
    if *criterion != "keep" {
        selection["countUnit"] = "days".into();
    }
    if *criterion == "archived" {
        selection["storageClass"] = "archive".into();
    }
    let action = match *action {
        "expire" => json!({ "type": "expire" }),
        "archive" => json!({ "type": "transition", "targetStorageClass": "archive" }),
        other => panic!("{other}"),
    };
    json!({ "rulePriority": priority, "selection": selection, "action": action })
}

/// The findings about a repository of one service with these image tags and this policy.
pub fn of_policy(image_tags: &str, rules: &[&str]) -> Vec<Diagnostic> {
    findings(image_tags, &format!("lifecycle_policy: {}", policy(rules)))
}

/// The findings about a repository of one service with these image tags and this retention.
pub fn of_retention(image_tags: &str, retention: &str) -> Vec<Diagnostic> {
    findings(image_tags, &format!("retention: [{retention}]"))
}

/// The findings about a repository with these image tags and settings. Panics if there are errors.
pub fn findings(image_tags: &str, settings: &str) -> Vec<Diagnostic> {
    let compiled = Compiled::of(format!(
        "platform: shop\nenvironment: shared\nregion: eu-central-1\nimage_tags: {{ {image_tags} }}\nrepositories: {{ shop: {{ {settings} }} }}\n"
    ));
    let errors: Vec<_> = compiled.findings().iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    compiled.findings().to_vec()
}

/// The codes of findings, sorted.
pub fn codes(findings: &[Diagnostic]) -> Vec<&'static str> {
    let mut codes: Vec<_> = findings.iter().map(|finding| finding.code.name).collect();
    codes.sort_unstable();
    codes
}

/// The messages of the findings with this code.
pub fn messages(findings: &[Diagnostic], code: &str) -> Vec<String> {
    findings.iter().filter(|finding| finding.code.name == code).map(|finding| finding.message.clone()).collect()
}
