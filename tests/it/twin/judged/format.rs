//! Runs `terraform fmt` on all shipped output.

use crate::harness::Case;
use crate::terraform::binary::Terraform;

use super::super::rendering::{shipped, shipped_names, twin, twin_names};

#[test]
fn terraform_fmt_changes_nothing() {
    let Some(terraform) = Terraform::find() else { return };
    // The check must report a badly formatted file, or it checks nothing.
    let case = Case::new().file("control.tf", "locals {\n    a=1\n}\n");
    let shipped = shipped_names().into_iter().map(|name| (format!("shipped/{name}"), shipped(&name)));
    let twins = twin_names().into_iter().map(|name| (format!("twin/{name}"), twin(&name)));
    for (folder, files) in shipped.chain(twins) {
        assert!(files.keys().any(|path| path.ends_with(".tf")), "{folder} has Terraform files");
        for (path, text) in files {
            case.write(&format!("{folder}/{path}"), text);
        }
    }
    let output = terraform.run(&case.path(""), &["fmt", "-check", "-recursive"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "control.tf\n", "{output:?}");
    assert_eq!(output.status.code(), Some(3), "{output:?}");
}
