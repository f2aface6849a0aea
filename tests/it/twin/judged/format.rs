//! `terraform fmt` over everything that is shipped.

use crate::harness::Case;
use crate::terraform::binary::Terraform;

use super::super::rendering::{shipped, shipped_names, twin, twin_names};

#[test]
fn terraform_would_format_nothing_otherwise() {
    let Some(terraform) = Terraform::find() else { return };
    // A check that looked at nothing would be silent about this one too.
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
