//! Commands and options that people know from other tools, and what to use instead.

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

/// The names of options, and an instruction.
const OPTION_TIPS: &[(&[&str], &str)] = &[
    (
        &[
            "--strict",
            "--warnings-as-errors",
            "--error-on-warnings",
            "--fail-on-warnings",
            "--deny-warnings",
            "--max-warnings",
            "--werror",
            "--Werror",
            "-W",
            "-D",
        ],
        "use `--deny warnings` with `lint`, `render` or `check` to treat warnings as errors",
    ),
    (
        &["--json", "--sarif", "--github", "--markdown"],
        "use `--format` with the name of the format, for example `--format json`",
    ),
    (
        &["--output", "--output-dir", "--out-dir", "--outdir", "--dir", "--chdir", "-o", "-d"],
        "use `--out DIR` for the output folder",
    ),
    (&["--env", "--stage", "-e"], "use `--environment NAME`"),
    (
        &["--spec", "--file", "--config", "--input", "-f", "-c", "-i"],
        "name the spec without an option, for example `ecrgen lint shop.yaml`",
    ),
    (&["--diff", "--plan", "--preview"], "use `ecrgen render --dry-run` to see what would be written, as a diff"),
    (&["--check"], "run `ecrgen check` to compare the committed output with the spec"),
    (
        &["--fix", "--write", "-w"],
        "ecrgen does not change specs: `--format json` has the edits that fix findings under `suggestion`",
    ),
    (
        &["--force", "--yes", "--auto-approve", "--overwrite", "-y"],
        "ecrgen never overwrites files without its header, and the spec confirms what would lose images: see the help of the error",
    ),
    (&["--no-color", "--no-colour", "--nocolor"], "use `--color never`"),
    (&["--silent", "-s"], "use `--quiet`"),
    (&["--base-ref", "--since", "--against-ref"], "use `--base REV` with `check`"),
    (&["--repo"], "use `--repository NAME`"),
];

/// What to use instead of an option that a command does not have.
pub(super) fn instead_of_option(option: &str) -> Option<&'static str> {
    OPTION_TIPS.iter().find(|(names, _)| names.contains(&option)).map(|(_, tip)| *tip)
}
