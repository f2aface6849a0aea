//! Texts that are good once they are parsed, and what serde and messages need of them.

/// The conversions of a newtype with a `parse`: from and to a `String` for serde, and its text for messages.
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
