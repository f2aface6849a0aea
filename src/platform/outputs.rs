//! The outputs that a spec adds or renames.

use super::Access;
use crate::diagnostic::Diagnostic;
use crate::spec::Spec;
use crate::spec::decode::suggestion;

/// What an output shows has to be there.
pub fn check(spec: &Spec, access: &[Access], faults: &mut Vec<Diagnostic>) {
    for (name, path) in spec.outputs.iter().flat_map(|map| &map.entries) {
        let mut steps = path.as_str().split('.');
        let (Some("access"), Some(entry), Some(what)) = (steps.next(), steps.next(), steps.next()) else { continue };
        let found = access.iter().find(|access| access.name == entry);
        let written = spec.access.as_ref().is_some_and(|access| access.mentions(entry));
        let message = match found {
            None if written => continue,
            None => format!("there is no access entry called `{entry}`"),
            Some(access) if what == "role_arn" && access.principal.roles().len() != 1 => {
                format!("`access.{entry}` does not make exactly one role, so it has no `role_arn`")
            }
            Some(_) => continue,
        };
        let fault = Diagnostic::error("unknown-output", path.span, message);
        faults.push(fault.help(suggestion_for(entry, spec)).at(format!("outputs.{}", name.as_str())));
    }
}

fn suggestion_for(entry: &str, spec: &Spec) -> String {
    let names: Vec<&str> = spec.access.iter().flat_map(|access| access.names()).collect();
    suggestion(entry, names, "access entries here")
}
