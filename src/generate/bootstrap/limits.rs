//! What the apply role can do at most, from its documents: its permission policy, and the key policy that names it.

use minijinja::{Value, context};

use crate::iam::{ActionPattern, Conditions, Effect, Element, OUTCOMES, PolicyKind, Statement, Text, arn};
use crate::policies::bindings::spelled;
use crate::policies::{Phase, Policies};

/// The rights of the apply role, for the README.
pub fn limits(policies: &Policies) -> Value {
    let rights = rights(policies);
    let bootstrap = policies.platform.iam.bootstrap_path();
    let allowed = || rights.iter().filter(|right| right.allows);
    context! {
        rows => allowed().map(row).collect::<Value>(),
        denials => rights.iter().filter(|right| !right.allows).map(row).collect::<Value>(),
        effects => allowed().flat_map(|right| effects(right, &bootstrap)).collect::<Value>(),
    }
}

/// What a statement allows or denies. A statement that is split into several policies is one right.
struct Right {
    name: String,
    allows: bool,
    actions: Vec<String>,
    resources: Vec<String>,
    conditions: Vec<String>,
}

fn rights(policies: &Policies) -> Vec<Right> {
    let mut rights: Vec<Right> = Vec::new();
    let run = policies.runs.iter().find(|run| run.phase == Phase::Apply);
    let own = run.into_iter().flat_map(|run| &run.parts).map(|part| &policies.documents[part.policy]);
    for statement in own.flat_map(|policy| &policy.document.statements) {
        let right = right(policies, statement, listed(&statement.resources));
        match rights.iter_mut().find(|known| known.name == right.name) {
            Some(known) => known.resources.extend(right.resources),
            None => rights.push(right),
        }
    }
    for policy in policies.documents.iter().filter(|policy| policy.kind == PolicyKind::Key) {
        let statements = policy.document.statements.iter().filter(|statement| names_apply_role(policies, statement));
        rights.extend(statements.map(|statement| Right {
            resources: vec![format!("the KMS key of {}", policy.owners[0])],
            ..right(policies, statement, &[])
        }));
    }
    rights
}

fn right(policies: &Policies, statement: &Statement, resources: &[Text]) -> Right {
    let shown = |text: &Text| spelled(text, &policies.bindings);
    Right {
        name: statement.sid.as_ref().map(ToString::to_string).unwrap_or_default(),
        allows: statement.effect == Effect::Allow,
        actions: listed_actions(&statement.actions).iter().map(|action| action.as_str().to_owned()).collect(),
        resources: resources.iter().map(shown).collect(),
        conditions: conditions(&statement.conditions, shown),
    }
}

fn listed(resources: &Option<Element<Vec<Text>>>) -> &[Text] {
    match resources {
        Some(Element::Only(resources)) => resources,
        Some(Element::AllExcept(_)) | None => unreachable!("permission policies of ecrgen list their resources"),
    }
}

fn listed_actions(actions: &Element<Vec<ActionPattern>>) -> &[ActionPattern] {
    match actions {
        Element::Only(actions) => actions,
        Element::AllExcept(_) => unreachable!("policies of ecrgen list their actions"),
    }
}

fn conditions(conditions: &Conditions, shown: impl Fn(&Text) -> String) -> Vec<String> {
    let keys = conditions.values().flatten();
    let condition = |(key, values): (&Text, &Vec<Text>)| {
        let values: Vec<String> = values.iter().map(&shown).collect();
        format!("{} is {}", shown(key), values.join(" or "))
    };
    keys.map(condition).collect()
}

/// Whether a statement of a resource-based policy is about the apply role.
fn names_apply_role(policies: &Policies, statement: &Statement) -> bool {
    let platform = policies.platform;
    let name = platform.scope.run_name(Phase::Apply.as_str());
    let role = arn::iam(&format!("role{}{name}", platform.iam.bootstrap_path()));
    statement.principal.iter().any(|principal| principal.listed().names().any(|(_, name)| *name == role))
}

fn row(right: &Right) -> Value {
    let (reads, changes): (Vec<&str>, Vec<&str>) =
        right.actions.iter().map(String::as_str).partition(|action| reads(action));
    let list = |items: Vec<&str>| if items.is_empty() { "-".to_owned() } else { items.join(", ") };
    let resources = right.resources.iter().map(String::as_str).collect();
    let only_if = right.conditions.iter().map(String::as_str).collect::<Vec<_>>().join(" and ");
    context! {
        resources => list(resources),
        changes => list(changes),
        reads => list(reads),
        only_if => if only_if.is_empty() { "-".to_owned() } else { only_if },
    }
}

/// Whether an action only reads. AWS names such actions with these verbs.
fn reads(action: &str) -> bool {
    let name = action.split_once(':').map_or(action, |(_, name)| name);
    ["Get", "List", "Describe"].iter().any(|verb| name.starts_with(verb))
}

/// What an apply can bring about with a right, beyond the words of its actions. No run can change the policies on the path of the
/// bootstrap module.
fn effects(right: &Right, bootstrap: &str) -> Vec<Value> {
    let has = |name: &str| right.actions.iter().any(|action| action == name);
    let of_images = OUTCOMES.iter().flat_map(|outcome| {
        let ways = outcome.ways().map(|way| way.iter().map(|action| action.name).collect::<Vec<_>>());
        let way: Vec<Vec<&str>> = ways.filter(|way| way.iter().all(|action| has(action))).collect();
        (!way.is_empty()).then(|| (outcome.what, way.concat()))
    });
    let others = EFFECTS.iter().filter(|effect| has(effect.action));
    let is_limited = |effect: &&ActionEffect| match effect.bounded {
        Some(true) => !is_bounded(right),
        Some(false) => is_bounded(right) || attaches_only(right, bootstrap),
        None => false,
    };
    let others = others.filter(|effect| !is_limited(effect));
    let others = others.map(|effect| (effect.what, vec![effect.action]));
    let effect = |(what, actions): (&str, Vec<&str>)| {
        context! { what => what, actions => actions.join(", "), resources => right.resources.join(", ") }
    };
    of_images.chain(others).map(effect).collect()
}

/// Whether a right is only about roles that have the permissions boundary.
fn is_bounded(right: &Right) -> bool {
    right.conditions.iter().any(|condition| condition.starts_with("iam:PermissionsBoundary "))
}

/// Whether a right is only about policies on a path.
fn attaches_only(right: &Right, path: &str) -> bool {
    let path = format!(":policy{path}");
    right.conditions.iter().any(|condition| condition.starts_with("iam:PolicyARN ") && condition.contains(&path))
}

/// What an action of another service is enough for.
struct ActionEffect {
    action: &'static str,
    /// Whether this holds with a boundary or without one; `None` if it makes no difference.
    bounded: Option<bool>,
    what: &'static str,
}

const fn effect(action: &'static str, bounded: Option<bool>, what: &'static str) -> ActionEffect {
    ActionEffect { action, bounded, what }
}

/// The effects that reach beyond the resource of the action (IAM user guide, "Permissions boundaries for IAM entities"; EKS user
/// guide, "Learn how EKS Pod Identity grants pods access to AWS services"; IAM Identity Center user guide, "Permission sets").
const EFFECTS: &[ActionEffect] = &[
    effect("iam:UpdateAssumeRolePolicy", None, "decide who can assume roles of the platform"),
    effect(
        "iam:AttachRolePolicy",
        Some(true),
        "give roles of the platform permissions, as far as the boundary allows them",
    ),
    effect(
        "iam:AttachRolePolicy",
        Some(false),
        "give existing roles any permission that it writes into a policy of the platform, because no boundary limits them",
    ),
    effect("iam:CreateOpenIDConnectProvider", None, "let the account trust the tokens of an issuer"),
    effect("iam:AddClientIDToOpenIDConnectProvider", None, "let the account trust more tokens of an issuer"),
    effect("kms:PutKeyPolicy", None, "decide who can use and manage the key"),
    effect("eks:CreatePodIdentityAssociation", None, "give any pods of these clusters a role of the platform"),
    effect(
        "eks:UpdatePodIdentityAssociation",
        None,
        "change which roles the pods of these clusters have, also those of other platforms",
    ),
    effect(
        "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
        None,
        "change what people with any permission set of the instance can do, also with those of other platforms and without a boundary",
    ),
    effect("s3:PutBucketPolicy", None, "decide who can read the audit trail"),
    effect("s3:PutLifecycleConfiguration", None, "let records of the audit trail expire"),
    effect("logs:PutResourcePolicy", None, "decide which AWS services can write to log groups of the account"),
    effect(
        "sns:SetTopicAttributes",
        None,
        "decide who can publish to topics of the platform, and who can subscribe to them",
    ),
    effect("sns:Subscribe", None, "send alerts of the platform to other addresses"),
    effect("sns:Unsubscribe", None, "cancel subscriptions of other topics in the account"),
    effect("cloudtrail:StopLogging", None, "stop the audit trail"),
];
