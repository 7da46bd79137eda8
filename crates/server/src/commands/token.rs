//! `slidewright token`: keys for programs that call the API, without a browser.

use std::path::Path;
use std::process::ExitCode;

use super::open;
use crate::cli::TokenCommand;
use crate::terminal::{QUIET, STRONG, Terminal};

pub(crate) async fn run(
    data: &Path,
    command: &TokenCommand,
    terminal: &Terminal,
) -> anyhow::Result<ExitCode> {
    let studio = open(data).await?;
    let actor = studio.owner().await?;
    match command {
        TokenCommand::Create { name, scope } => {
            let (token, secret) = studio.create_token(actor, name, *scope).await?;
            terminal.note(&format!(
                "Keep it safe, it is not shown again. To revoke it: slidewright token revoke {}",
                token.id
            ));
            // The last line of the output, for scripts.
            terminal.line(&secret);
        }
        TokenCommand::List => {
            for token in studio.tokens(actor).await? {
                let used = token
                    .last_used_at
                    .map_or_else(|| "never used".to_owned(), |at| format!("used {}", at.date()));
                terminal.line(&format!(
                    "{}  {STRONG}{}{STRONG:#}  {}  {QUIET}{used}{QUIET:#}",
                    token.id, token.name, token.scope
                ));
            }
        }
        TokenCommand::Revoke { id } => {
            studio.revoke_token(actor, *id).await?;
            terminal.note("Revoked: it opens nothing any more.");
        }
    }
    Ok(ExitCode::SUCCESS)
}
