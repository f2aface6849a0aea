//! Other accounts, by the policies of the repositories (ECR user guide, "Private repository policy examples").
//!
//! The statement names an account as a whole; which of its users and roles may pull, its own policies say (IAM User
//! Guide, "Cross-account policy evaluation logic"), which also have to grant `ecr:GetAuthorizationToken`: no repository
//! policy can.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::decode::keys::Keys;
use crate::decode::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, codes};
use crate::iam::{Action, Operator, Statement, Text, Verb, arn};
use crate::principals::kind::{self, Companion, Kind};
use crate::principals::{ByRepositoryPolicy, Issuer, Means, Principal, Setting, SharedPrincipal, Value, sid, sid_of};
use crate::source::Spanned;
use crate::value::{AccountId, OrganizationId};
use crate::yaml::Node;

/// The kind.
pub(crate) static KIND: Kind = Kind {
    key: "accounts",
    description: "Whole other accounts, by the policies of the repositories: a list, or `all` of an `organization`.",
    companions: &[ORGANIZATION],
    decode,
    schema: Written::schema,
    issuer: None,
    refused: &[(Verb::Create, "a repository's policy speaks of a repository that is there already")],
    actions: kind::all_actions,
    refuses: kind::refuses_unscoped,
    example: "{ can: [pull], repositories: [shop], accounts: [\"222222222222\"] }",
};

const ORGANIZATION: Companion = Companion {
    key: "organization",
    required_by: "all",
    description: "The AWS organization that the `accounts` must belong to.",
    schema: Spanned::<OrganizationId>::schema,
};

/// Other accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// These; with an organization only while they belong to it.
    These(Vec<Spanned<AccountId>>, Option<Spanned<OrganizationId>>),
    /// Every account of an organization, those that join it later too.
    OfOrganization(Spanned<OrganizationId>),
}

/// The accounts of an entry. That a whole organization gets access is never left to what is not written: `organization`
/// narrows, and `accounts: all` is what opens.
fn decode(kind: &Kind, keys: &Keys, decoder: &mut Decoder) -> Option<SharedPrincipal> {
    let accounts: Option<Spanned<Written>> = keys.optional(kind.key, decoder);
    let organization: Option<Spanned<OrganizationId>> = keys.optional(ORGANIZATION.key, decoder);
    let mut fault = |span, message: &str, help: &str| {
        decoder.fault(Diagnostic::new(&codes::UNFIT_ORGANIZATION, span, message).help(help));
        None
    };
    let accounts = match (accounts, organization) {
        (None, None) => None,
        (None, Some(organization)) if keys.writes(kind.key) => {
            // What is wrong with the accounts is reported already.
            drop(organization);
            None
        }
        (None, Some(organization)) => fault(
            organization.span,
            "`organization` narrows `accounts`, and there are none",
            "write `accounts: all` beside it for every account of the organization",
        ),
        (Some(Spanned { value: Written::These(these), .. }), organization) => {
            Some(Accounts::These(these, organization))
        }
        (Some(Spanned { value: Written::All, .. }), Some(organization)) => Some(Accounts::OfOrganization(organization)),
        (Some(Spanned { value: Written::All, span }), None) => fault(
            span,
            "`accounts: all` without an organization is every account of AWS",
            "write `organization: o-…` beside it, or name the accounts",
        ),
    };
    accounts.map(|accounts| Arc::new(accounts) as SharedPrincipal)
}

/// The value of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Written {
    /// Every one of the organization.
    All,
    /// These.
    These(Vec<Spanned<AccountId>>),
}

impl Decode for Written {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("all") => Some(Written::All),
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
            // No principal stands for an organization: everyone, on the condition of belonging to it (IAM User Guide,
            // "AWS global condition context keys", `aws:PrincipalOrgID`).
            Accounts::OfOrganization(organization) => (crate::iam::Principal::aws(["*"]), Some(organization)),
        };
        let statement = Statement::allow(granted).sid(sid(&sid_of(entry))).by(principal);
        vec![match organization {
            Some(id) => statement.when(Operator::STRING_EQUALS, "aws:PrincipalOrgID", [id.as_str()]),
            None => statement,
        }]
    }
}
