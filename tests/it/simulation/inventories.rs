//! `ecrgen simulate` over listings, as text and as JSON.

use serde_json::{Value, json};

use super::{digest, listing, policy, rule};
use crate::harness::{Case, Outcome};

const SPEC: &str = "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 1, of: release }, { expire_after: 7d, of: untagged }] }
";

/// AWS's example A of "filtering on multiple rules": the rule for "beta" expires nothing, because both images belong to
/// the rule for "prod".
fn example_a() -> String {
    let count = |pattern: &str| json!({ "tagStatus": "tagged", "tagPatternList": [pattern], "countType": "imageCountMoreThan", "countNumber": 1 });
    policy(&[rule(1, count("prod*")), rule(2, count("beta*"))])
}

fn images_of_example_a() -> String {
    listing(&[('a', &["beta-1", "prod-1"], 10, 100), ('b', &["beta-2", "prod-2"], 9, 200), ('c', &["beta-3"], 8, 300)])
}

fn case(policy: &str, images: &str) -> Case {
    Case::new().file("policy.json", policy).file("images.json", images).file("spec.yaml", SPEC)
}

fn by_policy(case: &Case, more: &[&str]) -> Outcome {
    case.run(
        &[&["simulate", "--policy", "policy.json", "--images", "images.json", "--at", "2026-11-21"], more].concat(),
    )
}

fn by_spec(case: &Case, more: &[&str]) -> Outcome {
    case.run(&[&["simulate", "spec.yaml", "--images", "images.json", "--at", "2026-11-21"], more].concat())
}

/// For each verdict: the letter of the digest, the action, the rule, and whether it is certain.
fn verdicts(outcome: &Outcome) -> Vec<(char, String, Option<u64>, bool)> {
    let document: Value = serde_json::from_str(&outcome.out).unwrap_or_else(|_| panic!("{outcome:?}"));
    let verdicts = document["repositories"][0]["verdicts"].as_array().expect("a list").clone();
    let letter = |verdict: &Value| verdict["digest"].as_str().and_then(|d| d.chars().nth(7)).expect("a digest");
    verdicts
        .iter()
        .map(|v| (letter(v), v["action"].as_str().unwrap_or("").to_owned(), v["rule"].as_u64(), v["certain"] == true))
        .collect()
}

#[test]
fn shows_each_image_with_totals_and_later_deletions() {
    let untagged =
        json!({ "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 });
    let releases =
        json!({ "tagStatus": "tagged", "tagPatternList": ["v*"], "countType": "imageCountMoreThan", "countNumber": 1 });
    let images = listing(&[
        ('a', &["v1"], 10, 1024),
        ('b', &["v2", "latest"], 9, 2048),
        ('c', &[], 5, 512),
        ('d', &["main"], 300, 256),
    ]);
    let outcome = by_policy(&case(&policy(&[rule(1, releases), rule(2, untagged)]), &images), &[]);
    assert_eq!(
        outcome.out,
        "\
shop at 2026-11-21T00:00:00Z: 4 images

  action  image                pushed      tags            size  reason
  expire  sha256:aaaaaaaaaaaa  2026-11-11  v1            1.0 GB  rule 1: not among the newest 1
  keep    sha256:cccccccccccc  2026-11-16  (untagged)  512.0 MB  rule 2: pushed no more than 7 days ago; until 2026-11-23
  keep    sha256:dddddddddddd  2026-01-25  main        256.0 MB  no rule matches it
  keep    sha256:bbbbbbbbbbbb  2026-11-12  v2, latest    2.0 GB  rule 1: among the newest 1

  keep                        3 images    2.8 GB      $0.28 per month
  expire                       1 image    1.0 GB      $0.10 per month
  total                       4 images    3.8 GB      $0.38 per month

  Prices as of 2026-11: $0.10 per GB-month in standard storage.
  1 GB is 1,073,741,824 bytes (1024 MB), as AWS bills storage.
  Layers are counted once for each image that contains them. AWS bills them once per repository, so the totals are upper bounds.
  An image index counts as 0 bytes.

If nothing is pushed or pulled, the policy will act within a day of:
  2026-11-23         1 image  512.0 MB  expire
"
    );
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
}

#[test]
fn prints_verdicts_as_json_in_the_order_of_the_listing() {
    let outcome = by_policy(&case(&example_a(), &images_of_example_a()), &["--format", "json"]);
    let verdict = |letter, tags: &[&str], size, action: &str, rule, reason: &str, time: Value| {
        let pushed = ["2026-11-11T00:00:00Z", "2026-11-12T00:00:00Z", "2026-11-13T00:00:00Z"][letter as usize - 97];
        json!({ "digest": digest(letter), "tags": tags, "size": size << 20, "pushed_at": pushed, "action": action, "rule": rule, "certain": true,
                "possible": null, "reason": reason, "acted_on_at": time, "deleted_at": time, "in_use": [] })
    };
    let now = json!("2026-11-21T00:00:00Z");
    let amount = |images: u64, megabytes: u64| json!({ "images": images, "bytes": megabytes << 20, "usd_per_month": megabytes as f64 / 1024.0 * 0.1 });
    let expected = json!({ "format_version": 2, "repositories": [{
        "name": "shop", "at": now, "complete": true,
        "verdicts": [
            verdict('a', &["beta-1", "prod-1"], 100, "expire", 1, "rule 1: not among the newest 1", now.clone()),
            verdict('b', &["beta-2", "prod-2"], 200, "keep", 1, "rule 1: among the newest 1", Value::Null),
            verdict('c', &["beta-3"], 300, "keep", 2, "rule 2: among the newest 1", Value::Null),
        ],
        "totals": {
            "keep": amount(2, 500), "expire": amount(1, 100), "may_expire": amount(0, 0), "archive": amount(0, 0),
            "may_archive": amount(0, 0), "keep_in_archive": amount(0, 0), "expire_from_archive": amount(0, 0),
            "may_expire_from_archive": amount(0, 0), "total": amount(3, 600),
        },
        "later": [], "in_use_but_unlisted": [], "remarks": [], "manifests_command": null,
        "prices": { "as_of": "2026-11", "storage_gb_month": 0.1, "archive_gb_month": null },
    }], "findings": [], "files": [] });
    assert_eq!(serde_json::from_str::<Value>(&outcome.out).expect("JSON"), expected);
    assert_eq!(outcome.status, 0);
}

#[test]
fn fails_if_an_image_in_use_would_be_deleted() {
    let pods = r#"{ "items": [{ "spec": { "containers": [{ "image": "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:prod-1" }] } }] }"#;
    let case =
        case(&example_a(), &images_of_example_a()).file("lines", "shop:prod-1\nshop:prod-0\n").file("pods", pods);
    for (file, missing) in [("lines", true), ("pods", false)] {
        let outcome = by_policy(&case, &["--in-use", file]);
        assert_eq!(outcome.status, 1, "{outcome:?}");
        assert!(
            outcome.out.contains("In use, and would be deleted or archived now:\n  sha256:aaaaaaaaaaaa"),
            "{outcome:?}"
        );
        assert_eq!(outcome.out.contains("In use, but not in the listing:\n  shop:prod-0"), missing);
        assert_eq!(by_policy(&case, &["--in-use", file, "--format", "json"]).status, 1);
    }
    case.write("lines", "shop:prod-2");
    assert_eq!(by_policy(&case, &["--in-use", "lines"]).status, 0);
}

/// An old image index with one old image that it lists, and the options for them.
fn index_case(action: &Value) -> (Case, [&'static str; 5]) {
    let manifest = "application/vnd.oci.image.manifest.v1+json";
    let images = listing(&[('a', &["v1"], 40, 1), ('b', &[], 40, 1)]);
    let images = images.replacen(manifest, "application/vnd.oci.image.index.v1+json", 1);
    let selection = |tags: Value| {
        let mut rule = json!({ "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 });
        rule.as_object_mut().expect("an object").extend(tags.as_object().expect("an object").clone());
        rule
    };
    let mut first = rule(1, selection(json!({ "tagStatus": "tagged", "tagPatternList": ["v*"] })));
    first["action"] = action.clone();
    let policy = policy(&[first, rule(2, selection(json!({ "tagStatus": "untagged" })))]);
    let listed = json!({ "manifests": [{ "digest": digest('b') }] }).to_string();
    let case = case(&policy, &images).file(&format!("blobs/{}", "a".repeat(64)), listed).file("use", digest('b'));
    (case, ["--manifests", "blobs", "--in-use", "use", "--format=text"])
}

#[test]
fn fails_if_an_image_in_use_would_follow_its_index() {
    let (case, options) = index_case(&json!({ "type": "expire" }));
    let outcome = by_policy(&case, &options);
    assert_eq!(outcome.status, 1, "{outcome:?}");
    for part in [
        "pushed more than 7 days ago, and it goes after image index sha256:aaaaaaaaaaaa; until 2026-11-21; in use\n",
        "In use, and would be deleted or archived now:\n  sha256:bbbbbbbbbbbb on 2026-11-21",
    ] {
        assert!(outcome.out.contains(part), "{part}: {outcome:?}");
    }
    // The index of an image that is not in use can go.
    case.write("use", digest('c'));
    assert_eq!(by_policy(&case, &options).status, 0);
}

#[test]
fn the_images_of_an_archived_index_may_follow_a_day_later() {
    let (case, options) = index_case(&json!({ "type": "transition", "targetStorageClass": "archive" }));
    let outcome = by_policy(&case, &options);
    assert_eq!(outcome.status, 1, "{outcome:?}");
    assert!(outcome.out.contains("; until 2026-11-22; uncertain; in use\n"), "{outcome:?}");
    assert!(outcome.out.contains("whether an archived image index still keeps the images"), "{outcome:?}");
    let json = by_policy(&case, &[&options[..4], &["--format", "json"]].concat());
    assert_eq!(verdicts(&json)[1], ('b', "keep".into(), Some(2), false));
}

#[test]
fn reads_a_policy_from_what_aws_prints() {
    let outputs = [
        json!({ "registryId": "123456789012", "repositoryName": "shop", "lifecyclePolicyText": example_a(),
                "lastEvaluatedAt": "2026-11-20T03:00:00+00:00" }),
        json!(example_a()),
        json!({ "Type": "AWS::ECR::Repository", "Properties": { "LifecyclePolicy": { "LifecyclePolicyText": example_a() } } }),
        json!({ "Resources": { "Shop": { "Properties": { "LifecyclePolicy": { "LifecyclePolicyText": example_a() } } } } }),
    ];
    let case = case(&example_a(), &images_of_example_a());
    let plain = by_policy(&case, &[]);
    for output in outputs {
        for text in [output.to_string(), format!("\u{feff}{output}")] {
            case.write("policy.json", &text);
            let outcome = by_policy(&case, &[]);
            assert_eq!((outcome.status, &outcome.out), (0, &plain.out), "{text}");
        }
    }
}

#[test]
fn notes_what_the_output_of_aws_tells_about_a_policy() {
    for never in [json!(0), json!(0.0), json!("1970-01-01T00:00:00+00:00")] {
        let output = json!({ "repositoryName": "web", "lifecyclePolicyText": example_a(), "lastEvaluatedAt": never });
        let outcome = by_policy(&case(&output.to_string(), &images_of_example_a()), &[]);
        for note in [
            "note: AWS has never run this lifecycle policy: its lastEvaluatedAt is in 1970\n",
            "note: the lifecycle policy is from the repository web, not from shop\n",
        ] {
            assert!(outcome.out.contains(note), "{note} {outcome:?}");
        }
    }
}

#[test]
fn rejects_a_document_without_exactly_one_policy() {
    let text = json!({ "LifecyclePolicyText": example_a() });
    for (document, reason) in [
        (json!([text, text]), "it has 2 values of `LifecyclePolicyText`"),
        (json!({ "LifecyclePolicyText": { "Fn::Sub": "x" } }), "is computed by CloudFormation"),
        (json!({ "lifecyclePolicyText": 1 }), "not output of `aws ecr get-lifecycle-policy`"),
        (json!({ "lifecyclePolicyText": example_a(), "status": "IN_PROGRESS" }), "the status IN_PROGRESS"),
        (json!({ "lifecyclePolicyText": "{}" }), "missing-key"),
    ] {
        let outcome = by_policy(&case(&document.to_string(), &images_of_example_a()), &[]);
        assert!(outcome.status == 2 && outcome.err.contains(reason), "{reason}: {outcome:?}");
    }
}

#[test]
fn compares_its_verdicts_with_the_preview_of_aws() {
    let result = |letter, kind: &str| json!({ "imageTags": ["beta-1"], "imageDigest": digest(letter), "action": { "type": kind }, "appliedRulePriority": 1 });
    let preview = |results: Value, token: Value| {
        json!({ "registryId": "123456789012", "repositoryName": "shop", "lifecyclePolicyText": example_a(), "status": "COMPLETE",
                "previewResults": results, "summary": { "expiringImageTotalCount": 1 }, "nextToken": token })
        .to_string()
    };
    let case = case(&preview(json!([result('a', "EXPIRE")]), Value::Null), &images_of_example_a());
    let same = by_policy(&case, &[]);
    assert!(same.status == 0 && same.out.ends_with("AWS's preview has the same result for 3 images.\n"), "{same:?}");
    case.write("policy.json", preview(json!([result('b', "EXPIRE"), result('d', "TRANSITION")]), Value::Null));
    let other = by_policy(&case, &[]);
    assert_eq!(other.status, 1);
    let paragraph = "
AWS's preview has another result for 2 of 3 images:
  sha256:aaaaaaaaaaaa  AWS: keep, ecrgen: expire
  sha256:bbbbbbbbbbbb  AWS: expire, ecrgen: keep
  It contains 1 image that the listing does not contain.
";
    assert!(other.out.ends_with(paragraph), "{other:?}");
    let json: Value = serde_json::from_str(&by_policy(&case, &["--format", "json"]).out).expect("JSON");
    let difference = json!({ "digest": digest('a'), "aws": "keep", "ecrgen": "expire", "certain": true });
    assert_eq!(json["repositories"][0]["preview"]["differing"][0], difference);
    assert_eq!(json["repositories"][0]["preview"]["unlisted"], 1);
    // The missing pages of an incomplete preview can contain the other images.
    case.write("policy.json", preview(json!([]), json!("next")));
    let part = by_policy(&case, &[]);
    assert!(part.status == 0 && part.out.contains("AWS's preview is incomplete"), "{part:?}");
}

#[test]
fn reads_listings_with_a_byte_order_mark_or_null_for_tags() {
    let images = images_of_example_a().replace(r#"["beta-3"]"#, "null");
    let case = case(&example_a(), &format!("\u{feff}{images}")).file("use", "\u{feff}shop:prod-1");
    let outcome = by_policy(&case, &["--in-use", "use"]);
    assert!(outcome.status == 1 && outcome.out.contains("(untagged)"), "{outcome:?}");
}

#[test]
fn sums_of_the_largest_sizes_do_not_wrap() {
    let image = |i: u32| {
        json!({ "imageDigest": format!("sha256:{i:064x}"), "imagePushedAt": 1_700_000_000 + i, "imageTags": [],
                "imageSizeInBytes": 2_290_089_984_000_000_u64, "imageManifestMediaType": "m" })
    };
    // 8,056 of these images have more than 2^64 bytes.
    let images = json!({ "imageDetails": (0..9_000).map(image).collect::<Vec<_>>() }).to_string();
    let count = json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 4 });
    let case = case(&policy(&[rule(1, count)]), &images);
    let outcome = by_policy(&case, &["--plot", "chart.svg"]);
    let most = u64::MAX as f64 / (1_u64 << 40) as f64;
    assert!(outcome.out.contains(&format!("  expire                   8996 images {most:.1} TB")), "{}", outcome.err);
    assert_eq!(outcome.status, 0);
}

#[test]
fn compares_two_policies() {
    let all = json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 });
    let case =
        case(&policy(&[rule(1, all)]), &images_of_example_a()).file("old.json", example_a()).file("use", "shop:beta-2");
    let outcome = by_policy(&case, &["--against", "old.json", "--in-use", "use"]);
    assert!(
        outcome.out.ends_with(
            "Compared with old.json, this policy expires 1 more, 1 of them in use:\n  \
             sha256:bbbbbbbbbbbb  2026-11-12  beta-2, prod-2  expire instead of keep; in use\n"
        ),
        "{outcome:?}"
    );
    let json = by_policy(&case, &["--against", "old.json", "--format", "json"]).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        json["repositories"][0]["against"],
        json!({ "more": [digest('b')], "fewer": [], "otherwise": [], "later": [], "uncertain": [] })
    );
    let same = by_policy(&case, &["--against", "policy.json"]);
    assert!(same.out.contains("treats every image the same"), "{same:?}");
}

#[test]
fn applies_the_retention_of_the_repository_in_the_listing() {
    let images = listing(&[('a', &["v1.0.0"], 10, 1), ('b', &["v1.1.0"], 9, 1), ('c', &[], 8, 1)]);
    let case = case("{}", &images);
    let expected = [('a', "expire", 1, true), ('b', "keep", 1, true), ('c', "expire", 2, true)];
    let expected = expected.map(|(l, action, rule, certain)| (l, action.to_owned(), Some(rule), certain));
    assert_eq!(verdicts(&by_spec(&case, &["--format", "json"])), expected);
    case.write("images.json", images.replace("shop", "other"));
    let other = by_spec(&case, &[]);
    assert_eq!(other.status, 2);
    assert!(
        other.err.contains("the repository other does not exist in spec.yaml, which has: shop (shared)"),
        "{other:?}"
    );
}

#[test]
fn is_uncertain_about_images_of_an_index_without_its_manifest() {
    let index = "application/vnd.oci.image.index.v1+json";
    let manifest = "application/vnd.oci.image.manifest.v1+json";
    let images = listing(&[('a', &["v1"], 10, 1), ('b', &[], 10, 1)]).replacen(manifest, index, 1);
    let case = case("{}", &images);
    assert_eq!(verdicts(&by_spec(&case, &["--format", "json"]))[1], ('b', "expire".into(), Some(2), false));
    assert!(by_spec(&case, &[]).out.contains("may belong to an image index"));

    let listed = json!({ "manifests": [{ "digest": digest('b') }] }).to_string();
    let file = format!("blobs/{}", "a".repeat(64));
    let batch = json!({ "images": [{ "imageId": { "imageDigest": digest('a') }, "imageManifest": listed }] });
    let case = case.file(&file, &listed).file("batch.json", batch.to_string()).file("list", file.clone() + "\n");
    for path in ["blobs", "batch.json", "list"] {
        let outcome = by_spec(&case, &["--format", "json", "--manifests", path]);
        assert_eq!(verdicts(&outcome)[1], ('b', "keep".into(), Some(2), true), "{path}: {outcome:?}");
    }
}

/// Two tagged image indexes with two untagged images each, and an untagged image that belongs to none. All are old. Without
/// the manifests, the listing does not tell which of the five images belong to an index.
fn unlisted_indexes() -> Case {
    let (index, manifest) = ("application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json");
    let untagged: Vec<_> = ('c'..='g').map(|letter| (letter, &[][..], 10, 1024)).collect();
    let images: Vec<(char, &[&str], i64, u64)> =
        [vec![('a', &["v1"][..], 10, 1), ('b', &["v2"][..], 10, 1)], untagged].concat();
    let batch = |parent, children: [char; 2]| {
        let manifests = children.map(|child| json!({ "digest": digest(child) }));
        let manifest = json!({ "manifests": manifests }).to_string();
        json!({ "images": [{ "imageId": { "imageDigest": digest(parent) }, "imageManifest": manifest }] }).to_string()
    };
    let spec = SPEC.replace("keep: 1", "keep: 9");
    Case::new()
        .file("images.json", listing(&images).replacen(manifest, index, 2))
        .file("spec.yaml", spec)
        // The command that ecrgen prints writes one document per hundred indexes.
        .file("manifests.json", batch('a', ['c', 'd']) + &batch('b', ['e', 'f']))
}

#[test]
fn counts_what_is_certain_and_what_is_possible_separately() {
    let case = unlisted_indexes();
    let out = by_spec(&case, &["--plot", "chart.svg"]).out;
    for part in [
        "  keep                        2 images       0 B      $0.00 per month\n",
        "  may expire                  5 images    5.0 GB      $0.50 per month\n",
        "  total                       7 images    5.0 GB      $0.50 per month\n",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!out.contains("  expire         "), "{out}");
    let chart = case.read("chart.svg");
    for part in
        [">7 with policy at most<", ">2 with policy at least<", "<polygon class=\"band\"", "2 to 7 of 7 images left"]
    {
        assert!(chart.contains(part), "{part}: {chart}");
    }
    let json: Value = serde_json::from_str(&by_spec(&case, &["--format", "json"]).out).expect("JSON");
    let totals = &json["repositories"][0]["totals"];
    assert_eq!((&totals["expire"]["images"], &totals["may_expire"]["images"]), (&json!(0), &json!(5)));
    assert_eq!(json["repositories"][0]["verdicts"][2]["possible"], "expire");

    let with = by_spec(&case, &["--manifests", "manifests.json", "--plot", "chart.svg"]).out;
    assert!(with.contains("  expire                       1 image    1.0 GB"), "{with}");
    assert!(with.contains("  keep                        6 images    4.0 GB"), "{with}");
    assert!(!with.contains("--manifests") && !case.read("chart.svg").contains("polygon"), "{with}");
}

#[test]
fn prints_the_command_that_gets_the_missing_manifests() {
    let case = unlisted_indexes();
    let note = format!(
        "note: 5 images may belong to an image index; pass --manifests with the output of this command:
  aws ecr batch-get-image --repository-name shop --image-ids imageDigest={} imageDigest={} > manifests.json
",
        digest('a'),
        digest('b')
    );
    let out = by_spec(&case, &[]).out;
    assert!(out.ends_with(&note), "{out}");
    // Without media types, any image can be an index. A name that a shell would misread is not printed.
    let hostile = case.read("images.json").replace("imageManifestMediaType", "x").replace("shop", "$(rm)");
    case.write("images.json", hostile);
    let out = by_policy(
        &case.file(
            "policy.json",
            policy(&[rule(
                1,
                json!({ "tagStatus": "untagged",
        "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7 }),
            )]),
        ),
        &[],
    )
    .out;
    assert!(
        out.ends_with(
            "
  aws ecr describe-images --repository-name NAME --query 'imageDetails[].[imageDigest]' --output text \
| sed 's/^/imageDigest=/' | xargs -n 100 aws ecr batch-get-image --repository-name NAME --image-ids > manifests.json
"
        ),
        "{out}"
    );
}

#[test]
fn an_image_in_use_that_may_go_is_a_finding() {
    let case = unlisted_indexes().file("use", digest('c'));
    let outcome = by_spec(&case, &["--in-use", "use"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.out.contains("In use, and may be deleted or archived now:\n  sha256:cccccccccccc"), "{outcome:?}");
}

#[test]
fn is_uncertain_about_counted_images_in_an_incomplete_listing() {
    let images = images_of_example_a().replacen('{', "{ \"nextToken\": \"eyJ\",", 1);
    let case = case(&example_a(), &images);
    let certain: Vec<bool> = verdicts(&by_policy(&case, &["--format", "json"])).iter().map(|v| v.3).collect();
    // An image beyond the count stays beyond it, however many more images there are.
    assert_eq!(certain, [true, false, false]);
    assert!(by_policy(&case, &[]).out.contains("note: the listing is incomplete"));
}

#[test]
fn notes_a_rule_on_the_archive_if_the_listing_has_no_archived_images() {
    let archive = json!({ "tagStatus": "any", "storageClass": "archive", "countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": 365 });
    let outcome = by_policy(&case(&policy(&[rule(1, archive)]), &images_of_example_a()), &[]);
    assert!(outcome.out.contains("imageStatus=ANY"), "{outcome:?}");
}

/// An image of 1 GB that was archived 300 days ago, one of 2 GB that the run archives, and one of 4 GB that a later run
/// archives.
fn archive_case() -> Case {
    let images = listing(&[('a', &["v1"], 400, 1024), ('b', &["v2"], 31, 2048), ('c', &["v3"], 10, 4096)]).replacen(
        r#""imageManifestMediaType""#,
        r#""imageStatus": "ARCHIVED", "lastArchivedAt": "2026-01-25T00:00:00Z", "imageManifestMediaType""#,
        1,
    );
    let spec = SPEC.replace(
        "retention: [{ keep: 1, of: release }, { expire_after: 7d, of: untagged }]",
        "retention: [{ archive_after: 30d }, { expire_archived_after: 365d }]",
    );
    Case::new().file("images.json", images).file("spec.yaml", spec)
}

#[test]
fn shows_the_archive_and_its_cost_if_the_spec_has_a_price() {
    let case = archive_case();
    let out = by_spec(&case, &[]).out;
    // Archived on 2026-01-25 and expired after 365 days; archived on 2026-11-21; archived 30 days after 2026-11-11.
    for part in [
        "  archive                      1 image    2.0 GB      $0.20 per month, then not priced\n",
        "  keep                         1 image    4.0 GB      $0.40 per month\n",
        "  keep in archive              1 image    1.0 GB           not priced\n",
        "  total                       3 images    7.0 GB      $0.60 per month without the archive\n",
        "  The archive has no price: set `prices.archive_gb_month` in the spec.\n",
        "\
  2026-12-11         1 image    4.0 GB  archive
  2027-01-25         1 image    1.0 GB  expire from archive
  2027-11-21         1 image    2.0 GB  expire from archive
  2027-12-11         1 image    4.0 GB  expire from archive
",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    case.write("spec.yaml", case.read("spec.yaml") + "prices: { as_of: \"2030-01\", archive_gb_month: 0.05 }\n");
    let out = by_spec(&case, &[]).out;
    for part in [
        "      $0.20 per month, then $0.10 per month\n",
        "  keep in archive              1 image    1.0 GB      $0.05 per month\n",
        "  total                       3 images    7.0 GB      $0.65 per month\n",
        "  Prices as of 2030-01: $0.10 per GB-month in standard storage, $0.05 in the archive (for at least 90 days).\n",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

/// The y-coordinates of each curve, with the plot of images first.
fn ordinates(chart: &str) -> Vec<(String, Vec<f64>)> {
    let curves = chart.lines().filter_map(|line| line.strip_prefix("<polyline class=\""));
    let of = |curve: &str| {
        let (class, rest) = curve.split_once("\" points=\"").expect("points");
        let points = rest.trim_end_matches("\"/>").split(' ');
        let y = points.map(|point| point.split_once(',').expect("a pair").1.parse().expect("a number"));
        (class.to_owned(), y.collect())
    };
    curves.map(of).collect()
}

#[test]
fn draws_the_dates_of_deletions() {
    let case = archive_case();
    assert_eq!(by_spec(&case, &["--plot", "chart.svg"]).status, 0);
    let chart = case.read("chart.svg");
    assert!(chart.contains("shop (shared) from 2026-11-21, if nothing is pushed or pulled"), "{chart}");
    // Nothing remains at the end. 0 images are at y = 288 and 3 images at y = 78, so each image is 70 units high.
    assert!(chart.contains(">0 with policy<") && chart.contains(">3 without policy<"), "{chart}");
    let curves = ordinates(&chart);
    let images = |images: &[f64]| images.iter().map(|n| 288.0 - 70.0 * n).collect::<Vec<f64>>();
    assert_eq!(curves[0], ("without".into(), images(&[3.0, 3.0])));
    // A day before the run, the run, then one step for the run and one per date, each with a point before and after it.
    assert_eq!(curves[1], ("with".into(), images(&[3., 3., 3., 3., 3., 3., 3., 2., 2., 1., 1., 0., 0.])));
    assert_eq!(curves[2], ("archive".into(), images(&[1., 1., 1., 2., 2., 3., 3., 2., 2., 1., 1., 0., 0.])));
    assert_eq!(curves.len(), 6);
}

#[test]
fn requires_one_repository_for_a_chart() {
    let page = listing(&[('a', &["v1"], 1, 1)]);
    let case = case(&example_a(), &(page.clone() + &page.replace("shop", "web")));
    let outcome = by_policy(&case, &["--plot", "chart.svg"]);
    assert_eq!(outcome.status, 2, "{outcome:?}");
    assert!(outcome.err.contains("several repositories"), "{outcome:?}");
    let outcome = by_policy(&case, &["--plot", "chart.svg", "--repository", "web"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(case.read("chart.svg").contains("web from 2026-11-21"));
}

#[test]
fn notes_a_rule_that_can_never_act_whatever_the_listing_contains() {
    let count = |tags: Value| {
        let mut selection = json!({ "tagStatus": "tagged", "countType": "imageCountMoreThan", "countNumber": 1 });
        selection["tagPatternList"] = tags;
        selection
    };
    let policy = policy(&[rule(1, count(json!(["*"]))), rule(2, count(json!(["v*"])))]);
    let outcome = by_policy(&case(&policy, r#"{ "imageDetails": [] }"#), &[]);
    assert!(
        outcome.out.contains("note: rule 2 never acts: every image that it matches belongs to rule 1\n"),
        "{outcome:?}"
    );
}

#[test]
fn removes_terminal_control_characters_from_tags() {
    let images = listing(&[('a', &["x\u{1b}[31m\u{202e}"], 1, 1)]);
    let outcome = by_policy(&case(&example_a(), &images), &[]);
    assert!(!outcome.out.contains(['\u{1b}', '\u{202e}']), "{outcome:?}");
}

#[test]
fn rejects_unusable_input_with_the_reason() {
    let good = case(&example_a(), &images_of_example_a());
    let cut = &images_of_example_a()[..200];
    let cases: [(&str, &str, &str); 4] = [
        ("images.json", cut, "truncated"),
        ("images.json", "{ \"imageDetails\": [{ \"imageDigest\": \"sha256:a\" }] }", "no imagePushedAt"),
        ("policy.json", "{ \"rules\": [{ \"rulePriority\": 1 }] }", "missing-key"),
        ("policy.json", "not JSON", "malformed-json"),
    ];
    for (file, text, reason) in cases {
        let before = good.read(file);
        good.write(file, text);
        let outcome = by_policy(&good, &[]);
        assert_eq!(outcome.status, 2, "{reason}: {outcome:?}");
        assert!(outcome.err.contains(reason), "{reason}: {outcome:?}");
        good.write(file, before);
    }
    assert_eq!(by_policy(&good, &["--repository", "other"]).status, 2);
    assert_eq!(by_policy(&good, &["--in-use", "nowhere"]).status, 2);
    good.write("spec.yaml", "platform: Shop");
    assert_eq!(by_spec(&good, &[]).status, 2);
    let neither = good.run(&["simulate", "--images", "images.json"]);
    assert_eq!(neither.status, 2, "{neither:?}");
}
