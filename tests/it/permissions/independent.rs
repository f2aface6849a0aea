//! An independent engine as a judge: `@cloud-copilot/iam-simulate` decides about the same requests.
//!
//! The engine runs as a process, where `tests/node-env.sh` has installed it. Each request has a complete context. ecrgen must
//! give the same answer in this context, and its verdict without the context must not contradict it.
//!
//! What the engine does not know, and what is therefore not compared:
//!
//! - Its validation accepts every global condition key in every request, also those that ECR's requests never have. So the
//!   contexts contain only keys that a request of this principal can have, and the condition keys that ECR defines are left out.
//! - It has no rule for `NotPrincipal` with some of the names of a session (its source says that this needs research).
//! - It knows one resource policy per request. The policies of the repository and of the registry are joined.
//! - It expects a `Resource` in resource policies, which ECR's do not have. `Resource: "*"` is added.
//! - It does not know what an account passes on: foreign callers have an identity policy that allows everything.
//! - ecrgen counts services and everyone once per access entry, so they are not compared.

use ecrgen::iam::{Action, Caller, Context, Document, PolicyKind};
use ecrgen::permissions::{EffectivePermissions, Kind, Principal, Verdict};
use ecrgen::policies::Policies;
use serde_json::{Value, json};

use crate::harness::{Compiled, engine, shipped_names};

const OWN: &str = "123456789012";
const FOREIGN: &str = "210987654321";
const ACTIONS: [&str; 6] = [
    "ecr:PutImage",
    "ecr:BatchGetImage",
    "ecr:DescribeImages",
    "ecr:BatchDeleteImage",
    "ecr:SetRepositoryPolicy",
    "ecr:StartImageScan",
];

/// A platform with principals of many kinds, whose policies are replaced with random ones.
const SPEC: &str = "\
platform: shop
environment: shared
region: eu-central-1
account: \"123456789012\"
repositories: { cart: { policy_statements: [{ Effect: Allow, Principal: { AWS: [\"arn:aws:sts::123456789012:assumed-role/Ops/job\",
  \"arn:aws:iam::210987654321:role/team/puller\", \"arn:aws:iam::123456789012:user/ada\"] }, Action: \"ecr:DescribeImages\" }] } }
access:
  ci: { can: [push], repositories: all, assumed_by: [\"arn:aws:iam::123456789012:role/runner\"] }
  dev: { can: [pull], repositories: all, roles: [\"arn:aws:iam::123456789012:role/team/dev\"] }
  partner: { can: [pull], repositories: all, accounts: [\"210987654321\"] }
workspace: { organization: example }
";

/// Deterministic random numbers (Knuth's linear congruential generator).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}

fn condition(random: &mut Random) -> (&'static str, &'static str, Value) {
    let ci = "arn:aws:iam::123456789012:role/shop/shared/shop-shared-ci";
    let dev = "arn:aws:iam::123456789012:role/team/dev";
    let choices = [
        ("ArnEquals", "aws:PrincipalArn", json!(ci)),
        ("ArnNotEquals", "aws:PrincipalArn", json!([ci, dev])),
        ("ArnNotLike", "aws:PrincipalArn", json!("arn:aws:iam::*:role/team/*")),
        ("StringLike", "aws:PrincipalArn", json!("*/dev")),
        ("StringNotEquals", "aws:PrincipalAccount", json!(OWN)),
        ("StringEquals", "aws:PrincipalAccount", json!([FOREIGN, "555555555555"])),
        ("StringEquals", "aws:PrincipalType", json!("AssumedRole")),
        ("StringNotEqualsIfExists", "aws:PrincipalType", json!("User")),
        ("StringEquals", "aws:RequestedRegion", json!(["eu-central-1", "eu-west-1"])),
        ("StringNotEquals", "aws:RequestedRegion", json!("eu-central-1")),
        ("StringEquals", "aws:SourceVpce", json!("vpce-1")),
        ("StringNotEquals", "aws:SourceVpce", json!("vpce-1")),
        ("StringEqualsIfExists", "aws:SourceVpce", json!("vpce-1")),
        ("StringNotEqualsIfExists", "aws:SourceVpce", json!("vpce-1")),
        ("Null", "aws:SourceVpce", json!("true")),
        ("Null", "aws:PrincipalArn", json!("false")),
        ("StringEquals", "aws:PrincipalOrgID", json!("o-a1b2c3d4e5")),
        ("StringNotLike", "aws:PrincipalOrgID", json!("o-a*")),
        ("StringEqualsIgnoreCase", "aws:PrincipalTag/team", json!("SHOP")),
        ("StringEquals", "aws:PrincipalTag/team", json!("${aws:PrincipalTag/project}")),
        ("Bool", "aws:SecureTransport", json!("false")),
        ("Bool", "aws:PrincipalIsAWSService", json!("false")),
        ("IpAddress", "aws:SourceIp", json!("10.0.0.0/8")),
        ("NotIpAddress", "aws:SourceIp", json!(["10.1.0.0/16", "192.168.0.0/16"])),
        ("ForAllValues:StringEquals", "aws:CalledVia", json!(["codebuild.amazonaws.com"])),
        ("ForAnyValue:StringLike", "aws:CalledVia", json!("code*")),
        ("NumericLessThan", "aws:MultiFactorAuthAge", json!("3600")),
        ("DateGreaterThan", "aws:CurrentTime", json!("2026-06-01T00:00:00Z")),
    ];
    random.of(&choices)
}

fn statement(random: &mut Random, is_resource_policy: bool) -> Value {
    let mut statement = json!({ "Effect": random.of(&["Allow", "Allow", "Deny"]) });
    let actions = [
        json!("ecr:*"),
        json!("ecr:Put*"),
        json!(["ecr:BatchGetImage", "ecr:PutImage"]),
        json!(["ecr:Describe*", "ecr:*Image"]),
        json!("ecr:BatchDeleteImage"),
    ];
    let key = random.of(&["Action", "Action", "Action", "Action", "NotAction"]);
    statement[key] = random.of(&actions);
    if is_resource_policy {
        let arns = [
            "arn:aws:iam::123456789012:role/shop/shared/shop-shared-ci",
            "arn:aws:sts::123456789012:assumed-role/shop-shared-ci/session",
            "arn:aws:iam::123456789012:role/team/dev",
            "arn:aws:sts::123456789012:assumed-role/Ops/job",
            "arn:aws:iam::123456789012:role/Ops",
            "arn:aws:iam::123456789012:user/ada",
            "arn:aws:iam::210987654321:role/team/puller",
            "arn:aws:iam::210987654321:root",
            OWN,
            FOREIGN,
        ];
        let listed = json!({ "AWS": [random.of(&arns), random.of(&arns)] });
        statement["Principal"] = random.of(&[json!("*"), json!({ "AWS": "*" }), listed.clone(), listed]);
    } else {
        let resources = [
            json!("*"),
            json!("*"),
            json!("arn:aws:ecr:eu-central-1:123456789012:repository/cart"),
            json!(["arn:aws:ecr:*:*:repository/s*", "arn:aws:ecr:*:123456789012:repository/c?rt"]),
            json!("arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}"),
            json!("arn:aws:ecr:eu-central-1:${aws:PrincipalAccount}:repository/*"),
        ];
        let key = random.of(&["Resource", "Resource", "Resource", "Resource", "NotResource"]);
        statement[key] = random.of(&resources);
    }
    for _ in 0..random.of(&[0, 0, 1, 1, 2]) {
        let (operator, key, values) = condition(random);
        statement["Condition"][operator][key] = values;
    }
    statement
}

/// Replaces every policy with a random one.
fn randomize(policies: &mut Policies, random: &mut Random) {
    for policy in &mut policies.documents {
        let is_resource_policy = match policy.kind {
            PolicyKind::Managed => false,
            PolicyKind::Repository => true,
            _ => continue,
        };
        let statements: Vec<Value> = (0..=random.below(3)).map(|_| statement(random, is_resource_policy)).collect();
        let json = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
        policy.document = Document::from_json(&json).unwrap_or_else(|faults| panic!("{json}: {faults:?}"));
        policy.sources = vec![policy.sources[0]; policy.document.statements.len()];
    }
}

/// A request, with the answer of ecrgen.
struct Asked {
    request: Value,
    allowed: bool,
    verdict: Verdict,
}

/// The ARN of a principal, its role or user, and the facts about its requests.
fn identity(principal: &Principal) -> Option<(String, Vec<(&'static str, String)>)> {
    let own = principal.kind == Kind::Account && principal.aws_name == OWN;
    let (arn, subject, kind) = match principal.caller() {
        _ if own => return None,
        Caller::User(user) => (user.to_string(), user, "User"),
        Caller::Role { role, session } => {
            let name = role.resource.rsplit('/').next().expect("a name");
            (format!("arn:aws:sts::{}:assumed-role/{name}/{session}", role.account), role, "AssumedRole")
        }
        _ => return None,
    };
    let facts = vec![
        ("aws:PrincipalArn", subject.to_string()),
        ("aws:PrincipalAccount", subject.account.clone()),
        ("aws:PrincipalType", kind.to_owned()),
        ("aws:PrincipalIsAWSService", "false".to_owned()),
    ];
    Some((arn, facts))
}

/// Other keys that a request can have.
fn circumstances(random: &mut Random) -> Vec<(&'static str, Vec<&'static str>)> {
    let choices: [(&str, &[&[&str]]); 10] = [
        ("aws:SourceVpce", &[&[], &["vpce-1"], &["vpce-2"]]),
        ("aws:PrincipalOrgID", &[&[], &["o-a1b2c3d4e5"], &["o-zzzzzzzzzz"]]),
        (
            "aws:PrincipalOrgPaths",
            &[&[], &["o-a1b2c3d4e5/r-a1b2/ou-a1b2-c3d4e5f6/"], &["o-a1b2c3d4e5/r-a1b2/ou-a1b2-00000001/"]],
        ),
        ("aws:PrincipalTag/team", &[&[], &["shop"], &["cart"]]),
        ("aws:PrincipalTag/project", &[&[], &["shop"]]),
        ("aws:SecureTransport", &[&["true"]]),
        ("aws:SourceIp", &[&["10.1.2.3"], &["10.2.2.3"], &["203.0.113.9"]]),
        ("aws:CalledVia", &[&[], &["codebuild.amazonaws.com"], &["codebuild.amazonaws.com", "athena.amazonaws.com"]]),
        ("aws:MultiFactorAuthAge", &[&[], &["60"], &["7200"]]),
        ("aws:CurrentTime", &[&["2026-01-01T00:00:00Z"], &["2026-11-27T12:00:00Z"]]),
    ];
    choices.iter().map(|(key, values)| (*key, random.of(values).to_vec())).filter(|(_, v)| !v.is_empty()).collect()
}

/// Adds requests of each principal to the documents and requests of a question.
fn ask(rights: &EffectivePermissions, random: &mut Random, times: usize, documents: &mut Vec<Value>) -> Vec<Asked> {
    let first = documents.len();
    documents.extend(rights.documents.iter().map(|policy| policy.document.to_json(rights.bindings)));
    documents
        .push(json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }));
    let everything = documents.len() - 1;
    let account = rights.bindings.account_id.clone();
    let region = rights.platform.region.to_string();
    let mut asked = Vec::new();
    for (at, principal) in rights.principals.iter().enumerate() {
        let Some((arn, facts)) = identity(principal) else { continue };
        let is_foreign = !arn.contains(&format!("::{account}:"));
        for _ in 0..times {
            let repository = &rights.platform.repositories[random.below(rights.platform.repositories.len())];
            let action = Action::find(random.of(&ACTIONS)).expect("an action");
            let mut context = Context::default().with("aws:RequestedRegion", [region.as_str()]);
            context = context.with("aws:ResourceAccount", [account.as_str()]);
            let mut keys = json!({ "aws:RequestedRegion": region, "aws:ResourceAccount": account });
            for (key, value) in &facts {
                context = context.with(key, [value.as_str()]);
                keys[key] = json!(value);
            }
            for (key, values) in circumstances(random) {
                context = context.with(key, values.iter().copied());
                let has_several = ["aws:CalledVia", "aws:PrincipalOrgPaths"].contains(&key);
                keys[key] = if has_several { json!(values) } else { json!(values[0]) };
            }
            let (managed, others): (Vec<usize>, Vec<usize>) = rights
                .policies_for(at, repository)
                .into_iter()
                .partition(|at| rights.documents[*at].kind == PolicyKind::Managed);
            let mut identity: Vec<usize> = managed.into_iter().map(|at| first + at).collect();
            identity.extend(is_foreign.then_some(everything));
            let resource =
                format!("arn:{}:ecr:{region}:{account}:repository/{}", rights.bindings.partition, repository.name);
            let request = json!({
                "principal": arn, "action": action.name, "resource": resource, "account": account, "identity": identity,
                "boundary": principal.boundary.map(|at| first + at),
                "resourcePolicies": others.into_iter().map(|at| first + at).collect::<Vec<_>>(), "context": keys,
            });
            let verdict = rights.ruling(at, action, repository).verdict;
            let allowed = rights.ruling_in(&context, at, action, repository).verdict;
            assert_ne!(allowed, Verdict::Conditional, "the context is complete: {request}");
            asked.push(Asked { request, allowed: allowed.is_yes(), verdict });
        }
    }
    asked
}

/// Panics if the engine decides otherwise.
fn compare(documents: &[Value], asked: &[Asked]) {
    let requests: Vec<&Value> = asked.iter().map(|one| &one.request).collect();
    let Some(answers) = engine::answers(documents, &requests) else { return };
    assert_eq!(answers.len(), asked.len());
    let differs = |(answer, asked): &(&String, &Asked)| {
        let allowed = answer.as_str() == "Allowed";
        let is_error = answer.starts_with("error");
        is_error
            || allowed != asked.allowed
            || allowed && !asked.verdict.is_yes()
            || !allowed && asked.verdict == Verdict::Allowed
    };
    let different: Vec<String> = answers
        .iter()
        .zip(asked)
        .filter(differs)
        .map(|(answer, asked)| {
            let used = ["identity", "boundary", "resourcePolicies"].iter().flat_map(|key| match &asked.request[*key] {
                Value::Array(list) => list.clone(),
                one => vec![one.clone()],
            });
            let used: Vec<&Value> = used
                .filter_map(|at| at.as_u64())
                .map(|at| &documents[usize::try_from(at).expect("an index")])
                .collect();
            format!("{answer}, but ecrgen: {} ({:?})\n{}\n{}", asked.allowed, asked.verdict, asked.request, json!(used))
        })
        .collect();
    let allowed = answers.iter().filter(|answer| *answer == "Allowed").count();
    eprintln!("{} requests, {allowed} allowed", answers.len());
    assert!(
        different.is_empty(),
        "{} of {}:\n{}",
        different.len(),
        answers.len(),
        different[..different.len().min(8)].join("\n\n")
    );
}

#[test]
fn the_policies_of_the_shipped_specs_mean_the_same_to_another_engine() {
    let mut random = Random(1);
    let (mut documents, mut asked) = (Vec::new(), Vec::new());
    for name in shipped_names() {
        let compiled = Compiled::shipped(&name);
        for platform in compiled.platforms() {
            let policies = ecrgen::policies::emit(platform);
            let rights = EffectivePermissions::of(&policies);
            asked.extend(ask(&rights, &mut random, 40, &mut documents));
        }
    }
    compare(&documents, &asked);
}

/// The repository policy names the accounts of these roles, and requires their ARNs.
#[test]
fn roles_of_other_accounts_mean_the_same_to_another_engine() {
    let roles = "[dev, \"arn:aws:iam::210987654321:role/team/puller\", \"arn:aws:iam::333333333333:role/a*b/x\"]";
    let compiled = Compiled::of(SPEC.replace("[\"arn:aws:iam::123456789012:role/team/dev\"]", roles));
    let policies = compiled.policies();
    let mut rights = EffectivePermissions::of(&policies);
    for other in ["333333333333:role/axb/x", "333333333333:role/x", "210987654321:role/other"] {
        rights.add_asked(&format!("arn:aws:iam::{other}"));
    }
    let (mut random, mut documents) = (Random(3), Vec::new());
    let asked = ask(&rights, &mut random, 60, &mut documents);
    assert!(asked.iter().any(|one| one.allowed && one.request["principal"].as_str().is_some_and(|arn| arn.contains("333333333333"))));
    compare(&documents, &asked);
}

/// A denial leaves out what the excepted entries grant, by account, organization, path in an organization and role.
#[test]
fn guard_rails_mean_the_same_to_another_engine() {
    let spec =
        SPEC.replace("policy_statements:", "deny: { pull: { unless: [functions, unit, guest] } }, policy_statements:");
    let compiled = Compiled::of(spec.replace(
        "workspace:",
        "  functions: { can: [pull], repositories: all, lambda: { functions: [f], accounts: [\"333333333333\"] } }
  unit: { can: [pull], repositories: all, accounts: all, organization: o-a1b2c3d4e5, organizational_units: [ou-a1b2-c3d4e5f6] }
  guest: { can: [pull], repositories: all, roles: [\"arn:aws:iam::444444444444:role/guest\"] }
workspace:",
    ));
    let policies = compiled.policies();
    let mut rights = EffectivePermissions::of(&policies);
    for other in ["333333333333:role/deploy", "444444444444:role/other", "555555555555:role/other"] {
        rights.add_asked(&format!("arn:aws:iam::{other}"));
    }
    let (mut random, mut documents) = (Random(4), Vec::new());
    let asked = ask(&rights, &mut random, 200, &mut documents);
    for account in ["333333333333", "444444444444", "555555555555"] {
        let of_account = |one: &&Asked| one.request["principal"].as_str().is_some_and(|arn| arn.contains(account));
        assert!(asked.iter().filter(of_account).any(|one| one.allowed), "{account}");
    }
    compare(&documents, &asked);
}

#[test]
fn random_policies_mean_the_same_to_another_engine() {
    let mut random = Random(2);
    let (mut documents, mut asked) = (Vec::new(), Vec::new());
    let compiled = Compiled::of(SPEC);
    for _ in 0..200 {
        let mut policies = compiled.policies();
        randomize(&mut policies, &mut random);
        let rights = EffectivePermissions::of(&policies);
        asked.extend(ask(&rights, &mut random, 4, &mut documents));
    }
    compare(&documents, &asked);
}
