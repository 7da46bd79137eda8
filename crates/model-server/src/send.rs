//! Puts a reply on the wire, with its latency, and breaks or stalls the connection where it says so.

use std::io;

use axum::body::Body as HttpBody;
use axum::response::Response;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use serde_json::{Value, json};

use crate::reply::{Body, Manner, Reply};
use crate::stream::events;

type Pieces = Vec<Bytes>;

pub(crate) async fn send(reply: Reply, request: &Value) -> Response {
    tokio::time::sleep(reply.latency).await;
    let (pieces, kind) = pieces(reply.body, request);
    let mut response = Response::builder().status(reply.status);
    if !reply.headers.iter().any(|(name, _)| *name == "content-type") {
        response = response.header("content-type", kind);
    }
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(body(pieces, reply.manner)).expect("a response")
}

fn pieces(body: Body, request: &Value) -> (Pieces, &'static str) {
    match body {
        Body::Fixed(bytes) => (vec![bytes], "application/json"),
        Body::Pieces(pieces) => (pieces.into_iter().map(Bytes::from).collect(), "text/event-stream"),
        Body::Chat(mut answer) => {
            if answer.get("model").is_none() {
                answer["model"] = request["model"].clone();
            }
            if request["stream"] == json!(true) {
                (events(&answer).into_iter().map(Bytes::from).collect(), "text/event-stream")
            } else {
                (vec![answer.to_string().into()], "application/json")
            }
        }
    }
}

fn body(pieces: Pieces, manner: Manner) -> HttpBody {
    let sent = |most: usize| -> BoxStream<'static, io::Result<Bytes>> {
        stream::iter(first(&pieces, most).into_iter().map(Ok)).boxed()
    };
    match manner {
        Manner::Whole if pieces.len() == 1 => HttpBody::from(pieces.concat()),
        Manner::Whole => HttpBody::from_stream(sent(usize::MAX)),
        Manner::Stall(most) => HttpBody::from_stream(sent(most).chain(stream::pending())),
        Manner::Cut(most) => {
            // The client must have seen what was sent before the connection breaks.
            let broken = stream::once(async {
                tokio::task::yield_now().await;
                Err(io::Error::from(io::ErrorKind::ConnectionReset))
            });
            HttpBody::from_stream(sent(most).chain(broken))
        }
    }
}

/// The pieces up to so many bytes in all.
fn first(pieces: &Pieces, most: usize) -> Pieces {
    let mut left = most;
    let mut kept = Vec::new();
    for piece in pieces {
        let taken = piece.len().min(left);
        kept.push(piece.slice(..taken));
        left -= taken;
        if left == 0 {
            break;
        }
    }
    kept
}
