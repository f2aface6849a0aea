//! Classes of image tags: the tags of builds, and the classes of tags.

use std::collections::BTreeSet;

use ecrgen::lifecycle::{self, Image, Storage, evaluate};
use ecrgen::platform::Platform;
use ecrgen::platform::image_tags::{Build, Outcome, Reference, readings, slug, tags_of};
use ecrgen::time::{DAY, Time, parse_time};
use proptest::prelude::*;
use regex_lite::Regex;

use crate::harness::{Compiled, shop};

const COMMIT: &str = "d2ba07eb5b0f2a1c3d4e5f60718293a4b5c6d7e8";

/// The classes of requirement P4 and L2, an environment's moving tag, and one that people set.
const CLASSES: &str = "image_tags:
  release: \"{service}-v{version}\"
  development: \"{service}-{branch}-{sha:7}\"
  latest: { tag: \"{service}-latest\", moving: true, branch: main, never_in: [staging, prod] }
  build: \"{sha:8}-{timestamp}\"
  nightly: { tag: \"nightly-{date}\", branch: \"release/*\" }
  production: \"prod-{git_tag}\"
  staging: \"staging-{any}\"
repositories: { all: { services: [odc, jupyter] } }
waive: { tag-cannot-move: { at: [image_tags], reason: not about pushes } }
";

fn build(reference: &str) -> Build {
    let reference = Reference::parse(reference).expect("a full ref");
    Build { reference, commit: COMMIT.into(), time: parse_time("2026-11-27T10:30:05Z").expect("a time") }
}

fn services(platform: &Platform) -> Vec<&str> {
    let all = platform.repositories.iter().flat_map(|repository| &repository.services).map(String::as_str);
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The tags of a build by class, and what is refused.
fn made(platform: &Platform, service: &str, build: &Build) -> (Vec<(String, String)>, Vec<String>) {
    let (mut tags, mut refused) = (Vec::new(), Vec::new());
    let services = services(platform);
    for one in tags_of(&platform.classes.here, Some(service), &services, &platform.scope, build) {
        match one.outcome {
            Outcome::Tag(tag) => tags.push((one.class.name.clone(), tag)),
            Outcome::Refused(why) => refused.push(why),
            Outcome::NotMade(_) => {}
        }
    }
    (tags, refused)
}

#[test]
fn a_ref_decides_which_classes_a_build_has() {
    let compiled = shop(CLASSES);
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("refs/tags/v1.5.0", &[("release", "odc-v1.5.0"), ("production", "prod-v1.5.0")]),
        ("refs/tags/1.5.0-rc.1", &[("release", "odc-v1.5.0-rc.1"), ("production", "prod-1.5.0-rc.1")]),
        ("refs/tags/next", &[("production", "prod-next")]),
        ("refs/tags/v01.5.0", &[("production", "prod-v01.5.0")]),
        (
            "refs/heads/main",
            &[("development", "odc-main-d2ba07e"), ("latest", "odc-latest"), ("build", "d2ba07eb-20261127103005")],
        ),
        (
            "refs/heads/Feature/JIRA-42_Größe",
            &[("development", "odc-feature-jira-42_gr--e-d2ba07e"), ("build", "d2ba07eb-20261127103005")],
        ),
        (
            "refs/heads/release/2",
            &[
                ("development", "odc-release-2-d2ba07e"),
                ("build", "d2ba07eb-20261127103005"),
                ("nightly", "nightly-20261127"),
            ],
        ),
        ("refs/pull/7/merge", &[]),
        ("refs/merge-requests/7/head", &[]),
    ];
    for (reference, expected) in cases {
        let (tags, refused) = made(compiled.platform(), "odc", &build(reference));
        let tags: Vec<(&str, &str)> = tags.iter().map(|(class, tag)| (class.as_str(), tag.as_str())).collect();
        assert_eq!((tags.as_slice(), refused), (*expected, Vec::new()), "{reference}");
    }
}

#[test]
fn a_tag_that_is_invalid_or_of_another_class_is_refused() {
    let many = "b".repeat(120);
    let odd = "image_tags: { build: \"{branch}-{sha:8}\", release: \"v{version}\", git: \"x-{git_tag}\" }\nrepositories: { aa: {} }\n";
    let open = "image_tags: { release: \"v{version}\", latest: { tag: latest, moving: true }, of: { tag: \"{branch}\", moving: true } }\nrepositories: { aa: {} }\n";
    let nested = "image_tags: { wide: \"dev-{any}\", build: \"dev-{branch}-{sha:8}\" }\nrepositories: { aa: {} }\n";
    let services = "image_tags: { build: \"{service}-{branch}\" }\nrepositories: { aa: { services: [odc, odc-main], tag_mutability: mutable } }\n";
    let earlier = "image_tags: { release: \"v{version}\", build: \"{branch}-{sha:8}\" }\nrepositories: { aa: {} }\n";
    for (spec, service, reference, expected) in [
        (CLASSES, "odc", "refs/heads/v1.5.0", &["`odc-v1.5.0-d2ba07e` is also a tag of class `release`"][..]),
        (open, "aa", "refs/heads/v1.5.0", &["`v1.5.0` is also a tag of class `release`"]),
        (open, "aa", "refs/heads/V1.5.0", &["`v1.5.0` is also a tag of class `release`"]),
        (open, "aa", "refs/heads/latest", &["`latest` is also a tag of class `latest`"]),
        // However long the branch is, AWS reads a release.
        (
            earlier,
            "aa",
            "refs/heads/v1.5.0-a-hotfix-with-a-long-name",
            &["`v1.5.0-a-hotfix-with-a-long-name-d2ba07eb` is also a tag of class `release`"],
        ),
        (nested, "aa", "refs/heads/main", &[]),
        (services, "odc", "refs/heads/main-x", &["`odc-main-x` is also a tag of service `odc-main`"]),
        (services, "odc-main", "refs/heads/x", &[]),
        (odd, "aa", "refs/heads/日本語", &["branch `日本語` has no letter or digit that an image tag can have"]),
        (odd, "aa", "refs/heads/-._-", &["branch `-._-` has no letter or digit that an image tag can have"]),
        (
            odd,
            "aa",
            "refs/tags/v1.5.0+linux",
            &[
                "git tag `v1.5.0+linux` has a `+`, which an image tag cannot have",
                "git tag `v1.5.0+linux` would get the tag `x-v1.5.0+linux`, which is not valid because of `+`",
            ],
        ),
        (odd, "aa", "refs/tags/-", &["`x--` does not have the form of class `git`"]),
        (
            odd,
            "aa",
            "refs/tags/release/1",
            &["git tag `release/1` would get the tag `x-release/1`, which is not valid because of `/`"],
        ),
        (odd, "aa", &format!("refs/heads/{many}"), &[]),
        (
            odd,
            "aa",
            &format!("refs/tags/{many}{many}"),
            &[&format!(
                "git tag `{many}{many}` would get the tag `x-{many}{many}`, which has 242 characters, but an image tag can \
                 have at most 128"
            )],
        ),
    ] {
        let compiled = shop(spec);
        let (_, refused) = made(compiled.platform(), service, &build(reference));
        assert_eq!(refused, expected, "{reference}");
    }
}

#[test]
fn a_commit_that_is_too_short_is_refused() {
    let compiled = shop("image_tags: { build: \"{sha}\", short: \"s-{sha:12}\" }\nrepositories: { aa: {} }\n");
    let short = Build { commit: "d2ba07eb".into(), ..build("refs/heads/main") };
    let expected =
        ["`{sha}` needs 40 digits, but `d2ba07eb` has 8", "`{sha:12}` needs 12 digits, but `d2ba07eb` has 8"];
    assert_eq!(made(compiled.platform(), "aa", &short).1, expected);
}

/// The slugs of GitLab's documentation of `CI_COMMIT_REF_SLUG`, where its form allows it; `.` and `_` stay here.
#[test]
fn a_branch_becomes_a_slug() {
    for (branch, expected) in [
        ("main", Some("main")),
        ("Feature/New-Thing", Some("feature-new-thing")),
        ("a/b", Some("a-b")),
        ("-a-", Some("a")),
        ("release/1.5", Some("release-1.5")),
        ("fix_it", Some("fix_it")),
        ("#42", Some("42")),
        ("...", None),
        ("ß", None),
        ("", None),
    ] {
        assert_eq!(slug(branch).as_deref(), expected, "{branch}");
    }
    assert_eq!(slug(&"a".repeat(80)), Some("a".repeat(63)));
    assert_eq!(slug(&format!("{}-b", "a".repeat(62))), Some("a".repeat(62)), "no separator at the end");
}

#[test]
fn the_narrowest_class_is_first() {
    let compiled = shop(CLASSES);
    let platform = compiled.platform();
    let services = services(platform);
    for (tag, expected) in [
        ("odc-v1.5.0", &["release"][..]),
        ("odc-v1.5.0-d2ba07e", &["release", "development"]),
        ("odc-latest", &["latest"]),
        ("jupyter-main-d2ba07e", &["development"]),
        ("d2ba07eb-20261127103005", &["build"]),
        ("staging-1", &["staging"]),
        ("prod-v1", &["production"]),
        ("other-v1.5.0", &[]),
        ("", &[]),
    ] {
        let found = readings(&platform.classes.here, &services, &platform.scope, tag);
        let classes: Vec<&str> = found.iter().map(|reading| reading.class.name.as_str()).collect();
        assert_eq!(classes, expected, "{tag}");
    }
    let wide = shop(
        "image_tags: { free: \"v{any}\", git: \"v{git_tag}\", release: \"v{version}\" }\nrepositories: { aa: {} }\n",
    );
    let found = readings(&wide.platform().classes.here, &["aa"], &wide.platform().scope, "v1.5.0");
    let classes: Vec<&str> = found.iter().map(|reading| reading.class.name.as_str()).collect();
    assert_eq!(classes, ["release", "git", "free"]);
}

#[test]
fn a_value_that_the_tag_does_not_determine_is_missing() {
    let spec = "image_tags: { a: \"{branch}-{git_tag}-{sha:8}\" }\nrepositories: { aa: {} }\n";
    let compiled = shop(spec);
    let read = |tag: &str| {
        let found = readings(&compiled.platform().classes.here, &["aa"], &compiled.platform().scope, tag);
        let values = found[0].values.iter().map(|(name, value)| format!("{name}={value}"));
        values.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(read("x-y-z-d2ba07eb"), "sha=d2ba07eb");
    assert_eq!(read("x-y-d2ba07eb"), "branch=x git_tag=y sha=d2ba07eb");
}

#[test]
fn two_classes_with_the_same_tags_are_an_error() {
    let classes = |classes: &str| shop(format!("image_tags: {{ {classes} }}\nrepositories: {{ aa: {{}} }}\n"));
    for same in [
        "a: \"{sha}\", b: \"{sha:40}\"",
        "a: \"x-{any}\", b: \"x-{any}{any}\"",
        "a: \"{environment}-{sha}\", b: \"shared-{sha}\"",
    ] {
        assert_eq!(classes(same).codes(), ["same-image-tags"], "{same}");
    }
    assert_eq!(classes("a: \"{sha:8}\", b: \"{sha:9}\"").codes(), [""; 0]);
    assert_eq!(classes("a: \"v{version}\", b: \"v{git_tag}\"").codes(), [""; 0]);
}

/// Classes for random builds. Each has a repository of its name, whose only rule is about the class.
const RETAINED: &str = "image_tags:
  release: \"{service}-v{version}\"
  development: \"{service}-{branch}-{sha:7}\"
  build: \"build-{sha:8}-{timestamp}\"
  production: \"prod-{git_tag}\"
  nightly: \"nightly-{date}-{sha}\"
repository_defaults: { services: [odc, jupyter, odc-v2] }
repositories:
  release: { retention: [{ expire_after: 1d, of: release }] }
  build: { retention: [{ expire_after: 1d, of: build }] }
  production: { retention: [{ expire_after: 1d, of: production }] }
  nightly: { retention: [{ expire_after: 1d, of: nightly }] }
  development: { retention: [{ expire_after: 1d, of: development }] }
";

fn image(tag: &str) -> Image {
    Image {
        digest: format!("sha256:{:064x}", 1),
        tags: vec![tag.into()],
        pushed: Time(0),
        pulled: None,
        storage: Storage::Standard { activated_at: None },
        size: 1,
        media_type: None,
        subject: None,
        children: Vec::new(),
    }
}

proptest! {
    /// A build's tags are valid, belong to their classes with the values of the build, and are matched by the retention rule of
    /// the class.
    #[test]
    fn tags_and_classes_are_inverse(
        reference in "refs/(heads/[ -~]{1,70}|tags/(v?[0-9]{1,2}\\.[0-9]\\.[0-9]{1,3}(-[a-z0-9.]{1,9})?|[A-Za-z0-9._/-]{1,20}))",
        commit in "[0-9a-f]{40}",
        seconds in 0_i64..4_102_444_800,
        service in prop::sample::select(vec!["odc", "jupyter", "odc-v2"]),
    ) {
        thread_local!(static COMPILED: Compiled = shop(RETAINED));
        COMPILED.with(|compiled| {
            let platform = compiled.platform();
            let services = services(platform);
            let reference = Reference::parse(&reference).expect("a full ref");
            let build = Build { reference, commit: commit.clone(), time: Time(seconds) };
            let oci = Regex::new("^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$").expect("the pattern of the OCI specification");
            for (class, tag) in made(platform, service, &build).0 {
                prop_assert!(oci.is_match(&tag), "{tag}");
                let found = readings(&platform.classes.here, &services, &platform.scope, &tag);
                prop_assert_eq!(&found[0].class.name, &class, "{}", tag);
                for (name, value) in &found[0].values {
                    let (wanted, is_whole) = match (*name, &build.reference) {
                        ("service", _) => (service.to_owned(), true),
                        ("sha", _) => (commit.clone(), false),
                        ("version", Reference::Tag(tag)) => (tag.trim_start_matches('v').to_owned(), true),
                        ("git_tag", Reference::Tag(tag)) => (tag.clone(), true),
                        ("branch", Reference::Branch(branch)) => (slug(branch).expect("a slug"), true),
                        ("timestamp" | "date", _) => {
                            let digits: String = ecrgen::time::second(build.time).chars().filter(char::is_ascii_digit).collect();
                            (digits, false)
                        }
                        other => panic!("{other:?}"),
                    };
                    prop_assert!(if is_whole { wanted == *value } else { wanted.starts_with(value) }, "{name}={value}: {tag}");
                }
                let placeholders = platform.classes.here.iter().find(|it| it.name == class).expect("a class").template.matches('{').count();
                prop_assert_eq!(found[0].values.len(), placeholders, "every value of {}", tag);
                let repository = platform.repository(&class).expect("a repository per class");
                let policy = &repository.lifecycle.as_ref().expect("a policy").policy;
                let verdict = evaluate(policy, &[image(&tag)], Time(3 * DAY))[0];
                prop_assert_eq!(verdict.outcome, lifecycle::Outcome::Expired, "{} of class {}", tag, class);
            }
            Ok(())
        })?;
    }
}
