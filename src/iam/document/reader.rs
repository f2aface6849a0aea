//! Reads documents and statements from JSON and reports every error.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Document;
use super::VERSION;
use super::conditions::Conditions;
use super::element::Element;
use super::fault::{Fault, Problem, Step};
use super::json;
use super::operator::Operator;
use super::principal::{Principal, PrincipalKind};
use super::sid::Sid;
use super::statement::{Effect, Statement};
use super::text::Text;
use crate::iam::action::ActionPattern;

const OLD_VERSION: &str = "2008-10-17";

pub(super) fn document(text: &str) -> Result<Document, Vec<Fault>> {
    let (value, repeated) = json::parse(text).map_err(|fault| vec![fault])?;
    let mut reader = Reader { at: Vec::new(), faults: repeated };
    let document = reader.document(&value);
    reader.finish(document)
}

pub(super) fn statement(value: &Value) -> Result<Statement, Vec<Fault>> {
    let mut reader = Reader { at: Vec::new(), faults: Vec::new() };
    let statement = reader.statement(value);
    reader.finish(statement)
}

/// Continues reading after an error: the faulty part becomes `None`, and its fault is recorded.
struct Reader {
    at: Vec<Step>,
    faults: Vec<Fault>,
}

impl Reader {
    fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }

    fn document(&mut self, value: &Value) -> Option<Document> {
        let object = self.object(value)?;
        self.only_keys(object, &["Version", "Id", "Statement"]);
        let version = self.optional(object, "Version", Self::version).unwrap_or(OLD_VERSION);
        let id = self.optional(object, "Id", Self::string);
        let mut statements = self.required(object, "Statement", Self::statements)?;
        if version == OLD_VERSION {
            statements.iter_mut().for_each(keep_dollars_literal);
        }
        Some(Document { id, statements })
    }

    fn version(&mut self, value: &Value) -> Option<&'static str> {
        let version = self.string(value)?;
        let known = [VERSION, OLD_VERSION].into_iter().find(|known| *known == version);
        self.some_or(known, Problem::UnknownVersion)
    }

    fn statements(&mut self, value: &Value) -> Option<Vec<Statement>> {
        let mut sids = BTreeSet::new();
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            let sid = item.get("Sid").and_then(Value::as_str);
            if sid.is_some_and(|sid| !sids.insert(sid)) {
                self.faults.push(Fault {
                    at: [self.at.as_slice(), &[Step::Item(index), Step::Key("Sid".into())]].concat(),
                    problem: Problem::RepeatedSid,
                });
            }
        }
        self.one_or_many(value, Self::statement)
    }

    fn statement(&mut self, value: &Value) -> Option<Statement> {
        let object = self.object(value)?;
        self.only_keys(
            object,
            &[
                "Sid",
                "Effect",
                "Principal",
                "NotPrincipal",
                "Action",
                "NotAction",
                "Resource",
                "NotResource",
                "Condition",
            ],
        );
        let sid = self.optional(object, "Sid", Self::sid);
        let effect = self.required(object, "Effect", Self::effect);
        let principal = self.element(object, "Principal", "NotPrincipal", Self::principal);
        let actions =
            self.element(object, "Action", "NotAction", |reader, value| reader.one_or_many(value, Self::action));
        if !object.contains_key("Action") && !object.contains_key("NotAction") {
            self.fault(Problem::MissingKey("Action"));
        }
        let resources =
            self.element(object, "Resource", "NotResource", |reader, value| reader.one_or_many(value, Self::text));
        let conditions = self.optional(object, "Condition", Self::conditions).unwrap_or_default();
        Some(Statement { sid, effect: effect?, principal, actions: actions?, resources, conditions })
    }

    fn sid(&mut self, value: &Value) -> Option<Sid> {
        let sid = self.string(value)?;
        self.some_or(sid.parse().ok(), Problem::InvalidSid)
    }

    fn effect(&mut self, value: &Value) -> Option<Effect> {
        let effect = match self.string(value)?.as_str() {
            "Allow" => Some(Effect::Allow),
            "Deny" => Some(Effect::Deny),
            _ => None,
        };
        self.some_or(effect, Problem::UnknownEffect)
    }

    fn action(&mut self, value: &Value) -> Option<ActionPattern> {
        let action = self.string(value)?;
        self.some_or(action.parse().ok(), Problem::InvalidAction)
    }

    fn principal(&mut self, value: &Value) -> Option<Principal> {
        match value {
            Value::String(everyone) if everyone == "*" => Some(Principal::Everyone),
            Value::Object(object) => {
                self.only_keys(object, &PrincipalKind::ALL.map(PrincipalKind::name));
                self.some_or((!object.is_empty()).then_some(()), Problem::Empty)?;
                let lists = PrincipalKind::ALL.into_iter().filter_map(|kind| {
                    let names = self.optional(object, kind.name(), |reader, value| {
                        reader.one_or_many(value, |reader, value| reader.principal_name(kind, value))
                    });
                    Some((kind, names?))
                });
                Some(Principal::Listed(lists.collect()))
            }
            _ => self.some_or(None, Problem::WrongType("\"*\" or an object of principals")),
        }
    }

    fn principal_name(&mut self, kind: PrincipalKind, value: &Value) -> Option<Text> {
        let name = self.string(value)?;
        let is_everyone = kind == PrincipalKind::Aws && name == "*";
        let well_formed = is_everyone || !name.contains(['*', '?']);
        self.some_or(well_formed.then(|| Text::from(name)), Problem::WildcardInPrincipal)
    }

    fn conditions(&mut self, value: &Value) -> Option<Conditions> {
        let object = self.object(value)?;
        let mut conditions = Conditions::new();
        for (name, keys) in object {
            self.inside(Step::Key(name.clone()), |reader| {
                let operator: Option<Operator> = reader.some_or(name.parse().ok(), Problem::UnknownOperator);
                let keys = reader.condition_keys(keys);
                conditions.extend(operator.zip(keys));
            });
        }
        Some(conditions)
    }

    fn condition_keys(&mut self, value: &Value) -> Option<BTreeMap<Text, Vec<Text>>> {
        let object = self.object(value)?;
        self.some_or((!object.is_empty()).then_some(()), Problem::Empty)?;
        let keys = object.iter().filter_map(|(key, values)| {
            let values =
                self.inside(Step::Key(key.clone()), |reader| reader.one_or_many(values, Self::condition_value));
            Some((Text::from(key.as_str()), values?))
        });
        Some(keys.collect())
    }

    fn condition_value(&mut self, value: &Value) -> Option<Text> {
        match value {
            Value::String(text) => Some(Text::from(text.as_str())),
            Value::Bool(_) | Value::Number(_) => Some(Text::from(value.to_string())),
            _ => self.some_or(None, Problem::WrongType("a string, a number or a boolean")),
        }
    }

    /// An element or its `Not` form, if the statement has either.
    fn element<T>(
        &mut self,
        object: &Map<String, Value>,
        only: &str,
        except: &str,
        read: impl Fn(&mut Self, &Value) -> Option<T>,
    ) -> Option<Element<T>> {
        if object.contains_key(only) && object.contains_key(except) {
            self.fault(Problem::ExclusiveKeys(only.to_owned(), except.to_owned()));
        }
        let only = self.optional(object, only, &read).map(Element::Only);
        let except = self.optional(object, except, &read).map(Element::AllExcept);
        only.or(except)
    }

    fn required<T>(
        &mut self,
        object: &Map<String, Value>,
        key: &'static str,
        read: impl Fn(&mut Self, &Value) -> Option<T>,
    ) -> Option<T> {
        if !object.contains_key(key) {
            self.fault(Problem::MissingKey(key));
        }
        self.optional(object, key, read)
    }

    fn optional<T>(
        &mut self,
        object: &Map<String, Value>,
        key: &str,
        read: impl Fn(&mut Self, &Value) -> Option<T>,
    ) -> Option<T> {
        let value = object.get(key)?;
        self.inside(Step::Key(key.to_owned()), |reader| read(reader, value))
    }

    /// A list, or a single item in place of a list.
    fn one_or_many<T>(&mut self, value: &Value, read: impl Fn(&mut Self, &Value) -> Option<T>) -> Option<Vec<T>> {
        let Value::Array(items) = value else {
            return read(self, value).map(|one| vec![one]);
        };
        self.some_or((!items.is_empty()).then_some(()), Problem::Empty)?;
        let items = items.iter().enumerate();
        let read = items.filter_map(|(index, item)| self.inside(Step::Item(index), |reader| read(reader, item)));
        Some(read.collect())
    }

    fn text(&mut self, value: &Value) -> Option<Text> {
        self.string(value).map(Text::from)
    }

    fn string(&mut self, value: &Value) -> Option<String> {
        self.some_or(value.as_str().map(str::to_owned), Problem::WrongType("a string"))
    }

    fn object<'v>(&mut self, value: &'v Value) -> Option<&'v Map<String, Value>> {
        self.some_or(value.as_object(), Problem::WrongType("an object"))
    }

    fn only_keys(&mut self, object: &Map<String, Value>, known: &[&str]) {
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            self.inside(Step::Key(key.clone()), |reader| reader.fault(Problem::UnknownKey));
        }
    }

    fn inside<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.at.push(step);
        let value = read(self);
        self.at.pop();
        value
    }

    fn some_or<T>(&mut self, value: Option<T>, problem: Problem) -> Option<T> {
        if value.is_none() {
            self.fault(problem);
        }
        value
    }

    fn fault(&mut self, problem: Problem) {
        self.faults.push(Fault { at: self.at.clone(), problem });
    }
}

/// In the older version, `${` is literal text. The current version spells a literal dollar sign as `${$}`.
fn keep_dollars_literal(statement: &mut Statement) {
    let literal = |text: &mut Text| *text = text.as_literal().unwrap_or_default().replace("${", "${$}{").into();
    match &mut statement.resources {
        Some(Element::Only(resources) | Element::AllExcept(resources)) => resources.iter_mut().for_each(literal),
        None => {}
    }
    statement.conditions.values_mut().flat_map(BTreeMap::values_mut).flatten().for_each(literal);
}
