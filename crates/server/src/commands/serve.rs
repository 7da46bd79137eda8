//! `slidewright serve`: the studio in the browser, and its API.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use tokio::net::TcpListener;
use web::{Rate, WebConfig};

use super::open;
use crate::cli::ServeArguments;
use crate::terminal::{self, STRONG, Terminal};

pub(crate) async fn run(
    data: &Path,
    arguments: ServeArguments,
    terminal: Terminal,
) -> anyhow::Result<ExitCode> {
    let studio = open(data).await?;
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
    web::serve(listener, studio, config, terminal::interrupted()).await?;
    Ok(ExitCode::SUCCESS)
}

/// As it is typed into a browser on this machine.
fn url_of(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("http://localhost:{}/", address.port());
    }
    format!("http://{address}/")
}
