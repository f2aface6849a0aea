//! The IAM model on its own.

mod action;
mod arn;
mod document;
mod evaluate;
mod github_subject;
mod operator;
mod size;
mod text;
mod trust;
