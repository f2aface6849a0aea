//! Where the output keeps Terraform's state.

use crate::harness::module::{inner, value};
use crate::harness::{Case, Compiled, HEAD, shop};

const STATE: &str = "terraform: { backend: { s3: { bucket: acme-state } } }\n";

/// The arguments of the backend of a module.
fn backend(compiled: &Compiled, folder: &str) -> Option<Vec<(String, serde_json::Value)>> {
    let module = compiled.module(folder);
    let terraform = module.block("terraform");
    terraform.body.blocks().find(|block| block.identifier() == "backend")?;
    let block = inner(terraform, "backend");
    assert_eq!(block.labels()[0].as_str(), "s3");
    let arguments = block.body.attributes().map(|it| (it.key().to_owned(), value(it.expr())));
    Some(arguments.collect())
}

/// Terraform documentation, "Backend Type: s3": `use_lockfile` is the lock in the bucket.
#[test]
fn the_root_module_keeps_its_state_in_the_bucket() {
    let compiled = shop(format!("repositories: {{ cart: {{}} }}\n{STATE}"));
    assert_eq!(compiled.codes(), [""; 0]);
    let arguments = backend(&compiled, "shared/ecr").expect("a backend");
    let wanted = [
        ("bucket", "acme-state".into()),
        ("key", "shop/shared/ecr/terraform.tfstate".into()),
        ("region", "eu-central-1".into()),
        ("encrypt", true.into()),
        ("use_lockfile", true.into()),
    ];
    assert_eq!(arguments, wanted.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn every_setting_is_written() {
    let key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let role = "arn:aws:iam::210987654321:role/state/terraform-state";
    let compiled = shop(format!(
        "repositories: {{ cart: {{}} }}\nterraform:\n  backend:\n    s3: {{ bucket: acme-state, \
         key: \"{{platform}}-{{environment}}.tfstate\", region: us-east-1, kms_key: \"{key}\", assume_role: \"{role}\" }}\n"
    ));
    assert_eq!(compiled.codes(), [""; 0]);
    let arguments = backend(&compiled, "shared/ecr").expect("a backend");
    let value = |name: &str| arguments.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    assert_eq!(value("key"), Some("shop-shared.tfstate".into()));
    assert_eq!(value("region"), Some("us-east-1".into()));
    assert_eq!(value("kms_key_id"), Some(key.into()));
    assert_eq!(value("assume_role"), Some(serde_json::json!({ "role_arn": role })));
}

/// HCP Terraform keeps the state of the root module, so the backend is for the module that creates the workspace.
#[test]
fn with_a_workspace_it_is_the_backend_of_the_bootstrap_module() {
    let workspace = "workspace: { organization: acme }\n";
    let compiled = shop(format!("repositories: {{ cart: {{}} }}\n{workspace}{STATE}"));
    assert_eq!(backend(&compiled, "shared/ecr"), None);
    let arguments = backend(&compiled, "shared/ecr-workspace").expect("a backend");
    assert_eq!(arguments[1].1, "shop/shared/ecr-workspace/terraform.tfstate");
    let readme = &compiled.files()["shared/ecr-workspace/README.md"];
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(readme.contains("in the S3 bucket acme-state"), "{readme}");
    assert!(!readme.contains("Without a backend"), "{readme}");
    let shared = shop(format!(
        "repositories: {{ cart: {{}} }}\n{workspace}{}",
        STATE.replace("{ backend", "{ root: shared, backend")
    ));
    assert_eq!(shared.codes(), ["shared-root-runs"], "the bootstrap module is never shared");
    assert!(backend(&shared, "shared/ecr-workspace").is_some());
}

#[test]
fn two_modules_never_share_a_state() {
    let spec = |key: &str| {
        Compiled::of(format!(
            "platform: shop\nregion: eu-central-1\nenvironments:\n  dev: {{ account: \"111111111111\" }}\n  prod: {{ account: \
             \"222222222222\" }}\nrepositories: {{ cart: {{}} }}\nterraform: {{ backend: {{ s3: {{ bucket: acme-state{key} }} }} }}\n"
        ))
    };
    assert_eq!(spec("").codes(), [""; 0]);
    assert_eq!(spec(", key: \"ecr/{environment}\"").codes(), [""; 0]);
    let shared = spec(", key: ecr/state");
    assert_eq!(shared.codes(), ["claimed-twice"]);
    assert!(shared.message().starts_with("the state `acme-state/ecr/state` is defined twice"), "{}", shared.message());
    let help = shared.findings()[0].help.as_deref();
    assert!(help.is_some_and(|help| help.contains("another `key`, which contains `{environment}`")), "{help:?}");
}

/// The state does not move by itself, and Terraform would create everything again.
#[test]
fn another_place_of_the_state_is_refused_until_the_spec_states_the_old_one() {
    let spec = format!("{HEAD}repositories: {{ cart: {{}} }}\n");
    let case = Case::new().file("shop.yaml", &spec);
    assert_eq!(case.run(&["render", "shop.yaml"]).status, 0);
    case.write("shop.yaml", format!("{spec}{STATE}"));
    let refused = case.run(&["render", "shop.yaml"]);
    assert_eq!(refused.status, 2, "{}", refused.err);
    for words in [
        "state-changed",
        "from folder `shared/ecr` to s3 `acme-state/shop/shared/ecr/terraform.tfstate`",
        "-migrate-state",
    ] {
        assert!(refused.err.contains(words), "{words}: {}", refused.err);
    }
    case.write(
        "shop.yaml",
        format!("{spec}{}", STATE.replace("{ backend", "{ state_was: [folder shared/ecr], backend")),
    );
    assert_eq!(case.run(&["render", "shop.yaml"]).status, 0);
    // And back again.
    let back = "terraform: { state_was: [s3 acme-state/shop/shared/ecr/terraform.tfstate] }\n";
    case.write("shop.yaml", &spec);
    assert_eq!(case.run(&["render", "shop.yaml"]).status, 2);
    case.write("shop.yaml", format!("{spec}{back}"));
    assert_eq!(case.run(&["render", "shop.yaml"]).status, 0);
}

#[test]
fn a_setting_that_nothing_uses_is_an_error() {
    for (rest, what) in [
        (
            "terraform: { root: shared, backend: { s3: { bucket: acme-state } } }",
            "hand-written files configure the state",
        ),
        (
            "terraform: { root: shared, assume_role: \"arn:aws:iam::123456789012:role/t\" }",
            "configure the AWS provider",
        ),
        (
            "workspace: { organization: acme }\nterraform: { assume_role: \"arn:aws:iam::123456789012:role/t\" }",
            "its runs assume the roles",
        ),
    ] {
        let compiled = shop(format!("repositories: {{ cart: {{}} }}\n{rest}\n"));
        assert_eq!(compiled.codes(), ["unused-terraform-setting"], "{rest}");
        assert!(compiled.message().contains(what), "{}", compiled.message());
    }
    let both = "terraform: { root: shared, backend: { s3: { bucket: acme-state } }, assume_role: \"arn:aws:iam::123456789012:role/t\" }";
    let compiled = shop(format!("repositories: {{ cart: {{}} }}\n{both}\n"));
    assert_eq!(compiled.codes(), ["unused-terraform-setting"; 2]);
}

/// AWS provider documentation, "Assuming an IAM Role".
#[test]
fn the_provider_assumes_the_role_of_each_account() {
    let spec = "platform: shop\nregion: eu-central-1\nrepositories: { cart: {} }\nenvironments:\n  \
                dev: { account: \"111111111111\", terraform: { assume_role: \"arn:aws:iam::111111111111:role/t\" } }\n  \
                prod: { account: \"222222222222\", terraform: { assume_role: { variable: deploy_role } } }\n";
    let compiled = Compiled::of(spec);
    assert_eq!(compiled.codes(), [""; 0]);
    let role = |folder: &str| {
        let module = compiled.module(folder);
        let assumed = inner(module.block("provider aws"), "assume_role");
        assumed.body.attributes().map(|it| value(it.expr())).next()
    };
    assert_eq!(role("dev/ecr"), Some("arn:aws:iam::111111111111:role/t".into()));
    assert_eq!(role("prod/ecr"), Some("${var.deploy_role}".into()));
    let elsewhere = Compiled::of(spec.replace("111111111111:role", "222222222222:role"));
    assert_eq!(elsewhere.codes(), ["arn-elsewhere"]);
    let key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let state = format!("terraform: {{ backend: {{ s3: {{ bucket: acme-state, kms_key: \"{key}\" }} }} }}\n");
    let elsewhere = shop(format!("repositories: {{ cart: {{}} }}\n{state}"));
    assert_eq!(elsewhere.codes(), ["kms-key-elsewhere"]);
    assert_eq!(
        elsewhere.message(),
        "this KMS key is in the region eu-west-1, but the bucket of the state is in eu-central-1"
    );
}
