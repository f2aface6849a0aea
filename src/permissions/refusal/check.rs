//! The conditions of a trust policy, each evaluated on its own.

use std::collections::BTreeMap;

use crate::iam::{
    Bindings, Caller, Context, Decision, Document, Effect, Operator, Part, Request, Statement, Symbol, Text, Token,
    evaluate,
};
use crate::policies::bindings::spelled;

const ACTION: &str = "sts:AssumeRoleWithWebIdentity";

/// One condition of a trust policy, and what the token has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The claim: `iss` for the provider, or a condition key that is not a claim of the token.
    pub claim: String,
    /// How the values are compared.
    pub operator: Operator,
    /// The values in the trust policy, of which one must match.
    pub accepted: Vec<String>,
    /// The values in the token.
    pub presented: Vec<String>,
    /// The result.
    pub outcome: Outcome,
}

/// The result of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The token meets it.
    Holds,
    /// The token does not meet it.
    Fails,
    /// The claim is not known.
    Unknown,
    /// The issuer is that of a cluster. Which URL the cluster has is known to AWS only.
    Assumed,
}

/// The statement of a trust policy about the tokens of one issuer.
pub(super) struct TokenStatement<'s> {
    statement: &'s Statement,
    bindings: &'s Bindings,
    /// The host and path of the issuer.
    issuer: String,
    /// The cluster whose issuer it is.
    cluster: Option<&'s str>,
}

impl<'s> TokenStatement<'s> {
    /// The statement about the tokens of this provider, if it allows them to assume the role.
    pub fn of(statement: &'s Statement, provider: &Text, bindings: &'s Bindings) -> Option<Self> {
        let bound = provider.bind(bindings);
        let (_, issuer) = bound.split_once(":oidc-provider/")?;
        let allows = statement.effect == Effect::Allow && statement.covers_action(ACTION);
        let cluster = statement.conditions.values().flat_map(BTreeMap::keys).find_map(cluster);
        allows.then(|| TokenStatement { statement, bindings, issuer: issuer.to_owned(), cluster })
    }

    /// The token with the subject that it has in the view of this statement. GitHub's setting for subjects has no context: it
    /// is that of the first accepted subject.
    pub fn token(&self, token: &Token) -> Token {
        let crate::iam::Origin::GithubSetting { prefix, template } = &token.origin else { return token.clone() };
        if !template.is_empty() {
            let part = |key: &String| if key == "repo" { prefix.clone() } else { format!("{key}:...") };
            return token.with_subject(template.iter().map(part).collect::<Vec<_>>().join(":"));
        }
        let accepted = self.conditions().find(|(_, key, _)| self.claim(key).as_deref() == Some("sub"));
        let first = accepted.and_then(|(_, _, values)| values.first()).map(|value| value.bind(self.bindings));
        let context = first.as_deref().and_then(|subject| subject.splitn(3, ':').nth(2)).unwrap_or("...");
        token.with_subject(format!("{prefix}:{context}"))
    }

    /// All conditions: the issuer, the audience, the subject, and then the others.
    pub fn checks(&self, token: &Token) -> Vec<Check> {
        let mut checks: Vec<Check> = self.conditions().map(|condition| self.check(condition, token)).collect();
        let order = |check: &Check| ["aud", "sub"].iter().position(|claim| *claim == check.claim).unwrap_or(2);
        checks.sort_by_key(order);
        checks.insert(0, self.issuer_check(token));
        checks
    }

    fn issuer_check(&self, token: &Token) -> Check {
        let outcome = match (&token.issuer, self.cluster) {
            (None, _) => Outcome::Unknown,
            (Some(issuer), Some(_)) if issuer.contains("oidc.eks.") || issuer.contains("oidc-eks.") => Outcome::Assumed,
            (Some(issuer), _) if issuer.eq_ignore_ascii_case(&self.issuer) => Outcome::Holds,
            _ => Outcome::Fails,
        };
        let accepted = self.cluster.map_or_else(|| self.issuer.clone(), |cluster| format!("the cluster {cluster}"));
        Check {
            claim: "iss".into(),
            operator: Operator::STRING_EQUALS,
            accepted: vec![accepted],
            presented: token.issuer.iter().cloned().collect(),
            outcome,
        }
    }

    fn conditions(&self) -> impl Iterator<Item = (Operator, &'s Text, &'s [Text])> {
        let operators = self.statement.conditions.iter();
        operators.flat_map(|(operator, keys)| keys.iter().map(move |(key, values)| (*operator, key, values.as_slice())))
    }

    /// The claim that a condition key names.
    fn claim(&self, key: &Text) -> Option<String> {
        let key = key.bind(self.bindings).to_ascii_lowercase();
        key.strip_prefix(&format!("{}:", self.issuer.to_ascii_lowercase())).map(str::to_owned)
    }

    fn check(&self, (operator, key, values): (Operator, &Text, &[Text]), token: &Token) -> Check {
        let claim = self.claim(key);
        let accepted = values.iter().map(|value| spelled(value, self.bindings)).collect();
        let Some(claim) = claim else {
            let claim = spelled(key, self.bindings);
            return Check { claim, operator, accepted, presented: Vec::new(), outcome: Outcome::Unknown };
        };
        let outcome = match self.holds(operator, key, values, token.values_for_aws(&self.issuer, &claim)) {
            _ if token.may_have(&claim) => Outcome::Unknown,
            true => Outcome::Holds,
            false => Outcome::Fails,
        };
        Check { presented: token.values(&claim).to_vec(), claim, operator, accepted, outcome }
    }

    /// Whether this subject meets all conditions on the subject.
    pub fn accepts_subject(&self, subject: &str) -> bool {
        let mut on_subject = self.conditions().filter(|(_, key, _)| self.claim(key).as_deref() == Some("sub"));
        on_subject.all(|(operator, key, values)| self.holds(operator, key, values, &[subject.to_owned()]))
    }

    fn holds(&self, operator: Operator, key: &Text, values: &[Text], presented: &[String]) -> bool {
        let statement = Statement::allow([crate::iam::Action::named(ACTION)]);
        let statement = statement.when(operator, key.clone(), values.iter().cloned());
        let request = Request {
            caller: Caller::Federated { provider: self.issuer.clone() },
            action: ACTION.into(),
            resource: None,
            context: Context::default().with(&key.bind(self.bindings), presented.iter().cloned()),
        };
        matches!(evaluate(&[Document::new([statement])], self.bindings, &request), Decision::Allowed { .. })
    }
}

/// The cluster whose issuer a condition key begins with.
fn cluster(key: &Text) -> Option<&str> {
    key.parts().iter().find_map(|part| match part {
        Part::Symbol(Symbol::Issuer(cluster)) => Some(cluster.as_str()),
        _ => None,
    })
}
