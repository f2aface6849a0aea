//! "Before the first apply" in the README of the root module: what the output uses and does not create. What that is, is
//! read from the Terraform files: data sources, literal ARNs, and roles that policies are attached to.

use std::collections::BTreeSet;

use crate::harness::{Case, Compiled, HEAD, shipped_names, shop};

/// Every kind of thing that a spec names and ecrgen does not create.
const ALL: &str = r#"account: "123456789012"
image_tags: { release: "v{version}" }
repositories:
  cart: { encryption: { kms: alias/registry } }
  search: { encryption: { kms: "arn:aws:kms:eu-central-1:123456789012:key/0a-1" } }
  web: { policy_statements: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::222222222222:role/scanner" }, Action: ["ecr:BatchGetImage"] }] }
  app: { encryption: { kms: { variable: app_key } } }
oidc_providers: { gitlab: look_up, main: existing, old: "arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/1" }
iam: { permissions_boundary: "arn:aws:iam::123456789012:policy/limits" }
monitoring: { audit_trail: { bucket: acme-trail } }
terraform:
  assume_role: "arn:aws:iam::123456789012:role/deploy"
  backend:
    s3: { bucket: acme-state, kms_key: "arn:aws:kms:eu-central-1:123456789012:key/0a-2", assume_role: "arn:aws:iam::222222222222:role/state" }
access:
  ci: { can: [push], repositories: [cart], github: { repository: acme/shop, owner_id: 1, repository_id: 2, branches: [main] } }
  gl: { can: [push], repositories: [cart], gitlab: { project: acme/shop, project_id: 3, branches: [main] } }
  nodes: { can: [pull], repositories: [cart], node_roles: [eks-node, { variable: gpu_node }] }
  tasks: { can: [pull], repositories: [cart], roles: [ecs-execution] }
  people: { can: [read], repositories: [cart], assumed_by: ["arn:aws:iam::123456789012:role/Developer", "arn:aws:iam::222222222222:root"] }
  pods: { can: [pull], repositories: [cart], irsa: { cluster: main, service_accounts: [a/b] } }
  more: { can: [pull], repositories: [cart], pod_identity: { cluster: batch, service_accounts: [a/c] } }
  old: { can: [pull], repositories: [cart], irsa: { cluster: old, service_accounts: [a/b] } }
  sso: { can: [pull], repositories: [cart], permission_set: { name: Registry, instance: "arn:aws:sso:::instance/ssoins-0123456789abcdef" } }
  out: { can: [pull], repositories: ["arn:aws:ecr:eu-central-1:123456789012:repository/elsewhere"], roles: [other] }
"#;

/// The section of the README.
fn section(readme: &str) -> Option<&str> {
    let (_, rest) = readme.split_once("\n## Before the first apply\n")?;
    Some(rest.split("\n## ").next().expect("the rest of the section"))
}

/// The texts in quotes in Terraform code without comments.
fn texts(code: &str) -> impl Iterator<Item = &str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// What the Terraform files of a module use and do not create.
fn used(compiled: &Compiled, folder: &str) -> BTreeSet<String> {
    let files = compiled.files();
    let code: Vec<&str> = files
        .iter()
        .filter(|(path, _)| {
            path.strip_prefix(folder).is_some_and(|rest| rest[1..].ends_with(".tf") && !rest[1..].contains('/'))
        })
        .map(|(_, text)| text.as_str())
        .collect();
    let code = code.join("\n").replace("arn:${data.aws_partition.current.partition}:", "arn:aws:");
    // Replicas, topics and the rules that may publish to them are in the module.
    let named = |kind: &str, before: &'static str| {
        let start = format!("resource \"{kind}\"");
        let names = code.split(&start).skip(1).filter_map(|block| texts(block).nth(1));
        names.map(|name| format!("{before}{name}")).collect::<Vec<_>>()
    };
    let mut own = [named("aws_cloudwatch_event_rule", ":rule/"), named("aws_sns_topic", ":")].concat();
    let repositories = compiled.platforms().flat_map(|platform| &platform.repositories);
    own.extend(repositories.map(|repository| format!(":repository/{}", repository.name)));
    let mut used: BTreeSet<String> = BTreeSet::new();
    let created: Vec<&str> = code
        .split("resource \"aws_iam_openid_connect_provider\"")
        .skip(1)
        .filter_map(|block| texts(block).find_map(|text| text.strip_prefix("https://")))
        .collect();
    for text in texts(&code) {
        if text.starts_with("arn:aws") && !text.contains("${") && !text.contains('*') && !text.ends_with(":root") {
            // The account and the region of these ARNs are those of the spec.
            let of_account = |start: &str, kind: &str| {
                let (account, rest) = text.strip_prefix(start)?.split_once(':')?;
                assert_eq!(account.len(), 12, "{text}");
                rest.strip_prefix(kind)
            };
            let provider = of_account("arn:aws:iam::", "oidc-provider/").filter(|host| !host.contains("/id/"));
            let name = provider.or(of_account("arn:aws:eks:eu-central-1:", "cluster/")).unwrap_or(text);
            used.insert(name.to_owned());
        }
        // Without an account in the spec.
        let host = text.split_once(":oidc-provider/").map(|(_, host)| host).filter(|_| text.contains("${"));
        used.extend(host.filter(|host| !host.contains("${")).map(str::to_owned));
    }
    for block in code.split("\nresource \"aws_iam_role_policy_attachment\"").skip(1) {
        let block = block.split("\n}").next().unwrap_or_default();
        let role = block.lines().find_map(|line| line.trim().strip_prefix("role ")).expect("a role");
        if let Some(name) = role.trim_start_matches([' ', '=']).strip_prefix('"') {
            used.insert(name.trim_end_matches('"').to_owned());
        }
    }
    for block in code.split("\ndata \"").skip(1) {
        let (kind, rest) = block.split_once('"').expect("a kind");
        let rest = rest.split("\n}").next().unwrap_or_default();
        let key = match kind {
            "aws_eks_cluster" | "aws_kms_alias" => "name",
            "aws_iam_openid_connect_provider" => "url",
            "aws_kms_key" => "key_id",
            "aws_caller_identity" | "aws_partition" | "aws_region" | "tls_certificate" => continue,
            other => panic!("the test does not know the data source {other}"),
        };
        let value = rest.lines().find_map(|line| line.trim().strip_prefix(key)).expect("its key");
        let value = value.trim_start_matches([' ', '=']).trim_matches('"').trim_start_matches("https://");
        used.insert(value.replace("var.", "value of the variable "));
    }
    used.retain(|name| !created.contains(&name.as_str()) && !own.iter().any(|end| name.ends_with(end)));
    used
}

#[test]
fn the_readme_lists_what_the_output_uses_and_does_not_create() {
    let compiled = shop(ALL);
    let files = compiled.files();
    let section = section(&files["shared/ecr/README.md"]).expect("the section");
    let used = used(&compiled, "shared/ecr");
    for name in [
        "token.actions.githubusercontent.com",
        "gitlab.com",
        "alias/registry",
        "value of the variable app_key",
        "eks-node",
        "main",
        "arn:aws:iam::123456789012:policy/limits",
        "arn:aws:sso:::instance/ssoins-0123456789abcdef",
        "arn:aws:iam::222222222222:role/scanner",
    ] {
        assert!(used.contains(name), "the test finds {name} in the output: {used:#?}");
    }
    let plain = section.replace('\\', "");
    for name in &used {
        assert!(plain.contains(&format!("| {name} |")), "{name} is missing:\n{section}");
    }
    for name in [
        "batch",
        "EKS Pod Identity Agent in batch",
        "value of the variable gpu_node",
        "acme-trail",
        "acme-state",
        "issuer of the EKS cluster main",
    ] {
        assert!(plain.contains(&format!("| {name} |")), "{name} is missing:\n{section}");
    }
    assert!(plain.contains("set oidc_providers.github to create"), "{section}");
}

#[test]
fn what_the_output_creates_is_not_listed() {
    let created = ALL.replace("gitlab: look_up, main: existing", "github: create, gitlab: create, main: create");
    let files = shop(created).files();
    let section = section(&files["shared/ecr/README.md"]).expect("the section").replace('\\', "");
    for name in ["token.actions.githubusercontent.com", "gitlab.com", "issuer of the EKS cluster main"] {
        assert!(!section.contains(&format!("| {name} |")), "{name} is listed:\n{section}");
    }
    assert!(!shop("repositories: { shop: {} }\n").files()["shared/ecr/README.md"].contains("Before the first apply"));
}

#[test]
fn the_shipped_modules_list_what_they_use() {
    for name in shipped_names() {
        let compiled = Compiled::shipped(&name);
        let files = compiled.files();
        let readmes = files.iter().filter(|(path, _)| path.ends_with("/README.md") && !path.contains("-workspace/"));
        for (path, readme) in readmes {
            let folder = path.trim_end_matches("/README.md");
            let section = section(readme).unwrap_or_default().replace('\\', "");
            for used in used(&compiled, folder) {
                assert!(section.contains(&format!("| {used} |")), "{name}, {folder}: {used} is missing in\n{section}");
            }
        }
    }
}

/// The bootstrap module creates the apply role, which the policy of a key names.
#[test]
fn the_roles_of_a_workspace_are_not_listed() {
    let spec = "account: \"123456789012\"\nworkspace: { organization: acme }\n\
                repositories: { shop: { encryption: { kms: create } } }\n";
    let compiled = shop(spec);
    assert!(
        compiled.module("shared/ecr").value("resource aws_kms_key ecr", "policy").to_string().contains("hcp-apply")
    );
    let readme = &compiled.files()["shared/ecr/README.md"];
    assert!(!section(readme).expect("the section").contains("hcp-apply"), "{readme}");
}

/// Only the first render says so.
#[test]
fn the_first_render_names_what_must_exist() {
    let case = Case::new().file("ecrgen.yaml", format!("{HEAD}{ALL}"));
    let first = case.run(&["render"]);
    assert_eq!(first.status, 0, "{}", first.err);
    assert!(first.err.contains("before the first apply, these must exist: "), "{}", first.err);
    assert!(first.err.ends_with("(see the README of each module)\n"), "{}", first.err);
    case.write("ecrgen.yaml", format!("{HEAD}{ALL}").replace("v{version}", "r-{version}"));
    for arguments in [&["render"][..], &["render", "--quiet"]] {
        assert!(!case.run(arguments).err.contains("before the first apply"), "{arguments:?}");
    }
    let quiet = Case::new().file("ecrgen.yaml", format!("{HEAD}{ALL}")).run(&["render", "--quiet"]);
    assert!(!quiet.err.contains("before the first apply"), "{}", quiet.err);
}

/// The bootstrap module needs the provider that the runs of the workspace sign in with.
#[test]
fn the_readme_of_the_bootstrap_module_lists_what_it_does_not_create() {
    let readme = |more: &str| {
        let spec = format!("repositories: {{ shop: {{}} }}\nworkspace: {{ organization: acme }}\n{more}");
        shop(spec).files()["shared/ecr-workspace/README.md"].clone()
    };
    let existing = readme("");
    assert!(existing.contains("- the IAM OIDC provider app.terraform.io in the AWS account"), "{existing}");
    assert!(!readme("oidc_providers: { hcp: create }\n").contains("the IAM OIDC provider app.terraform.io"));
    let arn = "arn:aws:iam::123456789012:policy/limits";
    let bounded = readme(&format!("account: \"123456789012\"\niam: {{ permissions_boundary: \"{arn}\" }}\n"));
    assert!(bounded.contains(&format!("- the permissions boundary {arn}, which must exist")), "{bounded}");
}

/// ECR pulls from a registry of another account with a role, which the policies of the repositories there must let in (ECR user guide,
/// "Pull through cache for ECR to ECR").
#[test]
fn the_registry_of_another_account_that_is_cached_is_listed() {
    let readme = |account: &str| {
        let url = format!("{account}.dkr.ecr.us-east-1.amazonaws.com");
        let spec = format!(
            "account: \"111111111111\"\nregistry: {{ pull_through_cache: {{ base: {{ upstream: ecr, url: {url} }} }} }}\n"
        );
        shop(spec).files()["shared/ecr/README.md"].clone()
    };
    let other = readme("222222222222");
    let section = section(&other).expect("the section");
    assert!(section.contains("| registry of account 222222222222 in us-east-1 |"), "{section}");
    assert!(!readme("111111111111").contains("registry of account"));
}

/// The bootstrap module is applied by an administrator, whose state must have its bucket, and whose values no one else knows.
#[test]
fn the_first_render_names_what_the_bootstrap_module_needs() {
    let spec = "account: \"111111111111\"
repositories: { shop: {} }
terraform: { backend: { s3: { bucket: acme-state } } }
workspace: { organization: acme, notifications: { team: { to: slack, url_variable: slack_url } } }
";
    let first = Case::new().file("ecrgen.yaml", format!("{HEAD}{spec}")).run(&["render"]);
    let line = first.err.lines().find(|line| line.starts_with("before the first apply")).expect("the line");
    for name in ["app.terraform.io", "acme-state", "value of the variable slack_url"] {
        assert!(line.contains(name), "{name}: {line}");
    }
}
