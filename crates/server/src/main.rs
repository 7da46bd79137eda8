//! The `slidewright` program: reads the command line and the environment, wires the parts,
//! and turns every outcome into a sentence and an exit code.

mod cli;
mod commands;
mod models;
mod settings;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use studio::StudioError;

use crate::cli::{Cli, Command};
use crate::terminal::Terminal;

fn main() -> ExitCode {
    if let Err(error) = settings::file::load() {
        terminal::failed(&error);
        return ExitCode::from(2);
    }
    let matches = settings::file::as_defaults(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    commands::start_log(cli.log.as_deref());
    log_panics();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return terminal::failed(&format!(
                "no threads could be started ({error}); close some programs and try again"
            ));
        }
    };
    let outcome = runtime.block_on(runtime.spawn(run(cli)));
    // A thread that still computes for a stopped run must not hold up the exit.
    runtime.shutdown_background();
    match outcome {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            terminal::failed(&format!("{error:#}"));
            exit_code(&error)
        }
        Err(_) => terminal::failed(BROKEN),
    }
}

/// What was asked for wrongly is a matter of usage, whoever notices it.
fn exit_code(error: &anyhow::Error) -> ExitCode {
    match error.downcast_ref() {
        Some(StudioError::Invalid { .. }) => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    }
}

const BROKEN: &str = "something went wrong inside Slidewright; nothing that was finished is lost. Run the same \
                      command again, and with --log debug to see more";

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let terminal = Terminal::new();
    match cli.command {
        Command::New(arguments) => commands::new::run(&cli.data, arguments, terminal).await,
        Command::Serve(arguments) => commands::serve::run(&cli.data, arguments, terminal).await,
        Command::Themes(arguments) => commands::themes::run(&cli.data, &arguments, &terminal).await,
        Command::Fonts { command } => commands::fonts::run(&cli.data, &command, &terminal),
        Command::Token { command } => commands::token::run(&cli.data, &command, &terminal).await,
        Command::Password { email } => commands::password::run(&cli.data, email, &terminal).await,
        Command::Doctor => commands::doctor::run(&cli.data, &terminal).await,
        Command::Completions { shell } => commands::completions::run(shell, &terminal),
    }
}

/// A panic is a mistake of ours: the log gets it, and a person gets a sentence, here where
/// the main thread breaks, else from whoever waits for the thread.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!(%panic, "panic");
        if std::thread::current().name() == Some("main") {
            terminal::failed(BROKEN);
        }
    }));
}
