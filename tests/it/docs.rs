//! The examples in the documentation: every command in a `console` block runs as shown.

mod platforms;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::harness::repository;

/// A line that represents any number of lines.
const SHORTENED: &str = "(output shortened)";

/// What a shell prints before each command of a session, to tell the outputs apart.
const MARK: &str = "\u{1e}next\n";

/// A command and the output shown for it.
#[derive(Debug)]
struct Example {
    line: usize,
    command: String,
    output: Vec<String>,
}

/// The commands in the `console` blocks of a page.
fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut is_console = false;
    for (line, text) in (1..).zip(page.lines()) {
        if text.starts_with("```") {
            is_console = text == "```console";
        } else if let Some(command) = text.strip_prefix("$ ").filter(|_| is_console) {
            examples.push(Example { line, command: command.to_owned(), output: Vec::new() });
        } else if is_console {
            let example = examples.last_mut().expect("a console block starts with a command");
            example.output.push(text.to_owned());
        }
    }
    examples
}

/// Runs the commands of a page in one shell, in a new folder that has `specs` and `docs`, and returns their outputs.
fn outputs(examples: &[Example]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["specs", "docs"] {
        symlink(repository().join(name), folder.path().join(name)).expect("a link can be created");
    }
    let commands = examples.iter().map(|example| format!("printf '{MARK}'\n{}\n", example.command));
    let program = Path::new(env!("CARGO_BIN_EXE_ecrgen")).parent().expect("a folder").display().to_string();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
    let script = format!("exec 2>&1\n{}", commands.collect::<String>());
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).current_dir(folder.path()).env("PATH", path).env("NO_COLOR", "1");
    // For `git commit`, on machines where no one has told git who commits.
    let identity = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
    shell.envs(identity.map(|name| (name, "reader@example.com")));
    let output = shell.output().expect("bash runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.split(MARK).skip(1).map(str::to_owned).collect()
}

/// Whether these lines are the output, except where they say that it is shortened.
fn shows(lines: &[String], output: &str) -> bool {
    let mut rest: Vec<&str> = output.lines().collect();
    let mut may_skip = false;
    for part in lines.split(|line| line == SHORTENED) {
        let found = rest.windows(part.len().max(1)).position(|window| part.is_empty() || window == part);
        match (part.is_empty(), found) {
            (true, _) => {}
            (false, Some(at)) if at == 0 || may_skip => drop(rest.drain(..at + part.len())),
            _ => return false,
        }
        may_skip = true;
    }
    rest.is_empty() || lines.last().is_some_and(|line| line == SHORTENED)
}

#[test]
fn every_example_shows_what_the_command_prints() {
    let pages = fs::read_dir(repository().join("docs")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for page in pages.chain([repository().join("README.md")]) {
        let examples = examples(&fs::read_to_string(&page).expect("a page"));
        let outputs = outputs(&examples);
        assert_eq!(examples.len(), outputs.len(), "{}: a command ended the shell", page.display());
        for (example, output) in
            examples.iter().zip(&outputs).filter(|(example, output)| !shows(&example.output, output))
        {
            wrong.push(format!("{}:{}: `{}` prints\n{output}", page.display(), example.line, example.command));
        }
        count += examples.len();
    }
    assert!(count > 10, "only {count} examples");
    assert!(wrong.is_empty(), "{} examples are out of date:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_example_can_be_shortened_and_not_otherwise_differ() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let output = "one\ntwo\nthree\nfour\n";
    for good in [
        output,
        "one\n(output shortened)\nfour",
        "(output shortened)\nthree\nfour",
        "one\n(output shortened)",
        "(output shortened)",
    ] {
        assert!(shows(&lines(good), output), "{good}");
    }
    for bad in [
        "",
        "one",
        "one\nthree\nfour",
        "two\n(output shortened)",
        "one\n(output shortened)\nthree",
        "one\n(output shortened)\nfive\n(output shortened)",
    ] {
        assert!(!shows(&lines(bad), output), "{bad}");
    }
    assert!(shows(&[], ""));
}

/// A link between pages leads to a file that exists.
#[test]
fn every_link_leads_somewhere() {
    let link = regex_lite::Regex::new(r"\]\(([^)#:]+)(#[^)]*)?\)").expect("a pattern");
    for page in crate::harness::files_below(&repository().join("docs"))
        .into_iter()
        .map(|(path, _)| Path::new("docs").join(path))
        .chain(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(Into::into))
    {
        let text = fs::read_to_string(repository().join(&page)).expect("a page");
        for found in link.captures_iter(&text) {
            let target = repository().join(&page).with_file_name("").join(&found[1]);
            assert!(target.exists(), "{}: {} does not exist", page.display(), &found[1]);
        }
    }
}
