//! Image indexes that list other indexes.

use serde_json::{Value, json};

use super::{policy, rule};
use crate::harness::Case;

fn digest(number: usize) -> String {
    format!("sha256:{number:064x}")
}

/// The verdicts on indexes that each list the next one, with the age of each in days, if images expire after 7 days.
fn verdicts(ages: &[i64]) -> Vec<Value> {
    let image = |(number, days): (usize, &i64)| {
        json!({
            "registryId": "123456789012",
            "repositoryName": "shop",
            "imageDigest": digest(number),
            "imagePushedAt": 1_795_219_200 - days * 86_400,
            "imageSizeInBytes": 1,
            "imageManifestMediaType": "application/vnd.oci.image.index.v1+json",
        })
    };
    let manifest = |number: usize| {
        let next = json!({ "manifests": [{ "digest": digest(number + 1) }] }).to_string();
        json!({ "imageId": { "imageDigest": digest(number) }, "imageManifest": next })
    };
    let images: Vec<Value> = ages.iter().enumerate().map(image).collect();
    let manifests: Vec<Value> = (0..ages.len() - 1).map(manifest).collect();
    let old = json!({ "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 });
    let case = Case::new()
        .file("policy.json", policy(&[rule(1, old)]))
        .file("images.json", json!({ "imageDetails": images }).to_string())
        .file("manifests.json", json!({ "images": manifests }).to_string());
    let outcome = case.run(
        &"simulate --policy policy.json --images images.json --manifests manifests.json --at 2026-11-21 --format json"
            .split(' ')
            .collect::<Vec<_>>(),
    );
    let mut document: Value = serde_json::from_str(&outcome.out).unwrap_or_else(|_| panic!("{outcome:?}"));
    let mut verdicts = document["repositories"][0]["verdicts"].take();
    let number = |verdict: &Value| verdict["digest"].as_str().map(str::to_owned);
    verdicts.as_array_mut().expect("a list").sort_by_key(number);
    serde_json::from_value(verdicts).expect("a list")
}

fn reason(verdict: &Value) -> &str {
    verdict["reason"].as_str().expect("a reason")
}

#[test]
fn each_index_goes_after_the_one_that_lists_it() {
    let verdicts = verdicts(&[40, 40, 40, 40]);
    assert!(reason(&verdicts[0]).starts_with("rule 1: pushed more than 7 days ago; may belong to"), "{}", verdicts[0]);
    for number in 1..4 {
        let index =
            ecrgen::simulation::short_digest(verdicts[number - 1]["digest"].as_str().expect("a digest")).to_owned();
        let expected = format!("rule 1: pushed more than 7 days ago, and it goes after image index {index}");
        assert_eq!(reason(&verdicts[number]), expected);
    }
}

#[test]
fn an_index_that_stays_keeps_everything_below_it() {
    let verdicts = verdicts(&[40, 3, 40, 40]);
    assert!(reason(&verdicts[1]).ends_with("pushed no more than 7 days ago"), "{}", reason(&verdicts[1]));
    for verdict in &verdicts[2..] {
        assert!(reason(verdict).contains(" still lists it"), "{verdict}");
    }
}

/// A listing can nest more indexes than the stack has room for.
#[test]
fn thousands_of_levels_are_followed() {
    let verdicts = verdicts(&[40; 20_000]);
    assert_eq!(verdicts.len(), 20_000);
    assert!(verdicts[1..].iter().all(|verdict| reason(verdict).contains("it goes after image index")));
}
