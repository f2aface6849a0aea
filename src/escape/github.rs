//! Text in GitHub Actions workflow commands (GitHub Docs, "Workflow commands for GitHub Actions").

use super::is_deceptive;
use super::terminal::Charset;

/// The message of a command. Line ends are kept as escapes. Other characters that could act on a terminal that shows the
/// log are replaced by visible ones.
pub fn message(text: &str) -> String {
    let line = |line: &str| {
        let parts: Vec<_> = line.split('\r').map(|part| Charset::Utf8.sanitize(part).replace('%', "%25")).collect();
        parts.join("%0D")
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("%0A")
}

/// The value of a property, between `=` and the next comma.
pub fn property(value: &str) -> String {
    message(value).replace(':', "%3A").replace(',', "%2C")
}

/// Text for the log of a job, in which no line is a command.
///
/// The runner looks for `::` at the beginning of each line, after spaces, and for the legacy form `##[` anywhere in it
/// (`ActionCommand.cs` of actions/runner). Its comparisons depend on the culture, so they ignore invisible characters. Each
/// of these forms gets a backslash. Line ends are kept.
pub fn log(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive(['\n', '\r']) {
        let command = visible(line).find(|(_, c)| !c.is_whitespace()).map(|(at, _)| at);
        let command = command.filter(|at| begins_with(&line[*at..], "::"));
        for (at, c) in line.char_indices() {
            if command == Some(at) {
                safe.push('\\');
            }
            safe.push(c);
            if c == '#' && begins_with(&line[at..], "##[") {
                safe.push('\\');
            }
        }
    }
    safe
}

/// Text in a value of a workflow, in which nothing is an expression: GitHub evaluates `${{` in every value (GitHub Docs,
/// "Evaluate expressions in workflows and actions").
pub fn value(text: &str) -> String {
    text.replace("${{", "${{ '${{' }}")
}

fn begins_with(text: &str, form: &str) -> bool {
    visible(text).map(|(_, c)| c).take(form.len()).eq(form.chars())
}

/// The characters that remain if a text is read without colors and by a comparison that ignores invisible characters.
fn visible(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut in_color = false;
    text.char_indices().filter(move |(_, c)| {
        let was_in_color = in_color;
        in_color = *c == '\u{1b}' || in_color && !c.is_ascii_alphabetic();
        !was_in_color && !is_ignored(*c)
    })
}

fn is_ignored(c: char) -> bool {
    // Joiners, variation selectors and other characters with the property Default_Ignorable_Code_Point.
    let joins = matches!(c, '\u{200c}' | '\u{200d}' | '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}');
    let selects = matches!(c, '\u{206a}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0100}'..='\u{e01ef}');
    joins || selects || is_deceptive(c) && !c.is_whitespace()
}
