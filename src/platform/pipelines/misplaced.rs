//! Keys of image pipelines in a pipeline that checks, and the reverse.

use crate::diagnostic::{Diagnostic, codes};
use crate::language::pipelines::Pipeline;
use crate::source::{Span, Spanned};

/// An error for each key that the pipeline cannot have.
pub(super) fn keys(written: &Pipeline) -> Vec<Diagnostic> {
    let (wanted, keys) = match written.r#as {
        Some(_) => ("checks", of_checks(written)),
        None => ("as", of_images(written)),
    };
    let fault = |(key, span): (&str, Span)| {
        let message = format!("`{key}` is only for pipelines with `{wanted}`");
        let fault = Diagnostic::new(&codes::BAD_PIPELINE, span, message).on_key();
        fault.help(format!("remove `{key}`")).at(key)
    };
    keys.into_iter().filter_map(|(key, span)| Some(fault((key, span?)))).collect()
}

fn of_checks(written: &Pipeline) -> Vec<(&'static str, Option<Span>)> {
    vec![
        ("host", place(&written.host)),
        ("specs", first(&written.specs)),
        ("install", place(&written.install)),
        ("atlantis", place(&written.atlantis)),
        ("apply", written.apply.as_ref().map(|apply| apply.span)),
    ]
}

fn of_images(written: &Pipeline) -> Vec<(&'static str, Option<Span>)> {
    vec![
        ("context", place(&written.context)),
        ("findings", written.findings.as_ref().map(|findings| findings.span)),
        ("platforms", first(&written.platforms)),
        ("sign", place(&written.sign)),
        ("sbom", place(&written.sbom)),
        ("ensure_repository", place(&written.ensure_repository)),
        ("gitops", written.gitops.as_ref().map(|gitops| gitops.span)),
        ("backstage", written.backstage.as_ref().map(|backstage| backstage.span)),
    ]
}

fn place<T>(value: &Option<Spanned<T>>) -> Option<Span> {
    value.as_ref().map(|value| value.span)
}

fn first<T>(list: &Option<Vec<Spanned<T>>>) -> Option<Span> {
    list.iter().flatten().next().map(|item| item.span)
}
