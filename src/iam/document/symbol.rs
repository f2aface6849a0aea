//! What only the apply knows.

/// Something that is known only when the plan is applied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// The partition, as in the second segment of an ARN: `aws`, `aws-cn`, `aws-us-gov`, …
    Partition,
    /// The domain under which the partition's services live: `amazonaws.com`, `amazonaws.com.cn`, …
    DnsSuffix,
    /// The region of the apply.
    Region,
    /// The account of the apply: twelve digits.
    AccountId,
    /// The ARN of the thing that whoever builds the document calls by this name.
    Arn(String),
    /// Host and path of the OIDC issuer that whoever builds the document calls by this name: the issuer's URL without
    /// `https://`, as condition keys and provider ARNs spell it.
    Issuer(String),
}
