//! `slidewright themes`: lists them, and draws every layout for a look.

use std::path::Path;
use std::process::ExitCode;

use super::open;
use crate::cli::ThemesArguments;
use crate::terminal::{QUIET, STRONG, Terminal};

pub(crate) async fn run(
    data: &Path,
    arguments: &ThemesArguments,
    terminal: &Terminal,
) -> anyhow::Result<ExitCode> {
    let studio = open(data).await?;
    for theme in studio.renderer().themes() {
        let fonts = format!("{} and {}", theme.fonts.display, theme.fonts.text);
        terminal.line(&format!("{STRONG}{:18}{STRONG:#} {}", theme.name.to_string(), theme.description));
        terminal.line(&format!("{:18} {QUIET}{} palettes, {fonts}{QUIET:#}", "", theme.palettes.len()));
    }
    match &arguments.preview {
        Some(folder) => {
            for file in studio.preview_themes(folder).await? {
                terminal.line(&file.display().to_string());
            }
        }
        None => {
            terminal.line("\nSee them with: slidewright themes --preview DIR");
        }
    }
    Ok(ExitCode::SUCCESS)
}
