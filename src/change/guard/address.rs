//! Terraform addresses that change although the resource stays.

use crate::diagnostic::{Diagnostic, codes};
use crate::platform::naming::label::respelled;
use crate::platform::root_module::form::Form;
use crate::platform::{Platform, Repository};
use crate::prose::named;
use crate::tree::Module;

const REPOSITORY: &str = "aws_ecr_repository";

/// A repository that Terraform would look for at another address than `at`, where the committed output has it.
pub(super) fn of_repository(platform: &Platform, repository: &Repository, at: &str) -> Option<Diagnostic> {
    let root = &platform.root;
    let forms = repository.forms(root);
    let (earlier, now) = (forms.first()?, forms.last()?);
    if forms.iter().any(|form| form.address(REPOSITORY) == at) {
        return None;
    }
    let message = format!(
        "repository `{}` moves from {at} to {}: Terraform would destroy it with its images and create an empty one",
        repository.key,
        now.address(REPOSITORY)
    );
    Some(changed(platform, message, allowing(at, earlier)))
}

/// A repository that AWS keeps, if `removed.tf` would name it by another address than `at`.
pub(super) fn of_retained(platform: &Platform, key: &str, at: &str) -> Option<Diagnostic> {
    let root = &platform.root;
    let (now, earlier) = (root.single_form(key), root.earlier_form(key));
    if root.forms(key, None).iter().any(|form| form.address(REPOSITORY) == at) {
        return None;
    }
    let message = format!(
        "repository `{key}` was at {at}, and the `removed` block would be for {}: Terraform would delete the repository \
         with its images",
        now.address(REPOSITORY)
    );
    Some(changed(platform, message, allowing(at, &earlier)))
}

/// A resource whose label is spelled in another way now, and its address with that label; `None` if its address is not in
/// the new output in any spelling.
pub(super) fn of_resource(platform: &Platform, new: &Module, at: &str) -> Option<(String, Option<Diagnostic>)> {
    let now = respelled(at).filter(|now| new.resources.contains_key(now))?;
    let message = format!("`{at}` moves to `{now}`: Terraform would delete it and create another one");
    let is_allowed = platform.root.labels_were.is_some();
    let refused = (!is_allowed).then(|| changed(platform, message, vec!["labels_were: escaped"]));
    Some((now, refused))
}

/// What the spec states to move from `at`, if it is the address of `earlier` in another form or spelling.
fn allowing(at: &str, earlier: &Form) -> Vec<&'static str> {
    let mut keys = Vec::new();
    let in_module = at.starts_with("module.");
    if in_module != earlier.is_module() {
        keys.push(if in_module { "ecr_module_was: module" } else { "ecr_module_was: plain" });
    }
    match earlier {
        _ if at.ends_with(']') && !in_module => keys.push("for_each_was: true"),
        Form::Resource(label) | Form::Module(label) => {
            let in_form = Form::of(label.clone(), in_module);
            if respelled(at).is_some_and(|now| now == in_form.address(REPOSITORY)) {
                keys.push("labels_were: escaped");
            }
        }
        Form::InSet(_) => {}
    }
    keys
}

fn changed(platform: &Platform, message: String, keys: Vec<&str>) -> Diagnostic {
    let span = platform.root.ecr_module.as_ref().map_or(platform.root.span, |version| version.span);
    let finding = Diagnostic::new(&codes::ADDRESS_CHANGED, span, message).at("terraform");
    let keys = named(keys.into_iter(), 2);
    let place = if platform.root.ecr_module.is_some() { ", next to `ecr_module`" } else { "" };
    finding.help(format!("add {keys} under `terraform`{place}: `moved` blocks then move the state"))
}
