//! Commands that people know from other tools, and what to run instead.

/// The names of commands, and an instruction.
const TIPS: &[(&[&str], &str)] = &[
    (
        &["plan", "preview"],
        "run `ecrgen render --dry-run` to see which files would change, and `terraform plan` to see which resources would change",
    ),
    (
        &["apply", "deploy", "up", "destroy", "import"],
        "ecrgen never changes AWS: run `ecrgen render`, commit the output, and let Terraform apply it",
    ),
    (&["fmt", "format"], "`ecrgen render` formats the output as `terraform fmt` does; ecrgen does not format specs"),
    (
        &["diff"],
        "run `ecrgen check` to compare the committed output with the spec, or `ecrgen render --dry-run` to see what would be written",
    ),
    (&["generate", "gen", "compile", "build", "synth"], "run `ecrgen render`"),
    (&["new", "create"], "run `ecrgen init`"),
    (&["verify"], "run `ecrgen check`"),
    (&["test"], "run `ecrgen lint`, which also checks `expect` and `assert`, or `ecrgen simulate`"),
    (&["version"], "run `ecrgen --version`"),
];

/// What to run instead of a command that ecrgen does not have.
pub(super) fn instead_of(command: &str) -> Option<&'static str> {
    TIPS.iter().find(|(names, _)| names.contains(&command)).map(|(_, tip)| *tip)
}
