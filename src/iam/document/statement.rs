//! One statement of a policy.

use serde_json::{Map, Value};

use super::bindings::Bindings;
use super::conditions::{self, Conditions};
use super::element::Element;
use super::fault::Fault;
use super::list::one_or_many;
use super::operator::Operator;
use super::principal::Principal;
use super::reader;
use super::sid::Sid;
use super::text::Text;
use crate::iam::action::ActionPattern;

/// The effect of a statement on the requests that it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Allows them, unless another statement denies them.
    Allow,
    /// Denies them, even if another statement allows them.
    Deny,
}

impl Effect {
    fn name(self) -> &'static str {
        match self {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        }
    }
}

/// One statement (IAM User Guide, "Grammar of the IAM JSON policy language").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// The name, unique in the document.
    pub sid: Option<Sid>,
    /// Whether the statement allows or denies.
    pub effect: Effect,
    /// The principals that it applies to. Only resource and trust policies have them.
    pub principal: Option<Element<Principal>>,
    /// The actions that it applies to. Never empty.
    pub actions: Element<Vec<ActionPattern>>,
    /// The resources that it applies to. Absent in trust policies and ECR repository policies, which apply to the role
    /// or repository that they belong to.
    pub resources: Option<Element<Vec<Text>>>,
    /// The conditions under which it applies.
    pub conditions: Conditions,
}

impl Statement {
    /// A statement that allows these actions.
    pub fn allow<A: Into<ActionPattern>>(actions: impl IntoIterator<Item = A>) -> Self {
        Self::of(Effect::Allow, actions)
    }

    /// A statement that denies these actions.
    pub fn deny<A: Into<ActionPattern>>(actions: impl IntoIterator<Item = A>) -> Self {
        Self::of(Effect::Deny, actions)
    }

    fn of<A: Into<ActionPattern>>(effect: Effect, actions: impl IntoIterator<Item = A>) -> Self {
        Statement {
            sid: None,
            effect,
            principal: None,
            actions: Element::Only(actions.into_iter().map(Into::into).collect()),
            resources: None,
            conditions: Conditions::new(),
        }
    }

    /// Sets the name.
    #[must_use]
    pub fn sid(mut self, sid: Sid) -> Self {
        self.sid = Some(sid);
        self
    }

    /// Sets the principals.
    #[must_use]
    pub fn by(mut self, principal: Principal) -> Self {
        self.principal = Some(Element::Only(principal));
        self
    }

    /// Sets the resources.
    #[must_use]
    pub fn on<T: Into<Text>>(mut self, resources: impl IntoIterator<Item = T>) -> Self {
        self.resources = Some(Element::Only(resources.into_iter().map(Into::into).collect()));
        self
    }

    /// Adds a condition.
    ///
    /// # Panics
    ///
    /// If the operator already has this key. A policy can't contain the key twice, and merging the lists would OR the
    /// values although the caller needs them to be ANDed.
    #[must_use]
    pub fn when<T: Into<Text>>(
        mut self,
        operator: Operator,
        key: impl Into<Text>,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        let replaced = self.conditions.entry(operator).or_default().insert(key.into(), values);
        assert!(replaced.is_none(), "{operator} already has this key");
        self
    }

    /// Whether the statement covers the action with this full name.
    pub fn covers_action(&self, action: &str) -> bool {
        let is_listed = self.actions.listed().iter().any(|pattern| pattern.covers(action));
        is_listed == matches!(self.actions, Element::Only(_))
    }

    /// Reads one statement, in the same way as [`Document::from_json`](crate::iam::Document::from_json).
    ///
    /// # Errors
    ///
    /// Returns every error, with its place relative to the statement.
    pub fn from_json(value: &Value) -> Result<Self, Vec<Fault>> {
        reader::statement(value)
    }

    /// The statement as JSON. The elements are in the order of AWS's examples, and a list with one item is written as
    /// the item.
    pub fn to_json(&self, bindings: &Bindings) -> Value {
        let mut json = Map::new();
        if let Some(sid) = &self.sid {
            json.insert("Sid".into(), sid.to_string().into());
        }
        json.insert("Effect".into(), self.effect.name().into());
        if let Some(principal) = &self.principal {
            json.insert(principal.key("Principal"), principal.listed().to_json(bindings));
        }
        let actions: Vec<Text> = self.actions.listed().iter().map(|action| Text::from(action.as_str())).collect();
        json.insert(self.actions.key("Action"), one_or_many(&actions, bindings));
        if let Some(resources) = &self.resources {
            json.insert(resources.key("Resource"), one_or_many(resources.listed(), bindings));
        }
        if !self.conditions.is_empty() {
            json.insert("Condition".into(), conditions::to_json(&self.conditions, bindings));
        }
        Value::Object(json)
    }
}
