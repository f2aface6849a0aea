//! What replication needs in IAM.

use super::bindings::partition;
use crate::iam::{Action, Document, Principal, Statement, Text, arn};
use crate::principals::sid;

/// The service whose role ECR uses (ECR user guide, "Amazon ECR service-linked role for replication").
pub const SERVICE: &str = "replication.ecr.amazonaws.com";

/// The service-linked role that ECR uses for replication. ECR creates it when the first replication configuration of the account is
/// written, with the permissions of that caller.
pub fn service_role() -> Text {
    arn::iam(&format!("role/aws-service-role/{SERVICE}/AWSServiceRoleForECRReplication"))
}

/// The policy of a registry of another account that lets this account replicate these repositories into it (ECR user guide,
/// "Private registry policy examples"). It is for hand-written files, so it has no symbols.
pub fn registry_policy(account: &str, (region, other): (&str, &str), filters: &[&str]) -> Document {
    let (partition, _) = partition(region);
    let arn = |filter: &&str| Text::from(format!("arn:{partition}:ecr:{region}:{other}:repository/{filter}*"));
    let actions = ["ecr:CreateRepository", "ecr:ReplicateImage"].map(Action::named);
    let root = Text::from(format!("arn:{partition}:iam::{account}:root"));
    let statement = Statement::allow(actions).sid(sid(&format!("ReplicationFrom{account}"))).by(Principal::aws([root]));
    Document::new([statement.on(filters.iter().map(arn))])
}
