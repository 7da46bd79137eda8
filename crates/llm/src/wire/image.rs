//! Images: the request, and an answer in base64 whose media type may be missing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::chat::Report;
use super::failure::{Failure, FailureKind};
use super::{error, text};

/// The picture that came: encoded as the provider chose, of about the size that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: &'static str,
}

/// The body with those parameters that the model takes.
pub(crate) fn body(
    model: &str,
    prompt: &str,
    parameters: &[(&str, Option<Value>)],
    takes: impl Fn(&str) -> bool,
) -> Value {
    let mut body = Map::new();
    body.insert("model".to_owned(), model.into());
    body.insert("prompt".to_owned(), prompt.into());
    for (name, value) in parameters {
        if let Some(value) = value.as_ref().filter(|_| takes(name)) {
            body.insert((*name).to_owned(), value.clone());
        }
    }
    body.into()
}

/// The first image of an answer.
pub(crate) fn read(body: &str, report: &mut Report) -> Result<Picture, Failure> {
    let broken = |message: &str| Failure::new(FailureKind::Broken, message.to_owned());
    let parsed: Value = serde_json::from_str(body.trim())
        .map_err(|_| broken("the answer ends in the middle, or is no JSON"))?;
    report.learn(&parsed, body);
    if let Some(error) = parsed.get("error").filter(|error| !error.is_null()) {
        return Err(error::from_error(None, error));
    }
    let invalid = |message: &str| Failure::new(FailureKind::Invalid, message.to_owned());
    let encoded = text(&parsed["data"][0]["b64_json"]).ok_or_else(|| invalid("the answer has no image"))?;
    // A data URL is what some send in its place.
    let encoded = encoded.split_once("base64,").map_or(encoded.as_str(), |(_, data)| data);
    let bytes = STANDARD.decode(encoded.trim()).map_err(|_| invalid("the image is no base64"))?;
    // Believed are the bytes, not what is said of them.
    let media_type = media_type(&bytes).ok_or_else(|| invalid("the image is no JPEG, PNG or WebP"))?;
    Ok(Picture { bytes, media_type })
}

/// By the first bytes.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}
