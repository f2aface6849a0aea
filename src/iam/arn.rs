//! Amazon Resource Names (ARNs), and the ARN patterns that policies use.

use std::fmt;
use std::str::FromStr;

use crate::iam::glob::{self, Glob};
use crate::iam::{Symbol, Text};

/// An ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE` (AWS General Reference, "Amazon Resource Names"). The
/// region and the account can be empty, and the resource can contain more colons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    /// `aws`, `aws-cn`, …
    pub partition: String,
    /// `ecr`, `iam`, …
    pub service: String,
    /// Empty for services without regions, such as IAM.
    pub region: String,
    /// Twelve digits, `aws`, or empty.
    pub account: String,
    /// Everything after the account, for example `repository/team/app`.
    pub resource: String,
}

/// The text has fewer than six segments, does not begin with `arn`, or has an empty segment that is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidArn;

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Arn { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

impl FromStr for Arn {
    type Err = InvalidArn;

    fn from_str(text: &str) -> Result<Self, InvalidArn> {
        let mut segments = text.strip_prefix("arn:").ok_or(InvalidArn)?.splitn(5, ':');
        let mut next = || segments.next().ok_or(InvalidArn);
        let [partition, service, region, account, resource] = [next()?, next()?, next()?, next()?, next()?];
        if [partition, service, resource].iter().any(|segment| segment.is_empty()) {
            return Err(InvalidArn);
        }
        Ok(Arn {
            partition: partition.into(),
            service: service.into(),
            region: region.into(),
            account: account.into(),
            resource: resource.into(),
        })
    }
}

/// The ARNs that a resource element or an ARN condition covers: all of them (`*`), or those that match in every
/// segment. A `*` in a segment matches any `/` but stops at the next colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnPattern(Extent);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Extent {
    All,
    Segments([Vec<Glob>; 5]),
}

impl ArnPattern {
    /// Reads a pattern whose wildcards are already separated from ordinary characters.
    pub(super) fn from_globs(globs: &[Glob]) -> Result<Self, InvalidArn> {
        if globs == [Glob::Any] {
            return Ok(ArnPattern(Extent::All));
        }
        let mut segments = globs.splitn(6, |glob| *glob == Glob::Char(':')).map(<[Glob]>::to_vec);
        let mut next = || segments.next().ok_or(InvalidArn);
        let (scheme, segments) = (next()?, [next()?, next()?, next()?, next()?, next()?]);
        let [partition, service, _, _, resource] = &segments;
        let is_complete = [partition, service, resource].iter().all(|segment| !segment.is_empty());
        if scheme == glob::parse("arn") && is_complete {
            Ok(ArnPattern(Extent::Segments(segments)))
        } else {
            Err(InvalidArn)
        }
    }

    /// Whether the pattern covers the ARN. The comparison is case-sensitive.
    pub fn covers(&self, arn: &Arn) -> bool {
        let Extent::Segments(patterns) = &self.0 else { return true };
        let segments = [&arn.partition, &arn.service, &arn.region, &arn.account, &arn.resource];
        patterns.iter().zip(segments).all(|(pattern, segment)| glob::covers(pattern, segment))
    }

    /// Whether the service has no wildcard. AWS requires this in a resource element, but not in an ARN condition.
    pub(super) fn names_service(&self) -> bool {
        let Extent::Segments([_, service, ..]) = &self.0 else { return true };
        service.iter().all(|glob| matches!(glob, Glob::Char(_)))
    }

    /// Whether the pattern covers everything, including actions without a resource.
    pub fn is_all(&self) -> bool {
        self.0 == Extent::All
    }
}

impl FromStr for ArnPattern {
    type Err = InvalidArn;

    /// Reads a resource element. Rejects a wildcard in the service, and a pattern with a missing segment
    /// (`arn:aws:ecr:*`), because AWS does not document whether a `*` matches colons.
    fn from_str(text: &str) -> Result<Self, InvalidArn> {
        let pattern = Self::from_globs(&glob::parse(text))?;
        if pattern.names_service() { Ok(pattern) } else { Err(InvalidArn) }
    }
}

/// The ARN of a repository in this account and region. The name can be a pattern such as `team/*`.
pub fn repository(name: &str) -> Text {
    regional("ecr", &Symbol::Region.into(), &Symbol::AccountId.into(), "repository/").literal(name)
}

/// The ARN of this account's OIDC provider for an issuer, given as host and path. An account has one provider per
/// issuer.
pub fn oidc_provider(issuer: &Text) -> Text {
    iam("oidc-provider/").then(issuer)
}

/// The ARN that represents a whole account in a principal element.
pub fn account_root(account: &Text) -> Text {
    start("iam").literal(":").then(account).literal(":root")
}

/// The ARN of an IAM resource in this account, or the beginning of such ARNs (`role/`).
pub fn iam(resource: &str) -> Text {
    regional("iam", &Text::default(), &Symbol::AccountId.into(), resource)
}

/// The ARN of a resource in a region and an account, or the beginning of such ARNs.
pub fn regional(service: &str, region: &Text, account: &Text, resource: &str) -> Text {
    start(service).then(region).literal(":").then(account).literal(":").literal(resource)
}

/// Whether the text is an account ID: twelve digits.
pub(super) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `arn:PARTITION:SERVICE:`
fn start(service: &str) -> Text {
    Text::from("arn:").symbol(Symbol::Partition).literal(":").literal(service).literal(":")
}
