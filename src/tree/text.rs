//! Newtypes of texts that are valid once parsed, and their conversions for serde and messages.

/// Implements the conversions of a newtype with a `parse` function: from and to `String` for serde, and `Display`.
macro_rules! parsed_text {
    ($Text:ident, $Bad:ident) => {
        impl TryFrom<String> for $Text {
            type Error = $Bad;

            fn try_from(text: String) -> Result<$Text, $Bad> {
                $Text::parse(&text)
            }
        }

        impl From<$Text> for String {
            fn from(text: $Text) -> String {
                text.0
            }
        }

        impl std::fmt::Display for $Text {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::error::Error for $Bad {}
    };
}

pub(super) use parsed_text;
