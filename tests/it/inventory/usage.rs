//! Which images are in use.

use ecrgen::inventory::{Inventory, Manifests, Usage, read};
use ecrgen::time::Time;

fn inventory() -> Inventory {
    let of = |digest: &str, tags: &str| {
        format!(
            r#"{{ "registryId": "123456789012", "repositoryName": "team/shop", "imageDigest": "sha256:{digest}",
                 "imageTags": {tags}, "imagePushedAt": 5, "imageSizeInBytes": 1, "imageManifestMediaType": "m" }}"#
        )
    };
    let text = format!("[{}, {}, {}]", of("aa", r#"["v1", "latest"]"#), of("bb", r#"["v2"]"#), of("cc", "[]"));
    read(text.as_bytes(), &Manifests::default(), Time(10)).expect("a valid listing").remove(0)
}

/// The positions of the images in use, and the references that match no image.
fn used(text: &str) -> (Vec<usize>, Vec<String>) {
    let usage = Usage::read(text).expect("valid references");
    let inventory = inventory();
    let (uses, unanswered) = usage.of(&inventory);
    let used = (0..uses.len()).filter(|&i| !uses[i].is_empty()).collect();
    (used, unanswered.iter().map(ToString::to_string).collect())
}

#[test]
fn reads_references_by_tag_or_digest() {
    const HOST: &str = "123456789012.dkr.ecr.ap-southeast-3.amazonaws.com";
    let cases: [(&str, &[usize]); 12] = [
        ("team/shop:v1", &[0]),
        (&format!("{HOST}/team/shop:v2"), &[1]),
        (&format!("docker-pullable://{HOST}/team/shop@sha256:cc"), &[2]),
        ("proxy.example:5000/team/shop:v2", &[1]),
        ("team/shop:v2@sha256:aa", &[0]),
        ("sha256:bb", &[1]),
        ("team/shop", &[0]),
        ("team/shop:v1 # in production\n\n# comment\nteam/shop:v2", &[0, 1]),
        ("team/other:v1", &[]),
        ("999999999999.dkr.ecr.ap-southeast-3.amazonaws.com/team/shop:v1", &[]),
        ("shop:v1", &[]),
        ("", &[]),
    ];
    for (text, images) in cases {
        assert_eq!(used(text).0, images, "{text}");
    }
}

#[test]
fn returns_references_to_missing_images() {
    assert_eq!(used("team/shop:v0\nteam/shop@sha256:dd\nother:v0").1, ["team/shop:v0", "team/shop@sha256:dd"]);
}

#[test]
fn reads_requested_and_running_images_of_pods() {
    let pods = r#"{ "apiVersion": "v1", "kind": "List", "items": [
        { "spec": { "containers": [{ "name": "web", "image": "team/shop:v2" }], "initContainers": [{ "image": "busybox" }] },
          "status": { "containerStatuses": [{ "image": "team/shop:v1", "imageID": "team/shop@sha256:cc" }, { "imageID": "" }] } },
        { "spec": {}, "status": {} } ] }"#;
    assert_eq!(used(pods), (vec![0, 1, 2], vec![]));
}

#[test]
fn rejects_an_invalid_reference() {
    assert_eq!(
        Usage::read("team/shop:v1\nteam shop\nx@y").unwrap_err(),
        ["line 2 is not an image reference: `team shop`", "line 3 is not an image reference: `x@y`"]
    );
    assert!(Usage::read("{ \"items\": [").unwrap_err()[0].contains("not valid JSON"));
    assert!(Usage::read("{ \"kind\": \"Pod\" }").unwrap_err()[0].contains("kubectl get pods"));
}
