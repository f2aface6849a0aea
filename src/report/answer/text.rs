//! An answer as text.

use crate::permissions::{Answer, MatchedStatement, Verdict};
use crate::report::layout::{fit, wrapped};
use crate::report::permissions::unjudged;
use crate::report::style::Style;
use crate::source::{Sources, Span};

/// The answer, the statements that decide it, and the lines of the spec that they come from.
pub fn text(answer: &Answer, sources: &Sources, style: Style) -> String {
    let (yes, can) = if answer.is_yes() { ("yes", "can") } else { ("no", "cannot") };
    let columns = style.columns();
    let scope = &answer.permissions.platform.scope;
    let mut text = format!(
        "{yes}: {} {can} {} on {} ({}, {})\n",
        answer.principal.name,
        answer.operation.name(),
        answer.repository.key,
        scope.platform,
        scope.environment
    );
    for ground in &answer.grounds {
        text += &wrapped(columns, &sentence(answer, ground), 2, 4);
        text += &place(sources, ground.place);
    }
    for denial in &answer.denials {
        text += &wrapped(columns, &format!("unless {}", sentence(answer, denial)), 2, 4);
        text += &place(sources, denial.place);
    }
    if !answer.missing.is_empty() {
        text += &wrapped(columns, &format!("no statement allows {}", answer.missing.join(", ")), 2, 4);
        text += &asked(answer, sources, columns);
    }
    text.extend(unjudged(answer.principal).map(|sentence| wrapped(columns, &format!("it {sentence}"), 2, 4)));
    let text: String = text.lines().map(|line| style.charset.sanitize(line) + "\n").collect();
    fit(&text, style.width)
}

/// What a statement decides, and under which conditions.
fn sentence(answer: &Answer, ground: &MatchedStatement) -> String {
    let policy = &answer.permissions.documents[ground.by.document];
    let (does, conditions) = match ground.verdict {
        Verdict::Allowed | Verdict::Bounded => ("allows", Vec::new()),
        Verdict::Conditional => ("allows", answer.conditions(ground)),
        Verdict::Denied | Verdict::NotAllowed => ("denies", answer.conditions(ground)),
    };
    let (statement, title) = (policy.statement_name(ground.by.statement), policy.title());
    let sentence = format!("statement {statement} of the {title} {does} {}", ground.actions.join(", "));
    match ground.verdict {
        Verdict::Bounded => format!("{sentence}, but the permissions boundary does not"),
        _ if conditions.is_empty() => sentence,
        _ => format!("{sentence} if {}", conditions.join(" and ")),
    }
}

/// The policies that could have allowed the action.
fn asked(answer: &Answer, sources: &Sources, columns: usize) -> String {
    if answer.asked.is_empty() {
        return "  no policy covers this principal and repository\n".into();
    }
    let document = |at: &usize| {
        let policy = &answer.permissions.documents[*at];
        let statements = 0..policy.document.statements.len();
        let names: Vec<String> = statements.map(|statement| policy.statement_name(statement)).collect();
        let sentence = format!("checked the {}: {}", policy.title(), names.join(", "));
        wrapped(columns, &sentence, 2, 4) + &policy.origin().map_or_else(String::new, |origin| place(sources, origin))
    };
    answer.asked.iter().map(document).collect()
}

fn place(sources: &Sources, span: Span) -> String {
    let (line, column) = sources.position(span);
    format!("    --> {}:{line}:{column}\n", sources.file(span.file).name)
}
