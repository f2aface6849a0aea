//! A repository policy has at most 10,240 characters (ECR API reference, SetRepositoryPolicy, `policyText`).

use super::{codes, document, root};
use crate::harness::shop;

/// A spec whose policy has condition values with this many characters, including the separators.
fn spec(length: usize) -> String {
    const BETWEEN: usize = "\",\"".len();
    let mut values = vec!["x".repeat(1000); length / (1000 + BETWEEN)];
    values.push("x".repeat(length % (1000 + BETWEEN)));
    format!(
        "account: \"111111111111\"\nrepositories:\n  cart:\n    policy_statements:\n      - Effect: Allow\n        \
         Principal: {{ AWS: \"222222222222\" }}\n        Action: ecr:BatchGetImage\n        \
         Condition: {{ StringEquals: {{ aws:PrincipalTag/x: [{}] }} }}\n",
        values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(", ")
    )
}

/// The length of the document as `jsonencode` sends it.
fn length(values: usize) -> usize {
    document(&root(&spec(values)), "resource aws_ecr_repository_policy cart").to_string().len()
}

#[test]
fn measures_a_policy_as_it_is_sent() {
    let rest = length(2006 + 7) - (2006 + 7);
    assert_eq!(length(9_000), rest + 9_000);
    for (size, found) in [(10_239, &[][..]), (10_240, &[][..]), (10_241, &["policy-too-large"][..])] {
        assert_eq!(codes(&shop(spec(size - rest))), found, "{size}");
    }
    assert_eq!(
        shop(spec(10_241 - rest)).errors(),
        ["this repository policy would be 10241 characters long (AWS allows 10240)"]
    );
}

/// Access entries and raw statements are in the same document, so their size is added.
#[test]
fn measures_entries_and_statements_together() {
    let rest = length(2006 + 7) - (2006 + 7);
    let entry = "access: { qa: { can: [pull], repositories: [cart], accounts: [\"222222222222\"] } }\n";
    assert_eq!(codes(&shop(format!("{}{entry}", spec(10_240 - rest)))), ["policy-too-large"]);
}

/// An account takes 33 characters: 300 accounts fit, 320 don't, and an organization always fits.
#[test]
fn an_organization_fits_where_many_accounts_do_not() {
    let spec = |accounts: &str| {
        format!(
            "repositories: {{ cart: {{}} }}\naccess: {{ qa: {{ can: [pull], repositories: [cart], {accounts} }} }}\n"
        )
    };
    let accounts = |count: u64| {
        let ids: Vec<String> = (0..count).map(|n| format!("\"{}\"", 200_000_000_000 + n)).collect();
        spec(&format!("accounts: [{}]", ids.join(", ")))
    };
    assert_eq!(codes(&shop(accounts(300))), [""; 0]);
    assert_eq!(codes(&shop(accounts(320))), ["policy-too-large"]);
    assert_eq!(codes(&shop(spec("accounts: all, organization: o-a1b2c3d4e5"))), [""; 0]);
}
