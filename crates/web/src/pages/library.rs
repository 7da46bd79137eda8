//! The library: every carousel by its cover.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Redirect, Response};
use domain::{Right, StateGroup};
use serde::Deserialize;
use studio::{Card, LibraryFilter, LibraryPage};

use crate::error::PageError;
use crate::page::{Page, html};
use crate::session::Person;
use crate::web::Web;

/// Covers a page.
const LIMIT: u32 = 24;

#[derive(Template)]
#[template(path = "library.html")]
struct LibraryTemplate {
    page: Page,
    cards: Vec<Card>,
    query: LibraryQuery,
    /// The address of the next page, where there is one.
    more: Option<String>,
    may_make: bool,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LibraryQuery {
    search: String,
    /// A group of states: `waiting`, `ready`, `posted` ...; else all.
    state: String,
    archived: bool,
    after: String,
    done: Option<String>,
}

impl LibraryQuery {
    fn is_filtered(&self) -> bool {
        !self.search.trim().is_empty() || !self.state.is_empty() || self.archived
    }

    fn filter(&self) -> LibraryFilter {
        LibraryFilter {
            search: Some(self.search.trim().to_owned()).filter(|text| !text.is_empty()),
            state: self.state.parse().ok(),
            profile: None,
            archived: self.archived,
        }
    }

    /// The same question, from after `cursor` on.
    fn after(&self, cursor: &str) -> String {
        let archived = if self.archived { "true" } else { "false" };
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("search", &self.search).append_pair("state", &self.state);
        query.append_pair("archived", archived).append_pair("after", cursor);
        format!("/carousels?{}", query.finish())
    }
}

impl LibraryTemplate {
    fn groups(&self) -> &'static [StateGroup] {
        StateGroup::ALL
    }

    fn state_of(&self, card: &Card) -> String {
        self.page.t(&format!("state-{}", card.state.name().replace('_', "-")))
    }
}

pub(crate) async fn home(_: Person) -> Redirect {
    Redirect::to("/carousels")
}

pub(crate) async fn page(
    State(web): State<Web>,
    person: Person,
    Query(query): Query<LibraryQuery>,
) -> Result<Response, PageError> {
    let after = query.after.parse().ok();
    let found = web.studio.library(person.actor(), &query.filter(), after, LIMIT).await;
    let LibraryPage { cards, next } = found.map_err(|error| person.error(error))?;
    let page = person.page("library-title").section("library").notice(query.done.as_deref());
    let more = next.map(|cursor| query.after(&cursor.to_string()));
    Ok(html(&LibraryTemplate { page, cards, query, more, may_make: person.may(Right::Make) }))
}
