//! Serving until told to stop: the pages and API, and the worker that writes.

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use studio::Studio;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::WebConfig;
use crate::routes::router;

/// Serves the studio and works on what is queued, until `stop` is done; then what runs is
/// finished or given back, so that nothing has to be done twice.
///
/// # Errors
/// Where the listener can't be used, or the database is gone.
pub async fn serve(
    listener: TcpListener,
    studio: Studio,
    config: WebConfig,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        let _ = stopping.send(true);
    });
    let wait = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that the sender is gone, which is a stop too.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let worker = tokio::spawn({
        let (studio, stopped) = (studio.clone(), stopped.clone());
        async move { studio.work(wait(stopped)).await }
    });
    let app = router(studio, config, stopped.clone()).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(wait(stopped)).await?;
    worker.await.map_err(io::Error::other)
}
