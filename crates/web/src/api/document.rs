//! The OpenAPI document: what the handlers say of themselves, completed with what holds for
//! all of them.
//!
//! The schemas are those of the types (JSON Schema 2020-12, which OpenAPI 3.1 takes as it
//! is), with each stage's content among them.

use std::borrow::Cow;

use axum::http::StatusCode;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};
use utoipa::openapi::{OpenApi, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::problem::{self, Problem};
use super::{carousels, costs, files, links, people, profiles, stages, tokens, variants, workspace};

/// Gives each type the name and place of its schema in the document.
macro_rules! documented {
    ($($module:ident :: $type:ident),* $(,)?) => {
        $(
            impl PartialSchema for $module::$type {
                /// Replaced by the type's own, when the document is completed.
                fn schema() -> RefOr<Schema> {
                    RefOr::T(Schema::default())
                }
            }

            impl ToSchema for $module::$type {
                fn name() -> Cow<'static, str> {
                    <Self as JsonSchema>::schema_name()
                }
            }
        )*

        fn define(generator: &mut SchemaGenerator) {
            $(generator.subschema_for::<$module::$type>();)*
        }
    };
}

documented! {
    carousels::Carousel, carousels::CarouselToMake, carousels::CarouselPage, carousels::CarouselPatch,
    carousels::SourceToRead, carousels::SlideOrder, carousels::Looks,
    stages::StageRound, stages::Choice, stages::Rejection, stages::ContentToKeep,
    variants::Variant, variants::Opinion, variants::Rating,
    files::ImportedCarousel,
    profiles::Profiles, profiles::ProfileShown, profiles::ProfileToMake, profiles::ProfilePatch,
    people::Members, people::Member, people::NewRole,
    people::Invitations, people::Invitation, people::InvitationToMake,
    tokens::Tokens, tokens::Token, tokens::TokenToMake,
    links::Links, links::Link, links::LinkToMake,
    workspace::Settings, workspace::Record,
    costs::Costs, costs::Ledger,
}

/// The errors that any call may answer; those of some calls alone are beside them.
const ANY: [StatusCode; 5] = [
    StatusCode::UNAUTHORIZED,
    StatusCode::FORBIDDEN,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
];
const WITH_BODY: [StatusCode; 4] = [
    StatusCode::BAD_REQUEST,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    StatusCode::UNPROCESSABLE_ENTITY,
];
/// Calls with a tag to compare with.
const EDITS: [&str; 7] = [
    "edit_variant",
    "change_carousel",
    "reorder_slides",
    "change_looks",
    "revise_stage",
    "change_profile",
    "set_settings",
];
/// The subjects, in the order of work.
const TAGS: [&str; 11] = [
    "Carousels",
    "Stages",
    "Variants",
    "Slides and files",
    "Links",
    "Profiles",
    "Members",
    "Tokens",
    "Workspace",
    "Costs",
    "Server",
];
/// Calls that name something in their body that has to be there.
const NAMING: [&str; 1] = ["make_carousel"];

/// The whole document.
pub(super) fn complete(described: &OpenApi) -> Value {
    let mut document = serde_json::to_value(described).unwrap_or_default();
    let mut generator = SchemaSettings::draft2020_12()
        .with(|set| set.definitions_path = "/components/schemas".into())
        .into_generator();
    define(&mut generator);
    generator.subschema_for::<Problem>();
    // Else it names the author of the library that gathers the calls.
    document["info"] = Value::Null;
    for about in [about(), health()] {
        merge(&mut document, about);
    }
    document["components"] = components(&mut generator);
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, item) in paths.filter(|(path, _)| path.starts_with("/api/")) {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            finish(path, method, operation);
        }
    }
    document
}

fn about() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Slidewright",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Carousels from a topic or a text: make one, look at each stage's variants, rate, edit, \
                reject and approve them, and take the slides out.\n\nCalls are signed with a token \
                (`Authorization: Bearer slw_…`), which `slidewright token create` or the settings page makes. \
                Errors are `application/problem+json` (RFC 9457). A POST with an `Idempotency-Key` is done once, \
                however often it is sent within a day. What is read with an `ETag` may be changed with `If-Match`, \
                and is then never written over somebody else's change.",
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "servers": [{ "url": "/" }],
        "tags": TAGS.map(|name| json!({ "name": name })),
        "security": [{ "token": [] }, { "session": [] }],
    })
}

/// For whoever watches the server.
fn health() -> Value {
    let says = |description: &str| json!({ "description": description, "content": { "text/plain": { "schema": { "type": "string" } } } });
    let call = |id: &str, summary: &str| {
        json!({ "get": {
            "tags": ["Server"], "operationId": id, "summary": summary, "security": [],
            "responses": { "200": says("Yes."), "503": says("No: what is missing, in a sentence.") },
        } })
    };
    json!({ "paths": {
        "/healthz": call("is_alive", "Tells whether the process answers."),
        "/readyz": call("is_ready", "Tells whether the database answers, too."),
    } })
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

fn components(generator: &mut SchemaGenerator) -> Value {
    let problems = ANY.iter().chain(&WITH_BODY).chain(&[
        StatusCode::NOT_FOUND,
        StatusCode::CONFLICT,
        StatusCode::PRECONDITION_FAILED,
    ]);
    let responses = problems.map(|status| (status.as_str().to_owned(), response(*status)));
    json!({
        "schemas": generator.take_definitions(true),
        "responses": responses.collect::<Map<_, _>>(),
        "securitySchemes": {
            "token": { "type": "http", "scheme": "bearer", "description": "A token: `slw_…`." },
            "session": { "type": "apiKey", "in": "cookie", "name": "slidewright", "description": "Of a signed-in browser." },
        },
    })
}

fn response(status: StatusCode) -> Value {
    let (_, title, _) = problem::said(status);
    let mut response = json!({
        "description": format!("{title}."),
        "content": { problem::MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    if status == StatusCode::TOO_MANY_REQUESTS {
        response["headers"] = json!({ "Retry-After": header("Seconds to wait.", "integer") });
    }
    if status == StatusCode::UNAUTHORIZED {
        response["headers"] = json!({ "WWW-Authenticate": header("How to sign in.", "string") });
    }
    response
}

fn header(description: &str, kind: &str) -> Value {
    json!({ "description": description, "schema": { "type": kind } })
}

/// What holds for a call because of what it is.
fn finish(path: &str, method: &str, operation: &mut Value) {
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    let has_body = operation.get("requestBody").is_some();
    let has_query = operation["parameters"].as_array().is_some_and(|parameters| !parameters.is_empty());
    let changes = method != "get";
    if let Some(summary) = operation["summary"].as_str().map(|summary| summary.replace('\n', " ")) {
        operation["summary"] = summary.into();
    }
    let mut problems = ANY.to_vec();
    if path.contains('{') || NAMING.contains(&id.as_str()) {
        problems.push(StatusCode::NOT_FOUND);
    }
    if has_body {
        problems.extend(WITH_BODY);
    }
    if has_query {
        problems.push(StatusCode::BAD_REQUEST);
    }
    // Pictures and files may be unfit to be drawn.
    if has_query || method == "post" || path.contains("/slides/") || path.contains("/files/") {
        problems.push(StatusCode::UNPROCESSABLE_ENTITY);
    }
    if changes || path.contains("/files/") {
        problems.push(StatusCode::CONFLICT);
    }
    if method == "post" {
        problems.push(StatusCode::PAYLOAD_TOO_LARGE);
    }
    if EDITS.contains(&id.as_str()) {
        problems.push(StatusCode::PRECONDITION_FAILED);
    }
    let responses = &mut operation["responses"];
    succeed(responses, method, path, &id);
    for status in problems {
        responses[status.as_str()] = json!({ "$ref": format!("#/components/responses/{}", status.as_str()) });
    }
    parameters(path, method, &id, operation);
}

/// The headers of what went well.
fn succeed(responses: &mut Value, method: &str, path: &str, id: &str) {
    for (status, response) in responses.as_object_mut().into_iter().flatten() {
        let mut headers = json!({
            "RateLimit-Limit": header("How many requests may come at once.", "integer"),
            "RateLimit-Remaining": header("How many of them are left.", "integer"),
            "RateLimit-Reset": header("Seconds until all are there again.", "integer"),
        });
        if method == "post" {
            headers["Idempotency-Replayed"] = header("`true` where this repeats the first answer.", "string");
            if ["201", "202"].contains(&status.as_str()) && id != "regenerate_variant" {
                headers["Location"] = header("Where it is.", "string");
            }
        }
        if EDITS.contains(&id)
            || ["read_carousel", "read_variant", "read_profile", "read_settings"].contains(&id)
        {
            headers["ETag"] = header("For `If-Match`.", "string");
        }
        if path.contains("/slides/") {
            headers["ETag"] = header("For `If-None-Match`.", "string");
        }
        response["headers"] = headers;
        for (kind, content) in
            response.get_mut("content").and_then(Value::as_object_mut).into_iter().flatten()
        {
            if kind.starts_with("image/") || ["application/zip", "application/pdf"].contains(&kind.as_str()) {
                *content = json!({});
            }
        }
    }
    if path.contains("/slides/") {
        responses["304"] = json!({ "description": "It is the one of `If-None-Match`." });
    }
}

/// The parts of the path by their names, and the headers that calls of a kind take.
fn parameters(path: &str, method: &str, id: &str, operation: &mut Value) {
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    for name in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        let schema = match name {
            "stage" => json!({ "$ref": "#/components/schemas/Stage" }),
            "picture" => {
                json!({ "type": "string", "pattern": "^([1-9]|10)\\.(jpg|png)$", "examples": ["1.jpg"] })
            }
            "file" => json!({ "type": "string", "enum": ["jpeg.zip", "png.zip", "pdf", "json", "caption"] }),
            _ => json!({ "type": "string", "format": "uuid" }),
        };
        parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
    }
    let mut takes = |name: &str, description: &str, schema: Value| {
        parameters
            .push(json!({ "name": name, "in": "header", "description": description, "schema": schema }));
    };
    if method == "post" {
        let key = json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" });
        takes("Idempotency-Key", "A new one for each request; the same one to repeat it.", key);
    }
    if EDITS.contains(&id) {
        takes("If-Match", "The `ETag` that was read: else 412.", json!({ "type": "string" }));
    }
    if path.contains("/slides/") {
        takes("If-None-Match", "The `ETag` of the picture that is there.", json!({ "type": "string" }));
    }
    if let Some(state) = parameters.iter_mut().find(|one| one["name"] == "state" && one["in"] == "query") {
        state["schema"] = json!({ "enum": domain::StateGroup::ALL });
    }
    for parameter in parameters.iter_mut().filter(|one| one["in"] == "query") {
        match parameter["name"].as_str() {
            Some("by") => parameter["schema"] = json!({ "enum": studio::By::ALL }),
            Some("from" | "to") => parameter["schema"] = json!({ "type": "string", "format": "date" }),
            _ => {}
        }
    }
    operation["parameters"] = parameters.into();
}
