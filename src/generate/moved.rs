//! `moved` blocks: the state follows a resource to its new address.

use super::expression::Writer;
use crate::terraform::{Block, Traversal};

/// The blocks. If the spec states that labels were spelled in another way, they are followed by a `moved` block for each
/// resource whose label differs.
pub fn with_moved(writer: &Writer, blocks: impl Fn(&Writer) -> Vec<Block>) -> Vec<Block> {
    let root = &writer.policies.platform.root;
    let mut now = blocks(writer);
    let Some(written) = &root.labels_were else { return now };
    let earlier = Writer { spelling: root.earlier_spelling(), place: writer.place.clone(), ..*writer };
    let pairs = blocks(&earlier).into_iter().zip(&now).filter(|(earlier, now)| earlier.labels != now.labels);
    let moved = pairs.filter_map(|(earlier, now)| Some(from_to(address(&earlier)?, address(now)?)));
    let moved: Vec<Block> = moved.map(|block| block.origin(written.span)).collect();
    now.extend(moved);
    now
}

/// The address of a resource; data sources and other blocks have no state to move.
fn address(block: &Block) -> Option<Traversal> {
    let [kind, label] = block.labels.as_slice() else { return None };
    let address = Traversal::parse(&format!("{}.{}", kind.as_str(), label.as_str()));
    (block.kind.as_str() == "resource").then(|| address.expect("labels are names"))
}

/// A `moved` block.
pub fn from_to(from: Traversal, to: Traversal) -> Block {
    Block::bare("moved").attr("from", from).attr("to", to)
}
