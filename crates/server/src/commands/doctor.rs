//! `slidewright doctor`: looks at everything, and names all that is wrong at once.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use studio::intake::{FetchLimits, Fetcher};

use domain::WorkspaceId;
use llm::{Payer, Probed};
use uuid::Uuid;

use super::open;
use crate::models::ModelSettings;
use crate::settings;
use crate::terminal::{BAD, GOOD, Terminal};

pub(crate) async fn run(data: &Path, terminal: &Terminal) -> anyhow::Result<ExitCode> {
    let mut findings = vec![data_folder(data)];
    // The database and the themes can only be looked at where the folder can be used.
    let themes = match &findings[0] {
        Ok(_) => match open(data).await {
            Ok(studio) => {
                let themes: Vec<String> =
                    studio.renderer().themes().map(|theme| theme.name.to_string()).collect();
                findings.push(Ok("database: opens, and its tables are those of this version".to_owned()));
                findings.extend(studio.renderer().warnings().iter().cloned().map(Err));
                findings.push(Ok(format!("themes: {}", themes.join(", "))));
                themes
            }
            Err(error) => {
                findings.push(Err(format!("{error:#}")));
                Vec::new()
            }
        },
        Err(_) => Vec::new(),
    };
    findings.push(match Fetcher::new(FetchLimits::default()) {
        Ok(_) => Ok("addresses: https can be fetched".to_owned()),
        Err(error) => Err(error.to_string()),
    });
    findings.extend(models().await);
    let settings = settings::problems(&themes);
    if settings.is_empty() {
        findings.push(Ok("settings: all are right".to_owned()));
    }
    findings.extend(settings.into_iter().map(Err));
    Ok(report(&findings, terminal))
}

/// What the connection to models can do, where one is set.
async fn models() -> Vec<Result<String, String>> {
    let gateway = match ModelSettings::from_environment().and_then(|settings| settings.trial()) {
        Ok(Some(gateway)) => gateway,
        Ok(None) => return vec![Ok("models: none is connected, the offline writer writes".to_owned())],
        Err(error) => return vec![Err(format!("models: {error:#}"))],
    };
    let payer = Payer::new(WorkspaceId(Uuid::nil()), None);
    match gateway.probe(payer).await {
        Ok(probed) => {
            let mut findings = vec![Ok(format!("models: {}", told(&probed)))];
            findings.extend(probed.warnings.iter().map(|warning| Err(format!("models: {warning}"))));
            findings
        }
        Err(failed) => vec![Err(format!("models: {failed}"))],
    }
}

fn told(probed: &Probed) -> String {
    let can = probed.capabilities;
    let has = [
        (can.reports_cost, "reports its costs"),
        (can.web_search, "web search"),
        (can.embeddings, "embeddings"),
        (can.images, "images"),
    ];
    let has: Vec<&str> = has.into_iter().filter_map(|(has, name)| has.then_some(name)).collect();
    let more = if has.is_empty() { String::new() } else { format!(", {}", has.join(", ")) };
    let left = probed.key_left.map(|left| format!("; the key may still spend {left}")).unwrap_or_default();
    format!("connected, {} listed, structured output: {}{more}{left}", probed.models, can.structured)
}

fn report(findings: &[Result<String, String>], terminal: &Terminal) -> ExitCode {
    for finding in findings {
        match finding {
            Ok(good) => terminal.line(&format!("{GOOD}ok{GOOD:#}     {good}")),
            Err(bad) => terminal.line(&format!("{BAD}wrong{BAD:#}  {bad}")),
        };
    }
    match findings.iter().filter(|finding| finding.is_err()).count() {
        0 => ExitCode::SUCCESS,
        wrong => {
            terminal.line(&format!("\n{wrong} of {} checks found something to mend.", findings.len()));
            ExitCode::FAILURE
        }
    }
}

/// Writes and removes a file, since permissions alone do not say whether a folder can be used.
fn data_folder(data: &Path) -> Result<String, String> {
    let place = data.display();
    let trial = data.join(format!(".doctor-{}", std::process::id()));
    let tried = fs::create_dir_all(data).and_then(|()| fs::write(&trial, vec![0; 1 << 20]));
    let removed = fs::remove_file(&trial);
    match tried.and(removed) {
        Ok(()) => Ok(format!("data folder: {place} can be written")),
        Err(error) => Err(match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                format!("data folder: the disk that holds {place} is full; free some space")
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                format!(
                    "data folder: {place} can't be written; choose another with --data or {}",
                    settings::DATA
                )
            }
            _ => format!("data folder: {place} can't be used ({error}); choose another with --data"),
        }),
    }
}
