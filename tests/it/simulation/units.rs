//! MB and GB have one meaning: that in which AWS bills storage, in units of 1,024. The price examples of Amazon S3, in which
//! ECR stores layers, count 10 TB as 10,995,116,277,760 bytes.

use ecrgen::simulation::{Prices, parse_size};

use super::listing;
use crate::harness::Case;

#[test]
fn sizes_are_read_printed_and_priced_in_the_same_units() {
    let gigabyte = 10_995_116_277_760 / 10 / 1024;
    assert_eq!(parse_size("1GB"), Ok(gigabyte));
    assert_eq!(parse_size("1024MB"), Ok(gigabyte));
    let prices =
        Prices { storage_gb_month: 0.1, cross_region_gb: 0.02, archive_gb_month: Some(0.05), ..Prices::default() };
    assert_eq!(prices.of_storage(gigabyte), 0.1);
    assert_eq!(prices.of_archive(gigabyte), Some(0.05));
    assert_eq!(prices.of_transfer(gigabyte), 0.02);

    let case =
        Case::new().file("policy.json", "{\"rules\": []}").file("images.json", listing(&[('a', &["v1"], 1, 1024)]));
    let policy = super::policy(&[super::rule(
        1,
        serde_json::json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 }),
    )]);
    case.write("policy.json", policy);
    let listed = case.run(&["simulate", "--policy", "policy.json", "--images", "images.json"]).out;
    assert!(listed.contains("1.0 GB      $0.10 per month"), "{listed}");
    let pushed = case.run(&["simulate", "--policy", "policy.json", "--schedule", "v1: 1/day for 1d of 1GB"]).out;
    assert!(pushed.contains("1.0 GB      $0.10 per month"), "{pushed}");
    for out in [listed, pushed] {
        assert!(out.contains("1 GB is 1,073,741,824 bytes (1024 MB), as AWS bills storage."), "{out}");
    }
}
