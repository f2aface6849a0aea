//! People, by a permission set of IAM Identity Center (IAM Identity Center user guide, "Customer managed policies").

use crate::decode::{Decode, record};
use crate::principals::kind::{self, Kind};
use crate::principals::{Issuer, Means, Principal, StandIn, Value};
use crate::source::Spanned;
use crate::value::{IdentityCenter, OrVariable, PermissionSetName, Region};

/// The kind.
pub(crate) static KIND: Kind = Kind {
    key: "permission_set",
    description: "People, by a permission set of IAM Identity Center that is made here.",
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
    /// A permission set of IAM Identity Center. Who gets it in which account is said elsewhere.
    pub struct PermissionSet {
        /// Its name: 1 to 32 characters.
        required name: Spanned<PermissionSetName>,
        /// The ARN of the instance; the account applied in has to manage it.
        required instance: OrVariable<IdentityCenter>,
        /// The region that the instance lies in. Default: the home region; another one needs version 6 of the AWS provider.
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
        vec![Value::new(&self.instance, "ARN of the IAM Identity Center instance", StandIn::Unneeded)]
    }
}
