//! Explains whom a trust policy allows to assume a role.

use crate::iam::{
    Bindings, Comparison, Document, Effect, Element, Operator, Part, Principal, PrincipalKind, Quantifier, Statement,
    Symbol, Text,
};
use crate::policies::bindings::spelled;

use super::condition::sentence;
use super::subject::{self, Subject};

/// One statement of a trust policy about one principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustStatement {
    /// Whether it allows or denies.
    pub effect: Effect,
    /// The issuer of the tokens; `None` for principals that AWS identifies itself.
    pub issuer: Option<String>,
    /// The subjects that it applies to, any of which is sufficient.
    pub subjects: Vec<Subject>,
    /// Further conditions, which must all be met.
    pub conditions: Vec<String>,
}

/// The statements of a trust policy, one item per principal. A principal with an action that it cannot use is left out,
/// because such a statement has no effect.
pub fn trust_statements(trust: &Document, bindings: &Bindings) -> Vec<TrustStatement> {
    trust.statements.iter().flat_map(|statement| of_statement(statement, bindings)).collect()
}

fn of_statement(statement: &Statement, bindings: &Bindings) -> Vec<TrustStatement> {
    let named = match &statement.principal {
        Some(Element::Only(listed @ Principal::Listed(_))) => listed.names().collect(),
        Some(Element::Only(Principal::Everyone)) => Vec::new(),
        Some(Element::AllExcept(listed)) => {
            let names: Vec<String> = listed.names().map(|(_, name)| name.bind(bindings)).collect();
            let except = Subject::whole(&names.join(", "), format!("everyone except {}", names.join(", ")));
            return vec![plain(statement, bindings, vec![except])];
        }
        None => return Vec::new(),
    };
    if named.is_empty() {
        let all =
            statement.covers_action("sts:AssumeRole").then(|| plain(statement, bindings, vec![subject::everybody()]));
        return all.into_iter().collect();
    }
    let (tokens, others): (Vec<_>, Vec<_>) = named.into_iter().partition(|(kind, _)| *kind == PrincipalKind::Federated);
    let takes_tokens =
        ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"].iter().any(|name| statement.covers_action(name));
    let mut found = Vec::new();
    if takes_tokens {
        found.extend(tokens.iter().map(|(_, provider)| of_tokens(statement, bindings, provider)));
    }
    if !others.is_empty() && statement.covers_action("sts:AssumeRole") {
        let subjects = others.iter().map(|(kind, name)| subject::principal(*kind, name, bindings)).collect();
        found.push(plain(statement, bindings, subjects));
    }
    found
}

fn plain(statement: &Statement, bindings: &Bindings, subjects: Vec<Subject>) -> TrustStatement {
    let conditions = super::condition::sentences(statement, bindings);
    TrustStatement { effect: statement.effect, issuer: None, subjects, conditions }
}

/// The statement about tokens of an issuer. The subjects are those that a strict comparison of the issuer's `sub`
/// lists.
fn of_tokens(statement: &Statement, bindings: &Bindings, provider: &Text) -> TrustStatement {
    let bound = provider.bind(bindings);
    let host = bound.split_once(":oidc-provider/").map_or(bound.as_str(), |(_, host)| host).to_ascii_lowercase();
    let issuer = Issuer { name: cluster(statement, &host, bindings).unwrap_or_else(|| host.clone()), host };
    let mut subjects: Option<Vec<Subject>> = None;
    let mut conditions = Vec::new();
    let mut refs = None;
    let tests =
        statement.conditions.iter().flat_map(|(operator, keys)| keys.iter().map(move |(k, v)| (*operator, k, v)));
    for (operator, key, values) in tests {
        let key = key.bind(bindings);
        let values: Vec<String> = values.iter().map(|value| spelled(value, bindings)).collect();
        let claim = key.to_ascii_lowercase().strip_prefix(&format!("{}:", issuer.host)).map(str::to_owned);
        match claim.as_deref() {
            Some("sub") if subjects.is_none() && is_firm(operator) => {
                let is_pattern = operator.comparison() == Comparison::StringLike;
                subjects =
                    Some(values.iter().map(|value| subject::of_token(value, is_pattern, &issuer.name)).collect());
            }
            Some(claim) => {
                conditions.push(sentence(operator, claim, &values));
                if claim == "ref" && is_firm(operator) {
                    refs = Some(values);
                }
            }
            None => conditions.push(sentence(operator, &key, &values)),
        }
    }
    let anyone = || vec![Subject::whole("*", format!("anyone with a token from {}", issuer.name))];
    let mut subjects = subjects.unwrap_or_else(anyone);
    if let Some(refs) = &refs {
        subjects.iter_mut().for_each(|subject| subject.narrow_to(refs));
    }
    TrustStatement { effect: statement.effect, subjects, issuer: Some(issuer.name), conditions }
}

struct Issuer {
    /// Its name in reports: the name of the cluster, or the host.
    name: String,
    /// The host and path that condition keys begin with.
    host: String,
}

/// The cluster of this issuer. If several have it, the one that a condition key refers to.
fn cluster(statement: &Statement, host: &str, bindings: &Bindings) -> Option<String> {
    let keys = statement.conditions.values().flat_map(|keys| keys.keys());
    let symbols = keys.flat_map(Text::parts).filter_map(|part| match part {
        Part::Symbol(Symbol::Issuer(cluster)) => Some(cluster),
        _ => None,
    });
    let has_host =
        |cluster: &&String| bindings.issuers.get(*cluster).is_some_and(|issuer| issuer.eq_ignore_ascii_case(host));
    // An issuer that comes from the ARN of its provider is not a symbol.
    let found = symbols.chain(bindings.issuers.keys()).find(has_host);
    found.map(|cluster| format!("the cluster {cluster}"))
}

/// Whether a comparison fails for a token without the claim, and lists what it accepts.
fn is_firm(operator: Operator) -> bool {
    use Comparison as C;
    let lists = matches!(operator.comparison(), C::StringEquals | C::StringEqualsIgnoreCase | C::StringLike);
    lists && operator.quantifier() != Some(Quantifier::ForAllValues) && !operator.holds_without_key()
}
