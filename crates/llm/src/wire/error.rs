//! Errors as providers word them: one envelope, with a status, a type in two places, and advice on trying again.

use std::time::Duration;

use serde_json::Value;

use super::failure::{Failure, FailureKind};
use super::{count, text};

/// How much of a provider's message is kept.
const MOST_CHARACTERS: usize = 500;

/// Reads an error body under an HTTP status of failure; whatever the body is, the status decides.
pub(crate) fn from_status(status: u16, body: &str) -> Failure {
    let parsed: Value = serde_json::from_str(body.trim()).unwrap_or(Value::Null);
    let error = parsed.get("error").filter(|error| !error.is_null()).unwrap_or(&parsed);
    if error.is_object() || error.is_string() {
        return from_error(Some(status), error);
    }
    // A proxy's page, most likely.
    Failure::new(kind_of(status), format!("HTTP {status}"))
}

/// Reads the `error` of a body, a choice or a chunk; its own code counts where there is no status of failure.
pub(crate) fn from_error(status: Option<u16>, error: &Value) -> Failure {
    let metadata = &error["metadata"];
    let error_type = text(&metadata["error_type"]).or_else(|| text(&error["error_type"]));
    let code = count(&error["code"])
        .or_else(|| count(&error["http_status"]))
        .and_then(|code| u16::try_from(code).ok());
    let status = status.or(code.filter(|code| (400..600).contains(code)));
    // OpenAI names what is wrong in words, as code or as type.
    let named = [error_type.clone(), text(&error["code"]), text(&error["type"])];
    let mut failure = Failure::new(kind(status, &named), message(error, metadata));
    let availability = &error["availability"];
    failure.retryable = availability["retryable"].as_bool();
    failure.retry_after = count(&availability["retry_after"]).map(Duration::from_secs);
    failure
}

/// A status that says something is believed before any name.
fn kind(status: Option<u16>, named: &[Option<String>]) -> FailureKind {
    let mut names = named.iter().flatten().filter_map(|name| kind_named(name));
    match status {
        // Of the two families of 429, one is about money.
        Some(429) => names.find(|kind| *kind == FailureKind::NoCredits).unwrap_or(FailureKind::RateLimited),
        Some(400) => names.find(|kind| *kind == FailureKind::Refused).unwrap_or(FailureKind::Rejected),
        Some(status) => kind_of(status),
        None => names.next().unwrap_or(FailureKind::Server),
    }
}

fn kind_of(status: u16) -> FailureKind {
    match status {
        401 => FailureKind::Unauthorised,
        402 => FailureKind::NoCredits,
        403 => FailureKind::Refused,
        404 => FailureKind::NoModel,
        408 | 504 | 524 => FailureKind::TimedOut,
        429 => FailureKind::RateLimited,
        502 | 503 | 529 => FailureKind::Unavailable,
        500.. => FailureKind::Server,
        // A redirect too: the key is not carried to another address.
        _ => FailureKind::Rejected,
    }
}

fn kind_named(name: &str) -> Option<FailureKind> {
    Some(match name {
        "authentication" | "invalid_api_key" => FailureKind::Unauthorised,
        "payment_required"
        | "insufficient_quota"
        | "credit_balance_exhausted"
        | "organization_spend_limit_exceeded"
        | "project_spend_limit_exceeded"
        | "organization_usage_limit_exceeded" => FailureKind::NoCredits,
        "permission_denied" | "content_policy_violation" | "refusal" | "content_filter" => {
            FailureKind::Refused
        }
        "not_found" | "model_not_found" => FailureKind::NoModel,
        "rate_limit_exceeded" | "rate_limited" => FailureKind::RateLimited,
        "timeout" => FailureKind::TimedOut,
        "provider_unavailable" | "provider_overloaded" => FailureKind::Unavailable,
        "invalid_request"
        | "invalid_request_error"
        | "invalid_prompt"
        | "context_length_exceeded"
        | "max_tokens_exceeded"
        | "token_limit_exceeded"
        | "string_too_long"
        | "invalid_image"
        | "precondition_failed"
        | "payload_too_large"
        | "unprocessable" => FailureKind::Rejected,
        "server" | "server_error" => FailureKind::Server,
        _ => return None,
    })
}

fn message(error: &Value, metadata: &Value) -> String {
    let said =
        text(&error["message"]).or_else(|| text(error)).unwrap_or_else(|| "no reason was given".to_owned());
    let reasons = metadata["reasons"].as_array().map_or(&[][..], Vec::as_slice);
    let reasons: Vec<&str> = reasons.iter().filter_map(Value::as_str).collect();
    let said = if reasons.is_empty() { said } else { format!("{said} ({})", reasons.join(", ")) };
    said.chars().filter(|c| !c.is_control()).take(MOST_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::{FailureKind, from_error, from_status};

    /// Every row of the table of errors, with the statuses as the documentation gives them.
    #[test]
    fn every_status_has_its_kind() {
        let rows = [
            (400, "invalid_request", FailureKind::Rejected),
            (400, "context_length_exceeded", FailureKind::Rejected),
            (400, "content_policy_violation", FailureKind::Refused),
            (400, "refusal", FailureKind::Refused),
            (401, "authentication", FailureKind::Unauthorised),
            (402, "payment_required", FailureKind::NoCredits),
            (403, "permission_denied", FailureKind::Refused),
            (404, "not_found", FailureKind::NoModel),
            (408, "timeout", FailureKind::TimedOut),
            (412, "precondition_failed", FailureKind::Rejected),
            (413, "payload_too_large", FailureKind::Rejected),
            (422, "unprocessable", FailureKind::Rejected),
            (429, "rate_limit_exceeded", FailureKind::RateLimited),
            (429, "insufficient_quota", FailureKind::NoCredits),
            (500, "server", FailureKind::Server),
            (502, "provider_unavailable", FailureKind::Unavailable),
            (503, "provider_overloaded", FailureKind::Unavailable),
            (504, "timeout", FailureKind::TimedOut),
            (524, "timeout", FailureKind::TimedOut),
            (529, "a_new_one", FailureKind::Unavailable),
            (418, "a_new_one", FailureKind::Rejected),
            (599, "a_new_one", FailureKind::Server),
        ];
        for (status, error_type, kind) in rows {
            let body =
                json!({"error": {"code": status, "message": "m", "metadata": {"error_type": error_type}}});
            assert_eq!(from_status(status, &body.to_string()).kind, kind, "{status} {error_type}");
            // The same without a status of its own, as it stands in a body of 200.
            assert_eq!(from_error(None, &body["error"]).kind, kind, "{status} {error_type} in a 200");
        }
    }

    #[test]
    fn codes_may_be_words_and_types_stand_in_two_places() {
        let word = json!({"code": "server_error", "message": "m"});
        assert_eq!(from_error(None, &word).kind, FailureKind::Server);
        let openai = json!({"message": "m", "type": "insufficient_quota", "param": null, "code": "insufficient_quota"});
        assert_eq!(from_error(Some(429), &openai).kind, FailureKind::NoCredits);
        let direct = json!({"http_status": 503, "error_type": "provider_overloaded", "message": "m",
            "availability": {"code": "temporarily_unavailable", "retryable": true, "retry_after": 40}});
        let failure = from_error(None, &direct);
        assert_eq!((failure.kind, failure.retryable), (FailureKind::Unavailable, Some(true)));
        assert_eq!(failure.retry_after, Some(Duration::from_secs(40)));
        let text = json!({"code": "429", "message": "m"});
        assert_eq!(from_error(None, &text).kind, FailureKind::RateLimited);
        let only_typed = json!({"message": "m", "error_type": "timeout"});
        assert_eq!(from_error(None, &only_typed).kind, FailureKind::TimedOut);
    }

    #[test]
    fn a_body_that_is_no_error_still_has_a_status() {
        for body in ["", "<html>Bad gateway</html>", "null", "[]", "{", "{\"error\":null}", "12"] {
            assert_eq!(from_status(502, body).kind, FailureKind::Unavailable, "{body}");
        }
        assert_eq!(from_status(500, r#"{"error":"out of memory"}"#).message, "out of memory");
        let reasons =
            json!({"error": {"code": 403, "message": "flagged", "metadata": {"reasons": ["violence"]}}});
        assert_eq!(from_status(403, &reasons.to_string()).message, "flagged (violence)");
    }
}
