//! Permission sets of IAM Identity Center (user guide, "Customer managed policies").

use super::{compiled, entry};

const SET: &str = "permission_set: { name: Images, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" }";

/// The generated file of the entry.
fn file(fragment: &str) -> String {
    let compiled = compiled(fragment);
    assert_eq!(compiled.findings(), [], "{fragment}");
    compiled.files().remove("prod/ecr/access_a.tf").expect("a file")
}

#[test]
fn the_policy_is_attached_to_the_permission_set_and_to_no_role() {
    let body: hcl::Body = hcl::parse(&file(&entry(SET))).expect("HCL");
    let blocks: Vec<String> = body.blocks().map(|block| block.labels()[0].as_str().to_owned()).collect();
    assert_eq!(
        blocks,
        ["aws_iam_policy", "aws_ssoadmin_permission_set", "aws_ssoadmin_customer_managed_policy_attachment"]
    );
    let attachment = body.blocks().next_back().expect("a block").body();
    let value = |name: &str| {
        attachment.attributes().find(|a| a.key() == name).expect("the attribute exists").expr().to_string()
    };
    assert_eq!(value("permission_set_arn"), "aws_ssoadmin_permission_set.a.arn");
    let reference = attachment.blocks().next().expect("a reference").body();
    let value =
        |name: &str| reference.attributes().find(|a| a.key() == name).expect("the attribute exists").expr().to_string();
    assert_eq!(value("name"), "aws_iam_policy.a.name");
    assert_eq!(value("path"), "aws_iam_policy.a.path");
}

#[test]
fn an_instance_in_another_region_needs_version_6_of_the_provider() {
    let elsewhere = entry(&SET.replace(" }", ", region: us-east-1 }"));
    assert_eq!(file(&elsewhere).matches("region = \"us-east-1\"").count(), 2);
    let old = format!("terraform: {{ providers: {{ aws: \"~> 5.100\" }} }}\n{elsewhere}");
    assert_eq!(compiled(&old).codes(), ["terraform"]);
}

#[test]
fn an_instance_of_another_partition_is_refused_at_its_arn() {
    let china = compiled(&entry(&SET.replace("arn:aws:", "arn:aws-cn:")));
    assert_eq!(china.codes(), ["arn-elsewhere"]);
    let label = &china.findings()[0].labels[0];
    let text = &china.sources().file(label.span.file).text[label.span.start as usize..label.span.end as usize];
    assert!(text.contains("arn:aws-cn:sso"), "{text}");
}

/// AWS uses the duration format of ISO 8601.
#[test]
fn the_session_duration_is_that_of_the_spec() {
    let set = entry(SET);
    assert!(!file(&set).contains("session_duration"));
    assert!(file(&format!("iam: {{ session_duration: 4h }}\n{set}")).contains("session_duration = \"PT4H\""));
    let own = format!("iam: {{ session_duration: 4h }}\n{set}    session_duration: 12h\n");
    assert!(file(&own).contains("session_duration = \"PT12H\""));
}

#[test]
fn rejects_two_permission_sets_with_the_same_name() {
    let entry = |name: &str| format!("  {name}: {{ can: [pull], repositories: [web], {SET} }}\n");
    assert_eq!(compiled(&format!("access:\n{}{}", entry("a"), entry("b"))).codes(), ["claimed-twice"]);
}

#[test]
fn a_name_has_at_most_32_characters() {
    let with = |name: &str| compiled(&entry(&SET.replace("Images", name))).codes();
    assert_eq!(with(&"x".repeat(32)), [""; 0]);
    assert_eq!(with(&"x".repeat(33)), ["malformed"]);
}

#[test]
fn rejects_an_output_of_a_role_that_does_not_exist() {
    assert_eq!(compiled(&format!("outputs: {{ x: access.a.role_arn }}\n{}", entry(SET))).codes(), ["unknown-output"]);
    assert_eq!(compiled(&format!("outputs: {{ x: access.a.policy_arn }}\n{}", entry(SET))).codes(), [""; 0]);
}
