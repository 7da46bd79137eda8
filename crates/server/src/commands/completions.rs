//! `slidewright completions SHELL`.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::cli::Cli;
use crate::terminal::Terminal;

pub(crate) fn run(shell: Shell, terminal: &Terminal) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), "slidewright", &mut script);
    terminal.line(String::from_utf8(script)?.trim_end());
    Ok(ExitCode::SUCCESS)
}
