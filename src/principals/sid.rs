//! Names of statements.

use crate::iam::Sid;

/// A name of ours.
pub fn sid(name: &str) -> Sid {
    name.parse().expect("a Sid of this program is letters and digits")
}

/// `uat-and-qa` as `UatAndQa`: a Sid has letters and digits only.
pub fn sid_of(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect()
}
