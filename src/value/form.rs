//! Texts of a form: a newtype whose values match one regular expression.

/// A text that matches one regular expression.
///
/// The expression drives the decoder and the JSON Schema alike, so it keeps to what regex-lite and ECMA 262 read
/// alike: no `.`, `\s` or `\d`. What only other values can tell (a name that is too long once expanded) is judged when
/// the platform is resolved.
pub trait Form: Sized {
    /// The form, as a regular expression.
    const PATTERN: &'static str;

    /// The form in words, to complete the sentence "`x` is not …".
    const WANTED: &'static str;

    /// The unit that ends every text of the form, if there is one.
    const UNIT: Option<char>;

    /// What to write where such a text is missing, if that needs more than the key's name.
    const IF_MISSING: Option<&'static str>;

    /// Takes a text of this form, and nothing else.
    fn of(text: &str) -> Option<Self>;
}

/// Declares a text of a form: the newtype and its [`Form`].
///
/// `unit 'd'` names the unit that ends every text; `if missing "…"` says what to write where one is missing.
macro_rules! text {
    (
        $(#[doc = $doc:literal])* pub struct $Name:ident = $pattern:literal, $wanted:literal
        $(, unit $unit:literal)? $(, if missing $missing:literal)?;
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(String);

        impl $Name {
            /// Takes a text of this form, and nothing else.
            pub fn parse(text: &str) -> Option<Self> {
                static FORM: std::sync::LazyLock<regex_lite::Regex> =
                    std::sync::LazyLock::new(|| regex_lite::Regex::new($pattern).expect("a constant pattern"));
                FORM.is_match(text).then(|| $Name(text.to_owned()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $crate::value::Form for $Name {
            const PATTERN: &'static str = $pattern;
            const WANTED: &'static str = $wanted;
            const UNIT: Option<char> = $crate::value::form::text!(@option $($unit)?);
            const IF_MISSING: Option<&'static str> = $crate::value::form::text!(@option $($missing)?);

            fn of(text: &str) -> Option<Self> {
                Self::parse(text)
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
    (@option) => { None };
    (@option $value:literal) => { Some($value) };
}

pub(crate) use text;
