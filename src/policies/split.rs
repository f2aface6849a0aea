//! Splits a permission policy that exceeds the size limit of IAM into several policies.
//!
//! Adding or removing a repository should change one policy and leave the others unchanged. Therefore, the policy that
//! a resource belongs to depends only on the name of the resource. While a policy is too large, it is split in two by
//! the next bit of a hash of the resource names, as in extendible hashing. The half with the zeros keeps the number, so
//! the first policy continues the policy before the split. Filling one policy after the other would need fewer
//! policies, but a new resource early in the order would then move one resource from each policy to the next.

use crate::iam::{Bindings, Document, Element, Part, PolicyKind, Statement, Symbol, Text};

/// The number of managed policies that a role can have (IAM user guide, "IAM and AWS STS quotas"; AWS raises it on
/// request).
pub const MOST_POLICIES: usize = 10;

/// The maximum length of a policy name (IAM API reference, `policyNameType`).
pub const LONGEST_NAME: usize = 128;

/// One of the policies into which a permission policy is split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPart {
    /// The number, starting at 1. Parts that would be empty leave gaps.
    pub number: u64,
    /// The policy document.
    pub document: Document,
}

impl PolicyPart {
    /// The name, derived from the name of the whole policy. It is unique, because names of access entries have no dots.
    pub fn name(&self, whole: &str) -> String {
        if self.number == 1 { whole.to_owned() } else { format!("{whole}.{}", self.number) }
    }
}

/// The label in Terraform of the part with this number, or of its attachment, derived from the label of the whole
/// policy. It is unique, because no [`Label`](crate::platform::Label) contains `-p`.
pub fn label(number: u64, whole: &str) -> String {
    if number == 1 { whole.to_owned() } else { format!("{whole}-p{number}") }
}

/// Splits the document into policies that together are equivalent to it, sorted by number. A part is too large only if
/// a single resource is too large.
pub fn parts(document: &Document, bindings: &Bindings) -> Vec<PolicyPart> {
    let mut parts = Vec::new();
    let splitter = Splitter { heads: document.statements.iter().map(head).collect(), bindings };
    splitter.halve(pieces(document), 0, 1, &mut parts);
    parts.sort_by_key(|part| part.number);
    parts
}

struct Splitter<'d> {
    /// The statements of the whole document, without their resources.
    heads: Vec<Statement>,
    bindings: &'d Bindings,
}

/// One resource of a statement.
#[derive(Clone)]
struct Piece<'d> {
    statement: usize,
    resource: &'d Text,
    hash: u64,
}

fn pieces(document: &Document) -> Vec<Piece<'_>> {
    let statements = document.statements.iter().enumerate();
    let pieces = statements.flat_map(|(statement, content)| {
        let resources = resources(content).iter();
        resources.map(move |resource| Piece { statement, resource, hash: hash(resource) })
    });
    pieces.collect()
}

/// A statement without its resources.
fn head(statement: &Statement) -> Statement {
    let Statement { sid, effect, principal, actions, resources: _, conditions } = statement;
    Statement {
        sid: sid.clone(),
        effect: *effect,
        principal: principal.clone(),
        actions: actions.clone(),
        resources: None,
        conditions: conditions.clone(),
    }
}

impl Splitter<'_> {
    fn halve(&self, pieces: Vec<Piece>, depth: u32, number: u64, parts: &mut Vec<PolicyPart>) {
        let document = self.of(&pieces);
        let is_indivisible = pieces.iter().all(|piece| piece.hash == pieces[0].hash);
        if is_indivisible || PolicyKind::Managed.fits(&document, self.bindings) {
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

    /// A document with these pieces, in the order of the whole document. Each statement keeps only the resources that
    /// are among the pieces.
    fn of(&self, pieces: &[Piece]) -> Document {
        let statements = pieces.chunk_by(|a, b| a.statement == b.statement).map(|pieces| Statement {
            resources: Some(Element::Only(pieces.iter().map(|piece| piece.resource.clone()).collect())),
            ..self.heads[pieces[0].statement].clone()
        });
        Document::new(statements)
    }
}

/// The resources of a statement.
fn resources(statement: &Statement) -> &[Text] {
    match &statement.resources {
        Some(Element::Only(resources)) => resources,
        Some(Element::AllExcept(_)) | None => unreachable!("permission policies of ecrgen list their resources"),
    }
}

/// FNV-1a, followed by the final step of MurmurHash3, which makes each bit depend on all others. The hash determines
/// which policy contains a resource, so it must never change. It must also not change when an account or a partition
/// becomes known later, so those symbols are ignored.
fn hash(resource: &Text) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in resource.parts() {
        let text = match part {
            Part::Literal(text) | Part::Symbol(Symbol::Arn(text) | Symbol::Issuer(text)) => text.as_str(),
            Part::Symbol(Symbol::Given(given)) => given.expression.as_str(),
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
