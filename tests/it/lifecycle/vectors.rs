//! The worked examples from "Examples of lifecycle policies in Amazon ECR" (V), and examples derived from its text (D).

use ecrgen::lifecycle::{Image, Outcome, Policy, Storage, evaluate};
use ecrgen::time::Time;
use serde_json::Value;

const NOW: i64 = 1_800_000_000;

/// Each image is one second younger than the image above it. AWS gives whole days, but V6 depends on the order within a
/// day.
fn image(position: usize, value: &Value) -> Image {
    let pushed = Time(NOW - value["days"].as_i64().unwrap() * 86_400 + position as i64);
    Image {
        digest: value["name"].as_str().unwrap().to_owned(),
        tags: value["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap().to_owned()).collect(),
        pushed,
        pulled: None,
        storage: match value.get("archived") {
            Some(_) => Storage::Archive { archived_at: pushed },
            None => Storage::Standard { activated_at: None },
        },
        size: 0,
        media_type: None,
        subject: None,
        children: Vec::new(),
    }
}

#[test]
fn worked_examples_have_the_outcome_that_aws_documents() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("cases/vectors.json")).unwrap();
    assert_eq!(vectors.len(), 11);
    for vector in vectors {
        let policy = Policy::from_value(&vector["policy"]).unwrap();
        let images: Vec<Image> =
            vector["images"].as_array().unwrap().iter().enumerate().map(|(i, value)| image(i, value)).collect();
        let verdicts = evaluate(&policy, &images, Time(NOW));
        for (image, verdict) in images.iter().zip(verdicts) {
            let by = vector["expired"].get(&image.digest).and_then(Value::as_u64);
            let outcome = if by.is_some() { Outcome::Expired } else { Outcome::Kept };
            let actual = verdict.acted_by.map(|rule| u64::from(policy.rules[rule].priority.get()));
            assert_eq!((verdict.outcome, actual), (outcome, by), "{} image {}", vector["id"], image.digest);
            assert_eq!(verdict.doubt, None, "{} image {}", vector["id"], image.digest);
        }
    }
}
