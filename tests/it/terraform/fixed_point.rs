//! `terraform fmt` does not change the printed text.

use std::fs;

use ecrgen::terraform::print;
use tempfile::TempDir;

use super::binary::Terraform;
use super::random::Random;

const FILES: usize = 1_200;
const TREES_A_FILE: usize = 10;

#[test]
fn terraform_fmt_changes_no_printed_tree() {
    let Some(terraform) = Terraform::find() else { return };
    let folder = TempDir::new().unwrap();
    let mut random = Random::new(20_261_121);
    for file in 0..FILES {
        let trees: Vec<String> = (0..TREES_A_FILE).map(|_| print(&random.file())).collect();
        fs::write(folder.path().join(format!("{file:04}.tf")), trees.join("\n")).unwrap();
    }
    // The check proves something only if it would report a badly formatted file.
    fs::write(folder.path().join("control.tf"), "a=1\n").unwrap();

    let output = terraform.run(folder.path(), &["fmt", "-check", "-recursive", "-list=true", "-no-color"]);

    let named = String::from_utf8(output.stdout).unwrap();
    let complaints: String = String::from_utf8_lossy(&output.stderr).chars().take(2_000).collect();
    assert_eq!((named.trim(), complaints.trim(), output.status.code()), ("control.tf", "", Some(3)));
}

#[test]
fn every_printed_tree_is_syntactically_valid() {
    let mut random = Random::new(7);
    for _ in 0..2_000 {
        let text = print(&random.file());
        hcl::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    }
}
