//! ARNs and ARN patterns.

use ecrgen::iam::{Arn, ArnPattern};

fn covers(pattern: &str, arn: &str) -> bool {
    let pattern: ArnPattern = pattern.parse().unwrap_or_else(|_| panic!("{pattern}"));
    pattern.covers(&arn.parse().unwrap_or_else(|_| panic!("{arn}")))
}

#[test]
fn splits_an_arn_into_six_segments() {
    let function: Arn = "arn:aws-cn:lambda:cn-north-1:123456789012:function:f:1".parse().expect("an ARN");
    assert_eq!(function.partition, "aws-cn");
    assert_eq!(function.service, "lambda");
    assert_eq!(function.region, "cn-north-1");
    assert_eq!(function.account, "123456789012");
    assert_eq!(function.resource, "function:f:1");
    assert_eq!(function.to_string(), "arn:aws-cn:lambda:cn-north-1:123456789012:function:f:1");
}

#[test]
fn only_region_and_account_can_be_empty() {
    assert!("arn:aws:s3:::bucket".parse::<Arn>().is_ok());
    for bad in
        ["", "*", "arn:aws:s3", "arn:aws:s3::bucket", "arn::s3:::b", "arn:aws::::b", "arn:aws:s3:::", "urn:aws:s3:::b"]
    {
        assert!(bad.parse::<Arn>().is_err(), "{bad}");
    }
}

#[test]
fn wildcards_match_slashes_and_stop_at_colons() {
    let repository = "arn:aws:ecr:eu-west-1:123456789012:repository/team/app";
    assert!(covers("*", repository));
    assert!(covers("arn:*:ecr:*:*:repository/*", repository));
    assert!(covers("arn:aws:ecr:eu-west-?:*:repository/*/app", repository));
    assert!(!covers("arn:aws:ecr:*:repository/team/app:*", repository));
    assert!(!covers("arn:aws:ecr:*:*:repository/team", repository));
    assert!(!covers("arn:aws:ecr:*:*:Repository/team/app", repository));
    assert!(!covers("arn:aws:ecr-public:*:*:*", repository));
}

#[test]
fn a_resource_element_is_complete_and_names_its_service() {
    for bad in
        ["arn:aws:ecr:*", "arn:*", "**", "arn:aws:*:*:*:*", "arn:aws:e?r:*:*:*", "repository/app", "arn:aws:ecr:*:*:"]
    {
        assert!(bad.parse::<ArnPattern>().is_err(), "{bad}");
    }
    assert!("*".parse::<ArnPattern>().is_ok_and(|pattern| pattern.is_all()));
    assert!("arn:aws:ecr:*:*:*".parse::<ArnPattern>().is_ok_and(|pattern| !pattern.is_all()));
}
