//! The requirements of the Piksel blueprint about roles and the workspace: P9 to P11 and P13.

use ecrgen::iam::{AccessLevel, Action};
use serde_json::{Value, json};

use super::piksel::{ACCOUNT, PARTITION, bootstrap, listed, root, statement};
use crate::harness::Compiled;
use crate::harness::module::{expression, inner, value};

#[test]
fn p9_the_pipeline_can_only_push() {
    let root = root();
    let policy = root.value("resource aws_iam_policy image_pipeline", "policy");
    assert_eq!(policy["Version"], "2012-10-17");
    let repository = statement(&policy, "Repositories");
    let wanted = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ];
    assert_eq!(listed(&repository["Action"]), wanted);
    assert_eq!(repository["Resource"], "${module.piksel_core.repository_arn}");
    let registry = statement(&policy, "Registry");
    assert_eq!((&registry["Action"], &registry["Resource"]), (&json!("ecr:GetAuthorizationToken"), &json!("*")));
    assert_eq!(policy["Statement"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        root.value("resource aws_iam_role_policy_attachment image_pipeline", "policy_arn"),
        "${aws_iam_policy.image_pipeline.arn}"
    );
}

#[test]
fn p9_the_pipelines_role_trusts_both_forms_of_the_subject() {
    let trust = root().value("resource aws_iam_role image_pipeline", "assume_role_policy");
    let statement = statement(&trust, "GitHubActions");
    assert_eq!(statement["Action"], "sts:AssumeRoleWithWebIdentity");
    let provider = format!("arn:{PARTITION}:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com");
    assert_eq!(statement["Principal"], json!({ "Federated": provider }));
    let condition = &statement["Condition"];
    let claim = |operator: &str, claim: &str| {
        condition[operator][format!("token.actions.githubusercontent.com:{claim}")].clone()
    };
    assert_eq!(claim("StringEquals", "aud"), "sts.amazonaws.com");
    assert_eq!(claim("StringEquals", "repository_id"), "2222");
    assert_eq!(claim("StringEquals", "repository_owner_id"), "1111");
    let subjects = claim("StringLike", "sub");
    let mut wanted: Vec<String> = ["refs/heads/main", "refs/heads/develop", "refs/tags/v*"]
        .iter()
        .flat_map(|git_ref| {
            ["piksel/piksel-core", "piksel@1111/piksel-core@2222"].map(|of| format!("repo:{of}:ref:{git_ref}"))
        })
        .collect();
    wanted.sort();
    assert_eq!(listed(&subjects), wanted);
}

#[test]
fn p10_one_role_per_service_account() {
    let root = root();
    let accounts = [("odc", "odc"), ("jupyterhub", "hub"), ("ows", "ows"), ("explorer", "explorer")];
    assert_eq!(root.heads("resource aws_iam_role pods").len(), accounts.len());
    for (namespace, name) in accounts {
        let label = format!("pods__{namespace}__{name}");
        let trust = root.value(&format!("resource aws_iam_role {label}"), "assume_role_policy");
        let statement = statement(&trust, "ServiceAccount");
        let issuer = "${local.oidc_issuer_piksel}";
        assert_eq!(
            statement["Principal"]["Federated"],
            format!("arn:{PARTITION}:iam::{ACCOUNT}:oidc-provider/{issuer}")
        );
        let wanted = json!({ "StringEquals": {
            format!("{issuer}:aud"): "sts.amazonaws.com",
            format!("{issuer}:sub"): format!("system:serviceaccount:{namespace}:{name}"),
        } });
        assert_eq!(statement["Condition"], wanted);
        let attachment = format!("resource aws_iam_role_policy_attachment {label}");
        assert_eq!(root.value(&attachment, "role"), format!("${{aws_iam_role.{label}.name}}"));
        assert_eq!(root.value(&attachment, "policy_arn"), "${aws_iam_policy.pods.arn}");
    }
}

#[test]
fn p10_the_node_role_has_the_same_permissions() {
    let root = root();
    let pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
    for entry in ["pods", "nodes"] {
        let policy = root.value(&format!("resource aws_iam_policy {entry}"), "policy");
        assert_eq!(listed(&statement(&policy, "Repositories")["Action"]), pull, "{entry}");
        assert_eq!(statement(&policy, "Registry")["Action"], "ecr:GetAuthorizationToken");
    }
    let attachment = "resource aws_iam_role_policy_attachment nodes";
    assert_eq!(root.value(attachment, "role"), "${basename(var.node_role_name)}");
    assert_eq!(root.value(attachment, "policy_arn"), "${aws_iam_policy.nodes.arn}");
    assert_eq!(root.value("variable node_role_name", "type"), "${string}");
}

#[test]
fn p11_developers_can_pull_and_read() {
    let root = root();
    let trust = root.value("resource aws_iam_role developers", "assume_role_policy");
    let statement = statement(&trust, "Principals");
    assert_eq!(statement["Principal"], json!({ "AWS": "arn:aws:iam::123456789012:role/Developer" }));
    assert_eq!(statement["Action"], "sts:AssumeRole");
    let policy = root.value("resource aws_iam_policy developers", "policy");
    let actions: Vec<&str> =
        policy["Statement"].as_array().expect("a list").iter().flat_map(|s| listed(&s["Action"])).collect();
    assert!(actions.contains(&"ecr:BatchGetImage") && actions.contains(&"ecr:DescribeImages"), "{actions:?}");
    for action in actions {
        let known = Action::find(action).unwrap_or_else(|| panic!("{action} is unknown"));
        assert!(matches!(known.access, AccessLevel::List | AccessLevel::Read), "{action} writes");
    }
}

#[test]
fn p13_the_root_module_runs_in_the_workspace() {
    let root = root();
    let cloud = inner(root.block("terraform"), "cloud");
    assert_eq!(value(expression(cloud, "hostname")), "app.terraform.io");
    assert_eq!(value(expression(cloud, "organization")), "piksel");
    assert_eq!(value(expression(inner(cloud, "workspaces"), "name")), "piksel-ecr-shared");
    let providers = inner(root.block("terraform"), "required_providers");
    assert_eq!(value(expression(providers, "aws")), json!({ "source": "hashicorp/aws", "version": "~> 6.28" }));
}

#[test]
fn p13_the_bootstrap_module_creates_the_workspace() {
    let bootstrap = bootstrap();
    let workspace = bootstrap.block("resource tfe_workspace ecr");
    assert_eq!(value(expression(workspace, "name")), "piksel-ecr-shared");
    assert_eq!(value(expression(workspace, "working_directory")), "shared/ecr");
    assert_eq!(value(expression(inner(workspace, "vcs_repo"), "identifier")), "piksel/piksel-infra");
    let settings = bootstrap.block("resource tfe_workspace_settings ecr");
    assert_eq!(value(expression(settings, "auto_apply")), false);
    let variables: Vec<(Value, Value, Value)> = bootstrap
        .heads("resource tfe_variable ")
        .iter()
        .map(|head| (bootstrap.value(head, "key"), bootstrap.value(head, "category"), bootstrap.value(head, "value")))
        .collect();
    for (key, category, wanted) in [
        ("TFC_AWS_PROVIDER_AUTH", "env", "true"),
        ("TFC_AWS_PLAN_ROLE_ARN", "env", "${aws_iam_role.plan.arn}"),
        ("TFC_AWS_APPLY_ROLE_ARN", "env", "${aws_iam_role.apply.arn}"),
        ("node_role_name", "terraform", "${var.node_role_name}"),
    ] {
        assert!(variables.contains(&(key.into(), category.into(), wanted.into())), "{key}: {variables:#?}");
    }
    let provider = bootstrap.block("resource aws_iam_openid_connect_provider hcp");
    assert_eq!(value(expression(provider, "url")), "https://app.terraform.io");
    assert_eq!(value(expression(provider, "client_id_list")), json!(["aws.workload.identity"]));
}

#[test]
fn p13_plan_and_apply_have_separate_roles() {
    let bootstrap = bootstrap();
    for phase in ["plan", "apply"] {
        let trust = bootstrap.value(&format!("resource aws_iam_role {phase}"), "assume_role_policy");
        let statement = statement(&trust, "HcpTerraform");
        assert_eq!(statement["Principal"]["Federated"], "${aws_iam_openid_connect_provider.hcp.arn}");
        let subject =
            format!("organization:piksel:project:Default Project:workspace:piksel-ecr-shared:run_phase:{phase}");
        let wanted = json!({ "StringEquals": {
            "app.terraform.io:aud": "aws.workload.identity",
            "app.terraform.io:sub": subject,
        } });
        assert_eq!(statement["Condition"], wanted);
    }
}

/// The actions of a policy that IAM classifies as more than reading.
fn writing(policy: &Value) -> Vec<String> {
    let actions =
        policy["Statement"].as_array().expect("a list").iter().flat_map(|statement| listed(&statement["Action"]));
    let writes = |action: &str| match Action::find(action) {
        Some(known) => !matches!(known.access, AccessLevel::List | AccessLevel::Read),
        // The table lacks actions of S3 and others. They are classified by the words that all reading actions begin with.
        None => {
            let (_, name) = action.split_once(':').expect("service and name");
            !["Get", "List", "Describe"].iter().any(|word| name.starts_with(word))
        }
    };
    actions.filter(|action| writes(action)).map(str::to_owned).collect()
}

#[test]
fn p13_a_plan_can_only_read() {
    for spec in ["piksel", "piksel-plain", "piksel-audited"] {
        let bootstrap = Compiled::shipped(spec).module("shared/ecr-workspace");
        assert_eq!(writing(&bootstrap.value("resource aws_iam_policy plan", "policy")), [""; 0], "{spec}");
        let apply = writing(&bootstrap.value("resource aws_iam_policy apply", "policy"));
        for action in ["ecr:CreateRepository", "ecr:PutLifecyclePolicy", "iam:CreateRole", "iam:AttachRolePolicy"] {
            assert!(apply.iter().any(|granted| granted == action), "{spec}: the apply role is missing {action}");
        }
    }
}
