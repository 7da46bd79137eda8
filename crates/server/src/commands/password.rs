//! `slidewright password`: for an owner who is locked out.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use domain::Email;
use studio::Password;

use super::open;
use crate::terminal::Terminal;

pub(crate) async fn run(data: &Path, email: Option<Email>, terminal: &Terminal) -> anyhow::Result<ExitCode> {
    let studio = open(data).await?;
    let password = read(terminal).await?;
    let email = studio.reset_password(email, password).await?;
    terminal.note(&format!("The password of {email} is changed, and all its sessions have ended."));
    Ok(ExitCode::SUCCESS)
}

/// Asks twice on a terminal; else the first line of standard input.
async fn read(terminal: &Terminal) -> anyhow::Result<Password> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        return Ok(Password::new(line.trim_end_matches(['\r', '\n'])));
    }
    let first = terminal.ask_hidden("New password:").await?;
    let again = terminal.ask_hidden("Once more:").await?;
    if first != again {
        bail!("the two are not the same; try again");
    }
    Ok(Password::new(first))
}
