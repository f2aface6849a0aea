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

/// What a statement does to the requests it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Lets them through, unless another statement denies them.
    Allow,
    /// Refuses them, whatever other statements say.
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
    /// Its name, unique in the document.
    pub sid: Option<Sid>,
    /// What it does.
    pub effect: Effect,
    /// Who it speaks of; only in resource and trust policies.
    pub principal: Option<Element<Principal>>,
    /// The actions it speaks of; never empty.
    pub actions: Element<Vec<ActionPattern>>,
    /// The resources it speaks of; absent in trust policies and in ECR repository policies, where the resource is the
    /// thing that the policy belongs to.
    pub resources: Option<Element<Vec<Text>>>,
    /// When it applies.
    pub conditions: Conditions,
}

impl Statement {
    /// Allows actions.
    pub fn allow<A: Into<ActionPattern>>(actions: impl IntoIterator<Item = A>) -> Self {
        Self::of(Effect::Allow, actions)
    }

    /// Denies actions.
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

    /// Names it.
    #[must_use]
    pub fn sid(mut self, sid: Sid) -> Self {
        self.sid = Some(sid);
        self
    }

    /// Says who it speaks of.
    #[must_use]
    pub fn by(mut self, principal: Principal) -> Self {
        self.principal = Some(Element::Only(principal));
        self
    }

    /// Says which resources it speaks of.
    #[must_use]
    pub fn on<T: Into<Text>>(mut self, resources: impl IntoIterator<Item = T>) -> Self {
        self.resources = Some(Element::Only(resources.into_iter().map(Into::into).collect()));
        self
    }

    /// Adds a condition.
    ///
    /// # Panics
    ///
    /// When the operator already has this key: a policy cannot hold both, and joining the lists would OR what the
    /// caller meant to AND.
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

    /// Whether it speaks of the action with this full name.
    pub fn covers_action(&self, action: &str) -> bool {
        let is_listed = self.actions.listed().iter().any(|pattern| pattern.covers(action));
        is_listed == matches!(self.actions, Element::Only(_))
    }

    /// Reads one statement, as [`Document::from_json`](crate::iam::Document::from_json) reads those of a document.
    ///
    /// # Errors
    ///
    /// Every fault, with its place counted from the statement.
    pub fn from_json(value: &Value) -> Result<Self, Vec<Fault>> {
        reader::statement(value)
    }

    /// The statement as JSON, its elements in the order of AWS's own examples; a list of one is written as its item.
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
