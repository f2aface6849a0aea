//! A place in a tree, as messages name it.

use std::fmt;

use crate::source::Span;
use crate::terraform::body::{Attribute, Block};

/// A block and the blocks around it.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub block: &'a Block,
    around: Option<&'a Place<'a>>,
    /// The place in the spec that it comes from.
    pub origin: Option<Span>,
}

impl<'a> Place<'a> {
    /// A block of the file.
    pub fn of(block: &'a Block) -> Self {
        Place { block, around: None, origin: block.origin }
    }

    /// A block in this one.
    pub fn nested(&'a self, block: &'a Block) -> Self {
        Place { block, around: Some(self), origin: block.origin.or(self.origin) }
    }

    /// An argument of the block.
    pub fn argument(&self, attribute: &Attribute) -> Self {
        Place { origin: attribute.origin.or(self.origin), ..*self }
    }

    /// Whether the block is not nested in another one.
    pub fn is_top_level(&self) -> bool {
        self.around.is_none()
    }
}

impl fmt::Display for Place<'_> {
    /// The address in Terraform (`data.aws_region.current`), followed by the nested block.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.block.kind.as_str();
        if let Some(around) = self.around {
            return write!(f, "{around} {kind}");
        }
        let labels = self.block.labels.iter().map(|label| label.as_str());
        let address = labels.fold(String::new(), |address, label| address + "." + label);
        f.write_str(if kind == "resource" { address.trim_start_matches('.') } else { kind })?;
        if kind == "resource" { Ok(()) } else { f.write_str(&address) }
    }
}
