//! Runs `terraform validate` on every root module whose provider is available.

use crate::harness::{Case, shop};
use crate::terraform::binary::Terraform;

use super::super::rendering::{Files, distinct, twin, twin_names};
use super::super::{bootstrap, platforms};

#[test]
fn every_root_module_is_valid() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let all = twin_names().into_iter().flat_map(|name| {
        let output = twin(&name);
        let modules = bootstrap::root_parts(&output).into_iter().chain(bootstrap::aws_parts(&output));
        modules.map(move |(folder, mut files)| {
            files.extend(platforms::beside(&folder));
            (format!("{name}: {folder}"), files)
        })
    });
    for (names, files) in distinct(all) {
        let (is_valid, said) = validate(&terraform, &files);
        assert!(is_valid, "{names:?}: {said}");
    }
}

/// No twin has an alarm.
#[test]
fn alarms_are_valid() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let compiled = shop(
        "terraform: { providers: { aws: \"~> 5.100\" } }\nrepositories: { cart: {}, team/web: {} }\nmonitoring:\n  alerts:\n    \
         ops: { pulls_over: 1000/hour, sns: create, encryption: { kms: create } }\n    \
         team: { pulls_over: 0/day, events: [push], sns: { variable: topic } }\n",
    );
    let root = |(path, text): (String, String)| Some((path.strip_prefix("shared/ecr/")?.to_owned(), text));
    let files: Files = compiled.files().into_iter().filter_map(root).collect();
    assert!(files["monitoring.tf"].contains("aws_cloudwatch_metric_alarm"));
    let (is_valid, said) = validate(&terraform, &files);
    assert!(is_valid, "{said}");
}

#[test]
fn a_module_with_an_unknown_reference_is_invalid() {
    let Some(terraform) = Terraform::find() else { return };
    let broken = Files::from([("main.tf".to_owned(), "output \"x\" {\n  value = local.missing\n}\n".to_owned())]);
    let (is_valid, said) = validate(&terraform, &broken);
    assert!(!is_valid && said.contains("undeclared local value"), "{said}");
}

/// Whether Terraform accepts a module without warnings, and its output.
pub fn validate(terraform: &Terraform, files: &Files) -> (bool, String) {
    let module = Case::new();
    for (path, text) in files {
        module.write(path, text);
    }
    let folder = module.path("");
    let init = terraform.run(&folder, &["init", "-backend=false", "-input=false", "-no-color"]);
    assert!(init.status.success(), "{init:?}");
    let output = terraform.run(&folder, &["validate", "-no-color"]);
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    // `validate` succeeds despite warnings, but the output must not cause any.
    (output.status.success() && !said.contains("Warning:"), said)
}
