//! What runs of the workspace can do with templates, and what happens when a template leaves the output.

use ecrgen::iam::{Bindings, Caller, Context, Decision, Document, Request, evaluate};

use super::{SPEC, bound};
use crate::change::guard::committed;
use crate::harness::module::Module;
use crate::harness::{Compiled, HEAD, shop};

const WORKSPACE: &str = "workspace: { organization: acme }\n";

/// The documents of a role of the bootstrap module.
fn documents(module: &Module, role: &str) -> Vec<Document> {
    let heads = module.heads(&format!("resource aws_iam_policy {role}"));
    let read = |head: &String| {
        let text = bound(module.value(head, "policy").to_string());
        Document::from_json(&text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
    };
    heads.iter().map(read).collect()
}

fn allows(documents: &[Document], action: &str, resource: Option<&str>, passed_to: &str) -> bool {
    let role = "arn:aws:iam::111111111111:role/apply".parse().expect("an ARN");
    let request = Request {
        caller: Caller::Role { role, session: "run".to_owned() },
        action: action.to_owned(),
        resource: resource.map(|arn| arn.parse().expect("an ARN")),
        context: Context::default().with("iam:PassedToService", [passed_to]),
    };
    matches!(
        evaluate(documents, &Bindings::commercial("eu-central-1", "111111111111"), &request),
        Decision::Allowed { .. }
    )
}

/// ECR user guide, "Creating a repository creation template in Amazon ECR", "IAM permissions": the last three only if the template
/// has a lifecycle policy, a repository policy and a role.
#[test]
fn an_apply_has_the_permissions_that_ecr_asks_for() {
    let compiled = shop(format!("{SPEC}{WORKSPACE}"));
    let module = compiled.module("shared/ecr-workspace");
    let (plan, apply) = (documents(&module, "plan"), documents(&module, "apply"));
    let below = |name: &str| format!("arn:aws:ecr:eu-central-1:111111111111:repository/{name}");
    for action in ["Create", "Update", "Delete"] {
        let action = format!("ecr:{action}RepositoryCreationTemplate");
        assert!(allows(&apply, &action, None, "") && !allows(&plan, &action, None, ""), "{action}");
    }
    assert!(allows(&plan, "ecr:DescribeRepositoryCreationTemplates", None, ""));
    for (action, name, wanted) in [
        ("ecr:CreateRepository", "team/x", true),
        ("ecr:CreateRepository", "other/x", false),
        ("ecr:PutLifecyclePolicy", "team/x", true),
        ("ecr:PutLifecyclePolicy", "mirror/x", true),
        ("ecr:SetRepositoryPolicy", "team/x", true),
        ("ecr:SetRepositoryPolicy", "mirror/x", false),
        ("ecr:DeleteRepository", "team/x", false),
        ("ecr:PutImageTagMutability", "team/x", false),
    ] {
        assert_eq!(allows(&apply, action, Some(&below(name)), ""), wanted, "{action} on {name}");
        assert!(!allows(&plan, action, Some(&below(name)), ""), "{action} on {name}");
    }
    let path = compiled.platform().iam.path.clone();
    let role = format!("arn:aws:iam::111111111111:role{path}shop-shared-creation-templates");
    assert!(allows(&apply, "iam:PassRole", Some(&role), "ecr.amazonaws.com"));
    assert!(!allows(&apply, "iam:PassRole", Some(&role), "ec2.amazonaws.com"));
    let other = format!("arn:aws:iam::111111111111:role{path}shop-shared-ci");
    assert!(!allows(&apply, "iam:PassRole", Some(&other), "ecr.amazonaws.com"));
    let linked = "arn:aws:iam::111111111111:role/aws-service-role/ecr.amazonaws.com/AWSServiceRoleForECRTemplate";
    assert!(allows(&apply, "iam:CreateServiceLinkedRole", Some(linked), ""));
    let linked = linked.replace("ecr.amazonaws.com", "ec2.amazonaws.com");
    assert!(!allows(&apply, "iam:CreateServiceLinkedRole", Some(&linked), ""));
}

/// Without templates, nothing of this is granted.
#[test]
fn a_workspace_without_templates_has_no_permission_for_them() {
    let module = shop(format!("repositories: {{ cart: {{}} }}\n{WORKSPACE}")).module("shared/ecr-workspace");
    let apply = documents(&module, "apply");
    for action in ["ecr:CreateRepositoryCreationTemplate", "ecr:DescribeRepositoryCreationTemplates"] {
        assert!(!allows(&apply, action, None, ""), "{action}");
    }
}

/// Nothing is lost with a template, so its removal needs no confirmation; but no plan shows that pushes will fail.
#[test]
fn a_template_that_leaves_the_output_is_a_warning() {
    let spec = |template: &str, rest: &str| format!("{HEAD}repositories: {{ cart: {{}} }}\n{template}{rest}");
    let template = "repository_templates: { team: { created_by: [push] } }\n";
    let case = committed(&spec(template, ""));
    for (rest, warned) in [
        ("", true),
        ("removed: { aws_ecr_repository_creation_template.team: retain }\n", false),
        ("removed: { aws_ecr_repository_creation_template.team: delete }\n", false),
    ] {
        case.write("shop.yaml", spec("", rest));
        let outcome = case.run(&["check", "shop.yaml", "--out", "out"]);
        assert_eq!(outcome.err.contains("feature-stops"), warned, "{rest}{}{}", outcome.out, outcome.err);
        assert!(!outcome.err.contains("error["), "{}", outcome.err);
    }
    case.write("shop.yaml", spec("", "removed: { aws_ecr_repository_creation_template.team: retain }\n"));
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    let removed = case.read("out/shared/ecr/removed.tf");
    assert!(removed.contains("aws_ecr_repository_creation_template.team"), "{removed}");
}

/// Templates are in the manifest, so another spec that loses them is compared with it.
#[test]
fn a_changed_setting_replaces_nothing() {
    let spec = |mutability: &str| {
        format!("{HEAD}repository_templates: {{ team: {{ created_by: [push], tag_mutability: {mutability} }} }}\n")
    };
    let case = committed(&spec("mutable"));
    case.write("shop.yaml", spec("immutable"));
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!((outcome.status, outcome.err.as_str().contains("warning")), (0, false), "{}", outcome.err);
}

/// The bootstrap module must be applied before a template that its roles have no permission for.
#[test]
fn a_new_template_needs_the_bootstrap_module_first() {
    let spec = |template: &str| format!("{HEAD}repositories: {{ cart: {{}} }}\n{WORKSPACE}{template}");
    let case = committed(&spec(""));
    case.write("shop.yaml", spec("repository_templates: { team: { created_by: [push] } }\n"));
    let outcome = case.run(&["check", "shop.yaml", "--out", "out"]);
    assert!(outcome.err.contains("bootstrap-first"), "{}", outcome.err);
}

/// The names of the role follow the templates of the spec.
#[test]
fn the_role_has_the_name_that_the_spec_gives_roles() {
    let names = |names: &str| {
        Compiled::of(format!(
            "{HEAD}names: {{ {names} }}\nresource_tags: {{ A: b }}\nrepository_templates: {{ team: {{ created_by: [push] }} }}\n"
        ))
    };
    let module = names("role: \"ecr-{access}\", policy: \"p-{access}\"").module("shared/ecr");
    assert_eq!(module.value("resource aws_iam_role creation_templates", "name"), "ecr-creation-templates");
    assert_eq!(module.value("resource aws_iam_policy creation_templates", "name"), "p-creation-templates");
    let long = format!("role: \"{}-{{access}}\"", "x".repeat(60));
    assert_eq!(names(&long).codes(), ["bad-iam-name"]);
}
