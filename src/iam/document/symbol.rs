//! Values that are only known during the apply.

/// A value that is only known when the plan is applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// The partition, as in the second segment of an ARN: `aws`, `aws-cn`, `aws-us-gov`, …
    Partition,
    /// The domain of the services in the partition: `amazonaws.com`, `amazonaws.com.cn`, …
    DnsSuffix,
    /// The region of the apply.
    Region,
    /// The account ID of the apply: twelve digits.
    AccountId,
    /// The ARN of a resource. The code that builds the document chooses this name.
    Arn(String),
    /// The host and path of an OIDC issuer: its URL without `https://`, as condition keys and provider ARNs spell it.
    /// The code that builds the document chooses this name.
    Issuer(String),
    /// A value about which nothing is known until the apply.
    Given(Given),
}

/// A value about which nothing is known until the apply, except its form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Given {
    /// The expression that gives it.
    pub expression: String,
    /// The regular expression that the value must match, if nothing else checks that.
    pub pattern: Option<String>,
}
