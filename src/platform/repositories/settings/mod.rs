//! The settings of a repository, one row per setting.
//!
//! Add a row for each new key of the language. The row is all that resolving, assertions and comparisons need.

mod setting;

use std::collections::BTreeSet;

pub use setting::{Context, Key, Setting};

use crate::language::repository::guard_rails::{OnlyFrom, Unless};
use crate::language::repository::{Encryption, Settings, TagMutability};
use crate::platform::repositories::replication::Destination;
use crate::platform::repositories::repository::Mutability;
use crate::platform::repositories::{lifecycle_policy, replication, retention};
use crate::platform::{Repository, resource_tags};
use crate::prose::{NAMED, few};
use crate::source::{Span, Spanned};
use crate::value::OrVariable;

/// All settings that repositories have in common, in the order in which they are resolved. Services come first, because
/// retention rules can apply per service.
pub static SETTINGS: &[Setting] = &[
    Setting {
        keys: &[Key {
            name: "services",
            place: |settings| Some(first(settings.services.as_deref()?, |service| service.span, settings)),
        }],
        decide: |repository, settings, _, _| {
            let services = settings.services.iter().flatten();
            repository.services = services.map(|service| service.as_str().to_owned()).collect();
        },
        is_same: |one, other| {
            let set = |services: &[String]| services.iter().cloned().collect::<BTreeSet<_>>();
            set(&one.services) == set(&other.services)
        },
        value: |repository| format!("is {}", few(repository.services.iter().map(String::as_str), NAMED)),
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key {
            name: "tag_mutability",
            place: |settings| settings.tag_mutability.as_ref().map(|mutability| mutability.span),
        }],
        // The word applies to all tags. Exceptions come from the classes of image tags.
        decide: |repository, settings, _, _| {
            if let Some(mutability) = &settings.tag_mutability {
                let immutable = mutability.value == TagMutability::Immutable;
                repository.mutability = Mutability { immutable, except: Vec::new() };
            }
        },
        is_same: |one, other| one.mutability == other.mutability,
        value: |repository| {
            let Mutability { immutable, except } = &repository.mutability;
            let word = if *immutable { "immutable" } else { "mutable" };
            match except.as_slice() {
                [] => format!("is {word}"),
                patterns => {
                    format!("is {word}, except for tags like {}", few(patterns.iter().map(String::as_str), NAMED))
                }
            }
        },
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key {
            name: "encryption",
            place: |settings| settings.encryption.as_ref().map(|encryption| encryption.span),
        }],
        decide: |repository, settings, _, _| {
            if let Some(encryption) = &settings.encryption {
                repository.encryption = encryption.clone();
            }
        },
        is_same: |one, other| match (&one.encryption.value, &other.encryption.value) {
            (Encryption::KmsKey(one), Encryption::KmsKey(other)) => one.is_same(other),
            (one, other) => one == other,
        },
        value: |repository| format!("is {}", encryption_in_words(&repository.encryption.value)),
        lost: |_, _| None,
    },
    // After `encryption`, which is also that of the replicas.
    Setting {
        keys: &[Key {
            name: "replicate_to",
            place: |settings| settings.replicate_to.as_ref().map(|registries| registries.span),
        }],
        decide: |repository, settings, Context { scope, .. }, _| {
            if let Some(written) = &settings.replicate_to {
                repository.replicate_to = replication::resolve(written, &repository.encryption, scope);
            }
        },
        is_same: |one, other| {
            let set = |repository: &Repository| {
                let registries = repository.replicate_to.iter().map(|destination| {
                    let (region, account) = destination.registry();
                    let key = destination.managed.as_ref().map(|managed| format!("{:?}", managed.encryption.value));
                    (region.to_owned(), account.map(str::to_owned), key)
                });
                registries.collect::<BTreeSet<_>>()
            };
            set(one) == set(other)
        },
        value: |repository| {
            let registries: Vec<String> = repository.replicate_to.iter().map(described).collect();
            match registries.as_slice() {
                [] => "is empty, so its images are not replicated".to_owned(),
                registries => format!("is {}", few(registries.iter().map(String::as_str), NAMED)),
            }
        },
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key { name: "scan_on_push", place: |settings| settings.scan_on_push.as_ref().map(|_| settings.span) }],
        decide: |repository, settings, _, _| {
            if let Some(scan) = &settings.scan_on_push {
                repository.scan_on_push = scan.clone();
            }
        },
        is_same: |one, other| one.scan_on_push.is_same(&other.scan_on_push),
        value: |repository| format!("is {}", in_words(&repository.scan_on_push, bool::to_string)),
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key {
            name: "scan_continuously",
            place: |settings| settings.scan_continuously.as_ref().map(|scan| scan.span),
        }],
        decide: |repository, settings, _, _| {
            if let Some(scan) = &settings.scan_continuously {
                repository.scan_continuously = scan.value.then_some(scan.span);
            }
        },
        is_same: |one, other| one.scan_continuously.is_some() == other.scan_continuously.is_some(),
        value: |repository| format!("is {}", repository.scan_continuously.is_some()),
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key {
            name: "resource_tags",
            place: |settings| Some(first(&settings.resource_tags.as_ref()?.entries, |(key, _)| key.span, settings)),
        }],
        decide: |repository, settings, Context { scope, path, .. }, faults| {
            if let Some(written) = &settings.resource_tags {
                let span = first(&written.entries, |(key, _)| key.span, settings);
                let value = resource_tags::of_repository(written, path, scope, faults);
                repository.resource_tags = Spanned { value, span };
            }
        },
        is_same: |one, other| one.resource_tags.value == other.resource_tags.value,
        value: |repository| {
            let tags = repository.resource_tags.value.iter().map(|(key, value)| format!("{key}: {value}"));
            match tags.collect::<Vec<_>>().as_slice() {
                [] => "is empty, so the repository has only the tags of the platform".to_owned(),
                tags => format!("is {}", few(tags.iter().map(String::as_str), NAMED)),
            }
        },
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key {
            name: "policy_statements",
            place: |settings| Some(first(settings.policy_statements.as_deref()?, |written| written.span(), settings)),
        }],
        decide: |repository, settings, _, _| {
            repository.policy_statements = settings.policy_statements.clone().unwrap_or_default();
        },
        is_same: |one, other| {
            let json = |repository: &Repository| {
                repository.policy_statements.iter().map(|statement| statement.to_json()).collect::<Vec<_>>()
            };
            json(one) == json(other)
        },
        value: |repository| {
            if repository.policy_statements.is_empty() { "is empty" } else { "has different statements" }.to_owned()
        },
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key { name: "deny", place: |settings| settings.deny.as_ref().map(|deny| deny.span) }],
        decide: |repository, settings, _, _| repository.deny.clone_from(&settings.deny),
        is_same: |one, other| {
            let names = |unless: &Option<Unless>| {
                let names = unless.as_ref()?.unless.iter().map(|name| name.as_str().to_owned());
                Some(names.collect::<BTreeSet<_>>())
            };
            let all = |repository: &Repository| {
                let deny = repository.deny.as_ref();
                deny.map_or([None, None, None], |deny| [&deny.pull, &deny.push, &deny.delete].map(names))
            };
            all(one) == all(other)
        },
        value: |repository| if repository.deny.is_some() { "has other exceptions" } else { "is empty" }.to_owned(),
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key { name: "only_from", place: |settings| settings.only_from.as_ref().map(|only| only.span) }],
        decide: |repository, settings, _, _| repository.only_from.clone_from(&settings.only_from),
        is_same: |one, other| {
            let texts = |only: &OnlyFrom| {
                let endpoints = only.vpc_endpoints.iter().flatten().map(|id| id.as_str().to_owned());
                let vpcs = only.vpcs.iter().flatten().map(|id| id.as_str().to_owned());
                let ranges = only.ip_ranges.iter().flatten().map(|range| range.as_str().to_owned());
                endpoints.chain(vpcs).chain(ranges).collect::<BTreeSet<_>>()
            };
            one.only_from.as_ref().map(texts) == other.only_from.as_ref().map(texts)
        },
        value: |repository| if repository.only_from.is_some() { "has other networks" } else { "is empty" }.to_owned(),
        lost: |_, _| None,
    },
    Setting {
        keys: &[Key {
            name: "deletion_protection",
            place: |settings| settings.deletion_protection.as_ref().map(|protection| protection.span),
        }],
        decide: |repository, settings, _, _| {
            if let Some(protection) = &settings.deletion_protection {
                repository.protected = protection.value;
            }
        },
        is_same: |one, other| one.protected == other.protected,
        value: |repository| format!("is {}", repository.protected),
        // The module has no input for `prevent_destroy`.
        lost: |repository, root| {
            let lost = repository.protected && root.ecr_module.is_some();
            lost.then_some("is not in the output, because the ECR module does not support it")
        },
    },
    Setting {
        keys: &[Key {
            name: "force_delete",
            place: |settings| settings.force_delete.as_ref().map(|force_delete| force_delete.span),
        }],
        // After `deletion_protection`, which it turns off: a protected repository cannot be deleted at all.
        decide: |repository, settings, _, _| {
            if let Some(force_delete) = &settings.force_delete {
                repository.force_delete = force_delete.value.then_some(force_delete.span);
                repository.protected &= !force_delete.value;
            }
        },
        is_same: |one, other| one.force_delete.is_some() == other.force_delete.is_some(),
        value: |repository| format!("is {}", repository.force_delete.is_some()),
        lost: |_, _| None,
    },
    Setting {
        keys: &[
            Key { name: "retention", place: |settings| settings.retention.as_ref().map(|retention| retention.span) },
            Key {
                name: "lifecycle_policy",
                place: |settings| settings.lifecycle_policy.as_ref().map(|policy| policy.span()),
            },
        ],
        // If all classes of the retention rules exist only in other environments, the repository keeps its policy.
        decide: |repository, settings, Context { classes, scope, path }, faults| {
            let rules = settings.retention.as_ref().map(|retention| &retention.rules);
            let lifecycle = match (rules, &settings.lifecycle_policy) {
                (_, Some(policy)) => lifecycle_policy::compile(policy, path, faults),
                (Some(none), None) if none.is_empty() => return repository.lifecycle = None,
                (Some(rules), None) => {
                    retention::compile(rules, repository.known_services(), classes, scope, path, faults)
                }
                (None, None) => None,
            };
            if lifecycle.is_some() {
                repository.lifecycle = lifecycle;
            }
        },
        is_same: |one, other| match (&one.lifecycle, &other.lifecycle) {
            (Some(one), Some(other)) => one.is_same(other),
            (one, other) => one.is_none() && other.is_none(),
        },
        value: |repository| match repository.lifecycle {
            Some(_) => "results in a different policy".to_owned(),
            None => "is missing, so no images are deleted".to_owned(),
        },
        lost: |_, _| None,
    },
];

/// Keys that apply to a single repository.
pub static OF_ONE_REPOSITORY: &[Key] = &[
    Key { name: "name", place: |settings| settings.name.as_ref().map(|name| name.span) },
    Key { name: "was", place: |settings| settings.was.as_ref().map(|was| was.span) },
    Key { name: "replace", place: |settings| settings.replace.as_ref().map(|reason| reason.span) },
];

/// Compiling fails if a key of the language is in neither list.
const _: () = {
    let mut keys = OF_ONE_REPOSITORY.len();
    let mut row = 0;
    while row < SETTINGS.len() {
        keys += SETTINGS[row].keys.len();
        row += 1;
    }
    assert!(keys == Settings::KEYS.len(), "each key of `Settings` is in `SETTINGS` or in `OF_ONE_REPOSITORY`");
};

/// The place where a list begins. Only the items of a list have places.
fn first<T>(list: &[T], place: fn(&T) -> Span, settings: &Settings) -> Span {
    list.first().map_or(settings.span, place)
}

fn in_words<T>(value: &OrVariable<T>, literal: impl Fn(&T) -> String) -> String {
    match value {
        OrVariable::Literal(value) => literal(value),
        OrVariable::Variable(variable) => format!("the value of the variable `{}`", variable.name.as_str()),
        OrVariable::Reference(reference) => format!("the value of `{}`", reference.as_str()),
    }
}

/// A registry that a repository is replicated to, and how its replica differs.
fn described(destination: &Destination) -> String {
    let registry = destination.in_words();
    match (&destination.managed, &destination.account) {
        (Some(managed), _) if managed.has_own_encryption => {
            format!("{registry} (replica {})", encryption_in_words(&managed.encryption.value))
        }
        (None, None) => format!("{registry} (plain)"),
        _ => registry,
    }
}

fn encryption_in_words(encryption: &Encryption) -> String {
    match encryption {
        Encryption::Aes256 => "aes256".to_owned(),
        Encryption::Kms => "kms".to_owned(),
        Encryption::KmsDsse => "kms_dsse".to_owned(),
        Encryption::KmsCreate => "a KMS key created by ecrgen".to_owned(),
        Encryption::KmsKey(key) => in_words(key, |key| format!("the KMS key {}", key.as_str())),
    }
}
