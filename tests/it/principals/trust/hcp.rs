//! HCP Terraform (HCP Terraform documentation, "Dynamic credentials with the AWS provider", "Workload identity tokens").

use super::{compiled, entry, role};

const HCP: &str = "app.terraform.io";

#[test]
fn accepts_only_the_apply_phase_of_the_workspace() {
    let role = role("hcp: { organization: acme, project: Apps of 2026, workspace: web, phases: [apply] }");
    let token = vec![
        ("sub", "organization:acme:project:Apps of 2026:workspace:web:run_phase:apply"),
        ("aud", "aws.workload.identity"),
    ];
    let others = [
        ("sub", "organization:acme:project:Apps of 2026:workspace:web:run_phase:plan"),
        ("sub", "organization:acme:project:Apps of 2026:workspace:web2:run_phase:apply"),
        ("sub", "organization:acme:project:Default Project:workspace:web:run_phase:apply"),
        ("sub", "organization:acme2:project:Apps of 2026:workspace:web:run_phase:apply"),
        ("aud", "sts.amazonaws.com"),
    ];
    role.takes_only(HCP, &token, &others);
}

#[test]
fn accepts_both_phases_in_the_default_project() {
    let role = role("hcp: { organization: acme, workspace: web, phases: [plan, apply] }");
    for phase in ["plan", "apply"] {
        let subject = format!("organization:acme:project:Default Project:workspace:web:run_phase:{phase}");
        let token = vec![("sub", subject.as_str()), ("aud", "aws.workload.identity")];
        role.takes_only(HCP, &token, &[("aud", "x")]);
    }
}

#[test]
fn warns_about_plan_runs_that_can_write() {
    let hcp = |phases: &str| format!("hcp: {{ organization: acme, workspace: web, phases: [{phases}] }}");
    assert_eq!(compiled(&entry(&hcp("plan"))).codes(), ["plan-can-write"]);
    assert_eq!(compiled(&entry(&hcp("apply"))).codes(), [""; 0]);
    for (can, expected) in [("pull, read", vec![]), ("pull, delete", vec!["plan-can-write"])] {
        let reading = entry(&hcp("plan, apply")).replace("[push]", &format!("[{can}]"));
        assert_eq!(compiled(&reading).codes(), expected, "{can}");
    }
}

#[test]
fn an_entry_uses_its_provider() {
    let provider = "oidc_providers: { hcp: create }\n";
    assert_eq!(compiled(provider).codes(), ["unused-oidc-provider"]);
    let entry = entry("hcp: { organization: acme, workspace: web, phases: [apply] }");
    assert_eq!(compiled(&format!("{provider}{entry}")).codes(), [""; 0]);
}
