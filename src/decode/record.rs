//! Declarations of the language: records of keys, and choices of words.

/// Declares a map with fixed keys: the struct, its decoding and its JSON Schema.
///
/// A key is `required` or `optional`. A fault in any key discards the whole record. A `lenient` record only discards the
/// key with the fault; its mandatory keys are therefore `needed`: reported if they are missing, but an `Option` like the
/// others. `exactly one of` and `at most one of` can follow for keys that exclude each other, and `at least one of`. Doc comments become the
/// descriptions that editors show.
macro_rules! record {
    (lenient $($record:tt)+) => { $crate::decode::record!(@declare lenient $($record)+); };
    (
        @declare $mode:ident
        $(#[doc = $doc:literal])*
        pub struct $Name:ident {
            $($(#[doc = $field_doc:literal])* $kind:ident $field:ident: $Type:ty,)*
        }
        $(exactly one of [$($exactly:ident),+])?
        $(at least one of [$($least:ident),+])?
        $(at most one of [$($most:ident),+])*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $Name {
            $($(#[doc = $field_doc])* pub $field: $crate::decode::record!(@type $kind $Type),)*
            /// Place of the map in the spec.
            pub span: $crate::source::Span,
        }

        impl $Name {
            /// The keys, in the order of the declaration.
            pub const KEYS: &'static [&'static str] = &[$($crate::decode::keys::name(stringify!($field))),*];

            const DOCS: &'static [(&'static str, &'static str)] =
                &[$(($crate::decode::keys::name(stringify!($field)), concat!($($field_doc),*))),*];
        }

        impl $crate::decode::Decode for $Name {
            fn decode(
                node: &$crate::yaml::Node,
                decoder: &mut $crate::decode::Decoder,
            ) -> Option<Self> {
                use $crate::decode::keys::Keys;
                let before = decoder.faults.len();
                if !matches!(node.value, $crate::yaml::Value::Map(_)) {
                    let types: &[(&str, $crate::decode::keys::Accepts)] = &[$((
                        $crate::decode::keys::name(stringify!($field)),
                        $crate::decode::keys::accepts::<$Type>,
                    )),*];
                    $crate::decode::keys::not_a_map(node, Self::KEYS, types, decoder);
                    return None;
                }
                let keys = Keys::of(node, Self::KEYS, decoder)?.described(Self::DOCS);
                $(
                    const EXACTLY: &[&str] = &[$($crate::decode::keys::name(stringify!($exactly))),+];
                    keys.exactly_one(EXACTLY, decoder);
                )?
                $(keys.at_least_one(&[$(stringify!($least)),+], decoder);)?
                $(keys.at_most_one(&[$(stringify!($most)),+], decoder);)*
                $(let $field = keys.$kind::<$Type>($crate::decode::keys::name(stringify!($field)), decoder);)*
                $crate::decode::record!(@left_out $mode before decoder);
                Some($Name { $($field: $crate::decode::record!(@value $kind $field),)* span: node.span })
            }

            fn keys() -> &'static [&'static str] {
                Self::KEYS
            }

            fn schema(definitions: &mut $crate::decode::Definitions) -> serde_json::Value {
                definitions.named(stringify!($Name), |definitions| {
                    let mut keys = $crate::decode::RecordSchema::default();
                    $(keys.$kind::<$Type>(
                        $crate::decode::keys::name(stringify!($field)),
                        concat!($($field_doc),*),
                        definitions,
                    );)*
                    $(
                        const EXACTLY: &[&str] = &[$($crate::decode::keys::name(stringify!($exactly))),+];
                        keys.exactly_one(EXACTLY);
                    )?
                    $(keys.at_least_one(&[$(stringify!($least)),+]);)?
                    $(keys.at_most_one(&[$(stringify!($most)),+]);)*
                    keys.finish(concat!($($doc),*), definitions)
                })
            }
        }
    };
    (@left_out strict $before:ident $decoder:ident) => {
        if $decoder.faults.len() > $before {
            return None;
        }
    };
    (@left_out lenient $before:ident $decoder:ident) => {
        let _ = $before;
    };
    (@type required $Type:ty) => { $Type };
    (@type optional $Type:ty) => { Option<$Type> };
    (@type needed $Type:ty) => { Option<$Type> };
    (@value required $field:ident) => { $field? };
    (@value optional $field:ident) => { $field };
    (@value needed $field:ident) => { $field };
    ($(#[doc = $doc:literal])* pub struct $($record:tt)+) => {
        $crate::decode::record!(@declare strict $(#[doc = $doc])* pub struct $($record)+);
    };
}

/// Declares a choice of words: the enum, its decoding and its JSON Schema.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $Name:ident { $($(#[doc = $word_doc:literal])* $Variant:ident = $word:literal,)+ }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $Name { $($(#[doc = $word_doc])* $Variant,)+ }

        impl $Name {
            /// The word as the spec writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($Name::$Variant => $word,)+ }
            }
        }

        impl $crate::decode::Decode for $Name {
            fn decode(
                node: &$crate::yaml::Node,
                decoder: &mut $crate::decode::Decoder,
            ) -> Option<Self> {
                match $crate::decode::keys::word(node, &[$($word),+], decoder)? {
                    $($word => Some($Name::$Variant),)+
                    _ => unreachable!("`word` returns one of the words it was given"),
                }
            }

            fn schema(_: &mut $crate::decode::Definitions) -> serde_json::Value {
                serde_json::json!({ "enum": [$($word),+] })
            }
        }
    };
}

/// Declares that a type with one field is written like that field.
macro_rules! newtype {
    ($Type:ident($Inner:ty)) => {
        impl $crate::decode::Decode for $Type {
            fn decode(node: &$crate::yaml::Node, decoder: &mut $crate::decode::Decoder) -> Option<Self> {
                <$Inner as $crate::decode::Decode>::decode(node, decoder).map($Type)
            }

            fn schema(definitions: &mut $crate::decode::Definitions) -> serde_json::Value {
                <$Inner as $crate::decode::Decode>::schema(definitions)
            }
        }
    };
}

pub(crate) use {newtype, record, words};
