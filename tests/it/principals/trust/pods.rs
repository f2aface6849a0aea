//! EKS Pod Identity, and IAM roles for service accounts (EKS user guide).

use ecrgen::iam::{Caller, Context};

use super::{Role, compiled, entry, roles};

const PODS: &str = "pod_identity: { cluster: main, service_accounts: [shop/builder, ci/builder] }";

/// The context keys of EKS when it assumes a role for a pod and tags the session.
const POD: [(&str, &str); 4] = [
    ("aws:SourceAccount", "123456789012"),
    ("aws:RequestTag/eks-cluster-arn", "arn:aws:eks:eu-central-1:123456789012:cluster/main"),
    ("aws:RequestTag/kubernetes-namespace", "shop"),
    ("aws:RequestTag/kubernetes-service-account", "builder"),
];

fn takes(role: &Role, service: &str, keys: &[(&str, &str)]) -> bool {
    let context = || keys.iter().fold(Context::default(), |context, (key, value)| context.with(key, [*value]));
    let caller = || Caller::Service(service.to_owned());
    let [assumes, tags] = ["sts:AssumeRole", "sts:TagSession"].map(|action| role.admits(caller(), action, context()));
    assert_eq!(assumes, tags, "EKS always calls both actions");
    assumes
}

#[test]
fn a_service_account_can_only_assume_its_own_role() {
    const EKS: &str = "pods.eks.amazonaws.com";
    let roles = roles(&entry(PODS));
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, ["shop-prod-a-shop-builder", "shop-prod-a-ci-builder"]);
    let [role, other] = &roles[..] else { panic!("two roles") };
    assert!(takes(role, EKS, &POD));
    assert!(!takes(other, EKS, &POD), "the same name in another namespace");
    assert!(!takes(role, "eks.amazonaws.com", &POD));
    for (key, _) in POD {
        let without: Vec<_> = POD.into_iter().filter(|(name, _)| *name != key).collect();
        assert!(!takes(role, EKS, &without), "without {key}");
    }
    for (key, value) in [
        ("aws:SourceAccount", "210987654321"),
        ("aws:RequestTag/eks-cluster-arn", "arn:aws:eks:eu-central-1:123456789012:cluster/main2"),
        ("aws:RequestTag/eks-cluster-arn", "arn:aws:eks:eu-west-1:123456789012:cluster/main"),
        ("aws:RequestTag/kubernetes-namespace", "shop2"),
        ("aws:RequestTag/kubernetes-service-account", "default"),
    ] {
        let other = POD.map(|(name, old)| (name, if name == key { value } else { old }));
        assert!(!takes(role, EKS, &other), "{key}: {value}");
    }
}

#[test]
fn warns_about_pods_that_pull_without_node_roles_for_both_kinds() {
    for kind in ["irsa", "pod_identity"] {
        let pods = format!("{kind}: {{ cluster: main, service_accounts: [shop/web] }}");
        let pull = entry(&pods).replace("[push]", "[pull]");
        assert_eq!(compiled(&pull).codes(), ["irsa-pull-without-node"], "{kind}");
        assert_eq!(compiled(&entry(&pods)).codes(), [""; 0], "pods that push do not need the kubelet: {kind}");
        let nodes = "  nodes: { can: [pull], repositories: [web], node_roles: [node] }\n";
        assert_eq!(compiled(&format!("{pull}{nodes}")).codes(), [""; 0], "{kind}");
    }
}

/// A cluster has one association per service account (EKS API reference, CreatePodIdentityAssociation).
#[test]
fn rejects_two_associations_of_a_service_account() {
    let entry = |name: &str, cluster: &str, account: &str| {
        format!(
            "  {name}: {{ can: [push], repositories: [web], pod_identity: {{ cluster: {cluster}, service_accounts: [{account}] }} }}\n"
        )
    };
    let with = |cluster: &str, account: &str| {
        compiled(&format!("access:\n{}{}", entry("a", "main", "shop/web"), entry("b", cluster, account))).codes()
    };
    assert_eq!(with("main", "shop/web"), ["claimed-twice"]);
    assert_eq!(with("main", "shop/api"), [""; 0]);
    assert_eq!(with("main", "ci/web"), [""; 0]);
    assert_eq!(with("other", "shop/web"), [""; 0]);
    let variable = "{ variable: cluster }";
    let same = format!("access:\n{}{}", entry("a", variable, "shop/web"), entry("b", variable, "shop/web"));
    assert_eq!(compiled(&same).codes(), ["claimed-twice"]);
}

/// The ARN of a provider ends in its issuer (IAM user guide, "IAM ARNs"), so the cluster is not read: it can be in another
/// account, where `eks:DescribeCluster` fails.
#[test]
fn an_arn_of_the_provider_replaces_the_look_up_of_the_cluster() {
    const ISSUER: &str = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF";
    let irsa = entry("irsa: { cluster: far, service_accounts: [shop/builder] }");
    let given = format!(
        "{irsa}oidc_providers: {{ far: \"arn:aws:iam::123456789012:oidc-provider/{ISSUER}\" }}\n\
         workspace: {{ organization: acme }}\n"
    );
    let files = compiled(&given).files();
    assert!(files.values().all(|file| !file.contains("aws_eks_cluster") && !file.contains("eks:DescribeCluster")));
    let module = compiled(&given).module("prod/ecr");
    let trust = module.value("resource aws_iam_role a__shop__builder", "assume_role_policy").to_string();
    assert!(trust.contains(&format!("{ISSUER}:sub")) && trust.contains(&format!("oidc-provider/{ISSUER}")), "{trust}");
    let looked_up = compiled(&irsa).files();
    assert!(looked_up.values().any(|file| file.contains("data \"aws_eks_cluster\" \"oidc_issuer_far\"")));
}

/// The local for the issuer of a cluster is named as people would name it.
#[test]
fn a_cluster_from_a_variable_has_a_readable_local() {
    let files = compiled(&entry("irsa: { cluster: { variable: cl }, service_accounts: [shop/builder] }")).files();
    assert!(files["prod/ecr/locals.tf"].contains("  oidc_issuer_var_cl = replace("), "{}", files["prod/ecr/locals.tf"]);
}

/// A session of EKS Pod Identity has transitive session tags. It can assume another role only if the trust policy of that role
/// allows `sts:TagSession` (EKS user guide, "Access AWS resources using EKS Pod Identity Target IAM Roles").
#[test]
fn a_pod_can_assume_a_role_that_trusts_its_role() {
    let pods = "arn:aws:iam::123456789012:role/shop/prod/shop-prod-a-shop-builder";
    let other = "arn:aws:iam::123456789012:role/other";
    let spec = format!(
        "{}  b: {{ can: [push], repositories: [web], assumed_by: [\"{pods}\", \"{other}\"] }}\n",
        entry("pod_identity: { cluster: main, service_accounts: [shop/builder] }")
    );
    let roles = roles(&spec);
    let assumed = roles.iter().find(|role| role.name == "shop-prod-b").expect("a role");
    for (arn, tags) in [(pods, true), (other, false)] {
        let session = || Caller::Role { role: arn.parse().expect("an ARN"), session: "eks-main-web".to_owned() };
        assert!(assumed.admits(session(), "sts:AssumeRole", Context::default()), "{arn}");
        assert_eq!(assumed.admits(session(), "sts:TagSession", Context::default()), tags, "{arn}");
    }
}
