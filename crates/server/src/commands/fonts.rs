//! `slidewright fonts add DIR`.

use std::path::Path;
use std::process::ExitCode;

use crate::cli::FontsCommand;
use crate::terminal::Terminal;

pub(crate) fn run(data: &Path, command: &FontsCommand, terminal: &Terminal) -> anyhow::Result<ExitCode> {
    let FontsCommand::Add { folder } = command;
    let added = studio::add_fonts(folder, data)?;
    for font in &added {
        terminal.line(&format!("{}: {}", font.file.display(), font.families.join(", ")));
    }
    let files = if added.len() == 1 { "font file was" } else { "font files were" };
    terminal.line(&format!("{} {files} copied to {}.", added.len(), data.join("fonts").display()));
    Ok(ExitCode::SUCCESS)
}
