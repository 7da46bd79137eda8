//! The order of a finished carousel's slides, changed by one step or all at once.

use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use domain::{CarouselId, Problem};
use studio::StudioError;

use super::carousel::expected;
use crate::at::At;
use crate::error::PageError;
use crate::session::Person;
use crate::web::Web;

/// The slides' numbers in their new order, one field `order` each; a button of a page without
/// a script adds one step: `move=3:up`.
pub(crate) async fn save(
    State(web): State<Web>,
    person: Person,
    At(id): At<CarouselId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Redirect, PageError> {
    let failed = |error| person.error(error);
    let order = ordered(&form).ok_or_else(|| failed(not_an_order()))?;
    let known = form.iter().find(|(name, _)| name == "version").and_then(|(_, version)| expected(version));
    web.studio.reorder(person.actor(), id, order, known).await.map_err(failed)?;
    Ok(Redirect::to(&format!("/carousels/{id}?done=done-reordered#slides")))
}

fn not_an_order() -> StudioError {
    let message = "is no order of slides; load the page again and repeat what you did".to_owned();
    StudioError::Invalid { problems: vec![Problem { field: "order".to_owned(), message }] }
}

fn ordered(form: &[(String, String)]) -> Option<Vec<usize>> {
    let numbers = form.iter().filter(|(name, _)| name == "order").map(|(_, number)| number.parse().ok());
    let mut order = numbers.collect::<Option<Vec<usize>>>()?;
    if let Some((_, step)) = form.iter().find(|(name, _)| name == "move") {
        let (number, way) = step.split_once(':')?;
        let number: usize = number.parse().ok()?;
        let at = order.iter().position(|one| *one == number)?;
        let to = if way == "up" { at.checked_sub(1)? } else { at + 1 };
        if to >= order.len() {
            return None;
        }
        order.swap(at, to);
    }
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::ordered;

    fn form(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_step_changes_places_with_the_neighbour_and_leads_nowhere_at_the_ends() {
        let with = |step| form(&[("order", "1"), ("order", "2"), ("order", "3"), ("move", step)]);
        assert_eq!(ordered(&with("3:up")), Some(vec![1, 3, 2]));
        assert_eq!(ordered(&with("1:down")), Some(vec![2, 1, 3]));
        for wrong in ["1:up", "3:down", "7:up", "x:up", "2"] {
            assert_eq!(ordered(&with(wrong)), None, "{wrong}");
        }
        assert_eq!(ordered(&form(&[("order", "1"), ("order", "x")])), None);
    }
}
