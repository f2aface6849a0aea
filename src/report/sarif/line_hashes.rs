//! The fingerprint of a line, by which GitHub recognizes an alert after lines above it were added or removed.

use std::collections::HashMap;

/// Number of characters that a hash covers, counted from the start of the line.
const WINDOW: usize = 100;

/// The base of the polynomial.
const BASE: u64 = 37;

/// A number that no UTF-16 code unit of a text has. It is hashed as the end of the file.
const END: u64 = 0xffff;

/// The fingerprint of each line of a file: `primaryLocationLineHash`.
///
/// GitHub uses no other fingerprint, and its upload action warns about one that differs from what it computes. It hashes the
/// 100 UTF-16 code units from the start of the line without spaces and tabs, with each line end as one LF, and appends how
/// often the hash occurred up to this line (`fingerprints.ts` of github/codeql-action).
pub struct LineHashes(Vec<(u64, u32)>);

impl LineHashes {
    /// The fingerprints of the lines of a text, in linear time.
    pub fn of(text: &str) -> LineHashes {
        let (units, starts) = units(text);
        let shifted_out = (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        let unit = |at: usize| units.get(at).copied().unwrap_or(0);
        let mut hash = (0..WINDOW).fold(0_u64, |hash, at| hash.wrapping_mul(BASE).wrapping_add(unit(at)));
        let mut at = 0;
        let mut seen: HashMap<u64, u32> = HashMap::new();
        let hashes = starts.into_iter().map(|start| {
            while at < start {
                let added = hash.wrapping_mul(BASE).wrapping_add(unit(at + WINDOW));
                hash = added.wrapping_sub(shifted_out.wrapping_mul(unit(at)));
                at += 1;
            }
            let count = seen.entry(hash).or_default();
            *count += 1;
            (hash, *count)
        });
        LineHashes(hashes.collect())
    }

    /// The fingerprint of a line. Lines count from 1.
    pub fn line(&self, line: usize) -> Option<String> {
        let (hash, count) = self.0.get(line.checked_sub(1)?)?;
        Some(format!("{hash:x}:{count}"))
    }
}

/// The code units that are hashed, and the index of the first one of each line.
fn units(text: &str) -> (Vec<u64>, Vec<usize>) {
    let (mut units, mut starts) = (Vec::with_capacity(text.len() + 1), vec![0]);
    let mut is_after_cr = false;
    for unit in text.encode_utf16() {
        let ends = unit == u16::from(b'\n') && !is_after_cr || unit == u16::from(b'\r');
        let is_skipped = [b' ', b'\t', b'\n'].map(u16::from).contains(&unit) && !ends;
        is_after_cr = unit == u16::from(b'\r');
        if ends {
            units.push(u64::from(b'\n'));
            starts.push(units.len());
        } else if !is_skipped {
            units.push(u64::from(unit));
        }
    }
    units.push(END);
    (units, starts)
}
