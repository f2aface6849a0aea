//! Templates that are refused, and settings that a template cannot have.

use crate::harness::{Specs, shop};

/// Every refused key says why, at the key, and all of them in one run.
#[test]
fn settings_that_a_template_cannot_have_are_errors_at_the_key() {
    let keys = [
        ("services: [a]", "each of these repositories has its own services"),
        ("name: x", "the name of each repository comes from the request"),
        ("scan_on_push: true", "a creation template of ECR has no setting for scanning"),
        ("was: old", "Terraform never deletes them"),
        ("replace: because", "Terraform never deletes them"),
        ("deletion_protection: true", "Terraform never deletes them"),
        ("force_delete: true", "Terraform never deletes them"),
    ];
    let lines: String = keys.iter().map(|(line, _)| format!("    {line}\n")).collect();
    let compiled = shop(format!("repository_templates:\n  team:\n    created_by: [push]\n{lines}"));
    let unknown: Vec<_> = compiled.findings().iter().filter(|finding| finding.code.name == "unknown-key").collect();
    assert_eq!(unknown.len(), keys.len(), "{:#?}", compiled.findings());
    for (line, why) in keys {
        let key = line.split(':').next().expect("a key");
        let found = unknown.iter().find(|finding| finding.message == format!("unknown key `{key}`"));
        let help = found.and_then(|finding| finding.help.clone()).unwrap_or_else(|| panic!("{key}"));
        assert!(help.contains(why), "{key}: {help}");
    }
    // Where a repository has them, they are as before.
    assert_eq!(shop("repositories: { cart: { scan_on_push: false, was: old } }\n").codes(), [""; 0]);
}

/// The defaults are for repositories too, so what a template cannot have does not reach it.
#[test]
fn defaults_that_only_repositories_can_have_are_no_error() {
    let spec = "repository_defaults: { deletion_protection: false, scan_on_push: false, encryption: kms }\n\
                repositories: { cart: {} }\nrepository_templates: { team: { created_by: [push] } }\n";
    let compiled = shop(spec);
    assert_eq!(compiled.codes(), [""; 0]);
    let text = &compiled.files()["shared/ecr/creation_templates.tf"];
    assert!(text.contains("\"KMS\"") && !text.contains("scan") && !text.contains("prevent_destroy"), "{text}");
}

/// ECR API reference, CreateRepositoryCreationTemplate, `prefix`: the form of repository names, or `ROOT`.
#[test]
fn the_prefix_has_the_form_that_ecr_accepts() {
    let codes =
        |prefix: &str| shop(format!("repository_templates: {{ \"{prefix}\": {{ created_by: [push] }} }}\n")).codes();
    for good in ["a", "ROOT", "team", "team/a.b__c--d", "0x", &"a".repeat(256)] {
        assert_eq!(codes(good), [""; 0], "{good}");
    }
    for bad in ["team/", "team/*", "*", "Team", "root/", "a..b", "-a", "/a"] {
        assert_eq!(codes(bad), ["malformed"], "{bad}");
    }
    assert_eq!(codes(&"a".repeat(257)), ["bad-prefix"]);
    let help = |prefix: &str| {
        let compiled = shop(format!("repository_templates: {{ \"{prefix}\": {{ created_by: [push] }} }}\n"));
        compiled.findings()[0].help.clone().unwrap_or_default()
    };
    assert!(help("team/*").contains("`team`") && help("*").contains("`ROOT`"), "{} {}", help("team/*"), help("*"));
}

#[test]
fn a_prefix_that_is_the_key_of_a_repository_is_refused_with_both_places() {
    let compiled = shop("repositories: { team: {} }\nrepository_templates: { team: { created_by: [push] } }\n");
    assert_eq!(compiled.codes(), ["prefix-taken"]);
    assert_eq!(compiled.findings()[0].labels.len(), 2);
}

#[test]
fn access_entries_name_prefixes_that_exist() {
    let spec = |repositories: &str| {
        shop(format!(
            "repository_templates: {{ team: {{ created_by: [push] }}, ROOT: {{ created_by: [push] }} }}\n\
             access: {{ ci: {{ can: [push], repositories: [{repositories}], roles: [ci] }} }}\n"
        ))
    };
    assert_eq!(spec("team").codes(), [""; 0]);
    let unknown = spec("teams");
    assert_eq!(unknown.codes(), ["unknown-repository"]);
    assert!(unknown.findings()[0].help.as_deref().is_some_and(|help| help.contains("`team`")));
    let root = spec("ROOT");
    assert_eq!(root.codes(), ["unknown-word"]);
    assert!(root.findings()[0].help.as_deref().is_some_and(|help| help.contains("`repositories: all`")));
}

/// Which services push to a repository that does not exist yet, no one knows.
#[test]
fn counts_per_service_are_refused() {
    let rules = "retention: [{ keep: 3, of: build, per: service }]";
    let classes = "image_tags: { build: \"{service}-{sha:8}\" }\n";
    let own = shop(format!("{classes}repository_templates: {{ team: {{ created_by: [push], {rules} }} }}\n"));
    assert_eq!(own.codes(), ["per-service-cannot-tell"]);
    let inherited = format!(
        "{classes}repository_defaults: {{ {rules} }}\nrepositories: {{ cart: {{}} }}\n\
         repository_templates: {{ team: {{ created_by: [push] }} }}\n"
    );
    assert_eq!(shop(inherited).codes(), ["per-service-cannot-tell"]);
}

/// Rules about retention look at templates as they look at repositories, and their findings can be waived there.
#[test]
fn rules_judge_templates_and_waivers_cover_them() {
    let spec = "image_tags: { release: \"v{version}\", build: \"b-{sha:8}\" }\n\
                repository_templates: { a.b/c: { created_by: [push], retention: [{ expire_after: 7d, of: build }] } }\n";
    let compiled = shop(spec);
    assert_eq!(compiled.codes(), ["uncovered-image-tag"]);
    assert!(compiled.findings().iter().all(|found| found.path.starts_with("repository_templates.a.b/c")));
    for at in ["repository_templates.a.b/c", "repository_templates"] {
        let waived = format!("waive: {{ uncovered-image-tag: {{ at: [{at}], reason: Tests }} }}\n");
        assert_eq!(shop(format!("{spec}{waived}")).codes(), [""; 0], "{at}");
    }
    let key = "repository_templates: { team: { created_by: [push], encryption: { kms: \
               \"arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab\" } } }\n";
    assert_eq!(shop(key).codes(), ["kms-key-elsewhere"]);
}

/// ECR has one template per prefix, account and region.
#[test]
fn two_specs_cannot_have_the_same_template() {
    let spec = |platform: &str, prefix: &str| {
        format!(
            "platform: {platform}\nenvironment: shared\nregion: eu-central-1\naccount: \"111111111111\"\n\
             terraform: {{ directory: {platform} }}\nrepository_templates: {{ {prefix}: {{ created_by: [push] }} }}\n"
        )
    };
    let together =
        |other: &str| Specs::default().spec("a", spec("shop", "team")).spec("b", spec("mill", other)).compile();
    assert_eq!(together("team").codes(), ["claimed-twice"]);
    assert_eq!(together("mill").codes(), [""; 0]);
}
