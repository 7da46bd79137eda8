//! `slidewright serve`: the studio in the browser, and its API.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use studio::{Actor, Studio};
use tokio::net::TcpListener;
use web::{Rate, WebConfig};

use super::open_to_write;
use crate::cli::ServeArguments;
use crate::terminal::{self, STRONG, Terminal};

pub(crate) async fn run(
    data: &Path,
    arguments: ServeArguments,
    terminal: Terminal,
) -> anyhow::Result<ExitCode> {
    let (studio, owner) = open_to_write(data).await?;
    let listener = TcpListener::bind(arguments.addr).await.with_context(|| {
        format!("nothing can listen on {}; another program may, so choose another --addr", arguments.addr)
    })?;
    let address = listener.local_addr()?;
    let begins = !studio.has_account().await?;
    let setup_code = begins.then(|| studio.setup_code());
    let here = arguments.public_url.as_ref().map_or_else(|| url_of(address), ToString::to_string);
    terminal.line(&format!("Slidewright is at {STRONG}{here}{STRONG:#}  (Ctrl-C stops it)"));
    if let Some(code) = &setup_code
        && (arguments.public_url.is_some() || !address.ip().is_loopback())
    {
        let start = format!("{}/start?code={code}", here.trim_end_matches('/'));
        terminal.line(&format!("Nobody owns it yet. Whoever opens this becomes the owner: {start}"));
    }
    let config = WebConfig {
        public_url: arguments.public_url,
        behind_proxy: arguments.behind_proxy,
        allow_private_addresses: arguments.allow_private_addresses,
        setup_code,
        api_rate: Rate { per_second: arguments.api_rate, burst: arguments.api_rate.saturating_mul(10) },
    };
    tokio::spawn(look_at_models(studio.clone(), owner));
    web::serve(listener, studio.clone(), config, terminal::interrupted()).await?;
    studio.settled().await;
    Ok(ExitCode::SUCCESS)
}

/// Beside the pages, which need no model: until it is done, the connection is taken for what it seems.
async fn look_at_models(studio: Studio, owner: Actor) {
    match studio.look_at_models(owner).await {
        Ok(warnings) => warnings.iter().for_each(|warning| tracing::warn!("{warning}")),
        Err(error) => tracing::warn!(%error, "the models can't be looked at"),
    }
}

/// As it is typed into a browser on this machine.
fn url_of(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("http://localhost:{}/", address.port());
    }
    format!("http://{address}/")
}
