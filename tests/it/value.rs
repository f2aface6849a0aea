//! Text of a given form and numbers in a range: what is accepted and rejected at each limit.

use std::fmt::Debug;

use ecrgen::value::{
    AccountId, BucketName, ClusterName, Count, Days, ForgeId, Form, FunctionName, GithubUrl, GitlabUrl, HcpProject,
    IdentityCenter, ImageTagTemplate, NameTemplate, OrganizationId, PermissionSetName, PushRate, RepositoryKey,
    RoleRef, ServiceAccount, SessionDuration, Share, Size, TagName, intended,
};

/// Checks that a form accepts some texts, but not with anything around them, and rejects others.
fn checks<F: Form + Debug>(taken: &[&str], refused: &[&str]) {
    for text in taken {
        assert!(F::of(text).is_some(), "`{text}` is {}", F::WANTED);
        for around in [format!(" {text}"), format!("{text} "), format!("{text}\n"), format!("\n{text}")] {
            assert!(F::of(&around).is_none(), "{around:?} is {}", F::WANTED);
        }
    }
    for text in refused.iter().chain(&[""]) {
        assert!(F::of(text).is_none(), "`{text}` is {}", F::WANTED);
    }
}

/// Checks the limits of a name: the shortest and the longest are accepted, one character less or more is not.
fn has_length<F: Form + Debug>(shortest: usize, longest: usize) {
    let name = |length: usize| "a".repeat(length);
    checks::<F>(&[&name(shortest), &name(longest)], &[&name(shortest - 1), &name(longest + 1)]);
}

/// IAM Identity Center API reference, CreatePermissionSet; S3 user guide, "Bucket naming rules"; Lambda API reference,
/// CreateFunction; EKS API reference, CreateCluster; IAM API reference, `roleNameType`; OCI distribution specification,
/// "Pulling manifests"; tfe provider, `tfe_project`.
#[test]
fn lengths_of_names_are_those_of_each_product() {
    has_length::<PermissionSetName>(1, 32);
    has_length::<BucketName>(3, 63);
    has_length::<FunctionName>(1, 64);
    has_length::<ClusterName>(1, 100);
    has_length::<RoleRef>(1, 64);
    has_length::<TagName>(1, 128);
    has_length::<HcpProject>(3, 40);
}

/// Organizations API reference, `AccountId` and `OrganizationId`.
#[test]
fn accepts_ids_of_accounts_and_organizations() {
    checks::<AccountId>(
        &["123456789012", "000000000001"],
        &["12345678901", "1234567890123", "12345678901a", "１２３４５６７８９０１２"],
    );
    let id = |length: usize| format!("o-{}", "a1".repeat(length / 2));
    checks::<OrganizationId>(&[&id(10), &id(32)], &[&id(8), &id(34), "o-A1b2c3d4e5", "a1b2c3d4e5", "r-a1b2c3d4e5"]);
}

/// ECR API reference, CreateRepository, `repositoryName`.
#[test]
fn repository_keys_are_ecr_repository_names() {
    checks::<RepositoryKey>(
        &["a", "0", "shop/cart", "a.b_c-d", "team/sub.team/cart-2"],
        &["Cart", "-a", "a-", "a/", "/a", "a//b", "a..b", "a._b", "a b", "a:b", "ä"],
    );
}

#[test]
fn a_role_is_given_by_name_or_by_arn() {
    let arn = "arn:aws:iam::123456789012:role/";
    let (plain, below) = (format!("{arn}push"), format!("{arn}ci/shop/push"));
    checks::<RoleRef>(
        &["push", &plain, &below, "arn:aws-cn:iam::123456789012:role/push"],
        &[arn, "ci/push", "arn:aws:iam::123456789012:user/push", "arn:aws:iam::aws:role/push", "pu*h"],
    );
    for text in ["push", &plain, &below] {
        assert_eq!(RoleRef::parse(text).expect("a role").name(), "push", "{text}");
    }
}

/// IAM API reference, `roleMaxSessionDurationType`: 3,600 to 43,200 seconds.
#[test]
fn sessions_last_from_1_to_12_hours() {
    checks::<SessionDuration>(&["1h", "9h", "10h", "12h"], &["0h", "13h", "90m", "1.5h", "1 h", "01h", "3600"]);
    for (text, hours, seconds) in [("1h", 1, 3_600), ("12h", 12, 43_200)] {
        let duration = SessionDuration::parse(text).expect("a duration");
        assert_eq!((duration.hours(), duration.seconds()), (hours, seconds));
    }
}

#[test]
fn names_are_split_into_their_parts() {
    let account = ServiceAccount::parse("jupyterhub/hub").expect("a service account");
    assert_eq!((account.namespace(), account.name()), ("jupyterhub", "hub"));
    checks::<ServiceAccount>(&["a/b", "a/b.c"], &["a", "a/", "/b", "a.b/c", "A/b", "a/b/c", "-a/b"]);
    let instance = IdentityCenter::parse("arn:aws:sso:::instance/ssoins-0123456789abcdef").expect("an instance");
    assert_eq!(instance.id(), "ssoins-0123456789abcdef");
}

#[test]
fn urls_have_no_port_and_no_trailing_slash() {
    let bad = [
        "http://git.example.com",
        "https://git.example.com:8443",
        "https://git.example.com/",
        "https://git",
        "git.example.com",
        "https://GIT.example.com",
    ];
    checks::<GithubUrl>(&["https://git.example.com"], &[&bad[..], &["https://git.example.com/path"]].concat());
    checks::<GitlabUrl>(&["https://git.example.com", "https://git.example.com/path"], &bad);
    assert_eq!(
        GitlabUrl::parse("https://git.example.com/path").expect("a URL").host_and_path(),
        "git.example.com/path"
    );
}

/// ECR service quotas: 100,000 images per repository. JSON readers represent whole numbers exactly up to 2^53 - 1
/// (RFC 8259, section 6).
#[test]
fn numbers_are_limited_to_their_ranges() {
    for (number, is_taken) in [(0, false), (1, true), (100_000, true), (100_001, false)] {
        assert_eq!(Count::new(number).map(Count::get), is_taken.then_some(number));
    }
    for (number, is_taken) in [(0, false), (1, true), (9_007_199_254_740_991, true), (9_007_199_254_740_992, false)] {
        assert_eq!(ForgeId::new(number).map(ForgeId::get), is_taken.then_some(number));
    }
}

/// A week has 7 days and a year 365, as in `ecrgen simulate`.
#[test]
fn durations_are_in_days_weeks_or_years() {
    for (text, days) in [("1d", 1), ("99999d", 99_999), ("2w", 14), ("9999w", 69_993), ("1y", 365), ("10y", 3_650)] {
        assert_eq!(Days::of(text).map(|days| days.days()), Some(days), "{text}");
        let simulated = ecrgen::simulation::parse_days(text).ok();
        assert!(simulated.is_none_or(|simulated| simulated == days), "{text}");
    }
    checks::<Days>(&[], &["0w", "w", "0y", "100y", "10000w", "100000d", "1m", "2 w", "1.5y", "1d2w"]);
}

/// A correction has the required form, and is `None` if the intention is unclear.
#[test]
fn guesses_what_the_author_of_a_malformed_text_intended() {
    fn guesses<F: Form>(rows: &[(&str, &str)]) {
        for (text, expected) in rows {
            assert_eq!(intended::<F>(text).as_deref(), Some(*expected).filter(|text| !text.is_empty()), "{text}");
        }
    }
    guesses::<Days>(&[("14 days", "14d"), ("2 weeks", "2w"), ("1 Year", "1y"), ("48h", "2d"), ("7D", "7d")]);
    guesses::<Days>(&[("36h", ""), ("soon", ""), ("99999 years", ""), ("0 days", ""), ("é", ""), ("", "")]);
    guesses::<PushRate>(&[("5 per day", "5/day"), ("5 a week", "5/week"), ("3/h", "3/hour"), ("5 / day", "5/day")]);
    guesses::<PushRate>(&[("often", ""), ("5 per year", "")]);
    guesses::<Size>(&[("400 mb", "400MB"), ("2GiB", "2GB"), ("7 bytes", "")]);
    guesses::<Share>(&[("71 percent", "71%"), ("71 %", "71%"), ("most", "")]);
    guesses::<ImageTagTemplate>(&[
        ("v{semver}", "v{version}"),
        ("{commit}", "{sha}"),
        ("{{ .Branch }}-{git-sha}", "{branch}-{sha}"),
        ("${SERVICE}-{tag}", "{service}-{version}"),
        ("{owner}", ""),
        ("{open", ""),
    ]);
    guesses::<NameTemplate>(&[("{env}/{repo}", "{environment}/{repository}")]);
    guesses::<RepositoryKey>(&[("My Shop", "my-shop"), ("Shop_Web", "shop_web"), ("shop!", "")]);
}
