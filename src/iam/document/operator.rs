//! Condition operators. An operator has a comparison, an optional quantifier for multivalued keys, and a rule for
//! requests without the key.

use std::fmt;
use std::str::FromStr;

macro_rules! comparisons {
    ($($name:ident)*) => {
        /// What is compared, and how. The names are AWS's (IAM User Guide, "Condition operators").
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Comparison { $(#[doc = concat!("`", stringify!($name), "`")] $name),* }

        impl Comparison {
            /// All comparisons.
            pub const ALL: &[Comparison] = &[$(Comparison::$name),*];

            /// The name as a policy spells it.
            pub fn name(self) -> &'static str {
                match self { $(Comparison::$name => stringify!($name)),* }
            }
        }
    };
}

comparisons! {
    StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike
    NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals
    DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals
    Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null
}

impl Comparison {
    /// Whether the comparison holds if *none* of the values in the policy match.
    pub fn is_negated(self) -> bool {
        self.name().contains("Not")
    }

    /// Whether strings are compared literally, so that a wildcard in the policy is an ordinary character.
    pub fn is_literal(self) -> bool {
        use Comparison as C;
        matches!(self, C::StringEquals | C::StringNotEquals | C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase)
    }
}

/// How to compare a key that has several values in the request (IAM User Guide, "Multivalued context keys").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantifier {
    /// Every value in the request must match. Holds if there are no values.
    ForAllValues,
    /// At least one value in the request must match. Fails if there are no values.
    ForAnyValue,
}

/// A condition operator as a policy writes it, for example `ForAnyValue:StringLike` or `StringEqualsIfExists`.
///
/// `Null` has neither a quantifier nor `IfExists`, because it tests whether the key exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operator {
    comparison: Comparison,
    quantifier: Option<Quantifier>,
    if_exists: bool,
}

impl Operator {
    /// `StringEquals`
    pub const STRING_EQUALS: Operator = Operator::plain(Comparison::StringEquals);
    /// `StringLike`
    pub const STRING_LIKE: Operator = Operator::plain(Comparison::StringLike);
    /// `ForAnyValue:StringLike`
    pub const ANY_STRING_LIKE: Operator =
        Operator { quantifier: Some(Quantifier::ForAnyValue), ..Operator::plain(Comparison::StringLike) };
    /// `ForAllValues:StringLike`
    pub const ALL_STRING_LIKE: Operator =
        Operator { quantifier: Some(Quantifier::ForAllValues), ..Operator::plain(Comparison::StringLike) };
    /// `ForAllValues:StringNotLike`
    pub const NO_STRING_LIKE: Operator =
        Operator { quantifier: Some(Quantifier::ForAllValues), ..Operator::plain(Comparison::StringNotLike) };
    /// `ArnEquals`
    pub const ARN_EQUALS: Operator = Operator::plain(Comparison::ArnEquals);
    /// `ArnLike`
    pub const ARN_LIKE: Operator = Operator::plain(Comparison::ArnLike);

    /// The comparison with neither quantifier nor `IfExists`.
    pub const fn plain(comparison: Comparison) -> Self {
        Operator { comparison, quantifier: None, if_exists: false }
    }

    /// The comparison.
    pub fn comparison(self) -> Comparison {
        self.comparison
    }

    /// The quantifier.
    pub fn quantifier(self) -> Option<Quantifier> {
        self.quantifier
    }

    /// Whether the condition holds for a request that lacks the key (IAM User Guide, "Condition operators" and
    /// "Multivalued context keys"). Don't use this for `Null`, where the value in the policy decides.
    pub fn holds_without_key(self) -> bool {
        match self.quantifier {
            _ if self.if_exists => true,
            Some(Quantifier::ForAllValues) => true,
            Some(Quantifier::ForAnyValue) => false,
            None => self.comparison.is_negated(),
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quantifier = match self.quantifier {
            None => "",
            Some(Quantifier::ForAllValues) => "ForAllValues:",
            Some(Quantifier::ForAnyValue) => "ForAnyValue:",
        };
        let if_exists = if self.if_exists { "IfExists" } else { "" };
        write!(f, "{quantifier}{}{if_exists}", self.comparison.name())
    }
}

/// The text is not a condition operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownOperator;

impl FromStr for Operator {
    type Err = UnknownOperator;

    fn from_str(text: &str) -> Result<Self, UnknownOperator> {
        let (quantifier, rest) = match text.split_once(':') {
            None => (None, text),
            Some(("ForAllValues", rest)) => (Some(Quantifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::ForAnyValue), rest),
            Some(_) => return Err(UnknownOperator),
        };
        let (name, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |name| (name, true));
        let named = Comparison::ALL.iter().copied().find(|comparison| comparison.name() == name);
        let comparison = named.ok_or(UnknownOperator)?;
        if comparison == Comparison::Null && (quantifier.is_some() || if_exists) {
            return Err(UnknownOperator);
        }
        Ok(Operator { comparison, quantifier, if_exists })
    }
}
