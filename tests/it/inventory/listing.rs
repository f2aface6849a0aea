//! Listings: what is read, what is assumed and said, what is refused.

use ecrgen::inventory::{Inventory, Manifests, read};
use ecrgen::lifecycle::Storage;
use ecrgen::time::Time;

const AT: Time = Time(1_795_257_000); // 2026-11-21T10:30:00Z

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
fn everything_the_lifecycle_needs_is_read() {
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
fn an_archived_image_is_archived_since_its_last_archiving() {
    let inventory = one(&detail('a', r#", "imageStatus": "ARCHIVED", "lastArchivedAt": "2026-11-10T00:00:00Z""#));
    assert_eq!(inventory.images[0].storage, Storage::Archive { archived_at: Time(1_794_268_800) });
}

#[test]
fn a_listing_of_two_repositories_becomes_two_inventories_in_its_order() {
    let of = |digest, name| detail(digest, &format!(r#", "repositoryName": "{name}""#));
    let text = format!(r#"{{ "imageDetails": [{}, {}, {}] }}"#, of('a', "web"), of('b', "api"), of('c', "web"));
    let inventories = listing(&text).expect("is good");
    let shape: Vec<_> = inventories.iter().map(|i| (i.repository.as_deref(), i.images.len())).collect();
    assert_eq!(shape, [(Some("web"), 2), (Some("api"), 1)]);
}

#[test]
fn a_bare_list_and_pages_one_after_another_are_read() {
    assert_eq!(listing(&format!("[{}]", detail('a', ""))).expect("is good")[0].images.len(), 1);
    let page = |digest, token: &str| format!(r#"{{ "imageDetails": [{}]{token} }}"#, detail(digest, ""));
    let both = format!("{}\n{}", page('a', r#", "nextToken": "x""#), page('b', ""));
    let inventories = listing(&both).expect("is good");
    assert_eq!(inventories[0].images.len(), 2);
    assert!(inventories[0].complete);
}

#[test]
fn an_empty_repository_is_one_without_images() {
    let inventories = listing(r#"{ "imageDetails": [] }"#).expect("is good");
    assert!(inventories[0].images.is_empty() && inventories[0].complete);
}

#[test]
fn a_token_that_is_left_makes_the_listing_incomplete() {
    for key in ["nextToken", "NextToken"] {
        let text = format!(r#"{{ "imageDetails": [{}], "{key}": "eyJ" }}"#, detail('a', ""));
        let inventory = listing(&text).expect("is good").remove(0);
        assert!(!inventory.complete);
        assert!(inventory.remarks[0].contains("incomplete"), "{:?}", inventory.remarks);
    }
}

#[test]
fn what_is_assumed_is_said() {
    let cases = [
        (detail('a', "") + "," + &detail('a', ""), "listed twice"),
        (detail('a', r#", "imageStatus": "ACTIVATING""#), "restored already"),
        (detail('a', "").replace("2026-11-01", "2026-12-01"), "after the time of the simulation"),
        (detail('a', "").replace(r#""imageSizeInBytes": 5,"#, ""), "0 bytes"),
        (detail('a', "").replace("imageManifestMediaType", "other"), "may be an image index"),
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
fn odd_characters_in_tags_are_kept_as_they_are() {
    let inventory = one(&detail('a', r#", "imageTags": ["git hash", "*", "ü\u001b[31m"]"#));
    assert_eq!(inventory.images[0].tags, ["git hash", "*", "ü\u{1b}[31m"]);
}

#[test]
fn bad_listings_are_refused_with_all_their_faults() {
    let good = format!(r#"{{ "imageDetails": [{}] }}"#, detail('a', ""));
    assert!(faults("").contains("empty"));
    assert!(faults(&good[..good.len() - 20]).contains("cut off"));
    assert!(faults("hello").contains("no JSON"));
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
    ] {
        assert!(faults.contains(fault), "{fault}: {faults}");
    }
}

#[test]
fn a_listing_that_stops_with_an_error_is_not_taken_for_a_short_one() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the network is gone"))
        }
    }
    let good = format!(r#"{{ "imageDetails": [{}] }}"#, detail('a', ""));
    for before in ["", &good[..good.len() - 20], &good] {
        let listing = std::io::Read::chain(before.as_bytes(), Broken);
        let faults = read(listing, &Manifests::default(), AT).unwrap_err().join("\n");
        assert!(faults.contains("cannot be read") && faults.contains("the network is gone"), "{faults}");
    }
}

#[test]
fn a_byte_order_mark_and_blank_lines_before_a_listing_are_passed_over() {
    let text = format!("\u{feff}\r\n {{ \"imageDetails\": [{}] }}\n\n", detail('a', ""));
    assert_eq!(listing(&text).expect("is good")[0].images.len(), 1);
}

#[test]
fn a_listing_given_twice_is_counted_once() {
    let page =
        format!(r#"{{ "imageDetails": [{}, {}] }}"#, detail('a', r#", "imageTags": ["x", "x"]"#), detail('b', ""));
    let inventory = listing(&format!("{page}{page}")).expect("is good").remove(0);
    assert_eq!(inventory.images, listing(&page).expect("is good")[0].images);
    assert_eq!(inventory.remarks.len(), 1, "{:?}", inventory.remarks);
    assert!(inventory.remarks[0].starts_with("2 images listed twice"), "{:?}", inventory.remarks);
}

#[test]
fn one_digest_with_different_details_is_a_fault() {
    let text = format!(r#"{{ "imageDetails": [{}, {}] }}"#, detail('a', ""), detail('a', r#", "imageTags": ["x"]"#));
    assert!(faults(&text).contains("different details"));
}
