//! Several specs in one run and in one output folder.

use crate::cli::{MILL, SHOP, state};
use crate::harness::{Case, Compiled};

fn both() -> Case {
    Case::new().file("shop.yaml", SHOP).file("mill.yaml", MILL)
}

/// Asserts that rendering both is refused with this code and writes nothing, and returns the report.
fn refused(case: &Case, code: &str) -> String {
    let outcome = case.run(&["render", "shop.yaml", "mill.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 2, "{}", outcome.out);
    assert!(outcome.err.contains(&format!("error[{code}]")), "{}", outcome.err);
    assert!(!case.path("out").exists(), "nothing may be written");
    outcome.err
}

#[test]
fn platforms_share_an_output_folder() {
    let case = both();
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    let shop = state(&case.path("out/shared"));
    assert_eq!(case.run(&["render", "mill.yaml", "--out", "out"]).status, 0);
    assert_eq!(state(&case.path("out/shared")), shop);
    for spec in ["shop.yaml", "mill.yaml"] {
        assert_eq!(case.run(&["check", spec, "--out", "out"]).status, 0, "{spec}");
    }

    case.write("mill.yaml", MILL.replace("flour: {}", "flour: {}, bran: {}"));
    assert_eq!(case.run(&["render", "mill.yaml", "--out", "out"]).status, 0);
    assert_eq!(state(&case.path("out/shared")), shop);
    assert_eq!(case.run(&["check", "shop.yaml", "mill.yaml", "--out", "out"]).status, 0);
}

#[test]
fn one_run_writes_the_same_files_as_two_runs() {
    let (together, apart) = (both(), both());
    assert_eq!(together.run(&["render", "mill.yaml", "shop.yaml", "--out", "out"]).status, 0);
    for spec in ["shop.yaml", "mill.yaml"] {
        assert_eq!(apart.run(&["render", spec, "--out", "out"]).status, 0);
    }
    assert_eq!(together.snapshot(), apart.snapshot());
}

#[test]
fn rejects_the_folder_of_another_platform() {
    let case = both();
    case.write("mill.yaml", format!("{MILL}terraform: {{ directory: shared/ecr }}\n"));
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    let before = state(&case.path("out"));
    let outcome = case.run(&["render", "mill.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.err.contains("but `shared/ecr` holds the output of platform `shop`"), "{}", outcome.err);
    assert_eq!(state(&case.path("out")), before);
}

#[test]
fn rejects_two_specs_of_one_platform() {
    let case = both();
    case.write("mill.yaml", MILL.replace("platform: mill", "platform: shop"));
    assert!(refused(&case, "claimed-twice").contains("the platform `shop` is defined twice"));
}

#[test]
fn rejects_a_spec_given_twice() {
    let case = both();
    let outcome = case.run(&["render", "shop.yaml", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.err.contains("the platform `shop` is defined twice"), "{}", outcome.err);
    assert!(!case.path("out").exists());
}

#[test]
fn rejects_a_repository_defined_in_two_specs() {
    let case = both();
    case.write("mill.yaml", MILL.replace("flour", "cart").replace("eu-west-1", "eu-central-1"));
    let said = refused(&case, "claimed-twice");
    assert!(
        said.contains("the repository `cart` in eu-central-1 is defined twice, by the platforms `mill` and `shop`"),
        "{said}"
    );
    assert!(said.contains("shop.yaml:6:3") && said.contains("mill.yaml:4:17"), "{said}");
}

#[test]
fn accepts_a_repository_name_again_in_another_region_or_account() {
    let case = both();
    case.write("mill.yaml", MILL.replace("flour", "cart"));
    assert_eq!(case.run(&["lint", "shop.yaml", "mill.yaml"]).status, 0);
    case.write("shop.yaml", format!("{SHOP}account: \"111122223333\"\n"));
    let here = MILL.replace("flour", "cart").replace("eu-west-1", "eu-central-1");
    case.write("mill.yaml", format!("{here}account: \"444455556666\"\n"));
    assert_eq!(case.run(&["lint", "shop.yaml", "mill.yaml"]).status, 0);
    // Without `account`, the caller's account can be any account.
    case.write("mill.yaml", here);
    let said = refused(&case, "claimed-twice");
    assert!(said.contains("write `account` in each"), "{said}");
}

#[test]
fn rejects_a_role_defined_in_two_specs() {
    let names = "names: { role: \"{access}\" }\n";
    let access =
        "access: { ops: { can: [pull], repositories: all, assumed_by: [\"arn:aws:iam::111122223333:root\"] } }\n";
    let case = both();
    case.write("shop.yaml", format!("{SHOP}{names}{access}"));
    case.write("mill.yaml", format!("{MILL}{names}{access}"));
    assert!(
        refused(&case, "claimed-twice").contains("the role `ops` is defined twice, by the platforms `mill` and `shop`")
    );
}

#[test]
fn reports_one_name_for_all_roles_once() {
    let entry = |name: &str| {
        format!("{name}: {{ can: [pull], repositories: all, assumed_by: [\"arn:aws:iam::111122223333:root\"] }}")
    };
    let spec = |names: &str| format!("{SHOP}names: {{ {names} }}\naccess: {{ {}, {} }}\n", entry("a"), entry("b"));
    for (names, faults) in [
        // By default, the policy has the name of the role.
        ("role: same", vec!["role-name-taken"]),
        ("role: same, policy: \"{access}\"", vec!["role-name-taken"]),
        ("role: \"{access}\", policy: same", vec!["policy-name-taken"]),
        ("role: same, policy: alike", vec!["policy-name-taken", "role-name-taken"]),
    ] {
        let case = Case::new().file("shop.yaml", spec(names));
        let out = case.run(&["lint", "shop.yaml"]).out;
        let mut found: Vec<&str> = out.lines().filter_map(|l| l.strip_prefix("error[")?.split(']').next()).collect();
        found.sort_unstable();
        assert_eq!(found, faults, "{names}: {out}");
    }
}

#[test]
fn rejects_two_policies_with_one_name() {
    let names = "names: { role: \"{access}\", policy: \"everybody\" }\n";
    let entry = |name: &str| format!("{name}: {{ can: [pull], repositories: all, roles: [node] }}");
    let case = both();
    case.write("shop.yaml", format!("{SHOP}{names}access: {{ {}, {} }}\n", entry("a"), entry("b")));
    assert!(refused(&case, "policy-name-taken").contains("two policies have the same name, `everybody`"));
    case.write("shop.yaml", format!("{SHOP}{names}access: {{ {} }}\n", entry("a")));
    case.write("mill.yaml", format!("{MILL}{names}access: {{ {} }}\n", entry("a")));
    assert!(refused(&case, "claimed-twice").contains("the policy `everybody` is defined twice"));
}

#[test]
fn rejects_two_workspaces_with_one_iam_path() {
    let spec = |spec: &str| format!("{spec}iam: {{ path: /pipelines/ }}\n");
    let applied =
        |name: &str, text: &str| format!("{}workspace: {{ organization: example, name: {name} }}\n", spec(text));
    let case = both();
    case.write("shop.yaml", applied("shop", SHOP));
    case.write("mill.yaml", spec(MILL));
    assert_eq!(case.run(&["lint", "shop.yaml", "mill.yaml"]).status, 0, "only one of them has a workspace");
    case.write("mill.yaml", applied("mill", MILL));
    let said = refused(&case, "claimed-twice");
    assert!(said.contains("the IAM path `/pipelines/` of the apply role is defined twice"), "{said}");
}

#[test]
fn rejects_an_oidc_provider_created_by_two_specs() {
    let case = both();
    case.write("shop.yaml", format!("{SHOP}oidc_providers: {{ github: create }}\n"));
    case.write("mill.yaml", format!("{MILL}oidc_providers: {{ github: create }}\n"));
    assert!(refused(&case, "claimed-twice").contains("the OIDC provider `github` is defined twice"));
}

#[test]
fn rejects_a_folder_used_by_two_specs() {
    let case = both();
    case.write("mill.yaml", format!("{MILL}terraform: {{ directory: shared/ecr }}\n"));
    let said = refused(&case, "claimed-twice");
    assert!(said.contains("the folder `shared/ecr` is defined twice"), "{said}");
    assert!(said.contains("write another `terraform.directory`"), "{said}");
}

#[test]
fn rejects_folders_of_two_specs_that_collide_on_disk() {
    for directory in ["shared/ecr-workspace", "shared/ECR", "shared/ecr/README.md"] {
        let case = both();
        case.write("shop.yaml", format!("{SHOP}workspace: {{ organization: example }}\n"));
        case.write("mill.yaml", format!("{MILL}terraform: {{ directory: {directory} }}\n"));
        let said = refused(&case, "files-collide");
        assert!(said.contains("shop.yaml") && said.contains("mill.yaml"), "{directory}: {said}");
    }
}

/// One error for all environments, not one per pair.
#[test]
fn names_the_environments_that_define_the_same_repository() {
    let spec = |environments: &str| {
        Compiled::of(format!(
            "platform: shop\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\nenvironments: {{ {environments} }}\n"
        ))
    };
    assert_eq!(
        spec("dev: {}, prod: {}").message(),
        "the repository `cart` in eu-central-1 is defined twice, in the environments `dev` and `prod`"
    );
    assert_eq!(
        spec("a: {}, b: {}, c: {}, d: {}, e: {}").message(),
        "the repository `cart` in eu-central-1 is defined more than once, in the environments `a`, `b`, `c`, `d` and 1 more"
    );
    let accounts =
        "a: { account: \"111122223333\" }, b: { account: \"444455556666\" }, c: { account: \"111122223333\" }";
    assert_eq!(
        spec(accounts).message(),
        "the repository `cart` in eu-central-1 is defined twice, in the environments `a` and `c`"
    );
}

#[test]
fn reports_all_files_of_two_folders_that_collide_once() {
    let spec = "platform: shop\nregion: eu-central-1\nnames: { repository: \"{environment}/{repository}\" }\n\
                repositories: { cart: {}, search: {} }\nenvironments: { dev: {}, DIR }\n";
    let one = |other: &str| {
        let compiled = Compiled::of(spec.replace("DIR", other));
        let found: Vec<_> = compiled.findings().iter().filter(|f| f.code.name == "files-collide").collect();
        assert_eq!(found.len(), 1, "{:#?}", compiled.findings());
        found[0].message.clone()
    };
    let other_case = one("prod: { terraform: { directory: DEV/ecr } }");
    assert!(other_case.starts_with("8 pairs of generated files differ only in letter case"), "{other_case}");
    assert!(other_case.contains("`DEV/ecr/.gitattributes` and `dev/ecr/.gitattributes`"), "{other_case}");
}
