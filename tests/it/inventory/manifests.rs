//! Manifests connect an image index with the images that it lists and with its referrers.

use ecrgen::inventory::{Manifests, read};
use ecrgen::time::Time;

const INDEX: &str = r#"{ "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [
    { "digest": "sha256:c1", "platform": { "os": "linux", "architecture": "amd64" } }, { "digest": "sha256:c2" } ] }"#;

fn children_of(manifests: &Manifests, digest: &str) -> Vec<String> {
    let text = format!(
        r#"{{ "imageDetails": [{{ "imageDigest": "{digest}", "imagePushedAt": 5, "imageSizeInBytes": 1 }}] }}"#
    );
    read(text.as_bytes(), manifests, Time(10)).expect("a valid listing").remove(0).images.remove(0).children
}

#[test]
fn reads_a_manifest_from_a_file_named_after_its_digest() {
    let hex = "0f".repeat(32);
    for name in [format!("{hex}.json"), format!("blobs/sha256/{hex}"), format!("sha256-{hex}.json")] {
        let mut manifests = Manifests::default();
        manifests.add(&name, INDEX).expect("a valid manifest");
        assert_eq!(children_of(&manifests, &format!("sha256:{hex}")), ["sha256:c1", "sha256:c2"], "{name}");
    }
}

#[test]
fn reads_the_output_of_batch_get_image() {
    let batch = serde_json::json!({ "images": [
        { "repositoryName": "shop", "imageId": { "imageDigest": "sha256:aa", "imageTag": "v1" }, "imageManifest": INDEX }
    ], "failures": [] });
    let mut manifests = Manifests::default();
    manifests.add("anything.json", &batch.to_string()).expect("a valid manifest");
    assert_eq!(children_of(&manifests, "sha256:aa"), ["sha256:c1", "sha256:c2"]);
    assert!(children_of(&manifests, "sha256:bb").is_empty());
}

#[test]
fn reads_a_subject_that_the_listing_does_not_have() {
    let mut manifests = Manifests::default();
    let hex = "ab".repeat(32);
    manifests.add(&hex, r#"{ "config": {}, "subject": { "digest": "sha256:ss" } }"#).expect("a valid manifest");
    let text = format!(r#"[{{ "imageDigest": "sha256:{hex}", "imagePushedAt": 5 }}]"#);
    let image = read(text.as_bytes(), &manifests, Time(10)).expect("a valid listing").remove(0).images.remove(0);
    assert_eq!(image.subject.as_deref(), Some("sha256:ss"));
}

#[test]
fn rejects_an_invalid_manifest_with_its_file_name() {
    let cases = [
        ("index.json", INDEX, "does not contain its digest"),
        ("a.json", "{", "a.json is not valid JSON"),
        ("a.json", r#"{ "images": [{ "imageId": {} }] }"#, "batch-get-image"),
    ];
    for (name, text, fault) in cases {
        assert!(Manifests::default().add(name, text).unwrap_err().contains(fault), "{fault}");
    }
}
