//! Statement IDs (Sids).

use crate::iam::Sid;

/// The Sid with this text, which must be letters and digits.
pub fn sid(name: &str) -> Sid {
    name.parse().expect("the Sids of ecrgen are letters and digits")
}

/// Converts `uat-and-qa` to `UatAndQa`, because a Sid can only contain letters and digits.
pub fn sid_of(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect()
}
