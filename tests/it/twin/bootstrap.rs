//! The bootstrap module without what only the tfe provider knows.

use std::collections::BTreeMap;

use super::rendering::{Files, modules};

/// The bootstrap modules of an output with a workspace, by their folders: the files about AWS whole, the others without
/// `tfe`.
pub fn aws_parts(output: &Files) -> BTreeMap<String, Files> {
    let modules = modules(output).into_iter();
    modules.filter_map(|(folder, files)| Some((folder, aws_part(files)?))).collect()
}

fn aws_part(mut files: Files) -> Option<Files> {
    files.remove("workspace.tf")?;
    for (file, block) in [("providers.tf", "provider \"tfe\" {"), ("versions.tf", "    tfe = {")] {
        let text = files.get_mut(file).unwrap_or_else(|| panic!("there is a {file}"));
        *text = without(text, block);
    }
    let left: Vec<&String> = files.values().filter(|text| text.contains("tfe")).collect();
    assert!(left.is_empty(), "all about tfe stands where it is expected: {left:?}");
    Some(files)
}

/// The text without the lines from this one to the bracket that closes it.
fn without(text: &str, opening: &str) -> String {
    let indent = opening.len() - opening.trim_start().len();
    let closing = format!("{}}}", " ".repeat(indent));
    let (before, rest) = text.split_once(&format!("{opening}\n")).unwrap_or_else(|| panic!("{opening} in {text}"));
    let (_, after) = rest.split_once(&format!("\n{closing}\n")).expect("a closing bracket");
    format!("{before}{after}")
}
