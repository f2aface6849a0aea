//! The templates of the files that are not Terraform.
//!
//! A template may loop and skip; names, defaults and sums arrive finished. What is undefined is an error,
//! and so is a value that the file's own syntax could take for something else.

use std::fmt::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, context};

use crate::platform::{Platform, Principal};

/// The README of the root module.
pub fn root_readme(platform: &Platform) -> String {
    let roles = |principal: &Principal| principal.roles().iter().map(|role| role.name.clone()).collect::<Vec<_>>();
    let repository = |repository: &crate::platform::Repository| {
        context! {
            key => repository.key.as_str(), name => repository.name.as_str(), mutability => repository.mutability.as_str(),
            rules => repository.lifecycle.as_ref().map_or(0, |lifecycle| lifecycle.policy.rules.len()),
            label => repository.label.as_str(),
        }
    };
    let access = |access: &crate::platform::Access| {
        let can: Vec<&str> = access.can.iter().map(|can| word(&can.value)).collect();
        context! {
            name => access.name.as_str(), can => can.join(", "), repositories => access.repositories.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
            roles => roles(&access.principal).join(", "), label => access.label.as_str(),
        }
    };
    let variable = |(name, variable): (&String, &crate::platform::Variable)| {
        use crate::platform::variables::Kind;
        let needed = matches!(variable.kind, Kind::Bool(None) | Kind::Text(None));
        context! { name, description => variable.description.as_str(), needed }
    };
    let waiver = |(code, waiver): &(crate::spec::decode::Spanned<_>, crate::spec::waiver::Waiver)| {
        let code: &crate::spec::text::RuleCode = code;
        let at: Vec<&str> = waiver.at.iter().map(|path| path.as_str()).collect();
        context! { code => code.as_str(), at => at.join(", "), reason => waiver.reason.as_str() }
    };
    render(
        include_str!("../../templates/root-readme.md"),
        context! {
            platform => platform.scope.platform.as_str(), environment => platform.scope.environment.as_str(), region => platform.region.as_str(),
            module => platform.root.ecr_module.is_some(), protected => platform.repositories.iter().all(|r| r.protected),
            workspace => platform.workspace.as_ref().map(|workspace| workspace.name.as_str()),
            repositories => platform.repositories.iter().map(repository).collect::<Vec<_>>(),
            access => platform.access.iter().map(access).collect::<Vec<_>>(),
            variables => platform.variables.iter().map(variable).collect::<Vec<_>>(),
            waivers => platform.waivers.iter().map(waiver).collect::<Vec<_>>(),
        },
    )
}

/// The README of the bootstrap module.
pub fn workspace_readme(platform: &Platform, workspace: &crate::platform::Workspace) -> String {
    let needed = super::workspace::passed_on(platform).map(|(name, _)| name.clone());
    render(
        include_str!("../../templates/workspace-readme.md"),
        context! {
            platform => platform.scope.platform.as_str(), environment => platform.scope.environment.as_str(),
            organization => workspace.organization.as_str(), name => workspace.name.as_str(), repository => workspace.repository.as_deref(),
            directory => platform.root.directory.as_str(), variables => needed.collect::<Vec<_>>(),
            auto_apply => workspace.auto_apply,
        },
    )
}

fn word(can: &crate::spec::access::Can) -> &str {
    match can {
        crate::spec::access::Can::Verb(verb) => verb.as_str(),
        crate::spec::access::Can::Action(action) => action.as_str(),
    }
}

/// Renders a template of ours with values that are there: neither can fail.
fn render(template: &str, context: Value) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(markdown);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters"));
    environment.render_str(template, context).unwrap_or_else(|error| panic!("a template of ours: {error:#}"))
}

/// Values as Markdown text: on one line, nothing in them read as markup.
fn markdown(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    let Some(text) = value.as_str().map(str::to_owned).or_else(|| value.is_number().then(|| value.to_string())) else {
        return Err(Error::new(ErrorKind::InvalidOperation, format!("{value:?} is neither text nor a number")));
    };
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let in_word = before.is_alphanumeric() && characters.peek().is_some_and(|next| next.is_alphanumeric());
        before = c;
        let written = match c {
            // Inside a word GitHub takes it for a letter (GFM specification, "Emphasis").
            '_' if in_word => out.write_char('_'),
            '\n' | '\r' | '\t' => out.write_char(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' | '~' => {
                write!(out, "\\{c}")
            }
            c if c.is_control() => Ok(()),
            c => out.write_char(c),
        };
        written.map_err(|_| Error::new(ErrorKind::WriteFailure, "a string takes any text"))?;
    }
    Ok(())
}
