//! The scanning configuration of the registry and Amazon Inspector, as the files have them.

use hcl::Block;
use serde_json::Value;

use crate::harness::module::{self, expression};
use crate::harness::{Specs, shop};

/// The frequency and the filters of each rule.
fn rules(rest: &str) -> (Value, Vec<(Value, Vec<Value>)>) {
    let compiled = shop(rest);
    assert_eq!(compiled.codes(), [""; 0], "{rest}");
    let module = compiled.module("shared/ecr");
    let configuration = module.block("resource aws_ecr_registry_scanning_configuration ecr");
    let value = |block: &Block, name: &str| module::value(expression(block, name));
    let of_kind = |block: &Block, kind: &str| -> Vec<Block> {
        block.body().blocks().filter(|block| block.identifier() == kind).cloned().collect()
    };
    let filters = |rule: &Block| {
        let filters = of_kind(rule, "repository_filter");
        assert!(filters.iter().all(|filter| value(filter, "filter_type") == "WILDCARD"));
        filters.iter().map(|filter| value(filter, "filter")).collect()
    };
    let rules = of_kind(configuration, "rule");
    let rules = rules.iter().map(|rule| (value(rule, "scan_frequency"), filters(rule)));
    (value(configuration, "scan_type"), rules.collect())
}

/// Rows C2 and L6: what repositories ask for becomes the rules of the one document of the registry.
#[test]
fn wishes_of_repositories_become_rules_of_the_registry() {
    let repositories = "repositories:
  web: { scan_continuously: true }
  worker: {}
  manual: { scan_on_push: false }
";
    let (scanner, found) = rules(&format!("{repositories}registry: {{ scanner: enhanced }}\n"));
    assert_eq!(scanner, "ENHANCED");
    let expected = [("SCAN_ON_PUSH", "worker"), ("CONTINUOUS_SCAN", "web")];
    assert_eq!(found, expected.map(|(frequency, filter)| (frequency.into(), vec![filter.into()])));
    let basic = repositories.replace("scan_continuously: true", "");
    let (scanner, found) = rules(&format!("{basic}registry: {{}}\n"));
    assert_eq!(scanner, "BASIC");
    assert_eq!(found, [("SCAN_ON_PUSH".into(), vec!["web".into(), "worker".into()])]);
    assert_eq!(rules("repositories: { aa: { scan_on_push: false } }\nregistry: {}\n").1, []);
}

/// The names in AWS decide, not the keys.
#[test]
fn filters_are_names_in_aws() {
    let spec = "names: { repository: \"{platform}/{repository}\" }
repositories: { web: {}, worker: {}, own: { name: other } }
registry: {}
";
    assert_eq!(rules(spec).1, [("SCAN_ON_PUSH".into(), vec!["other".into(), "shop/*".into()])]);
}

#[test]
fn inspector_is_enabled_before_enhanced_scanning() {
    let spec = "repositories: { web: {} }\nregistry: { scanner: enhanced, enable_inspector: true }\n";
    let module = shop(spec).module("shared/ecr");
    let enabler = module.value("resource aws_inspector2_enabler ecr", "resource_types");
    assert_eq!(enabler, serde_json::json!(["ECR"]));
    let account = module.value("resource aws_inspector2_enabler ecr", "account_ids");
    assert_eq!(account, serde_json::json!(["${data.aws_caller_identity.current.account_id}"]));
    let configuration = module.block("resource aws_ecr_registry_scanning_configuration ecr");
    let first = module::value(expression(configuration, "depends_on"));
    assert_eq!(first, serde_json::json!(["${aws_inspector2_enabler.ecr}"]));
}

/// Provider documentation of `aws_ecr_account_setting`, and the provider's CHANGELOG: `BLOB_MOUNTING` came with 6.29.0.
#[test]
fn blob_mounting_is_an_account_setting() {
    let spec = |setting: &str, aws: &str| {
        shop(format!(
            "repositories: {{ web: {{}} }}\nregistry: {{ {setting} }}\nterraform: {{ providers: {{ aws: \"{aws}\" }} }}\n"
        ))
    };
    let head = "resource aws_ecr_account_setting blob_mounting";
    for (setting, value) in [("true", "ENABLED"), ("false", "DISABLED")] {
        let module = spec(&format!("blob_mounting: {setting}"), "~> 6.29").module("shared/ecr");
        assert_eq!([module.value(head, "name"), module.value(head, "value")], ["BLOB_MOUNTING", value]);
    }
    assert_eq!(spec("", "~> 6.29").module("shared/ecr").heads("resource aws_ecr_account_setting"), [""; 0]);
    let older = spec("blob_mounting: true", "~> 6.28");
    assert_eq!(older.codes(), ["terraform"]);
    assert!(older.messages()[0].contains("6.29.0"), "{:?}", older.messages());
}

/// Each environment has its own registry, and can change the settings of another one that it starts from.
#[test]
fn environments_override_the_registry() {
    let spec = "platform: shop
region: eu-central-1
repositories: { web: {} }
registry: { scanner: enhanced, enable_inspector: true }
environments:
  dev: { account: \"111111111111\", registry: none }
  test: { account: \"222222222222\", registry: { scanner: basic, enable_inspector: none } }
  prod: { account: \"333333333333\", repository_defaults: { scan_continuously: true } }
";
    let compiled = Specs::of(spec).compile();
    assert_eq!(compiled.codes(), [""; 0]);
    let heads = |environment: &str| compiled.module(&format!("{environment}/ecr")).heads("resource aws_ecr_registry");
    assert_eq!(heads("dev"), [""; 0]);
    let scanner = |environment: &str| {
        let head = "resource aws_ecr_registry_scanning_configuration ecr";
        compiled.module(&format!("{environment}/ecr")).value(head, "scan_type")
    };
    assert_eq!(scanner("test"), "BASIC");
    assert_eq!(scanner("prod"), "ENHANCED");
    assert_eq!(compiled.module("test/ecr").heads("resource aws_inspector2"), [""; 0]);
}

/// Two environments in one registry. AWS has one document for both, so `registry` of one covers the other.
const SHARED: &str = "platform: shop
region: eu-central-1
account: \"111111111111\"
names: { repository: \"{environment}/{repository}\" }
environments:
  dev: { repositories: { web: {}, manual: { scan_on_push: false }, docs: { replicate_to: [eu-west-1] } } }
  prod:
    registry: { scanner: enhanced }
    repositories: { web: { scan_continuously: true }, docs: { replicate_to: [eu-west-1] } }
";

#[test]
fn the_registry_of_one_environment_covers_the_others_in_it() {
    let continuous = "dev: { repositories: { web: { scan_continuously: true }";
    let compiled = Specs::of(SHARED.replace("dev: { repositories: { web: {}", continuous)).compile();
    assert_eq!(compiled.codes(), [""; 0]);
    let dev = compiled.module("dev/ecr");
    assert_eq!(dev.heads("resource aws_ecr_registry"), [""; 0]);
    assert_eq!(dev.heads("resource aws_ecr_replication"), [""; 0]);
    let [scanning, replication] = ["aws_ecr_registry_scanning_configuration", "aws_ecr_replication_configuration"];
    let files = compiled.files();
    let text: String =
        files.iter().filter(|(path, _)| path.starts_with("prod/ecr/")).map(|(_, text)| text.as_str()).collect();
    assert!(text.contains(scanning) && text.contains(replication), "{text}");
    let filters = |after: &str| -> Vec<&str> {
        let (_, from) = text.split_once(after).expect("the rule is there");
        let rule = from.split("\n  }").next().expect("a first part");
        rule.lines()
            .filter_map(|line| line.trim().strip_prefix("filter "))
            .map(|line| line.trim_matches([' ', '=', '"']))
            .collect()
    };
    assert_eq!(filters("\"SCAN_ON_PUSH\""), ["dev/docs", "prod/docs"]);
    assert_eq!(filters("\"CONTINUOUS_SCAN\""), ["dev/web", "prod/web"]);
    assert_eq!(filters(replication), ["dev/docs", "prod/docs"]);
}

/// The region of a replica has another registry, which may belong to another environment.
#[test]
fn says_that_another_registry_does_not_scan_a_replica() {
    let codes = |scanned: bool, prod: &str| {
        let spec = format!(
            "platform: shop\nregion: eu-central-1\naccount: \"111111111111\"\nnames: {{ repository: \"{{environment}}/{{repository}}\" }}\n\
             repositories: {{ web: {{}} }}\nenvironments:\n  \
             dev: {{ registry: {{}}, repositories: {{ web: {{ scan_on_push: {scanned}, replicate_to: [us-east-1] }} }} }}\n  \
             prod: {{ region: us-east-1{prod} }}\n"
        );
        Specs::of(spec).compile().codes()
    };
    assert_eq!(codes(true, ", registry: {}"), ["scanned-elsewhere"]);
    for (scanned, prod) in [(false, ", registry: {}"), (true, ""), (true, ", registry: {}, account: \"222222222222\"")]
    {
        assert_eq!(codes(scanned, prod), [""; 0], "{scanned} {prod}");
    }
}

/// ECR would push into the repository that the other environment manages.
#[test]
fn a_plain_replica_is_no_repository_of_another_environment() {
    let spec = |name: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\naccount: \"111111111111\"\nenvironments:\n  \
             dev: {{ registry: {{}}, repositories: {{ cart: {{ replicate_to: [{{ region: us-east-1, replica: plain }}] }} }} }}\n  \
             prod: {{ region: us-east-1, repositories: {{ {name}: {{}} }} }}\n"
        )
    };
    assert_eq!(Specs::of(spec("cart")).compile().codes(), ["claimed-twice"]);
    assert_eq!(Specs::of(spec("other")).compile().codes(), [""; 0]);
}

/// The scanner of a registry sends the results of all its scans.
#[test]
fn the_registry_of_another_environment_decides_which_events_there_are() {
    let spec = |account: &str, scanner: &str| {
        let compiled = Specs::of(format!(
            "platform: shop\nregion: eu-central-1\n{account}names: {{ repository: \"{{environment}}/{{repository}}\" }}\n\
             repositories: {{ web: {{ scan_on_push: false }} }}\n\
             environments:\n  dev: {{ registry: {{ scanner: {scanner} }}, repositories: {{ web: {{ scan_on_push: true }} }} }}\n  \
             prod: {{ monitoring: {{ event_log: {{ events: [scan], keep_for: 30d }} }} }}\n"
        ));
        compiled.compile().module("prod/ecr").heads("resource aws_cloudwatch_event_rule").len()
    };
    let account = "account: \"111111111111\"\n";
    assert_eq!((spec(account, "basic"), spec(account, "enhanced"), spec("", "basic")), (1, 1, 2));
}

/// The environment with `registry` need not replicate, or have repositories, itself.
#[test]
fn the_registry_replicates_what_only_other_environments_want() {
    for own in ["repositories: { web: {} }", "image_tags: {}"] {
        let spec = format!(
            "platform: shop\nregion: eu-central-1\naccount: \"111111111111\"\nnames: {{ repository: \"{{environment}}/{{repository}}\" }}\n\
             environments:\n  dev: {{ registry: {{}}, {own} }}\n  \
             stage: {{ repositories: {{ web: {{ replicate_to: [us-east-1, {{ region: eu-west-1, account: \"222222222222\" }}] }} }} }}\n"
        );
        let compiled = Specs::of(spec.replace("image_tags: {}", "resource_tags: { a: b }")).compile();
        assert_eq!(compiled.codes(), [""; 0], "{own}");
        let heads = |folder: &str| compiled.module(folder).heads("resource aws_ecr_replication_configuration");
        assert_eq!((heads("dev/ecr").len(), heads("stage/ecr").len()), (1, 0), "{own}");
        let files = compiled.files();
        let folder = |file: &str| -> Vec<&str> {
            let found = files.keys().filter(|path| path.contains("-for-account-") && path.ends_with(file));
            found.map(|path| path.split('/').next().expect("a folder")).collect()
        };
        assert_eq!((folder(".tf"), folder(".gitattributes")), (vec!["dev"], vec!["dev"]), "{own}");
    }
}

/// Without accounts, the environments could be in different registries.
#[test]
fn the_registry_of_one_environment_covers_no_other_registry() {
    let codes = |spec: &str| Specs::of(spec).compile().codes();
    let unknown = Specs::of(SHARED.replace("account: \"111111111111\"\n", "")).compile();
    assert_eq!(unknown.codes(), ["scanned-elsewhere", "replication-without-registry"]);
    let help = |code: &str| {
        let finding = unknown.findings().iter().find(|finding| finding.code.name == code);
        finding.and_then(|finding| finding.help.clone()).expect("a help")
    };
    assert!(help("scanned-elsewhere").starts_with("write `account` in both environments"));
    assert!(help("replication-without-registry").starts_with("write `account` in `dev` and `prod`, so that"));
    let in_one =
        SHARED.replace("account: \"111111111111\"\n", "").replace("prod:\n", "prod:\n    account: \"111111111111\"\n");
    let in_one = Specs::of(in_one).compile();
    let help =
        in_one.findings().iter().find_map(|finding| finding.help.clone().filter(|help| help.contains("so that")));
    assert!(help.is_some_and(|help| help.starts_with("write `account` in `dev`, so that")));
    assert_eq!(codes(&SHARED.replace("dev: {", "dev: { account: \"222222222222\",")), ["replication-without-registry"]);
    assert_eq!(codes(&SHARED.replace("dev: {", "dev: { region: us-east-1,")), ["replication-without-registry"]);
    let basic = SHARED.replace("scanner: enhanced", "scanner: basic").replace("{ scan_continuously: true }", "{}");
    assert_eq!(
        codes(
            &basic.replace("dev: { repositories: { web: {}", "dev: { repositories: { web: { scan_continuously: true }")
        ),
        ["continuous-scan-unavailable"]
    );
    let continuous = "dev: { repositories: { web: { scan_continuously: true }";
    let unknown =
        SHARED.replace("account: \"111111111111\"\n", "").replace("dev: { repositories: { web: {}", continuous);
    let unknown = Specs::of(unknown).compile();
    let fault = unknown.findings().iter().find(|finding| finding.code.name == "continuous-scan-unavailable");
    assert_eq!(fault.and_then(|fault| fault.help.as_deref()), Some("write `account` in both environments"));
    let twice = SHARED.replace("account: \"111111111111\"\n", "").replace("dev: {", "dev: { registry: {},");
    let twice = Specs::of(twice).compile();
    let twice = twice.findings().iter().find(|finding| finding.code.name == "claimed-twice").expect("an error");
    assert!(twice.help.as_deref().is_some_and(|help| help.starts_with("write `account` in each")), "{twice:?}");
    let compiled = Specs::of(SHARED.replace("dev: {", "dev: { registry: {},")).compile();
    let twice = compiled.findings().iter().find(|finding| finding.code.name == "claimed-twice").expect("an error");
    assert!(
        twice.help.as_deref().is_some_and(|help| help.starts_with("write `registry` in one of these environments")),
        "{twice:?}"
    );
}

/// A wish that the spec cannot fulfill is an error at its place, once for a default of many repositories.
#[test]
fn wishes_without_the_settings_they_need_are_errors() {
    let messages = |rest: &str| -> Vec<(String, String)> {
        let found = shop(rest);
        let findings = found.findings().iter();
        findings.map(|one| (one.code.name.to_owned(), one.help.clone().unwrap_or_default())).collect()
    };
    let many = "repository_defaults: { scan_continuously: true }\nrepositories: { a: {}, bb: {}, cc: {} }\n";
    let without = messages(&many.replace(" a: {},", ""));
    assert_eq!(without.len(), 1);
    assert_eq!(without[0].0, "continuous-scan-unavailable");
    assert!(without[0].1.contains("registry: { scanner: enhanced }"), "{}", without[0].1);
    let basic = messages(&format!("{}registry: {{}}\n", many.replace(" a: {},", "")));
    assert_eq!(basic[0], ("continuous-scan-unavailable".into(), "write `scanner: enhanced` under `registry`".into()));
    // The spelling mistake is the only one.
    let misspelled = messages(&format!("{}registry: {{ scanner: enhansed }}\n", many.replace(" a: {},", "")));
    assert_eq!(misspelled.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["unknown-word"]);
    let variable = messages("repositories: { aa: { scan_on_push: { variable: scan } } }\nregistry: {}\n");
    assert_eq!(variable[0].0, "scan-by-variable");
}

/// AWS has one scanning configuration per account and region. Without an account, the platforms can be in different ones.
#[test]
fn says_which_repositories_the_configuration_of_another_platform_leaves_out() {
    let named = |name: &str, account: &str, other: &str| {
        let spec = |platform: &str, name: &str, rest: &str| {
            let head = "environment: shared\nterraform: { directory: \"{platform}\" }";
            format!("platform: {platform}\n{head}\nrepositories: {{ web: {{ name: {name} }} }}\n{rest}\n")
        };
        let shop = spec("shop", "shop/web", &format!("region: eu-central-1\n{account}registry: {{}}"));
        Specs::of(shop).spec("mill.yaml", spec("mill", name, other)).compile().codes()
    };
    let codes = |account: &str, other: &str| named("mill/web", account, other);
    let (account, region) = ("account: \"111111111111\"\n", "region: eu-central-1\n");
    assert_eq!(codes(account, &format!("{account}{region}")), ["scanned-elsewhere"]);
    for (account, other) in [
        ("", region.to_owned()),
        (account, format!("account: \"222222222222\"\n{region}")),
        (account, format!("{account}region: eu-west-1\n")),
        (account, format!("{account}{region}repository_defaults: {{ scan_on_push: false }}\n")),
    ] {
        assert_eq!(codes(account, &other), [""; 0], "{account}{other}");
    }
    // The filter `shop/web` matches every name that contains it.
    assert_eq!(named("old-shop/web", account, &format!("{account}{region}")), [""; 0]);
}
