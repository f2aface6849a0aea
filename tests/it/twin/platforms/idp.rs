//! The internal developer platform (rows D1 to D7): two repositories in a set, in a root module with hand-written files.

use serde_json::json;

use super::*;

pub const POC: Ground = Ground {
    folder: "cluster/terraform",
    account: "948881762705",
    region: "us-east-1",
    // The spec creates GitHub's provider.
    prepared_by: ("prepare_platforms.py", &[]),
    variables: "",
    beside: &[("main.tf", "provider \"aws\" {\n  region = \"us-east-1\"\n}\n")],
};

#[test]
fn poc_is_applied_and_destroyed() {
    lives(&twin("idp"), POC, 11, &["ecr:DeleteRepository", "iam:DeleteOpenIDConnectProvider"], |_, account| {
        // D2 and D3: one rule per prefix, because AWS would combine the prefixes of one rule with AND.
        let rules = [
            expire(1, prefixed("prod-", 10)),
            expire(2, prefixed("v", 10)),
            expire(3, prefixed("staging-", 5)),
            expire(4, prefixed("dev-", 5)),
            expire(5, untagged_older(7)),
        ];
        let settings =
            json!({ "tag_mutability": "MUTABLE", "encryption": "AES256", "scan_on_push": true, "policy": null });
        assert_eq!(account.names("repositories"), ["platform-backend", "platform-frontend"]);
        for name in ["platform-backend", "platform-frontend"] {
            has_repository(account, name, settings.clone(), &rules);
        }
        // D4: attached to the role of the managed node group.
        let policy = "arn:aws:iam::948881762705:policy/idp/poc/idp-poc-darede-cluster-eks-nodes";
        assert_eq!(account.at(&["roles", "nodes", "policies"]), &json!([policy]));
        // D5 and D6: any repository of the organization, on main and version tags.
        assert_eq!(
            account.at(&["oidc_providers"]),
            &json!([format!("arn:aws:iam::948881762705:oidc-provider/{GITHUB}")])
        );
        let of =
            |subject: &str| [format!("repo:darede-labs/*:{subject}"), format!("repo:darede-labs@3333/*:{subject}")];
        let subjects = [of("ref:refs/heads/main"), of("ref:refs/tags/v*")].concat();
        let condition = json!({
            "StringEquals": { format!("{GITHUB}:aud"): "sts.amazonaws.com", format!("{GITHUB}:repository_owner_id"): "3333" },
            "StringLike": { format!("{GITHUB}:sub"): subjects },
        });
        is_trusted(account, "idp-poc-darede-cluster-github-ecr-push", &web_identity(POC.account, GITHUB, condition));
    });
}
