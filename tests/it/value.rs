//! Texts of a form and numbers in a range: what is taken at the edges of each limit, and what is not.

use std::fmt::Debug;

use ecrgen::value::{
    AccountId, BucketName, ClusterName, Count, ForgeId, Form, FunctionName, GithubUrl, GitlabUrl, HcpProject,
    IdentityCenter, OrganizationId, PermissionSetName, RepositoryKey, RoleRef, ServiceAccount, SessionDuration,
    TagName,
};

/// A form takes these texts whole and not one of those.
fn judged<F: Form + Debug>(taken: &[&str], refused: &[&str]) {
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

/// Names whose length is limited: the shortest and the longest are taken, one character less or more is not.
fn measured<F: Form + Debug>(shortest: usize, longest: usize) {
    let name = |length: usize| "a".repeat(length);
    judged::<F>(&[&name(shortest), &name(longest)], &[&name(shortest - 1), &name(longest + 1)]);
}

/// IAM Identity Center API reference, CreatePermissionSet; S3 user guide, "Bucket naming rules"; Lambda API reference,
/// CreateFunction; EKS API reference, CreateCluster; IAM API reference, `roleNameType`; OCI distribution specification,
/// "Pulling manifests"; tfe provider, `tfe_project`.
#[test]
fn names_are_as_long_as_their_owners_take() {
    measured::<PermissionSetName>(1, 32);
    measured::<BucketName>(3, 63);
    measured::<FunctionName>(1, 64);
    measured::<ClusterName>(1, 100);
    measured::<RoleRef>(1, 64);
    measured::<TagName>(1, 128);
    measured::<HcpProject>(3, 40);
}

/// Organizations API reference, `AccountId` and `OrganizationId`.
#[test]
fn ids_of_accounts_and_organizations() {
    judged::<AccountId>(
        &["123456789012", "000000000001"],
        &["12345678901", "1234567890123", "12345678901a", "１２３４５６７８９０１２"],
    );
    let id = |length: usize| format!("o-{}", "a1".repeat(length / 2));
    judged::<OrganizationId>(&[&id(10), &id(32)], &[&id(8), &id(34), "o-A1b2c3d4e5", "a1b2c3d4e5", "r-a1b2c3d4e5"]);
}

/// ECR API reference, CreateRepository, `repositoryName`.
#[test]
fn repositories_are_named_as_ecr_names_them() {
    judged::<RepositoryKey>(
        &["a", "0", "shop/cart", "a.b_c-d", "team/sub.team/cart-2"],
        &["Cart", "-a", "a-", "a/", "/a", "a//b", "a..b", "a._b", "a b", "a:b", "ä"],
    );
}

#[test]
fn a_role_is_named_by_its_name_or_by_its_arn() {
    let arn = "arn:aws:iam::123456789012:role/";
    let (plain, below) = (format!("{arn}push"), format!("{arn}ci/shop/push"));
    judged::<RoleRef>(
        &["push", &plain, &below, "arn:aws-cn:iam::123456789012:role/push"],
        &[arn, "ci/push", "arn:aws:iam::123456789012:user/push", "arn:aws:iam::aws:role/push", "pu*h"],
    );
    for text in ["push", &plain, &below] {
        assert_eq!(RoleRef::parse(text).expect("a role").name(), "push", "{text}");
    }
}

/// IAM API reference, `roleMaxSessionDurationType`: 3,600 to 43,200 seconds.
#[test]
fn sessions_last_an_hour_to_twelve() {
    judged::<SessionDuration>(&["1h", "9h", "10h", "12h"], &["0h", "13h", "90m", "1.5h", "1 h", "01h", "3600"]);
    for (text, hours, seconds) in [("1h", 1, 3_600), ("12h", 12, 43_200)] {
        let duration = SessionDuration::parse(text).expect("a duration");
        assert_eq!((duration.hours(), duration.seconds()), (hours, seconds));
    }
}

#[test]
fn parts_of_names_are_found() {
    let account = ServiceAccount::parse("jupyterhub/hub").expect("a service account");
    assert_eq!((account.namespace(), account.name()), ("jupyterhub", "hub"));
    judged::<ServiceAccount>(&["a/b", "a/b.c"], &["a", "a/", "/b", "a.b/c", "A/b", "a/b/c", "-a/b"]);
    let instance = IdentityCenter::parse("arn:aws:sso:::instance/ssoins-0123456789abcdef").expect("an instance");
    assert_eq!(instance.id(), "ssoins-0123456789abcdef");
}

#[test]
fn addresses_of_forges_have_no_port_and_no_slash_at_the_end() {
    let bad = [
        "http://git.example.com",
        "https://git.example.com:8443",
        "https://git.example.com/",
        "https://git",
        "git.example.com",
        "https://GIT.example.com",
    ];
    judged::<GithubUrl>(&["https://git.example.com"], &[&bad[..], &["https://git.example.com/path"]].concat());
    judged::<GitlabUrl>(&["https://git.example.com", "https://git.example.com/path"], &bad);
    assert_eq!(
        GitlabUrl::parse("https://git.example.com/path").expect("an address").host_and_path(),
        "git.example.com/path"
    );
}

/// Service quotas of ECR: 100,000 images per repository. JSON readers keep whole numbers up to 2^53 - 1 (RFC 8259,
/// section 6).
#[test]
fn numbers_have_their_ranges() {
    for (number, is_taken) in [(0, false), (1, true), (100_000, true), (100_001, false)] {
        assert_eq!(Count::new(number).map(Count::get), is_taken.then_some(number));
    }
    for (number, is_taken) in [(0, false), (1, true), (9_007_199_254_740_991, true), (9_007_199_254_740_992, false)] {
        assert_eq!(ForgeId::new(number).map(ForgeId::get), is_taken.then_some(number));
    }
}
