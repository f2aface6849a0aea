//! Text of a given form: newtypes whose values match a regular expression.

/// Text that matches a regular expression.
///
/// Both the decoder and the JSON Schema use the expression, so it only contains what regex-lite and ECMA 262 interpret in
/// the same way: no `.`, `\s` or `\d`. What depends on other values, such as the length of a name after its placeholders
/// are expanded, is checked when the platform is resolved.
pub trait Form: Sized {
    /// The regular expression.
    const PATTERN: &'static str;

    /// The form in words. It completes the message "`x` is not valid here: expected …".
    const WANTED: &'static str;

    /// The unit at the end of the text, if the form has one.
    const UNIT: Option<char>;

    /// What to write if a text of this form is missing, if the name of the key is not enough.
    const IF_MISSING: Option<&'static str>;

    /// The regular expression of the ARNs of this form, and those ARNs in words, if variables can state that they hold one.
    const ARN: Option<(&'static str, &'static str)>;

    /// Returns the value if the text has this form.
    fn of(text: &str) -> Option<Self>;

    /// What the author of a text without this form probably intended. The result may not have this form either.
    fn intended(text: &str) -> Option<String>;

    /// What to do about a text without this form whose author intended something that is written in another way.
    fn advice(text: &str) -> Option<&'static str>;
}

/// The text of this form that the author of another text probably intended.
pub fn intended<T: Form>(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let hyphens = lower.replace([' ', '_'], "-");
    let without_end = |text: &str| text.trim_end_matches([',', ';', '/', '-', '.', '_']).to_owned();
    let trimmed = [without_end(text.trim()), without_end(&lower)].map(Some);
    let candidates = [T::intended(text.trim()), Some(text.trim().to_owned()), Some(lower), Some(hyphens)];
    let candidates = candidates.into_iter().chain(trimmed);
    candidates.into_iter().flatten().find(|candidate| T::of(candidate).is_some())
}

/// Declares text of a given form: the newtype and its [`Form`].
///
/// `unit 'd'` is the unit at the end of the text; `if missing "…"` is what to write where the text is missing; `or arn T` is
/// the form of those that are ARNs; `intended by f` is a function from other texts to what their authors probably intended, `advised by f` one to what to do about them.
macro_rules! text {
    (
        $(#[doc = $doc:literal])* pub struct $Name:ident = $pattern:literal, $wanted:literal
        $(, unit $unit:literal)? $(, if missing $missing:literal)? $(, or arn $Arn:ident)? $(, intended by $intended:path)?
        $(, advised by $advice:path)?;
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(String);

        impl $Name {
            /// Returns the value if the text has this form.
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
            const ARN: Option<(&'static str, &'static str)> = $crate::value::form::text!(@arn $($Arn)?);

            fn of(text: &str) -> Option<Self> {
                Self::parse(text)
            }

            fn intended(text: &str) -> Option<String> {
                $crate::value::form::text!(@intended text $($intended)?)
            }

            fn advice(text: &str) -> Option<&'static str> {
                $crate::value::form::text!(@intended text $($advice)?)
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
    (@intended $text:ident) => {{
        let _ = $text;
        None
    }};
    (@intended $text:ident $intended:path) => { $intended($text) };
    (@option) => { None };
    (@option $value:literal) => { Some($value) };
    (@arn) => { None };
    (@arn $Arn:ident) => { Some((<$Arn as $crate::value::Form>::PATTERN, <$Arn as $crate::value::Form>::WANTED)) };
}

pub(crate) use text;
