//! The lines of bodies, lists and objects: comments and blank lines between items, and runs of aligned arguments.

use super::Printer;
use crate::terraform::collection::Line;

impl Printer {
    /// Prints items with the comments and blank lines between them. Blank lines at the beginning and the end are left
    /// out, and several in a row become one.
    pub(super) fn lines<T>(&mut self, lines: &[Line<T>], mut item: impl FnMut(&mut Self, usize, &T)) {
        let start = self.out.len();
        let mut blank = false;
        for (index, line) in lines.iter().enumerate() {
            if matches!(line, Line::Blank) {
                blank = self.out.len() > start;
                continue;
            }
            if std::mem::take(&mut blank) {
                self.end_line();
            }
            match line {
                Line::Item(content) => item(self, index, content),
                Line::Comment(text) => self.comment(text),
                Line::Blank => unreachable!("handled above"),
            }
        }
    }
}

/// Consecutive lines whose `=` signs are aligned.
#[derive(Default)]
pub(super) struct Run {
    end: usize,
    width: usize,
}

impl Run {
    /// The width of the left sides of the run that contains line `index`. `column` returns the width of a line's left
    /// side if the line can be part of a run.
    pub(super) fn width_at<T>(
        &mut self,
        lines: &[Line<T>],
        index: usize,
        mut column: impl FnMut(&T) -> Option<usize>,
    ) -> usize {
        if index >= self.end {
            let widths = lines[index..].iter().map_while(|line| line.item().and_then(&mut column));
            (self.end, self.width) = widths.fold((index, 0), |(end, width), own| (end + 1, width.max(own)));
        }
        self.width
    }
}
