//! The output as a whole: the shipped output, free text that remains text, and retention rules with their comments.

mod free_text;
mod golden;
mod retention;
mod variables;
