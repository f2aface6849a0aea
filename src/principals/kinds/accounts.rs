//! Other accounts, through repository policies (ECR user guide, "Private repository policy examples").
//!
//! The statement grants access to an account as a whole. The policies of that account decide which of its users and roles
//! can pull (IAM User Guide, "Cross-account policy evaluation logic"). They must also grant `ecr:GetAuthorizationToken`,
//! which no repository policy can.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::decode::keys::Keys;
use crate::decode::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::iam::{Action, Operator, Statement, Text, Verb, arn};
use crate::principals::kind::{self, Companion, Kind};
use crate::principals::{
    ByRepositoryPolicy, Callers, Issuer, Means, Principal, Setting, SharedPrincipal, Value, sid, sid_of,
};
use crate::source::Spanned;
use crate::value::{AccountId, OrganizationId, OrganizationalUnitId};
use crate::yaml::Node;

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "accounts",
    description: "Other AWS accounts as a whole, through repository policies: a list of 12-digit IDs in quotes, or `all` \
                  for every account of an `organization`. Required unless the entry has another kind of principal. \
                  Example: `accounts: [\"222222222222\"]`.",
    companions: &[ORGANIZATION, UNITS],
    decode,
    schema: Written::schema,
    issuer: None,
    refused: &[(
        Verb::Create,
        "other accounts get access through the repository policy, which can exist only after the repository",
    )],
    actions: kind::all_actions,
    refuses: kind::refuses_unscoped,
    example: "{ can: [pull], repositories: [shop], accounts: [\"222222222222\"] }",
};

const ORGANIZATION: Companion = Companion {
    key: "organization",
    needs: "accounts",
    required_by: Some("all"),
    description: "ID of the AWS organization that the `accounts` must belong to. Default: no organization; with \
                  `accounts: all` it is mandatory. Example: `organization: o-a1b2c3d4e5`.",
    schema: Spanned::<OrganizationId>::schema,
};

const UNITS: Companion = Companion {
    key: "organizational_units",
    needs: "organization",
    required_by: None,
    description: "IDs of organizational units of the `organization`, of which the accounts must be in one, or in one below it. \
                  Default: accounts anywhere in the organization. Example: `organizational_units: [ou-a1b2-c3d4e5f6]`.",
    schema: Vec::<Spanned<OrganizationalUnitId>>::schema,
};

/// An organization that accounts must belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its ID.
    pub id: Spanned<OrganizationId>,
    /// The organizational units of which the accounts must be in one; none if they can be anywhere.
    pub units: Vec<Spanned<OrganizationalUnitId>>,
}

/// Other accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// These accounts; with an organization, only as long as they belong to it.
    These(Vec<Spanned<AccountId>>, Option<Organization>),
    /// Every account of an organization, including accounts that join it later.
    OfOrganization(Organization),
}

/// Decodes the accounts of an entry. A whole organization only gets access if the spec explicitly has `accounts: all`;
/// `organization` only narrows the access.
fn decode(kind: &Kind, keys: &Keys, decoder: &mut Decoder) -> Option<SharedPrincipal> {
    let accounts: Option<Spanned<Written>> = keys.optional(kind.key, decoder);
    // The organization of another kind of principal, one level too high.
    let owner = ["github", "hcp"].into_iter().find(|kind| keys.writes(kind));
    if let (None, Some(owner), Some(place)) = (&accounts, owner, keys.place(ORGANIZATION.key)) {
        let message = "`organization` of an access entry is an AWS organization, and needs `accounts`";
        let fault = Diagnostic::new(&codes::UNFIT_ORGANIZATION, place, message);
        decoder.fault(fault.help(format!("move `organization` into `{owner}`")));
        return None;
    }
    let organization: Option<Spanned<OrganizationId>> = keys.optional(ORGANIZATION.key, decoder);
    let units: Option<Vec<Spanned<OrganizationalUnitId>>> = keys.optional(UNITS.key, decoder);
    let mut fault = |span, message: &str, help: &str| {
        decoder.fault(Diagnostic::new(&codes::UNFIT_ORGANIZATION, span, message).help(help));
        None
    };
    if let (Some([unit, ..]), false) = (units.as_deref(), keys.writes(ORGANIZATION.key)) {
        fault(
            unit.span,
            "`organizational_units` can only be used together with `organization`",
            "add `organization: o-…`, which the organizational units belong to",
        );
        return None;
    }
    let units = units.unwrap_or_default();
    let organization = organization.map(|id| Organization { id, units });
    let accounts = match (accounts, organization) {
        (None, None) => None,
        (None, Some(organization)) if keys.writes(kind.key) => {
            // The fault of the accounts has been reported.
            drop(organization);
            None
        }
        (None, Some(organization)) => fault(
            organization.id.span,
            "`organization` can only be used together with `accounts`",
            "remove `organization`, or add `accounts: all` to grant access to every account of the organization",
        ),
        (Some(Spanned { value: Written::These(these), .. }), organization) => {
            Some(Accounts::These(these, organization))
        }
        (Some(Spanned { value: Written::All, .. }), Some(organization)) => Some(Accounts::OfOrganization(organization)),
        // The fault of the organization has been reported.
        (Some(Spanned { value: Written::All, .. }), None) if keys.writes(ORGANIZATION.key) => None,
        (Some(Spanned { value: Written::All, span }), None) => fault(
            span,
            "`accounts: all` without `organization` would grant access to every AWS account",
            "add `organization: o-…` to this entry, or list the accounts",
        ),
    };
    accounts.map(|accounts| Arc::new(accounts) as SharedPrincipal)
}

/// The value of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Written {
    /// Every account of the organization.
    All,
    /// These accounts.
    These(Vec<Spanned<AccountId>>),
}

impl Decode for Written {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("all") => Some(Written::All),
            Some(all) if matches!(all.to_lowercase().as_str(), "all" | "*" | "any" | "every") => {
                let message = format!("expected a list of accounts or `all`, found `{all}`");
                let help = "write `all`, and add `organization` with the ID of the organization";
                decoder.fault(Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message).help(help));
                None
            }
            _ => Vec::decode(node, decoder).map(Written::These),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "all" }, Vec::<AccountId>::schema(definitions)] })
    }
}

impl Principal for Accounts {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::RepositoryPolicy(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Aws
    }

    fn values(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
}

impl ByRepositoryPolicy for Accounts {
    fn statements(&self, entry: &str, actions: &[&'static Action], _: &Setting) -> Vec<Statement> {
        let granted: Vec<&Action> = actions.iter().copied().filter(|action| action.is_scopable()).collect();
        let (principal, organization) = match self {
            Accounts::These(accounts, organization) => {
                let roots = accounts.iter().map(|account| arn::account_root(&Text::from(account.as_str())));
                (crate::iam::Principal::aws(roots), organization.as_ref())
            }
            // IAM has no principal for an organization, so the statement names everyone and a condition limits it to the
            // organization (IAM User Guide, "AWS global condition context keys", `aws:PrincipalOrgID`).
            Accounts::OfOrganization(organization) => (crate::iam::Principal::aws(["*"]), Some(organization)),
        };
        let statement = Statement::allow(granted).sid(sid(&sid_of(entry))).by(principal);
        vec![match organization {
            Some(organization) if !organization.units.is_empty() => {
                statement.when(Operator::ANY_STRING_LIKE, "aws:PrincipalOrgPaths", organization.paths())
            }
            Some(Organization { id, .. }) => {
                statement.when(Operator::STRING_EQUALS, "aws:PrincipalOrgID", [id.as_str()])
            }
            None => statement,
        }]
    }

    fn callers(&self, _: &Setting) -> Callers {
        match self {
            Accounts::These(accounts, _) => {
                let accounts = accounts.iter().map(|account| account.as_str().to_owned()).collect();
                Callers { accounts, ..Callers::default() }
            }
            Accounts::OfOrganization(organization) if !organization.units.is_empty() => {
                Callers { organization_paths: organization.paths().collect(), ..Callers::default() }
            }
            Accounts::OfOrganization(Organization { id, .. }) => {
                Callers { organizations: [id.as_str().to_owned()].into(), ..Callers::default() }
            }
        }
    }
}

impl Organization {
    /// The paths of the accounts in its units. A path names the root and every unit down to the account, and ends in a slash
    /// (IAM User Guide, "AWS global condition context keys", `aws:PrincipalOrgPaths`).
    fn paths(&self) -> impl Iterator<Item = String> {
        self.units.iter().map(|unit| format!("{}/*/{}/*", self.id.as_str(), unit.as_str()))
    }
}
