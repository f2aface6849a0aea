//! The output as a whole: what is shipped, text that stays text, and retentions with their comments.

mod free_text;
mod golden;
mod retention;
