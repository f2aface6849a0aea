//! Options of every command. They are settings of the process, as anstream's choice of colors is.

use std::sync::OnceLock;

use clap::{Args, ColorChoice, ValueEnum};

/// Options that can be before or after the command.
#[derive(Args)]
pub struct Options {
    /// Print findings, errors and what you ask for, but no messages about success
    #[arg(long, short, global = true)]
    quiet: bool,

    /// When to print colors
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    color: When,
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// If the output is a terminal that shows colors, and `NO_COLOR` is not set
    #[default]
    Auto,
    /// Also into files and pipes
    Always,
    /// Not at all
    Never,
}

static QUIET: OnceLock<bool> = OnceLock::new();

impl Options {
    /// Applies the options to everything that is printed from now on.
    pub(super) fn apply(&self) {
        QUIET.get_or_init(|| self.quiet);
        self.color.apply();
    }
}

impl When {
    /// Sets the colors of everything that is printed from now on.
    pub(super) fn apply(self) {
        match self {
            When::Auto => anstream::ColorChoice::Auto,
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

impl From<When> for ColorChoice {
    fn from(when: When) -> ColorChoice {
        match when {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
    }
}

/// Whether messages about success are not printed.
pub(super) fn is_quiet() -> bool {
    QUIET.get().copied().unwrap_or_default()
}
