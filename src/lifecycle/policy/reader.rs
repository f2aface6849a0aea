//! Reads AWS's JSON according to its closed schema, and reports all faults at once.

use std::num::NonZeroU32;

use serde_json::{Map, Value};

use super::Policy;
use super::constraint::{
    Constraint, LIST_WITHOUT_TAGGED, MISSING_KEY, NULL_VALUE, NUMBER_OUT_OF_RANGE, STORAGE_CLASS_MISMATCH,
    TAGGED_WITHOUT_LIST, TARGET_WITH_EXPIRE, TOO_MANY_WILDCARDS, TWO_TAG_LISTS, UNIT_WITH_COUNT, UNKNOWN_KEY,
    UNKNOWN_VALUE, WRONG_TYPE,
};
use super::fault::Fault;
use super::missing;
use super::pattern::{Pattern, Prefix};
use super::rule::{Action, Criterion, Rule, Selection, StorageClass};
use super::tags::{TagList, Tags};
use crate::diagnostic::nearest;
use crate::prose::alternatives;

pub(super) fn policy(value: &Value) -> Result<Policy, Vec<Fault>> {
    let mut reader = Reader { faults: Vec::new(), rule: None };
    match reader.policy(Field { path: String::new(), value }) {
        Some(policy) if reader.faults.is_empty() => Ok(policy),
        _ => Err(reader.faults),
    }
}

/// A value and its place.
struct Field<'v> {
    path: String,
    value: &'v Value,
}

/// An object whose keys have been checked.
struct Object<'v> {
    path: String,
    map: &'v Map<String, Value>,
}

impl<'v> Object<'v> {
    fn get(&self, key: &str) -> Option<Field<'v>> {
        self.map.get(key).map(|value| Field { path: format!("{}/{key}", self.path), value })
    }
}

/// The state of the reader. A method that cannot read a value reports the reason and returns `None`.
struct Reader {
    faults: Vec<Fault>,
    rule: Option<usize>,
}

impl Reader {
    fn policy(&mut self, field: Field<'_>) -> Option<Policy> {
        let object = self.object(field, &["rules"])?;
        let rules = self.required(&object, "rules")?;
        let rules: Vec<Option<Rule>> = self
            .items(rules)?
            .into_iter()
            .enumerate()
            .map(|(index, field)| {
                self.rule = Some(index);
                self.rule(field)
            })
            .collect();
        rules.into_iter().collect::<Option<Vec<Rule>>>().map(|rules| Policy { rules })
    }

    fn rule(&mut self, field: Field<'_>) -> Option<Rule> {
        let object = self.object(field, &["rulePriority", "description", "selection", "action"])?;
        let priority = self.required(&object, "rulePriority").and_then(|field| self.positive(field));
        let description = object.get("description").and_then(|field| self.text(&field).map(str::to_owned));
        let selection = self.required(&object, "selection").and_then(|field| self.selection(field));
        let action = self.required(&object, "action").and_then(|field| self.action(field));
        Some(Rule { priority: priority?, description, selection: selection?, action: action? })
    }

    fn selection(&mut self, field: Field<'_>) -> Option<Selection> {
        let object = self.object(
            field,
            &["tagStatus", "tagPatternList", "tagPrefixList", "storageClass", "countType", "countUnit", "countNumber"],
        )?;
        let tags = self.tags(&object);
        let criterion = self.criterion(&object);
        Some(Selection { tags: tags?, criterion: criterion? })
    }

    fn tags(&mut self, object: &Object<'_>) -> Option<Tags> {
        let status = self.required(object, "tagStatus")?;
        let tagless =
            self.word(&status, &[("tagged", None), ("untagged", Some(Tags::Untagged)), ("any", Some(Tags::Any))])?;
        match (tagless, object.get("tagPatternList"), object.get("tagPrefixList")) {
            (Some(tags), patterns, prefixes) => {
                for list in [patterns, prefixes].into_iter().flatten() {
                    self.forbid(
                        &LIST_WITHOUT_TAGGED,
                        list,
                        "`tagPrefixList` and `tagPatternList` are allowed only if `tagStatus` is `tagged`",
                    );
                }
                Some(tags)
            }
            (None, Some(list), None) => self.patterns(list),
            (None, None, Some(list)) => self.prefixes(list),
            (None, Some(_), Some(list)) => {
                self.note(
                    &TWO_TAG_LISTS,
                    list.path,
                    "a rule can have `tagPrefixList` or `tagPatternList`, but not both",
                );
                None
            }
            (None, None, None) => {
                self.note(&TAGGED_WITHOUT_LIST, status.path, "`tagStatus` is `tagged`, but there is no list of tags");
                None
            }
        }
    }

    fn patterns(&mut self, list: Field<'_>) -> Option<Tags> {
        let patterns: Vec<Option<Pattern>> = self.items(list)?.into_iter().map(|field| self.pattern(field)).collect();
        patterns.into_iter().collect::<Option<_>>().map(|patterns| Tags::Tagged(TagList::Patterns(patterns)))
    }

    fn pattern(&mut self, field: Field<'_>) -> Option<Pattern> {
        match Pattern::new(self.text(&field)?) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                self.note(&TOO_MANY_WILDCARDS, field.path, error.to_string());
                None
            }
        }
    }

    fn prefixes(&mut self, list: Field<'_>) -> Option<Tags> {
        let prefixes: Vec<Option<Prefix>> =
            self.items(list)?.into_iter().map(|field| self.text(&field).map(Prefix::new)).collect();
        prefixes.into_iter().collect::<Option<_>>().map(|prefixes| Tags::Tagged(TagList::Prefixes(prefixes)))
    }

    fn criterion(&mut self, object: &Object<'_>) -> Option<Criterion> {
        let number = self.required(object, "countNumber").and_then(|field| self.positive(field));
        let class = object.get("storageClass").and_then(|field| {
            self.word(&field, &[("standard", StorageClass::Standard), ("archive", StorageClass::Archive)])
        });
        let kind = self.required(object, "countType")?;
        // The number is part of the criterion, but the other keys are checked even if it is missing.
        let days = number.unwrap_or(NonZeroU32::MIN);
        let criterion = self.word(
            &kind,
            &[
                ("imageCountMoreThan", Criterion::CountMoreThan(days)),
                ("sinceImagePushed", Criterion::SincePushed { days }),
                ("sinceImagePulled", Criterion::SincePulled { days }),
                ("sinceImageTransitioned", Criterion::SinceTransitioned { days }),
            ],
        )?;
        self.unit(object, criterion);
        if criterion.storage_class() != class.unwrap_or(StorageClass::Standard) {
            let (message, fix) = match criterion.storage_class() {
                StorageClass::Archive => {
                    let fix =
                        if class.is_some() { "write `storageClass: archive`" } else { "add `storageClass: archive`" };
                    (format!("`countType` {} requires `storageClass: archive`", kind.value), fix)
                }
                StorageClass::Standard => {
                    let fix = "remove `storageClass: archive`, or write `countType: sinceImageTransitioned`";
                    (format!("`countType` {} does not work in the archive", kind.value), fix)
                }
            };
            let path = format!("{}/storageClass", object.path);
            self.note_with(&STORAGE_CLASS_MISMATCH, path, message, Some(fix.to_owned()));
        }
        number.and(Some(criterion))
    }

    fn unit(&mut self, object: &Object<'_>, criterion: Criterion) {
        if let Criterion::CountMoreThan(_) = criterion {
            if let Some(unit) = object.get("countUnit") {
                self.forbid(&UNIT_WITH_COUNT, unit, "`countUnit` is not allowed with `imageCountMoreThan`");
            }
        } else if let Some(unit) = self.required(object, "countUnit") {
            self.word(&unit, &[("days", ())]);
        }
    }

    fn action(&mut self, field: Field<'_>) -> Option<Action> {
        let object = self.object(field, &["type", "targetStorageClass"])?;
        let kind = self.required(&object, "type")?;
        let action = self.word(&kind, &[("expire", Action::Expire), ("transition", Action::TransitionToArchive)])?;
        match action {
            Action::Expire => {
                if let Some(target) = object.get("targetStorageClass") {
                    self.forbid(
                        &TARGET_WITH_EXPIRE,
                        target,
                        "`targetStorageClass` is not allowed with the action `expire`",
                    );
                }
            }
            Action::TransitionToArchive => {
                let target = self.required(&object, "targetStorageClass")?;
                self.word(&target, &[("archive", ())])?;
            }
        }
        Some(action)
    }

    fn object<'v>(&mut self, field: Field<'v>, keys: &[&str]) -> Option<Object<'v>> {
        let Some(map) = field.value.as_object() else { return self.mismatch(&field, "an object") };
        for key in map.keys().filter(|key| !keys.contains(&key.as_str())) {
            let path = format!("{}/{}", field.path, key.replace('~', "~0").replace('/', "~1"));
            let message = format!("unknown key `{key}`, expected {}", alternatives(keys.iter().copied()));
            self.note_with(&UNKNOWN_KEY, path, message, nearest(key, keys.iter().copied()).map(rename));
        }
        Some(Object { path: field.path, map })
    }

    fn required<'v>(&mut self, object: &Object<'v>, key: &str) -> Option<Field<'v>> {
        let field = object.get(key);
        if field.is_none() {
            let path = format!("{}/{key}", object.path);
            self.note_with(&MISSING_KEY, path, format!("`{key}` is missing"), Some(missing::fix(key, object.map)));
        }
        field
    }

    fn items<'v>(&mut self, field: Field<'v>) -> Option<Vec<Field<'v>>> {
        let Some(items) = field.value.as_array() else { return self.mismatch(&field, "a list") };
        let items = items.iter().enumerate();
        Some(items.map(|(index, value)| Field { path: format!("{}/{index}", field.path), value }).collect())
    }

    fn text<'v>(&mut self, field: &Field<'v>) -> Option<&'v str> {
        field.value.as_str().or_else(|| self.mismatch(field, "a string"))
    }

    fn word<T: Clone>(&mut self, field: &Field<'_>, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(field)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| meaning.clone());
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = match words.as_slice() {
                [word] => format!("`{text}` is not valid here; the only valid value is `{word}`"),
                words => format!("expected {}, found `{text}`", alternatives(words.iter().copied())),
            };
            let meant = if let [word] = words[..] { Some(word) } else { nearest(text, words) };
            self.note_with(&UNKNOWN_VALUE, field.path.clone(), message, meant.map(|word| format!("write `{word}`")));
        }
        found
    }

    fn positive(&mut self, field: Field<'_>) -> Option<NonZeroU32> {
        if !field.value.is_number() {
            return self.mismatch(&field, "a number");
        }
        let number = field.value.as_u64().and_then(|number| u32::try_from(number).ok()).and_then(NonZeroU32::new);
        if number.is_none() {
            self.note(
                &NUMBER_OUT_OF_RANGE,
                field.path,
                format!("expected a whole number, 1 or greater, found {}", field.value),
            );
        }
        number
    }

    fn mismatch<T>(&mut self, field: &Field<'_>, expected: &str) -> Option<T> {
        let constraint = if field.value.is_null() { &NULL_VALUE } else { &WRONG_TYPE };
        let fix = mismatch_fix(field, expected);
        self.note_with(constraint, field.path.clone(), format!("{} is not {expected}", field.value), fix);
        None
    }

    fn forbid(&mut self, constraint: &'static Constraint, field: Field<'_>, message: &str) {
        let constraint = if field.value.is_null() { &NULL_VALUE } else { constraint };
        let fix = field.value.is_null().then(|| remove_null(&field));
        self.note_with(constraint, field.path, message.to_owned(), fix);
    }

    fn note(&mut self, constraint: &'static Constraint, path: String, message: impl Into<String>) {
        self.note_with(constraint, path, message.into(), None);
    }

    fn note_with(&mut self, constraint: &'static Constraint, path: String, message: String, fix: Option<String>) {
        self.faults.push(Fault { constraint, rule: self.rule, other: None, path, message, fix });
    }
}

/// How to correct a value of the wrong type, if it is clear what was meant.
fn mismatch_fix(field: &Field<'_>, expected: &str) -> Option<String> {
    match field.value {
        Value::Null => Some(remove_null(field)),
        Value::String(text) if expected == "a number" && text.parse::<u32>().is_ok() => {
            Some(format!("remove the quotes: `{text}`"))
        }
        Value::String(text) if expected == "a list" => Some(format!("write `[{text:?}]`")),
        _ => None,
    }
}

fn remove_null(field: &Field<'_>) -> String {
    let key = field.path.rsplit('/').next().unwrap_or_default();
    match key.parse::<usize>() {
        Ok(_) => "remove the entry `null`".to_owned(),
        Err(_) => format!("remove `{key}: null`, or write a value if the rule needs one"),
    }
}

fn rename(key: &str) -> String {
    format!("rename the key to `{key}`")
}
