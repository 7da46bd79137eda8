//! What the workspace may spend: the owners' form, in dollars.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{MicroUsd, Problem, Right};
use serde::Deserialize;
use studio::{Budgets, StudioError};

use crate::error::PageError;
use crate::page::{Page, html, html_with};
use crate::session::Person;
use crate::web::Web;

/// Most digits before the point: more than any limit needs.
const DIGITS: usize = 6;

#[derive(Template)]
#[template(path = "budgets.html")]
struct BudgetsPage {
    page: Page,
    form: BudgetsForm,
    problems: Vec<Problem>,
}

/// The form as it was filled in; what is empty has no limit.
#[derive(Debug, Deserialize)]
pub(crate) struct BudgetsForm {
    carousel: String,
    day: String,
    month: String,
    warn_percent: String,
}

impl From<Budgets> for BudgetsForm {
    fn from(budgets: Budgets) -> Self {
        let shown = |limit: Option<MicroUsd>| limit.map(written).unwrap_or_default();
        Self {
            carousel: shown(budgets.carousel),
            day: shown(budgets.day),
            month: shown(budgets.month),
            warn_percent: budgets.warn_percent.to_string(),
        }
    }
}

impl BudgetsForm {
    fn read(&self, page: &Page) -> Result<Budgets, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut limit = |field: &str, text: &str| match text.trim() {
            "" => None,
            text => dollars(text).or_else(|| {
                problems.push(Problem { field: field.to_owned(), message: page.t("budgets-wrong") });
                None
            }),
        };
        let (carousel, day) = (limit("carousel", &self.carousel), limit("day", &self.day));
        let month = limit("month", &self.month);
        let warn_percent = self.warn_percent.trim().parse().unwrap_or(0);
        if problems.is_empty() { Ok(Budgets { carousel, day, month, warn_percent }) } else { Err(problems) }
    }
}

/// Without the zeros that say nothing: `2.5`.
fn written(amount: MicroUsd) -> String {
    let text = amount.to_string().replace('$', "");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An amount in dollars of at most six decimals; in German the comma is the point.
fn dollars(text: &str) -> Option<MicroUsd> {
    let text = text.trim_start_matches('$').trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || whole.len() > DIGITS || part.len() > 6 || text == "." {
        return None;
    }
    format!("0{whole}{part:0<6}").parse().ok().map(MicroUsd)
}

pub(crate) async fn form(State(web): State<Web>, person: Person) -> Result<Response, PageError> {
    let actor = person.actor();
    actor.require(Right::Manage).map_err(|error| person.error(error))?;
    let budgets = web.studio.budgets(actor).await.map_err(|error| person.error(error))?;
    Ok(html(&BudgetsPage { page: page(&person), form: budgets.into(), problems: vec![] }))
}

pub(crate) async fn save(
    State(web): State<Web>,
    person: Person,
    Form(form): Form<BudgetsForm>,
) -> Result<Response, PageError> {
    let page = page(&person);
    let refused = |page, form, problems| {
        html_with(StatusCode::UNPROCESSABLE_ENTITY, &BudgetsPage { page, form, problems })
    };
    let budgets = match form.read(&page) {
        Ok(budgets) => budgets,
        Err(problems) => return Ok(refused(page, form, problems)),
    };
    match web.studio.set_budgets(person.actor(), budgets).await {
        Ok(()) => Ok(Redirect::to("/costs?done=done-budgets").into_response()),
        Err(StudioError::Invalid { problems }) => Ok(refused(page, form, problems)),
        Err(error) => Err(person.error(error)),
    }
}

fn page(person: &Person) -> Page {
    person.page("budgets-title").section("costs")
}

#[cfg(test)]
mod tests {
    use domain::MicroUsd;

    use super::{dollars, written};

    #[test]
    fn dollars_are_read_exactly_and_written_short() {
        for (text, micros) in [
            ("2.5", 2_500_000),
            ("2,5", 2_500_000),
            ("$10", 10_000_000),
            ("0.000001", 1),
            (".5", 500_000),
            ("0", 0),
        ] {
            assert_eq!(dollars(text), Some(MicroUsd(micros)), "{text}");
        }
        for wrong in [".", "-1", "1.0000001", "1e3", "1.2.3", "1234567", "ten", "1 000"] {
            assert_eq!(dollars(wrong), None, "{wrong}");
        }
        assert_eq!(written(MicroUsd(2_500_000)), "2.5");
        assert_eq!(written(MicroUsd(10_000_000)), "10");
        assert_eq!(written(MicroUsd(0)), "0");
    }
}
