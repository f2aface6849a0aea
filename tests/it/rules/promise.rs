//! What the silence of the rules promises: pushes of other images never take the last image of a class.

use ecrgen::lifecycle::{Image, Outcome, Policy, Storage, evaluate};
use ecrgen::time::{DAY, Time};

use super::lifecycle::{codes, of_policy, policy};

/// The findings that report a broken promise.
const TRAPS: [&str; 6] = [
    "age-without-keep",
    "class-wider-in-aws",
    "count-of-any",
    "count-of-the-rest",
    "shared-retention-count",
    "unprotected-moving-tag",
];

const IMAGE_TAGS: &str = "release: \"v{version}\", build: \"build-{sha:7}\", nightly: \"nightly-{date}\", latest: { tag: latest, moving: true }";
/// How the tags of the classes begin.
const CLASSES: [&str; 3] = ["v", "build-", "nightly-"];

/// Random numbers (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    /// The lines of a policy that AWS accepts.
    fn policy(&mut self) -> Vec<String> {
        let mut tags: Vec<&str> = Vec::new();
        for _ in 0..=self.below(4) {
            let one = self.of(&["v*", "prefix v", "build-*", "nightly-*", "latest", "latest", "*", "untagged", "any"]);
            if !tags.contains(&one) {
                tags.push(one);
            }
        }
        tags.sort_by_key(|tags| *tags == "any");
        let verb = |random: &mut Random| {
            let criterion = random.of(&["keep 1", "keep 2", "keep 5", "keep 999999", "pushed 2", "pushed 20"]);
            format!("{criterion} {}", random.of(&["expire", "expire", "archive"]))
        };
        tags.into_iter().map(|tags| format!("{tags} {}", verb(self))).collect()
    }
}

/// A repository to which images are pushed in seconds that follow each other, and whose policy runs once a day.
struct Repository {
    policy: Policy,
    images: Vec<Image>,
    now: i64,
    pushed: usize,
}

impl Repository {
    fn push(&mut self, class: &str, latest: bool) {
        self.now += 1;
        self.pushed += 1;
        let mut tags = vec![format!("{class}{}", self.pushed)];
        if latest {
            self.images.iter_mut().for_each(|image| image.tags.retain(|tag| tag != "latest"));
            tags.push("latest".to_owned());
        }
        self.images.push(Image {
            digest: format!("sha256:{:064}", self.pushed),
            tags,
            pushed: Time(self.now),
            pulled: None,
            storage: Storage::Standard { activated_at: None },
            size: 1,
            media_type: None,
            subject: None,
            children: Vec::new(),
        });
    }

    /// An archived image cannot be pulled, so it is lost, too.
    fn end_day(&mut self) {
        self.now = (self.now / DAY + 1) * DAY;
        let verdicts = evaluate(&self.policy, &self.images, Time(self.now));
        let mut kept = verdicts.iter().map(|verdict| verdict.outcome == Outcome::Kept);
        self.images.retain(|_| kept.next().expect("a verdict for each image"));
    }

    fn has(&self, class: &str) -> bool {
        self.images.iter().flat_map(|image| &image.tags).any(|tag| tag.starts_with(class))
    }
}

/// Whether the first rule for an image with a tag of this class acts by age.
fn is_by_age(rules: &[String], class: &str) -> bool {
    let is_for = |rule: &&String| {
        let tags = rule.strip_prefix("prefix ").unwrap_or(rule).split(' ').next().expect("a word");
        tags == "any" || tags.trim_end_matches('*').is_empty() || tags.trim_end_matches('*') == class
    };
    rules.iter().find(is_for).is_some_and(|rule| rule.contains(" pushed "))
}

/// Pushes images of all classes, then only those of others, and returns whether the class still has an image.
fn survives(rules: &[String], class: &str, random: &mut Random) -> bool {
    let lines: Vec<&str> = rules.iter().map(String::as_str).collect();
    let policy = Policy::from_value(&policy(&lines)).expect("a policy");
    let mut repository = Repository { policy, images: Vec::new(), now: 0, pushed: 0 };
    for one in CLASSES.iter().chain(&CLASSES) {
        repository.push(one, true);
    }
    let others: Vec<&str> = CLASSES.into_iter().filter(|other| *other != class).collect();
    for _ in 0..40 {
        for _ in 0..random.below(4) {
            let one = random.of(&others);
            let latest = class != "latest" && random.below(3) == 0;
            repository.push(one, latest);
        }
        repository.end_day();
    }
    repository.has(class)
}

#[test]
fn without_findings_the_last_image_of_a_class_outlives_pushes_of_others() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut silent, mut tried, mut lost) = (0, 0, 0);
    for _ in 0..500 {
        let rules = random.policy();
        let lines: Vec<&str> = rules.iter().map(String::as_str).collect();
        let found = codes(&of_policy(IMAGE_TAGS, &lines));
        let by_age: Vec<&str> = CLASSES.into_iter().filter(|class| is_by_age(&rules, class)).collect();
        // A class that a rule deletes by age is not promised to stay, but another one must be kept.
        let promised: Vec<&str> =
            CLASSES.into_iter().chain(["latest"]).filter(|class| !by_age.contains(class)).collect();
        if found.iter().any(|code| TRAPS.contains(code)) {
            lost += promised.iter().filter(|class| !survives(&rules, class, &mut random)).count();
            continue;
        }
        silent += 1;
        assert!(promised.len() > 1 || rules.iter().any(|rule| rule.starts_with("latest keep")), "{rules:?}");
        for class in promised {
            tried += 1;
            assert!(survives(&rules, class, &mut random), "{class} of {rules:?}: {found:?}");
        }
    }
    assert!(silent > 50 && tried > 130 && lost > 100, "{silent} silent policies, {tried} promises, {lost} losses");
}
