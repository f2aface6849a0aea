//! An index of the lines of a text, which finds positions without reading the text from its start.

use std::ops::Range;

/// The distance of the bytes before which the characters are counted.
const STEP: usize = 1024;

/// The lines and characters of a text.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// The first byte of each line.
    starts: Vec<usize>,
    /// The number of characters that begin before each `STEP`-th byte, because a line may be megabytes long.
    characters: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Lines {
        let after_ends = text.match_indices('\n').map(|(end, _)| end + 1);
        let mut characters = vec![0];
        for block in text.as_bytes().chunks(STEP) {
            characters.push(characters.last().copied().unwrap_or(0) + count(block));
        }
        Lines { starts: [0].into_iter().chain(after_ends).collect(), characters }
    }

    /// The bytes of a line without its line feed. Lines count from 1.
    fn line(&self, text: &str, line: usize) -> Range<usize> {
        self.starts[line - 1]..self.starts.get(line).map_or(text.len(), |next| next - 1)
    }

    /// The bytes of a line from the character with a number on, which counts from 0, at most `most` characters.
    pub(super) fn part(&self, text: &str, line: usize, skipped: usize, most: usize) -> Range<usize> {
        let line = self.line(text, line);
        let before = self.characters_before(text, line.start);
        let byte = |character: usize| self.byte(text, before.saturating_add(character)).min(line.end);
        byte(skipped)..byte(skipped.saturating_add(most))
    }

    /// The first byte of a character of the text, or the end of the text.
    fn byte(&self, text: &str, character: usize) -> usize {
        let block = self.characters.partition_point(|&count| count <= character).saturating_sub(1);
        let start = (block * STEP..=text.len()).find(|&byte| text.is_char_boundary(byte)).unwrap_or(text.len());
        let left = character - self.characters[block];
        let is_ascii = self.characters.get(block + 1).is_some_and(|next| next - self.characters[block] == STEP);
        if is_ascii {
            return start + left;
        }
        text[start..].char_indices().nth(left).map_or(text.len(), |(byte, _)| start + byte)
    }

    /// The line and the column of a byte of the text that the index was made for. Both count from 1.
    pub(super) fn position(&self, text: &str, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= byte);
        (line, self.characters_before(text, byte) - self.characters_before(text, self.starts[line - 1]) + 1)
    }

    fn characters_before(&self, text: &str, byte: usize) -> usize {
        self.characters[byte / STEP] + count(&text.as_bytes()[byte / STEP * STEP..byte])
    }
}

/// The number of characters that begin in these bytes: in UTF-8, all bytes except those of the form `10xxxxxx`.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}
