//! `generated/` is what `specs/` compiles to.

use std::collections::BTreeSet;
use std::fs;

use crate::harness::module::Module;
use crate::harness::{Compiled, repository, texts_below};

/// The names of the entries of a folder, without `.yaml`.
fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(repository().join(folder)).expect("a folder of this repository");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("UTF-8");
    entries.map(|entry| name(entry.expect("an entry"))).map(|name| name.trim_end_matches(".yaml").to_owned()).collect()
}

#[test]
fn every_spec_has_an_output_and_every_output_a_spec() {
    assert_eq!(names("generated"), names("specs"));
}

#[test]
fn committed_output_is_in_sync() {
    let mut stale = Vec::new();
    for name in names("specs") {
        let fresh = Compiled::shipped(&name).files();
        let mut committed = texts_below(&repository().join("generated").join(&name));
        // `render` writes it once, next to the manifest.
        let attributes = committed.remove(".ecrgen/.gitattributes").expect("git attributes of the manifests");
        assert!(attributes.lines().any(|line| line == "*.json linguist-generated"), "{name}: {attributes}");
        let paths: BTreeSet<&String> = fresh.keys().chain(committed.keys()).collect();
        stale.extend(
            paths
                .into_iter()
                .filter(|path| fresh.get(*path) != committed.get(*path))
                .map(|path| format!("generated/{name}/{path}")),
        );
    }
    let remedy = "for spec in specs/*.yaml; do ecrgen render $spec --out generated/$(basename $spec .yaml); done";
    assert!(stale.is_empty(), "{stale:#?} are out of date; run: {remedy}");
}

#[test]
fn files_have_no_trailing_whitespace_and_one_final_newline() {
    for name in names("specs") {
        for (path, text) in Compiled::shipped(&name).files() {
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}: {path} ends otherwise");
            let bad = text.lines().find(|line| line.ends_with([' ', '\t', '\r']) || line.contains('\t'));
            assert_eq!(bad, None, "{name}: {path}");
        }
    }
}

/// Terraform rejects a module with duplicate declarations, which only `terraform validate` would find.
#[test]
fn no_module_has_duplicate_declarations() {
    let spec = "\
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: {}, a-b: {}, a/b: {}, a/b-c: {}, a/b/c: {} }
workspace: { organization: example }
access:
  one: { can: [pull], repositories: all, roles: [{ variable: Role }, { variable: role }, role, other, { variable: other }] }
  two: { can: [pull], repositories: all, irsa: { cluster: c, service_accounts: [a/b-c, ab/c, a/c] } }
  three: { can: [pull], repositories: all, assumed_by: [{ variable: one }, \"arn:aws:iam::123456789012:root\"] }
";
    let files = Compiled::of(spec).files();
    for folder in ["shared/ecr", "shared/ecr-workspace"] {
        let heads = Module::read(&files, folder).heads("");
        let declared: Vec<&String> = heads.iter().filter(|head| head.contains(' ')).collect();
        let once: BTreeSet<&&String> = declared.iter().collect();
        assert_eq!(once.len(), declared.len(), "{declared:#?}");
    }
}

#[test]
fn rejects_a_role_named_twice() {
    let spec = |roles: &str| {
        format!(
            "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: {{ cart: {{}} }}\n\
             access: {{ n: {{ can: [pull], repositories: all, roles: {roles} }} }}\n"
        )
    };
    for roles in ["[node, \"arn:aws:iam::123456789012:role/path/node\"]", "[node, Node]"] {
        assert_eq!(Compiled::of(spec(roles)).codes()[0], "duplicate-item", "{roles}");
    }
}
