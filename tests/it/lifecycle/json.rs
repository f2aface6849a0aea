//! Lifecycle policies as JSON.

use ecrgen::lifecycle::{Policy, evaluate};
use serde_json::Value;

use super::samples::{self, Dice, NOW};

/// AWS's first example with several rules, in one line.
const TWO_RULES: &str = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"tagged","tagPatternList":["prod*"],"countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}},{"rulePriority":2,"selection":{"tagStatus":"tagged","tagPatternList":["beta*"],"countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}"#;

#[test]
fn writes_compact_json_in_the_order_of_the_aws_template() {
    assert_eq!(Policy::from_json(TWO_RULES).unwrap().to_json(), TWO_RULES);
}

#[test]
fn reads_keys_in_any_order() {
    let text = r#"{ "rules": [ { "action": { "targetStorageClass": "archive", "type": "transition" }, "description": "d",
        "selection": { "countNumber": 30, "countUnit": "days", "countType": "sinceImagePushed", "storageClass": "standard",
        "tagPrefixList": ["v"], "tagStatus": "tagged" }, "rulePriority": 3 } ] }"#;
    assert_eq!(
        Policy::from_json(text).unwrap().to_json(),
        concat!(
            r#"{"rules":[{"rulePriority":3,"description":"d","selection":{"tagStatus":"tagged","tagPrefixList":["v"],"#,
            r#""countType":"sinceImagePushed","countUnit":"days","countNumber":30},"#,
            r#""action":{"type":"transition","targetStorageClass":"archive"}}]}"#
        )
    );
}

#[test]
fn writes_the_storage_class_only_for_the_archive() {
    let samples: Value = serde_json::from_str(include_str!("cases/samples.json")).unwrap();
    assert_eq!(
        Policy::from_value(&samples["S3"]).unwrap().to_json(),
        concat!(
            r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","storageClass":"archive","#,
            r#""countType":"sinceImageTransitioned","countUnit":"days","countNumber":365},"action":{"type":"expire"}}]}"#
        )
    );
}

#[test]
fn keeps_the_content_of_the_aws_samples() {
    let samples: Value = serde_json::from_str(include_str!("cases/samples.json")).unwrap();
    for (name, sample) in samples.as_object().unwrap() {
        let policy = Policy::from_value(sample).unwrap();
        assert_eq!(&serde_json::from_str::<Value>(&policy.to_json()).unwrap(), sample, "{name}");
    }
}

#[test]
fn escapes_special_characters_like_jsonencode() {
    let text = TWO_RULES.replacen("\"selection\"", "\"description\":\"<a & b> \\u2028 \\\" \u{e9}\",\"selection\"", 1);
    let json = Policy::from_json(&text).unwrap().to_json();
    assert!(json.contains(r#""description":"\u003ca \u0026 b\u003e \u2028 \" é""#), "{json}");
}

#[test]
fn random_policies_survive_a_round_trip_through_json() {
    for seed in 0..5_000 {
        let dice = &mut Dice(seed);
        let (policy, images) = (samples::policy(dice), samples::images(dice));
        let json = policy.to_json();
        let back = Policy::from_json(&json).unwrap_or_else(|faults| panic!("seed {seed}: {json} {faults:?}"));
        assert_eq!(back, policy, "seed {seed}");
        assert_eq!(back.to_json(), json, "seed {seed}");
        assert!(!json.contains("null"), "seed {seed}: {json}");
        assert_eq!(evaluate(&back, &images, NOW), evaluate(&policy, &images, NOW), "seed {seed}");
    }
}
