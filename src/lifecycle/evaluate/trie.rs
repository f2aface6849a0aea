//! A prefix tree that finds which of many literal heads a tag starts with, in a single pass over the tag.

/// Maps heads to their ids.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    next: Vec<(u8, usize)>,
    ends: Vec<usize>,
}

impl Trie {
    /// Builds a tree of these heads. The id of a head is its position.
    pub(super) fn of<'h>(heads: impl Iterator<Item = &'h str>) -> Trie {
        let mut trie = Trie { nodes: vec![Node::default()] };
        for (id, head) in heads.enumerate() {
            let end = head.bytes().fold(0, |node, byte| trie.child(node, byte));
            trie.nodes[end].ends.push(id);
        }
        trie
    }

    fn child(&mut self, node: usize, byte: u8) -> usize {
        match self.step(node, byte) {
            Some(child) => child,
            None => {
                let child = self.nodes.len();
                self.nodes.push(Node::default());
                self.nodes[node].next.push((byte, child));
                child
            }
        }
    }

    fn step(&self, node: usize, byte: u8) -> Option<usize> {
        self.nodes[node].next.iter().find(|(label, _)| *label == byte).map(|&(_, child)| child)
    }

    /// Calls `found` with the id of each head that the text starts with.
    pub(super) fn prefixes_of(&self, text: &str, mut found: impl FnMut(usize)) {
        let mut node = 0;
        let mut bytes = text.bytes();
        loop {
            self.nodes[node].ends.iter().for_each(|&id| found(id));
            match bytes.next().and_then(|byte| self.step(node, byte)) {
                Some(child) => node = child,
                None => return,
            }
        }
    }
}
