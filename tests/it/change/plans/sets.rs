//! Repositories that move into a set and out of it: Terraform changes addresses, and nothing in AWS.

use super::{Applied, HEAD, PROVIDER, change};
use crate::twin::account::life::{fail, succeed};

/// A set of two and a repository of its own; `cart` and `users` also have repository policies.
const SHOP: &str = "\
names: { repository: \"{platform}/{repository}\" }
image_tags: { release: \"v{version}\" }
repository_defaults: { retention: [{ keep: 9, of: release }], resource_tags: { Team: web } }
repositories:
  cart: {}
  search: {}
  users: { tag_mutability: mutable }
access:
  other: { can: [pull], repositories: [cart, users], accounts: [\"111111111111\"] }
  ci: { can: [push], repositories: all, github: { repository: acme/shop, owner_id: 1, repository_id: 2, branches: [main] } }
oidc_providers: { github: create }
";

const NOTHING: &str = "Plan: 0 to add, 0 to change, 0 to destroy.";
const SET: &str = "for_each: true";
const BY_VARIABLE: &str = "for_each: { variable: services }";

/// The platform with more keys under `terraform`.
fn with(keys: &str) -> String {
    format!("{HEAD}{}{SHOP}", PROVIDER.replace("{ providers", &format!("{{ {keys}, providers")))
}

fn plain() -> String {
    format!("{HEAD}{PROVIDER}{SHOP}")
}

impl Applied {
    /// Applies another spec, which must destroy nothing.
    fn apply(&self, spec: &str) -> String {
        self.replace_files(spec);
        let said = succeed(&self.terraform, &self.module, &["apply", "-auto-approve"]);
        assert!(said.contains(" 0 destroyed."), "{said}");
        said
    }

    /// Plans another spec, which must move these addresses and change nothing: no resource, no output.
    fn moves(&self, spec: &str, moved: usize) {
        let plan = self.plan(spec);
        assert!(plan.contains(NOTHING) && !plan.contains("Changes to Outputs"), "{plan}");
        assert_eq!(plan.matches("has moved to").count(), moved, "{plan}");
    }
}

/// The three forms are the same infrastructure: each is applied over another, with its policies, ARNs and outputs, and
/// nothing is left to change. Two repositories with a lifecycle policy each and one with a repository policy are five
/// resources.
#[test]
fn all_forms_are_the_same_infrastructure() {
    let Some(applied) = Applied::protected(&plain()) else { return };
    applied.push_images(&["shop/cart", "shop/search"]);
    applied.moves(&with(SET), 5);
    applied.moves(&with(BY_VARIABLE), 5);
    applied.apply(&with(SET));
    for set in [SET, BY_VARIABLE] {
        let plan = applied.plan(&with(set));
        assert!(plan.contains("No changes."), "{plan}");
    }
    applied.moves(&with("for_each_was: true"), 5);
    applied.apply(&with("for_each_was: true"));
    let plan = applied.plan(&plain());
    assert!(plan.contains("No changes."), "{plan}");
}

/// A repository joins or leaves the set because its settings change, or gets another key at the same time.
#[test]
fn a_repository_that_joins_or_leaves_the_set_is_not_replaced() {
    let spec = with(SET);
    let Some(applied) = Applied::protected(&spec) else { return };
    let to = |replacements| change(&spec, replacements).after;
    let moves = [
        to(&[("  cart: {}", "  cart: { tag_mutability: mutable }")]),
        to(&[("  users: { tag_mutability: mutable }", "  users: {}")]),
        to(&[("  cart: {}", "  basket: { was: cart, name: shop/cart }"), ("[cart, users]", "[basket, users]")]),
        to(&[("  users: {", "  people: { was: users, name: shop/users,"), ("[cart, users]", "[cart, people]")]),
    ];
    for after in moves {
        let plan = applied.plan(&after);
        assert!(plan.contains("Plan: 0 to add,") && plan.contains(" 0 to destroy."), "{plan}");
        assert!(plan.contains("has moved to"), "{plan}");
    }
    // Both at once: another key, and out of the form that the state has.
    let renamed = to(&[("  search: {}", "  finder: { was: search, name: shop/search }")]);
    let back = renamed.replace(SET, "for_each_was: true");
    let plan = applied.plan(&back);
    assert!(plan.contains(" 0 to destroy."), "{plan}");
    assert!(plan.contains("aws_ecr_repository.this[\"search\"] has moved to aws_ecr_repository.finder"), "{plan}");
}

#[test]
fn the_guard_names_what_terraform_deletes_of_a_set() {
    let spec = with(SET);
    let Some(applied) = Applied::new(&spec) else { return };
    applied.push_images(&["shop/cart"]);
    let to = |replacements: &[(&str, &str)]| change(&spec, replacements);
    let gone = [("  cart: {}\n", ""), ("[cart, users]", "[users]")];
    let retained = [gone[0], gone[1], ("access:", "removed: { cart: retain }\naccess:")];
    applied.agrees(vec![
        to(&[("for_each: true, ", "")]),
        to(&[(SET, "for_each_was: true")]),
        to(&[(SET, BY_VARIABLE)]),
        to(&gone),
        to(&retained),
        to(&[retained[0], retained[1], retained[2], (SET, "for_each_was: true")]),
        to(&[retained[0], retained[1], retained[2], ("for_each: true, ", "")]),
        to(&[("  search: {}", "  finder: {}")]),
        to(&[("  cart: {}", "  cart: { encryption: kms }")]),
        to(&[("retention:", "encryption: kms, retention:")]),
        to(&[("  search: {}", "  search: { force_delete: true }")]),
        to(&[("for_each: true, providers: { aws: \"~> 5.100\" }", "ecr_module: 3.2.0")]),
        to(&[(
            "for_each: true, providers: { aws: \"~> 5.100\" }",
            "ecr_module: 3.2.0, ecr_module_was: plain, for_each_was: true",
        )]),
    ]);
}

/// A set keeps its block when a repository leaves it, so `prevent_destroy` still protects the repository.
#[test]
fn prevent_destroy_protects_what_is_removed_from_a_set() {
    let spec = with(SET);
    let Some(applied) = Applied::protected(&spec) else { return };
    applied.replace_files(&change(&spec, &[("  search: {}\n", "")]).after);
    let said = fail(&applied.terraform, &applied.module, &["plan"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Resource aws_ecr_repository.this[\"search\"] has lifecycle.prevent_destroy set"), "{said}");
}

/// A value of the variable can add repositories, but cannot remove those of the spec or use a name that ECR rejects.
#[test]
fn a_variable_adds_repositories_and_removes_none() {
    let Some(applied) = Applied::protected(&with(BY_VARIABLE)) else { return };
    let plan = |value: &str| ["plan", "-refresh=false", "-var"].map(String::from).into_iter().chain([value.to_owned()]);
    let arguments: Vec<String> = plan("services=[\"cart\",\"search\",\"mail/out-box_2\"]").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let said = succeed(&applied.terraform, &applied.module, &arguments);
    // The repository and its lifecycle policy.
    assert!(said.contains("Plan: 2 to add, 0 to change, 0 to destroy."), "{said}");
    assert!(said.contains("\"shop/mail/out-box_2\""), "{said}");
    let refused = [
        ("services=[\"cart\"]", "A repository of the spec is missing."),
        ("services=[]", "A repository of the spec is missing."),
        ("services=[\"cart\",\"search\",\"Mail\"]", "Repository names consist of"),
        ("services=[\"cart\",\"search\",\"mail-\"]", "Repository names consist of"),
        ("services=[\"cart\",\"search\",\"\"]", "Repository names consist of"),
        ("services=[\"cart\",\"search\",\"a,web\"]", "Repository names consist of"),
        ("services=[\"cart\",\"search\",\"a..b\"]", "Repository names consist of"),
        ("services=[\"cart\",\"search\",\"users\"]", "Moved object still exists"),
    ];
    for (value, why) in refused {
        let arguments: Vec<String> = plan(value).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let said = fail(&applied.terraform, &applied.module, &arguments);
        assert!(said.contains(why), "{value}: {said}");
    }
}
