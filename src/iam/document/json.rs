//! A JSON reader for policy documents: a repeated key in an object is an error instead of an overwrite.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::fault::{Fault, Problem, Step};

/// Returns the value and a fault for every repeated key. For text that is not JSON, returns only that fault.
pub(super) fn parse(text: &str) -> Result<(Value, Vec<Fault>), Fault> {
    let mut repeated = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    let top = Place { at: Vec::new(), repeated: &mut repeated };
    let value = top.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match value {
        Ok(value) => Ok((value, repeated)),
        Err(error) => Err(Fault { at: Vec::new(), problem: Problem::NotJson(error.to_string()) }),
    }
}

/// The place of a value, and the list that collects the repeated keys below it.
struct Place<'a> {
    at: Vec<Step>,
    repeated: &'a mut Vec<Fault>,
}

impl Place<'_> {
    fn below(&mut self, step: Step) -> Place<'_> {
        Place { at: self.at.iter().cloned().chain([step]).collect(), repeated: self.repeated }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self.below(Step::Item(array.len())))? {
            array.push(item);
        }
        Ok(array.into())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let place = self.below(Step::Key(key.clone()));
            if object.contains_key(&key) {
                place.repeated.push(Fault { at: place.at.clone(), problem: Problem::RepeatedKey });
            }
            let value = entries.next_value_seed(place)?;
            object.insert(key, value);
        }
        Ok(object.into())
    }
}
