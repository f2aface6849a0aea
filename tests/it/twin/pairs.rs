//! Every valid pair of a verb and a kind of principal, in the account: the actions that AWS documents for the verb are
//! allowed on the given repository, and no other ECR action is.

use std::collections::BTreeMap;

use ecrgen::iam::{Action, Bindings, Caller, Context, Decision, Document, Request, evaluate};

use super::account::life::{module, succeed};
use super::account::moto::Moto;
use super::account::parliament;
use super::account::{Account, ID};
use super::rendering::modules;
use crate::harness::Compiled;
use crate::terraform::binary::Terraform;

const NAMED: &str = "arn:aws:ecr:ap-southeast-3:123456789012:repository/cart";
const NOT_NAMED: &str = "arn:aws:ecr:ap-southeast-3:123456789012:repository/search";
const LOGIN: &str = "ecr:GetAuthorizationToken";

/// The actions that a verb needs on the repository, and whether it needs a login to the registry (ECR user guide, "IAM permissions
/// for pushing an image"; the managed policy AmazonEC2ContainerRegistryPullOnly, with the check of layers that AWS's
/// policies for ECS have; Service Authorization Reference for the others).
const VERBS: [(&str, &[&str], bool); 6] = [
    ("pull", &["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], true),
    (
        "push",
        &[
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:CompleteLayerUpload",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
        ],
        true,
    ),
    (
        "read",
        &["ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListImages"],
        false,
    ),
    ("delete", &["ecr:BatchDeleteImage"], false),
    ("create", &["ecr:CreateRepository", "ecr:TagResource"], false),
    ("import", &["ecr:BatchImportUpstreamImage"], false),
];

/// A kind of principal.
struct Kind {
    /// Its key in an access entry.
    key: &'static str,
    /// Its value, for the verb with this number.
    value: fn(usize) -> String,
    /// The verbs that make sense for it.
    verbs: &'static [&'static str],
    /// Where its permissions are.
    side: Side,
}

/// Where permissions are.
enum Side {
    /// In the entry's own policy, attached to the role that it creates or to these existing roles.
    Identity { roles: &'static [&'static str] },
    /// In the repository policy, for this caller with these condition keys.
    Repository { caller: fn(usize) -> Caller, context: fn() -> Context },
}

const ALL: &[&str] = &["pull", "push", "read", "delete", "create", "import"];

/// A repository policy cannot allow creating the repository.
const IN_A_REPOSITORY: &[&str] = &["pull", "push", "read", "delete", "import"];

/// All but `permission_set`, whose tags moto does not support.
const KINDS: &[Kind] = &[
    Kind {
        key: "github",
        value: |_| "{ repository: shop/cart, owner_id: 1, repository_id: 2, branches: [main] }".into(),
        verbs: ALL,
        side: Side::Identity { roles: &["pairs-test-{entry}"] },
    },
    Kind {
        key: "irsa",
        value: |_| "{ cluster: piksel, service_accounts: [shop/cart] }".into(),
        verbs: ALL,
        side: Side::Identity { roles: &["pairs-test-{entry}-shop-cart"] },
    },
    Kind {
        key: "node_roles",
        value: |_| "[piksel-nodes]".into(),
        verbs: &["pull", "read", "import"],
        side: Side::Identity { roles: &["piksel-nodes"] },
    },
    Kind { key: "roles", value: |_| "[Developer]".into(), verbs: ALL, side: Side::Identity { roles: &["Developer"] } },
    Kind {
        key: "assumed_by",
        value: |_| "[\"arn:aws:iam::123456789012:role/Developer\"]".into(),
        verbs: ALL,
        side: Side::Identity { roles: &["pairs-test-{entry}"] },
    },
    Kind {
        key: "gitlab",
        value: |_| "{ project: shop/cart, project_id: 3, branches: [main] }".into(),
        verbs: ALL,
        side: Side::Identity { roles: &["pairs-test-{entry}"] },
    },
    Kind {
        key: "hcp",
        value: |_| "{ organization: shop, workspace: cart, phases: [apply] }".into(),
        verbs: ALL,
        side: Side::Identity { roles: &["pairs-test-{entry}"] },
    },
    Kind {
        key: "oidc",
        value: |_| {
            "{ issuer: \"https://agent.buildkite.com\", subjects: [\"organization:shop:pipeline:cart:*\"] }".into()
        },
        verbs: ALL,
        side: Side::Identity { roles: &["pairs-test-{entry}"] },
    },
    Kind {
        key: "pod_identity",
        // A service account can have only one association, so there is one service account per verb.
        value: |verb| format!("{{ cluster: piksel, service_accounts: [shop/cart-{verb}] }}"),
        verbs: ALL,
        side: Side::Identity { roles: &["pairs-test-{entry}-shop-cart-{verb}"] },
    },
    Kind {
        key: "permission_set",
        value: |verb| {
            format!("{{ name: Images-{verb}, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" }}")
        },
        verbs: ALL,
        side: Side::Identity { roles: &[] },
    },
    Kind {
        key: "accounts",
        value: |verb| format!("[\"{}\"]", other_account(verb)),
        verbs: IN_A_REPOSITORY,
        side: Side::Repository { caller: |verb| role_in(&other_account(verb)), context: Context::default },
    },
    Kind {
        key: "lambda",
        value: |_| "{ functions: [resize] }".into(),
        verbs: &["pull"],
        side: Side::Repository {
            caller: |_| Caller::Service("lambda.amazonaws.com".into()),
            context: || {
                Context::default().with("aws:SourceArn", ["arn:aws:lambda:ap-southeast-3:123456789012:function:resize"])
            },
        },
    },
    Kind {
        key: "codebuild",
        value: |_| "{ projects: [build] }".into(),
        verbs: &["pull"],
        side: Side::Repository {
            caller: |_| Caller::Service("codebuild.amazonaws.com".into()),
            context: || {
                let project = "arn:aws:codebuild:ap-southeast-3:123456789012:project/build";
                Context::default().with("aws:SourceArn", [project]).with("aws:SourceAccount", [ID])
            },
        },
    },
];

/// Without a row here, a kind would not be applied by any test.
#[test]
fn every_kind_of_principal_has_a_row() {
    let mut rows: Vec<&str> = KINDS.iter().map(|kind| kind.key).collect();
    let mut kinds: Vec<&str> = ecrgen::principals::KINDS.iter().map(|kind| kind.key).collect();
    rows.sort_unstable();
    kinds.sort_unstable();
    assert_eq!(rows, kinds);
}

/// The actions that Lambda needs for its one verb (Lambda developer guide, "Create a Lambda function using a container image").
const LAMBDA: &[&str] = &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/// One account per verb, because they share the repository policy.
fn other_account(verb: usize) -> String {
    format!("11111111111{verb}")
}

fn role_in(account: &str) -> Caller {
    Caller::Role { role: format!("arn:aws:iam::{account}:role/any").parse().expect("an ARN"), session: "any".into() }
}

#[test]
fn each_kind_of_principal_may_do_what_its_verb_needs_and_nothing_else() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", "5.100.0") else { return };
    let Some(moto) = Moto::start() else { return };
    moto.script("prepare.py", &[]);
    let module = module(&moto, &rendered());
    succeed(&terraform, &module, &["init"]);
    succeed(&terraform, &module, &["apply", "-auto-approve"]);
    let account = Account(moto.script("read_back.py", &[]));
    for (kind, verb, index) in pairs() {
        let entry = entry(kind, verb);
        match &kind.side {
            Side::Identity { roles } => {
                let policy = format!("pairs-test-{entry}");
                let document = account.document(&["policies", &policy, "document"]);
                let arn = account.at(&["policies", &policy, "arn"]);
                for role in *roles {
                    let role = role.replace("{entry}", &entry).replace("{verb}", &index.to_string());
                    let attached = account.at(&["roles", &role, "policies"]).as_array().expect("a list");
                    assert!(attached.contains(arn), "{role}: {attached:?}");
                }
                let may = allowed(&document, &role_in(ID), &Context::default(), &[Some(NAMED), Some(NOT_NAMED), None]);
                assert_eq!(may, needed(kind, verb), "{entry}");
            }
            Side::Repository { caller, context } => {
                let document = account.document(&["repositories", "cart", "policy"]);
                assert_eq!(
                    allowed(&document, &caller(index), &context(), &[Some(NAMED)]),
                    needed(kind, verb),
                    "{entry}"
                );
            }
        }
    }
    parliament::finds_nothing(&moto);
    assert!(account.at(&["repositories", "search", "policy"]).is_null(), "nobody is let in where nobody was named");
}

/// Invalid pairs are rejected with a reason, and valid pairs are accepted.
#[test]
fn rejects_all_other_pairs() {
    let permission_set = |_| "{ name: Cart, instance: { variable: instance } }".to_owned();
    let kinds = KINDS.iter().map(|kind| (kind.key, kind.verbs, kind.value));
    let mut refused = Vec::new();
    for (key, verbs, value) in kinds.chain([("permission_set", ALL, permission_set as fn(usize) -> String)]) {
        for (index, (verb, ..)) in VERBS.iter().enumerate() {
            let value = value(index);
            let spec = format!(
                "platform: pairs
environment: test
region: ap-southeast-3
repositories: {{ cart: {{}} }}
access:
  nodes: {{ can: [pull], repositories: [cart], node_roles: [kubelet] }}
  a: {{ can: [{verb}], repositories: [cart], {key}: {value} }}
"
            );
            // A repository policy may leave out Lambda, Terraform creates the repository already, and importing goes with pulling from
            // a cache.
            let expected = ["lambda-access-removed", "unusable-create", "import-without-cache", "import-without-pull"];
            let found = Compiled::of(spec).codes().into_iter();
            let found: Vec<&str> = found.filter(|code| !expected.contains(code)).collect();
            if verbs.contains(verb) {
                assert_eq!(found, [""; 0], "{key} {verb}");
            } else {
                assert_eq!(found, ["refused-verb"], "{key} {verb}");
                refused.push((key, *verb));
            }
        }
    }
    let of = |key, verbs: &[&'static str]| verbs.iter().map(|verb| (key, *verb)).collect::<Vec<_>>();
    let nodes = of("node_roles", &["push", "delete", "create"]);
    let lambda = of("lambda", &["push", "read", "delete", "create", "import"]);
    let codebuild = of("codebuild", &["push", "read", "delete", "create", "import"]);
    assert_eq!(refused, [nodes, of("accounts", &["create"]), lambda, codebuild].concat());
}

/// All pairs, with the number of the verb.
fn pairs() -> impl Iterator<Item = (&'static Kind, &'static str, usize)> {
    KINDS.iter().flat_map(|kind| {
        let verbs = VERBS.iter().enumerate().filter(|(_, (verb, ..))| kind.verbs.contains(verb));
        verbs.map(move |(index, (verb, ..))| (kind, *verb, index))
    })
}

fn entry(kind: &Kind, verb: &str) -> String {
    format!("{}-{verb}", kind.key.replace('_', "-"))
}

/// The root module of a spec with one entry per pair.
fn rendered() -> BTreeMap<String, String> {
    let mut spec = String::from(
        "platform: pairs
environment: test
region: ap-southeast-3
terraform: { directory: registry, providers: { aws: \"~> 5.100\" } }
repositories: { cart: {}, search: {} }
access:
",
    );
    for (kind, verb, index) in pairs() {
        let (entry, key, value) = (entry(kind, verb), kind.key, (kind.value)(index));
        spec.push_str(&format!("  {entry}: {{ can: [{verb}], repositories: [cart], {key}: {value} }}\n"));
    }
    let files = Compiled::of(spec).files().into_iter();
    let texts = files.map(|(path, text)| (path, without_what_moto_lacks(&text)));
    modules(&texts.collect()).remove("registry").expect("a root module")
}

/// A file without what moto cannot create: EKS Pod Identity associations and permission sets. Their roles and policies
/// remain.
fn without_what_moto_lacks(text: &str) -> String {
    let lacks = ["resource \"aws_eks_pod_identity_association\"", "resource \"aws_ssoadmin_"];
    let mut inside = false;
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        inside |= lacks.iter().any(|start| line.starts_with(start));
        if !inside {
            kept.push_str(line);
        }
        inside &= line != "}\n";
    }
    kept
}

/// The requests that AWS documents for a verb.
fn needed(kind: &Kind, verb: &str) -> Vec<String> {
    let (_, actions, logs_in) = VERBS.iter().find(|(name, ..)| *name == verb).expect("a verb");
    let actions = if kind.key == "lambda" { LAMBDA } else { actions };
    let mut needed: Vec<String> = actions.iter().map(|action| format!("{action} on cart")).collect();
    // A repository policy cannot grant the login, because it is for the caller's own registry.
    let identity = matches!(kind.side, Side::Identity { .. });
    needed.extend((*logs_in && identity).then(|| LOGIN.to_owned()));
    needed.sort_unstable();
    needed
}

/// All ECR actions that a policy allows a caller in these places. `None` is for actions without a repository.
fn allowed(document: &Document, caller: &Caller, context: &Context, places: &[Option<&str>]) -> Vec<String> {
    let mut allowed = Vec::new();
    for action in Action::all().filter(|action| action.name.starts_with("ecr:")) {
        for place in places.iter().filter(|place| place.is_some() == action.is_scopable()) {
            let request = Request {
                caller: caller.clone(),
                action: action.name.to_owned(),
                resource: place.map(|arn| arn.parse().expect("an ARN")),
                context: context.clone(),
            };
            let bindings = Bindings::commercial("ap-southeast-3", ID);
            let decision = evaluate(std::slice::from_ref(document), &bindings, &request);
            if matches!(decision, Decision::Allowed { .. } | Decision::Delegated { .. }) {
                let place = place.and_then(|arn| arn.rsplit_once('/')).map(|(_, name)| format!(" on {name}"));
                allowed.push(format!("{}{}", action.name, place.unwrap_or_default()));
            }
        }
    }
    allowed.sort_unstable();
    allowed
}
