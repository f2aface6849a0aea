//! Specs as a whole: merged files, environments, versions, and several specs in one run.

use crate::diagnostic::Example::{Spec, Words};
use crate::diagnostic::codes::{codes, spec};

codes! {
    EXTENDS_LOOP = {
        name: "extends-loop",
        severity: Error,
        what: "A spec extends itself, directly or through other files, or the chain is longer than eight files.",
        why: "`extends` merges a file over the file that it names, so the chain must end with a spec that extends \
              nothing.",
        bad: Words("
`base.yaml` has `extends: shop.yaml`, and `shop.yaml` has `extends: base.yaml`.
"),
        good: Words("
`shop.yaml` has `extends: base.yaml`, and `base.yaml` has no `extends`.
"),
        source: "ecrgen language reference, `extends`",
    }
    NOT_IN_ENVIRONMENTS = {
        name: "not-in-environments",
        severity: Error,
        what: "An environment sets a key that only the platform as a whole can have.",
        why: "All environments share one manifest, one set of tag classes and one list of waivers. An environment with \
              another value would be a different platform.",
        bad: Spec("
platform: shop
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
environments:
  dev: {}
  prod: { image_tags: { release: \"v{version}\" } }
repositories: { shop: {} }
"),
        good: Spec("
platform: shop
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
environments:
  dev: {}
  prod: {}
image_tags: { release: \"v{version}\" }
repositories: { shop: {} }
"),
        source: "ecrgen language reference, `environments`",
    }
    UNMATCHED_OVERRIDE = {
        name: "unmatched-override",
        severity: Warning,
        what: "An environment has an entry that overrides nothing, and its name is nearly that of another entry.",
        why: "An entry under `environments` overrides the entry of the platform that has the same name. With any other name, it \
              creates another repository or another access entry, and the one that was meant does not change.",
        bad: Spec("
platform: shop
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
environments:
  dev: { repositories: { kart: { tag_mutability: mutable } } }
  prod: {}
repositories: { cart: {} }
"),
        good: Spec("
platform: shop
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
environments:
  dev: { repositories: { cart: { tag_mutability: mutable } } }
  prod: {}
repositories: { cart: {} }
"),
        source: "ecrgen language reference, `environments`",
    }
    REMOVES_NOTHING = {
        name: "removes-nothing",
        severity: Error,
        what: "An environment, or a file with `extends`, has an entry with `none`, but there is no entry of this name to remove.",
        why: "`none` leaves out the entry of the platform that has the same name. With any other name it leaves out nothing, and \
              the entry that was meant stays.",
        bad: Spec("
platform: shop
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
environments:
  dev: { repositories: { kart: none } }
  prod: {}
repositories: { cart: {}, search: {} }
"),
        good: Spec("
platform: shop
region: eu-central-1
names: { repository: \"{environment}/{repository}\" }
environments:
  dev: { repositories: { cart: none } }
  prod: {}
repositories: { cart: {}, search: {} }
"),
        source: "ecrgen language reference, `environments`",
    }
    OTHER_VERSION = {
        name: "other-version",
        severity: Error,
        what: "The version of ecrgen does not satisfy the version constraint in `ecrgen`.",
        why: "Another version may generate different files from the same spec. The constraint makes an upgrade a \
              change that is reviewed, and it prevents a laptop and a pipeline from undoing each other's output.",
        bad: spec!("
ecrgen: \">= 99\"
"),
        good: spec!("
ecrgen: \">= 0.1\"
"),
        source: "ecrgen language reference, `ecrgen`; the syntax is that of Terraform documentation, \"Version \
                 Constraints\"",
    }
    BUCKET_IN_TWO_REGIONS = {
        name: "bucket-in-two-regions",
        severity: Error,
        what: "The states of two environments or specs are in the same S3 bucket, but in different regions.",
        why: "The name of a bucket is unique across accounts and regions, so it is in one region only. `terraform init` fails with the \
              other one. Without `region`, the backend has the region of the environment.",
        bad: Spec("
platform: shop
region: eu-central-1
account: \"111122223333\"
terraform: { backend: { s3: { bucket: acme-state } } }
environments: { dev: {}, prod: { region: us-east-1 } }
"),
        good: Spec("
platform: shop
region: eu-central-1
account: \"111122223333\"
terraform: { backend: { s3: { bucket: acme-state, region: eu-central-1 } } }
environments: { dev: {}, prod: { region: us-east-1 } }
"),
        source: "Amazon S3 user guide, \"General purpose bucket naming rules\"; Terraform documentation, backend `s3`, `region`",
    }
    CLAIMED_TWICE = {
        name: "claimed-twice",
        severity: Error,
        what: "Two specs or environments create something that can exist only once in AWS, HCP Terraform or the output \
              folder.",
        why: "The name of a repository is unique per account and region. The names of roles, policies and OIDC \
              providers are unique per account, and a folder holds one root module. The second apply would fail, or \
              each apply would undo the other. Specs that do not set `account` may be for the same account.",
        bad: Spec("
platform: shop
region: eu-central-1
environments: { dev: {}, prod: {} }
repositories: { shop: {} }
"),
        good: Spec("
platform: shop
region: eu-central-1
environments:
  dev: { account: \"111122223333\" }
  prod: { account: \"444455556666\" }
repositories: { shop: {} }
"),
        source: "ECR API reference, CreateRepository; IAM API reference, CreateRole, CreatePolicy and \
                 CreateOpenIDConnectProvider",
    }
}
