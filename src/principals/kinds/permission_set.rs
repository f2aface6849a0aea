//! People, through a permission set of IAM Identity Center (IAM Identity Center user guide, "Customer managed policies").

use crate::decode::{Decode, record};
use crate::principals::kind::{self, Kind};
use crate::principals::{Issuer, Means, Principal, StandIn, Value};
use crate::source::Spanned;
use crate::value::{IdentityCenter, OrVariable, PermissionSetName, Region};

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "permission_set",
    description: "People, through a permission set of IAM Identity Center that ecrgen creates. \
                  Required unless the entry has another kind of principal. \
                  Example: `permission_set: { name: Developer, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" }`.",
    companions: &[],
    decode: kind::decode::<PermissionSet>,
    schema: PermissionSet::schema,
    issuer: None,
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [pull], repositories: [shop], permission_set: { name: Developer, instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\" } }",
};

record! {
    /// A permission set of IAM Identity Center. ecrgen does not assign it to people or accounts.
    pub struct PermissionSet {
        /// Name of the permission set, up to 32 characters. Required. Example: `name: Developer`.
        required name: Spanned<PermissionSetName>,
        /// ARN of the IAM Identity Center instance, a variable or a reference. The account that Terraform applies to must
        /// manage the instance. Required. Example: `instance: "arn:aws:sso:::instance/ssoins-0123456789abcdef"`.
        required instance: Spanned<OrVariable<IdentityCenter>>,
        /// AWS region of the instance. A region other than that of the registry needs version 6 of the
        /// AWS provider.
        /// Default: the region of the registry. Example: `region: us-east-1`.
        optional region: Spanned<Region>,
    }
}

impl Principal for PermissionSet {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::PermissionSet(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Aws
    }

    fn values(&self) -> Vec<Value<'_>> {
        vec![Value::new(&self.instance.value, "ARN of the IAM Identity Center instance", StandIn::Unneeded)]
    }
}
