//! The bootstrap module is self-contained: it declares everything that it refers to.

use std::collections::BTreeSet;

use serde_json::json;

use crate::harness::{Case, shop};

const KEYS: &str = "repositories:\n  \
    aa: { encryption: { kms: alias/registry } }\n  \
    bb: { encryption: { kms: { variable: key, default: \"arn:aws:kms:eu-central-1:123456789012:key/0a-1\" } } }\n";
const NODES: &str = "access: { nodes: { can: [pull], repositories: all, \
                     node_roles: [{ variable: node_role }, { variable: other, default: other-nodes }] } }\n";
const WORKSPACE: &str = "workspace: { organization: acme }\n";

/// The text of all files of the bootstrap module.
fn bootstrap(rest: &str) -> String {
    let files = shop(rest).files().into_iter();
    files.filter(|(path, _)| path.starts_with("shared/ecr-workspace/")).map(|(_, text)| text).collect()
}

/// The addresses in the text with this beginning, truncated to this many names.
fn mentioned(text: &str, beginning: &str, names: usize) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let words = text.split(|c| !is_part(c)).filter(|word| word.starts_with(beginning));
    words.map(|word| word.split('.').take(names).collect::<Vec<_>>().join(".")).collect()
}

#[test]
fn declares_everything_that_it_refers_to() {
    let text = bootstrap(&format!("{KEYS}{NODES}{WORKSPACE}"));
    let variables = mentioned(&text, "var.", 2);
    assert_eq!(variables, BTreeSet::from(["var.node_role", "var.other"].map(String::from)));
    for variable in variables {
        let name = variable.trim_start_matches("var.");
        assert!(text.contains(&format!("variable \"{name}\" {{")), "{variable}");
    }
    let data = mentioned(&text, "data.", 3);
    assert!(data.contains("data.aws_partition.current"), "{data:?}");
    for address in data {
        let (kind, name) = address["data.".len()..].split_once('.').expect("a type and a name");
        assert!(text.contains(&format!("data \"{kind}\" \"{name}\" {{")), "{address}");
    }
}

/// The workspace and the roles of its runs get the same value.
#[test]
fn has_the_same_defaults_as_the_root_module() {
    let text = bootstrap(&format!("{KEYS}{NODES}{WORKSPACE}"));
    assert!(text.contains("default     = \"other-nodes\""), "{text}");
    assert!(text.contains("resource \"tfe_variable\" \"other\" {"), "{text}");
}

#[test]
fn rejects_references_to_hand_written_files_of_a_shared_root_module() {
    let nodes = "repositories: { aa: {} }\nterraform: { root: shared }\n\
                 access: { n: { can: [pull], repositories: all, node_roles: [{ ref: module.eks.role }] } }\n";
    assert_eq!(shop(nodes).codes(), [""; 0]);
    assert!(shop(format!("{nodes}{WORKSPACE}")).codes().contains(&"reference-outside-of-root-module"));
}

fn readme(rest: &str) -> String {
    let readme = shop(rest).files().remove("shared/ecr-workspace/README.md").expect("a README");
    readme.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// tfe provider, `tfe_workspace`: `queue_all_runs` is true by default, so the first run could come before the variables that
/// name the roles. Without a run, HCP Terraform ignores webhooks (HCP Terraform documentation, "Create workspaces").
#[test]
fn a_person_starts_the_first_run() {
    for repository in ["", ", repository: acme/infra"] {
        let rest = format!("repositories: {{ aa: {{}} }}\nworkspace: {{ organization: acme{repository} }}\n");
        let module = shop(&rest).module("shared/ecr-workspace");
        assert_eq!(module.value("resource tfe_workspace ecr", "queue_all_runs"), false);
        assert!(readme(&rest).contains("start the first run of the workspace by hand"));
    }
}

/// Health assessments are not part of every edition of HCP Terraform.
#[test]
fn drift_detection_is_off_unless_the_spec_asks_for_it() {
    for (written, wanted) in [("", false), (", drift_detection: true", true), (", drift_detection: false", false)] {
        let rest = format!("repositories: {{ aa: {{}} }}\nworkspace: {{ organization: acme{written} }}\n");
        let module = shop(&rest).module("shared/ecr-workspace");
        assert_eq!(module.value("resource tfe_workspace_settings ecr", "assessments_enabled"), wanted, "{written}");
    }
}

/// tfe provider, `tfe_github_app_installation`: the installations are those of the user whose token it is.
#[test]
fn the_readme_names_the_token_the_project_and_the_state() {
    let with_app = readme("repositories: { aa: {} }\nworkspace: { organization: acme, repository: corp/infra }\n");
    assert!(with_app.contains("a token of a user") && with_app.contains("the one of corp"), "{with_app}");
    let without = readme("repositories: { aa: {} }\nworkspace: { organization: acme, project: Shops }\n");
    assert!(!without.contains("GitHub App") && without.contains("of a user or a team"), "{without}");
    assert!(without.contains("the project Shops, which must exist"), "{without}");
    assert!(without.contains("add terraform.backend to the spec"), "{without}");
    assert!(without.contains("If the state is lost"), "{without}");
}

/// The README offers a backend in a file of the administrator's, next to the generated ones.
#[test]
fn a_backend_can_be_written_next_to_the_module() {
    let spec = "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { aa: {} }\n\
                workspace: { organization: acme }\n";
    let case = Case::new().file("shop.yaml", spec);
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    case.write("out/shared/ecr-workspace/backend.tf", "terraform {\n  backend \"s3\" {}\n}\n");
    let outcome = case.run(&["check", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}{}", outcome.out, outcome.err);
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
}

/// tfe provider, `tfe_workspace`, `vcs_repo`: the GitHub App or an OAuth token, not both.
#[test]
fn a_repository_of_another_host_is_connected_with_an_oauth_token() {
    let rest = "repositories: { aa: {} }\nworkspace: { organization: acme, repository: group/sub/infra, \
                oauth_token_id: ot-hmAyP66qk2AMVdbJ }\n";
    let compiled = shop(rest);
    let text = &compiled.files()["shared/ecr-workspace/workspace.tf"];
    assert!(
        text.contains("identifier     = \"group/sub/infra\"")
            && text.contains("oauth_token_id = \"ot-hmAyP66qk2AMVdbJ\""),
        "{text}"
    );
    assert!(!text.contains("github_app"), "{text}");
    assert!(!readme(rest).contains("GitHub App") && readme(rest).contains("of a user or a team"));
    for wrong in ["repository: group/sub/infra", "oauth_token_id: ot-a"] {
        let found = shop(format!("repositories: {{ aa: {{}} }}\nworkspace: {{ organization: acme, {wrong} }}\n"));
        assert_eq!(found.codes(), ["bad-vcs-connection"], "{wrong}");
    }
}

/// tfe provider, `tfe_workspace_settings`: `agent_pool_id` needs the execution mode `agent`.
#[test]
fn runs_can_be_executed_by_agents() {
    let rest = "repositories: { aa: {} }\nworkspace: { organization: acme, agent_pool_id: apool-yoGUFz5zcRMMz53i }\n";
    let module = shop(rest).module("shared/ecr-workspace");
    let setting = |argument: &str| module.value("resource tfe_workspace_settings ecr", argument);
    assert_eq!(
        (setting("execution_mode"), setting("agent_pool_id")),
        ("agent".into(), "apool-yoGUFz5zcRMMz53i".into())
    );
    assert!(readme(rest).contains("agents of version 1.7.0 or later in the pool apool-yoGUFz5zcRMMz53i"));
    let module = shop("repositories: { aa: {} }\nworkspace: { organization: acme }\n").module("shared/ecr-workspace");
    assert_eq!(module.value("resource tfe_workspace_settings ecr", "execution_mode"), "remote");
}

#[test]
fn existing_variable_sets_and_teams_belong_to_the_workspace() {
    let rest = "repositories: { aa: {} }\nworkspace: { organization: acme, variable_sets: [varset-5rTwnSaR], \
                teams: { team-47qC3LmA: plan, team-47qc3lma: write } }\n";
    let module = shop(rest).module("shared/ecr-workspace");
    let set = "resource tfe_workspace_variable_set varset_5rTwnSaR";
    assert_eq!(module.value(set, "variable_set_id"), "varset-5rTwnSaR");
    for (team, label, access) in
        [("team-47qC3LmA", "team_47qC3LmA", "plan"), ("team-47qc3lma", "team_47qc3lma", "write")]
    {
        let head = format!("resource tfe_team_access {label}");
        assert_eq!((module.value(&head, "team_id"), module.value(&head, "access")), (team.into(), access.into()));
        assert_eq!(module.value(&head, "workspace_id"), "${tfe_workspace.ecr.id}");
    }
}

/// tfe provider, `tfe_notification_configuration`: `enabled` is false unless it is set, and the URL is a secret.
#[test]
fn notifications_belong_to_the_workspace() {
    let rest = |drift: bool| {
        format!(
            "repositories: {{ aa: {{}} }}\nworkspace:\n  organization: acme\n  drift_detection: {drift}\n  notifications:\n    \
             team-a: {{ to: slack, url_variable: slack_url }}\n    \
             audit: {{ to: generic, url_variable: audit_url, events: [completed] }}\n"
        )
    };
    let module = shop(rest(false)).module("shared/ecr-workspace");
    let value =
        |name: &str, argument: &str| module.value(&format!("resource tfe_notification_configuration {name}"), argument);
    assert_eq!((value("team_a", "name"), value("team_a", "destination_type")), ("team-a".into(), "slack".into()));
    assert_eq!((value("team_a", "enabled"), value("team_a", "url")), (true.into(), "${var.slack_url}".into()));
    assert_eq!(value("team_a", "workspace_id"), "${tfe_workspace.ecr.id}");
    assert_eq!(value("team_a", "triggers"), json!(["run:errored", "run:needs_attention"]));
    assert_eq!(value("audit", "triggers"), json!(["run:completed"]));
    for variable in ["slack_url", "audit_url"] {
        assert_eq!(module.value(&format!("variable {variable}"), "sensitive"), true);
    }
    let secrets = readme(&rest(false));
    assert!(secrets.contains("- audit_url - slack_url"), "{secrets}");
    // The runs do not need the URLs.
    assert_eq!(shop(rest(false)).module("shared/ecr").heads("variable"), [""; 0]);
    let module = shop(rest(true)).module("shared/ecr-workspace");
    let triggers = module.value("resource tfe_notification_configuration audit", "triggers");
    let assessments = ["assessment:check_failure", "assessment:drifted", "assessment:failed", "run:completed"];
    assert_eq!(triggers, json!(assessments));
}

/// People who can read the variables of the workspace must not see the URL.
#[test]
fn the_variable_of_a_secret_is_for_nothing_else() {
    let rest = |name: &str| {
        format!(
            "repositories: {{ aa: {{ encryption: {{ kms: {{ variable: key }} }} }} }}\nworkspace:\n  organization: acme\n  notifications:\n    \
             team-a: {{ to: slack, url_variable: {name} }}\n    team-b: {{ to: generic, url_variable: {name} }}\n"
        )
    };
    assert_eq!(shop(rest("url")).codes(), [""; 0]);
    assert_eq!(shop(rest("key")).codes(), ["variable-conflict", "variable-conflict"]);
}

/// tfe provider, `tfe_workspace` and `tfe_workspace_settings`, "Import".
#[test]
fn the_readme_says_how_to_take_over_a_workspace() {
    let text = readme("repositories: { aa: {} }\nworkspace: { organization: acme, name: registry }\n");
    for resource in ["tfe_workspace.ecr", "tfe_workspace_settings.ecr"] {
        assert!(text.contains(&format!("terraform import {resource} acme/registry")), "{text}");
    }
}

/// On a fresh account, no role that trusts the provider can be assumed until the provider exists.
#[test]
fn the_readme_names_the_provider_that_must_exist() {
    let base = "repositories: { aa: {} }\nworkspace: { organization: acme }\n";
    let words = "the IAM OIDC provider app.terraform.io in the AWS account, with the audience aws.workload.identity";
    for (provider, is_expected) in [("", true), ("hcp: existing", true), ("hcp: look_up", true), ("hcp: create", false)]
    {
        let providers = if provider.is_empty() { String::new() } else { format!("oidc_providers: {{ {provider} }}\n") };
        assert_eq!(readme(&format!("{base}{providers}")).contains(words), is_expected, "{provider}");
    }
}
