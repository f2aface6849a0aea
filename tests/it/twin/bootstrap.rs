//! The output of a twin, without the parts that need HCP Terraform or the tfe provider.

use std::collections::BTreeMap;

use super::rendering::{Files, modules};

/// The root modules of an output, by their folders, with local state instead of a workspace.
pub fn root_parts(output: &Files) -> BTreeMap<String, Files> {
    let roots = modules(output).into_iter().filter(|(_, files)| !is_bootstrap(files));
    roots.map(|(folder, files)| (folder, local(files))).collect()
}

/// The bootstrap modules of an output, by their folders: the AWS files unchanged, the others without `tfe`.
pub fn aws_parts(output: &Files) -> BTreeMap<String, Files> {
    let bootstraps = modules(output).into_iter().filter(|(_, files)| is_bootstrap(files));
    bootstraps.map(|(folder, files)| (folder, aws_part(files))).collect()
}

fn is_bootstrap(files: &Files) -> bool {
    files.contains_key("workspace.tf")
}

fn local(mut files: Files) -> Files {
    if let Some(text) = files.get_mut("versions.tf").filter(|text| text.contains("  cloud {")) {
        *text = without(text, "  cloud {");
    }
    files
}

fn aws_part(mut files: Files) -> Files {
    files.remove("workspace.tf");
    for (file, block) in [("providers.tf", "provider \"tfe\" {"), ("versions.tf", "    tfe = {")] {
        let text = files.get_mut(file).unwrap_or_else(|| panic!("no {file}"));
        *text = without(text, block);
    }
    let left: Vec<&String> = files.values().filter(|text| text.contains("tfe")).collect();
    assert!(left.is_empty(), "all about tfe stands where it is expected: {left:?}");
    files
}

/// The text without the lines from this one to its closing bracket.
fn without(text: &str, opening: &str) -> String {
    let indent = opening.len() - opening.trim_start().len();
    let closing = format!("{}}}", " ".repeat(indent));
    let (before, rest) = text.split_once(&format!("{opening}\n")).unwrap_or_else(|| panic!("{opening} in {text}"));
    let (_, after) = rest.split_once(&format!("\n{closing}\n")).expect("a closing bracket");
    format!("{before}{after}")
}
