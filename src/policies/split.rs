//! A permission policy that is larger than IAM takes, divided into several.
//!
//! A repository that comes or goes should change one policy, and leave the others as they are. So the place of a
//! resource depends on its own name only: while a policy is too large it is halved by the next bit of a hash of its
//! resources' names, as extendible hashing does. The half with the zeros keeps the number, so that the first policy
//! stays the one that an undivided policy was. Filling one policy after the other would need fewer of them, but a
//! resource early in the order would then push one over from each policy into the next.

use crate::iam::{Bindings, Document, Element, Part, PolicyKind, Statement, Symbol, Text};

/// How many managed policies a role can have (IAM user guide, "IAM and AWS STS quotas"; AWS raises it on request).
pub const MOST_POLICIES: usize = 10;

/// How long the name of a policy can be (IAM API reference, `policyNameType`).
pub const LONGEST_NAME: usize = 128;

/// One of the policies into which a permission policy is divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPart {
    /// Its number, from 1; where policies have run empty there are gaps.
    pub number: u64,
    /// What it says.
    pub document: Document,
}

impl PolicyPart {
    /// What it is called, after the undivided policy. No name of an access entry has a dot, so none is taken.
    pub fn name(&self, whole: &str) -> String {
        if self.number == 1 { whole.to_owned() } else { format!("{whole}.{}", self.number) }
    }
}

/// What the part of this number, or its attachment, is called in Terraform, after the undivided policy. No
/// [`Label`](crate::platform::Label) has `-p` in it, so none is taken.
pub fn label(number: u64, whole: &str) -> String {
    if number == 1 { whole.to_owned() } else { format!("{whole}-p{number}") }
}

/// The policies that say together what the document says, by their numbers. One is too large only if a single
/// resource makes it so.
pub fn parts(document: &Document, bindings: &Bindings) -> Vec<PolicyPart> {
    let mut parts = Vec::new();
    let split = Division { document, bindings };
    split.halve(split.pieces(), 0, 1, &mut parts);
    parts.sort_by_key(|part| part.number);
    parts
}

struct Division<'d> {
    document: &'d Document,
    bindings: &'d Bindings,
}

/// A statement about one of its resources.
#[derive(Clone)]
struct Piece<'d> {
    statement: usize,
    resource: &'d Text,
    hash: u64,
}

impl<'d> Division<'d> {
    fn pieces(&self) -> Vec<Piece<'d>> {
        let statements = self.document.statements.iter().enumerate();
        let pieces = statements.flat_map(|(statement, content)| {
            let resources = resources(content).iter();
            resources.map(move |resource| Piece { statement, resource, hash: hash(resource) })
        });
        pieces.collect()
    }

    fn halve(&self, pieces: Vec<Piece<'d>>, depth: u32, number: u64, parts: &mut Vec<PolicyPart>) {
        let document = self.of(&pieces);
        let one = pieces.iter().all(|piece| piece.hash == pieces[0].hash);
        if one || PolicyKind::Managed.fits(&document, self.bindings) {
            parts.push(PolicyPart { number, document });
            return;
        }
        let (ones, zeros): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| piece.hash >> depth & 1 == 1);
        for (half, number) in [(zeros, number), (ones, number + (1 << depth))] {
            if !half.is_empty() {
                self.halve(half, depth + 1, number, parts);
            }
        }
    }

    /// The statements, each about those of its resources that are among the pieces, in the order of the whole.
    fn of(&self, pieces: &[Piece]) -> Document {
        let statements = pieces.chunk_by(|a, b| a.statement == b.statement).map(|pieces| Statement {
            resources: Some(Element::Only(pieces.iter().map(|piece| piece.resource.clone()).collect())),
            ..self.document.statements[pieces[0].statement].clone()
        });
        Document::new(statements)
    }
}

/// What a statement speaks of.
fn resources(statement: &Statement) -> &[Text] {
    match &statement.resources {
        Some(Element::Only(resources)) => resources,
        Some(Element::AllExcept(_)) | None => unreachable!("our permission policies name what they speak of"),
    }
}

/// FNV-1a, and the last step of MurmurHash3 that makes each bit depend on all. It decides which policy holds what, so
/// it must never change; and an account or a partition that becomes known later must not change it.
fn hash(resource: &Text) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in resource.parts() {
        let text = match part {
            Part::Literal(text) | Part::Symbol(Symbol::Arn(text) | Symbol::Issuer(text)) => text.as_str(),
            Part::Symbol(_) => "",
        };
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
