//! Reading listings: accepted formats, remarks on assumptions, and errors.

use ecrgen::inventory::{Inventory, Manifests, read};
use ecrgen::lifecycle::Storage;
use ecrgen::time::Time;

const AT: Time = Time(1_795_257_000); // 2026-11-21T10:30:00Z

fn sizes_of_images(size: &str) -> Result<u64, Vec<String>> {
    let text = format!(
        "[{}]",
        detail('a', "").replace(r#""imageSizeInBytes": 5,"#, &format!(r#""imageSizeInBytes": {size},"#))
    );
    read(text.as_bytes(), &Manifests::default(), Time(1_900_000_000)).map(|inventories| inventories[0].images[0].size)
}

#[test]
fn rejects_a_size_that_no_image_can_have() {
    // 42,000 layers of 52,000 MiB.
    assert_eq!(sizes_of_images("2290089984000000"), Ok(2_290_089_984_000_000));
    for size in ["2290089984000001", "18446744073709551615"] {
        let faults = sizes_of_images(size).unwrap_err();
        assert!(faults[0].contains(&format!("has an imageSizeInBytes of {size}, more than")), "{faults:?}");
    }
    for size in ["18446744073709551616", "-1", "0.5"] {
        assert!(sizes_of_images(size).is_err(), "{size}");
    }
}

fn listing(text: &str) -> Result<Vec<Inventory>, Vec<String>> {
    read(text.as_bytes(), &Manifests::default(), AT)
}

fn one(details: &str) -> Inventory {
    let text = format!("{{ \"imageDetails\": [{details}] }}");
    listing(&text).unwrap_or_else(|faults| panic!("{faults:?}")).remove(0)
}

fn faults(text: &str) -> String {
    listing(text).unwrap_err().join("\n")
}

fn detail(digest: char, more: &str) -> String {
    let digest = digest.to_string().repeat(64);
    format!(
        r#"{{ "imageDigest": "sha256:{digest}", "imagePushedAt": "2026-11-01T08:00:00+07:00", "imageSizeInBytes": 5,
             "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json"{more} }}"#
    )
}

#[test]
fn reads_all_keys_that_lifecycle_rules_need() {
    let inventory = one(r#"{
        "registryId": "123456789012", "repositoryName": "shop", "imageDigest": "sha256:aa", "imageTags": ["v1", "latest"],
        "imageSizeInBytes": 123, "imagePushedAt": 1795000000.5, "lastRecordedPullTime": "2026-11-20T00:00:00Z",
        "imageManifestMediaType": "application/vnd.oci.image.index.v1+json", "artifactMediaType": "a/b",
        "imageStatus": "ACTIVE", "lastArchivedAt": 1700000000, "lastActivatedAt": "2026-11-19T00:00:00Z",
        "subjectManifestDigest": "sha256:bb", "imageScanStatus": { "status": "COMPLETE" }
    }"#);
    assert_eq!(inventory.repository.as_deref(), Some("shop"));
    assert_eq!(inventory.registry.as_deref(), Some("123456789012"));
    assert!(inventory.complete && inventory.remarks.is_empty(), "{:?}", inventory.remarks);
    let image = &inventory.images[0];
    assert_eq!((image.digest.as_str(), image.size), ("sha256:aa", 123));
    assert_eq!(image.tags, ["v1", "latest"]);
    assert_eq!(image.pushed, Time(1_795_000_000));
    assert_eq!(image.pulled, Some(Time(1_795_132_800)));
    assert_eq!(image.storage, Storage::Standard { activated_at: Some(Time(1_795_046_400)) });
    assert_eq!(image.subject.as_deref(), Some("sha256:bb"));
    assert!(image.is_index());
}

#[test]
fn reads_when_an_image_was_last_archived() {
    let inventory = one(&detail('a', r#", "imageStatus": "ARCHIVED", "lastArchivedAt": "2026-11-10T00:00:00Z""#));
    assert_eq!(inventory.images[0].storage, Storage::Archive { archived_at: Time(1_794_268_800) });
}

#[test]
fn returns_one_inventory_per_repository_in_order() {
    let of = |digest, name| detail(digest, &format!(r#", "repositoryName": "{name}""#));
    let text = format!(r#"{{ "imageDetails": [{}, {}, {}] }}"#, of('a', "web"), of('b', "api"), of('c', "web"));
    let inventories = listing(&text).expect("a valid listing");
    let shape: Vec<_> = inventories.iter().map(|i| (i.repository.as_deref(), i.images.len())).collect();
    assert_eq!(shape, [(Some("web"), 2), (Some("api"), 1)]);
}

#[test]
fn reads_a_bare_list_and_several_pages() {
    assert_eq!(listing(&format!("[{}]", detail('a', ""))).expect("a valid listing")[0].images.len(), 1);
    let page = |digest, token: &str| format!(r#"{{ "imageDetails": [{}]{token} }}"#, detail(digest, ""));
    let both = format!("{}\n{}", page('a', r#", "nextToken": "x""#), page('b', ""));
    let inventories = listing(&both).expect("a valid listing");
    assert_eq!(inventories[0].images.len(), 2);
    assert!(inventories[0].complete);
}

#[test]
fn reads_a_listing_without_images() {
    let inventories = listing(r#"{ "imageDetails": [] }"#).expect("a valid listing");
    assert!(inventories[0].images.is_empty() && inventories[0].complete);
}

#[test]
fn marks_a_listing_with_a_next_token_as_incomplete() {
    for key in ["nextToken", "NextToken"] {
        let text = format!(r#"{{ "imageDetails": [{}], "{key}": "eyJ" }}"#, detail('a', ""));
        let inventory = listing(&text).expect("a valid listing").remove(0);
        assert!(!inventory.complete);
        assert!(inventory.remarks[0].contains("incomplete"), "{:?}", inventory.remarks);
    }
}

#[test]
fn remarks_on_each_assumption() {
    let cases = [
        (detail('a', "") + "," + &detail('a', ""), "listed twice"),
        (detail('a', r#", "imageStatus": "ACTIVATING""#), "counted as restored"),
        (detail('a', "").replace("2026-11-01", "2026-12-01"), "after the time of the simulation"),
        (detail('a', "").replace(r#""imageSizeInBytes": 5,"#, ""), "0 bytes"),
        (detail('a', "").replace("imageManifestMediaType", "other"), "is an image index"),
        (detail('a', r#", "imageTags": ["x"]"#) + "," + &detail('b', r#", "imageTags": ["x"]"#), "on two images"),
    ];
    for (details, remark) in cases {
        let inventory = one(&details);
        assert_eq!(inventory.remarks.len(), 1, "{remark}: {:?}", inventory.remarks);
        assert!(inventory.remarks[0].contains(remark), "{remark}: {:?}", inventory.remarks);
    }
    assert!(one(&detail('a', "")).remarks.is_empty());
}

#[test]
fn keeps_unusual_characters_in_tags() {
    let inventory = one(&detail('a', r#", "imageTags": ["git hash", "*", "ü\u001b[31m"]"#));
    assert_eq!(inventory.images[0].tags, ["git hash", "*", "ü\u{1b}[31m"]);
}

#[test]
fn rejects_bad_listings_with_all_their_errors() {
    let good = format!(r#"{{ "imageDetails": [{}] }}"#, detail('a', ""));
    assert!(faults("").contains("empty"));
    assert!(faults(&good[..good.len() - 20]).contains("truncated"));
    assert!(faults("hello").contains("not valid JSON"));
    assert!(faults(r#"{ "images": [] }"#).contains("imageDetails"));
    assert!(faults(&good.replace('5', "-5")).contains("describe-images"));
    let several = format!(
        r#"{{ "imageDetails": [{}, {}, {}, {}, {}] }}"#,
        detail('a', "").replace("imagePushedAt", "pushed"),
        detail('b', r#", "imageStatus": "GONE""#),
        detail('c', "").replace("+07:00", ""),
        r#"{ "imageTags": ["lost"] }"#,
        detail('d', r#", "imageStatus": "ARCHIVED""#),
    );
    let faults = faults(&several);
    for fault in [
        "no imagePushedAt",
        "imageStatus `GONE`",
        "no time zone",
        "(tags: lost) has no imageDigest",
        "no lastArchivedAt",
        "has an invalid imagePushedAt: `2026-11-01T08:00:00` has no time zone",
    ] {
        assert!(faults.contains(fault), "{fault}: {faults}");
    }
}

#[test]
fn rejects_a_listing_that_ends_with_a_read_error() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the network is down"))
        }
    }
    let good = format!(r#"{{ "imageDetails": [{}] }}"#, detail('a', ""));
    for before in ["", &good[..good.len() - 20], &good] {
        let listing = std::io::Read::chain(before.as_bytes(), Broken);
        let faults = read(listing, &Manifests::default(), AT).unwrap_err().join("\n");
        assert!(faults.contains("cannot be read") && faults.contains("the network is down"), "{faults}");
    }
}

#[test]
fn ignores_a_byte_order_mark_and_blank_lines_at_the_start() {
    let text = format!("\u{feff}\r\n {{ \"imageDetails\": [{}] }}\n\n", detail('a', ""));
    assert_eq!(listing(&text).expect("a valid listing")[0].images.len(), 1);
}

#[test]
fn counts_a_repeated_listing_once() {
    let page =
        format!(r#"{{ "imageDetails": [{}, {}] }}"#, detail('a', r#", "imageTags": ["x", "x"]"#), detail('b', ""));
    let inventory = listing(&format!("{page}{page}")).expect("a valid listing").remove(0);
    assert_eq!(inventory.images, listing(&page).expect("a valid listing")[0].images);
    assert_eq!(inventory.remarks.len(), 1, "{:?}", inventory.remarks);
    assert!(inventory.remarks[0].starts_with("2 images listed twice"), "{:?}", inventory.remarks);
}

#[test]
fn rejects_a_digest_with_different_details() {
    let text = format!(r#"{{ "imageDetails": [{}, {}] }}"#, detail('a', ""), detail('a', r#", "imageTags": ["x"]"#));
    assert!(faults(&text).contains("different details"));
}
