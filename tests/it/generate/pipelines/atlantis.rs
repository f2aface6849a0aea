//! `atlantis.yaml`.

use crate::harness::shop;

#[test]
fn has_a_project_per_root_module() {
    let files = shop("repositories: { cart: {} }\npipelines: { infra: { checks: [fmt], atlantis: true } }\n").files();
    // Atlantis documentation, "Repo Level atlantis.yaml Config": a project has a folder, and `terraform_version` begins with `v`.
    let text = &files["atlantis.yaml"];
    for line in ["version: 3", "  - name: shop-shared", "    dir: shared/ecr", "    terraform_version: v1.11.0"] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
    // The server decides whether an apply needs an approval.
    assert!(!text.contains("apply_requirements:") && !text.contains("workflow:"), "{text}");
}
