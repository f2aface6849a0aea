//! Who can do what with cached images.

use ecrgen::permissions::{EffectivePermissions, Query};

use super::spec;
use crate::harness::{Specs, shop};

#[test]
fn answers_about_cached_images() {
    let compiled = shop(spec());
    assert_eq!(compiled.codes(), [""; 0], "{:#?}", compiled.findings());
    let policies = compiled.policies();
    let permissions = [EffectivePermissions::of(&policies)];
    for (principal, action, repository, wanted) in [
        ("nodes", "pull", "docker-hub/library/nginx", true),
        ("nodes", "import", "docker-hub/library/nginx", true),
        ("nodes", "ecr:CreateRepository", "quay/new", true),
        ("nodes", "ecr:CreateRepository", "cart", false),
        ("nodes", "push", "quay/new", false),
        ("quayers", "import", "quay", true),
        ("quayers", "import", "docker-hub/library/nginx", false),
        ("333333333333", "pull", "docker-hub/library/nginx", true),
        ("333333333333", "import", "docker-hub/library/nginx", false),
        ("333333333333", "pull", "quay/new", false),
    ] {
        let reply = Query { principal, action, repository }.reply(&permissions, None);
        let reply = reply.unwrap_or_else(|fault| panic!("{principal} {action} {repository}: {fault:?}"));
        assert_eq!(reply.is_yes(), wanted, "{principal} {action} {repository}");
    }
}

/// An assertion about all repositories is also about what pull through cache rules create, whichever template ECR uses for it.
#[test]
fn assertions_about_all_repositories_include_cached_ones() {
    let codes = |template: &str, only: &str| {
        shop(format!(
            "registry: {{ pull_through_cache: {{ team/quay: {{ upstream: quay }} }} }}\n\
             repository_templates: {{ {template}: {{ created_by: [pull_through_cache], tag_mutability: mutable }} }}\n\
             access: {{ nodes: {{ can: [pull, import], repositories: [team/quay], node_roles: [eks] }} }}\n\
             assert: {{ nobody imports: {{ can: [import], only: [{only}] }} }}\n"
        ))
        .codes()
    };
    for template in ["ROOT", "team", "team/quay"] {
        assert_eq!(codes(template, "registry"), ["failed-assertion"], "{template}");
        assert_eq!(codes(template, "nodes"), [""; 0], "{template}");
    }
}

/// Without a template for the prefix, that of a shorter one decides, if it is for pull through caches.
#[test]
fn the_template_that_ecr_uses_decides() {
    let spec = |occasion: &str| {
        shop(format!(
            "registry: {{ pull_through_cache: {{ quay: {{ upstream: quay }} }} }}\n\
             repository_templates: {{ ROOT: {{ created_by: [{occasion}] }} }}\n\
             access: {{ partners: {{ can: [pull], repositories: all, accounts: [\"333333333333\"] }} }}\n"
        ))
    };
    let used = spec("pull_through_cache");
    assert_eq!(used.codes(), ["immutable-cache", "pull-without-import"]);
    let listed = shop(
        "registry: { pull_through_cache: { quay: { upstream: quay } } }\n\
         repository_templates: { ROOT: { created_by: [pull_through_cache], tag_mutability: mutable } }\n\
         access: { partners: { can: [pull, import], repositories: [quay], accounts: [\"333333333333\"] } }\n",
    );
    assert_eq!(listed.codes(), ["cache-without-policy"]);
    let help = listed.findings()[0].help.as_deref();
    assert_eq!(help, Some("write `repositories: all`, or add a template for `quay` to `repository_templates`"));
    let unused = spec("push");
    assert_eq!(unused.codes(), ["cache-without-policy", "pull-without-import"]);
    for (compiled, wanted) in [(used, true), (unused, false)] {
        let policies = compiled.policies();
        let permissions = [EffectivePermissions::of(&policies)];
        let query = Query { principal: "333333333333", action: "pull", repository: "quay/new" };
        assert_eq!(query.answer(&permissions).expect("an answer").is_yes(), wanted);
    }
}

/// The roles of this account have the permission policy of the entry.
#[test]
fn only_the_roles_of_other_accounts_are_said_to_get_nothing() {
    let spec = |roles: &str| {
        shop(format!(
            "account: \"111111111111\"\nregistry: {{ pull_through_cache: {{ quay: {{ upstream: quay }} }} }}\n\
             access: {{ nodes: {{ can: [pull, import], repositories: all, node_roles: [{roles}] }} }}\n"
        ))
    };
    let (own, guest) = ("eks-node", "\"arn:aws:iam::333333333333:role/x\"");
    assert_eq!(spec(own).codes(), [""; 0]);
    for (roles, who) in [
        (guest.to_owned(), "`nodes` gets no access"),
        (format!("{own}, {guest}"), "`arn:aws:iam::333333333333:role/x` of `nodes` gets no access"),
    ] {
        let compiled = spec(&roles);
        assert_eq!(compiled.codes(), ["cache-without-policy"], "{roles}");
        assert!(compiled.message().starts_with(who), "{}", compiled.message());
    }
}

/// ECR would import images of another registry next to those of the repository (ECR user guide, "Creating a pull through cache rule in
/// Amazon ECR"): a missing tag of `dev/cart` would come from there.
#[test]
fn no_repository_of_another_environment_or_spec_is_below_a_prefix() {
    let codes = |prefix: &str, account: &str| {
        let spec = format!(
            "platform: shop\nregion: eu-central-1\nnames: {{ repository: \"{{environment}}/{{repository}}\" }}\nrepositories: {{ cart: {{}} }}\n\
             environments:\n  hub: {{ account: \"111111111111\", registry: {{ pull_through_cache: {{ {prefix}: {{ upstream: k8s }} }} }} }}\n  \
             dev: {{ account: \"{account}\" }}\n"
        );
        Specs::of(spec).compile().codes()
    };
    assert_eq!(codes("dev", "111111111111"), ["prefix-taken"]);
    assert_eq!(codes("dev/cart", "111111111111"), ["prefix-taken"]);
    assert_eq!(codes("de", "111111111111"), [""; 0]);
    assert_eq!(codes("dev", "222222222222"), [""; 0]);
    let platform = |name: &str, rest: &str| {
        format!(
            "platform: {name}\nenvironment: shared\nregion: eu-central-1\naccount: \"111111111111\"\nterraform: {{ directory: {name} }}\n{rest}"
        )
    };
    let hub = platform("hub", "registry: { pull_through_cache: { mill: { upstream: k8s } } }\n");
    let mill = platform("mill", "repositories: { mill/cart: { scan_on_push: false } }\n");
    let compiled = Specs::of(hub).spec("mill.yaml", mill).compile();
    assert_eq!(compiled.codes(), ["prefix-taken"]);
    assert_eq!(compiled.findings()[0].help.as_deref(), Some("write another prefix for the pull through cache rule"));
}

/// The help must not name what another rule refuses.
#[test]
fn lambda_functions_cannot_import() {
    let help = |principal: &str| {
        let found = shop(format!(
            "registry: {{ pull_through_cache: {{ quay: {{ upstream: quay }} }} }}\n\
             repository_templates: {{ quay: {{ created_by: [pull_through_cache], tag_mutability: mutable }} }}\n\
             access: {{ x: {{ can: [pull], repositories: [quay], {principal} }} }}\n"
        ));
        assert_eq!(found.codes(), ["pull-without-import"]);
        found.findings()[0].help.clone().expect("a help")
    };
    assert!(!help("lambda: { functions: [f] }").contains("`import`"));
    assert!(help("node_roles: [nodes]").contains("add `import`"));
}

/// The roles of a workspace can manage rules, pass the role that ECR needs, and their boundary admits imports.
#[test]
fn runs_and_boundary_have_what_rules_need() {
    let compiled = shop(format!("{}workspace: {{ organization: acme }}\n", spec()));
    let module = compiled.module("shared/ecr-workspace");
    let text = |label: &str| module.value(&format!("resource aws_iam_policy {label}"), "policy").to_string();
    let (plan, apply, boundary) = (text("plan"), text("apply"), text("boundary"));
    for action in ["ecr:CreatePullThroughCacheRule", "ecr:UpdatePullThroughCacheRule", "ecr:DeletePullThroughCacheRule"]
    {
        assert!(apply.contains(action) && !plan.contains(action), "{action}");
    }
    assert!(plan.contains("ecr:DescribePullThroughCacheRules"));
    assert!(apply.contains("shop-shared-pull-through-cache") && apply.contains("pullthroughcache.ecr.amazonaws.com"));
    assert!(boundary.contains("repository/quay/*") && boundary.contains("ecr:us-east-1:222222222222:repository/*"));
    let policies = compiled.policies();
    let permissions = [EffectivePermissions::of(&policies)];
    let query = Query { principal: "quayers", action: "import", repository: "quay/new" };
    assert!(query.answer(&permissions).expect("an answer").is_yes());
}
