//! The output as a whole: the shipped output, text that remains text, and retention rules with their comments.

mod checkov;
mod every_field;
mod free_text;
mod golden;
mod prerequisites;
mod readme;
mod retention;
mod role_variables;
mod variables;
mod waivers;
