//! Which model serves which tier: configuration, held against what the connection lists.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::call::Tier;
use crate::capabilities::{Capabilities, Structured};
use crate::catalogue::{Catalogue, ModelInfo};
use crate::money::Femto;

/// The models of a tier, the first one first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    pub models: Vec<String>,
    /// How hard the model shall think, where it can be told: `low`, `medium`, `high`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<String>,
}

/// The model that makes vectors; it has no fallback, since vectors of two models can't be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbeddingRoute {
    pub model: String,
    /// Asked of models that can be asked; `None` takes the model's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimensions: Option<u32>,
}

/// The table from tasks to models.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    pub simple: Route,
    pub standard: Route,
    pub complex: Route,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding: Option<EmbeddingRoute>,
    #[serde(default)]
    pub image: Route,
}

/// Something about the table that a person should know.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RoutingWarning {
    #[error(
        "The model `{model}` of {tier} is not among the models that the connection lists; it is left out. Choose another in the routing table."
    )]
    Gone { tier: String, model: String },
    #[error(
        "The model `{model}` of {tier} has no structured output; it is left out. Choose another in the routing table."
    )]
    Unstructured { tier: String, model: String },
    #[error(
        "The model `{model}` of {tier} costs more than the cap on prices; it is left out. Raise the cap or choose another."
    )]
    TooDear { tier: String, model: String },
    #[error(
        "The model `{model}` of {tier} is to be switched off on {day}; choose another in the routing table before that day."
    )]
    Expires { tier: String, model: String, day: String },
    #[error("No model is left for {tier}; choose one in the routing table.")]
    Empty { tier: String },
}

/// A routing table that can't be read.
#[derive(Debug, Error)]
#[error("The routing table can't be read: {0}")]
pub struct BadRouting(#[from] toml::de::Error);

impl Routing {
    /// The models that OpenRouter is asked for, unless somebody chose others.
    ///
    /// # Errors
    /// Never with the table that is built in; a test reads it.
    pub fn openrouter() -> Result<Self, BadRouting> {
        Self::from_toml(include_str!("../data/routing.toml"))
    }

    /// # Errors
    /// Where it is no such table, with the line.
    pub fn from_toml(text: &str) -> Result<Self, BadRouting> {
        Ok(toml::from_str(text)?)
    }

    /// One model for every tier: a server that has just one.
    #[must_use]
    pub fn single(model: &str) -> Self {
        let route = Route { models: vec![model.to_owned()], effort: None };
        let image = Route::default();
        Self { simple: route.clone(), standard: route.clone(), complex: route, embedding: None, image }
    }

    #[must_use]
    pub fn tier(&self, tier: Tier) -> &Route {
        match tier {
            Tier::Simple => &self.simple,
            Tier::Standard => &self.standard,
            Tier::Complex => &self.complex,
        }
    }

    /// The table without the models that can't serve, and why each was left out.
    ///
    /// `cap` is the highest price of output for one token. Where the connection has no list, nothing is left out.
    #[must_use]
    pub fn checked(
        &self,
        catalogue: &Catalogue,
        capabilities: &Capabilities,
        cap: Option<Femto>,
    ) -> (Self, Vec<RoutingWarning>) {
        let mut warnings = Vec::new();
        let mut checked = self.clone();
        if catalogue.is_empty() {
            return (checked, warnings);
        }
        let structured = capabilities.structured == Structured::Strict;
        for (tier, route) in [
            ("simple", &mut checked.simple),
            ("standard", &mut checked.standard),
            ("complex", &mut checked.complex),
        ] {
            let tier = format!("the tier {tier}");
            route.models.retain(|model| {
                let found = fit(catalogue, model, &tier, structured, cap);
                let kept = !found.iter().any(|one| !matches!(one, RoutingWarning::Expires { .. }));
                warnings.extend(found);
                kept
            });
            if route.models.is_empty() {
                warnings.push(RoutingWarning::Empty { tier });
            }
        }
        if capabilities.images {
            let gone = checked.image.models.extract_if(.., |model| catalogue.get(model).is_none());
            warnings.extend(gone.map(|model| RoutingWarning::Gone { tier: "images".to_owned(), model }));
        }
        let embedding = checked.embedding.as_ref().map(|route| route.model.clone());
        if let Some(model) =
            embedding.filter(|model| capabilities.embeddings && catalogue.get(model).is_none())
        {
            checked.embedding = None;
            warnings.push(RoutingWarning::Gone { tier: "embeddings".to_owned(), model });
        }
        (checked, warnings)
    }
}

/// What speaks against a model.
fn fit(
    catalogue: &Catalogue,
    id: &str,
    tier: &str,
    structured: bool,
    cap: Option<Femto>,
) -> Option<RoutingWarning> {
    let (tier, model) = (tier.to_owned(), id.to_owned());
    let Some(info) = catalogue.get(id) else {
        return Some(RoutingWarning::Gone { tier, model });
    };
    if structured && !takes_schemas(info) {
        return Some(RoutingWarning::Unstructured { tier, model });
    }
    let price = info.price.as_ref();
    if cap.zip(price).is_some_and(|(cap, price)| price.output > cap) {
        return Some(RoutingWarning::TooDear { tier, model });
    }
    let day = info.expires.clone()?;
    Some(RoutingWarning::Expires { tier, model, day })
}

/// A list that says nothing of parameters speaks against nobody.
fn takes_schemas(info: &ModelInfo) -> bool {
    info.takes("structured_outputs")
}

#[cfg(test)]
mod tests {
    use super::{Capabilities, Catalogue, Femto, ModelInfo, Routing, RoutingWarning};
    use crate::money::Price;

    fn model(id: &str, parameters: &[&str]) -> ModelInfo {
        let parameters = Some(parameters.iter().map(|one| (*one).to_owned()).collect());
        let price = Some(Price::per_million(1, 5));
        ModelInfo { id: id.to_owned(), parameters, price, ..ModelInfo::default() }
    }

    #[test]
    fn the_table_that_is_built_in_is_one() {
        let table = Routing::openrouter().unwrap();
        assert!(table.simple.models.len() > 1 && table.image.models.len() > 1);
        assert!(Routing::from_toml("[simple]\nmodel = 1").unwrap_err().to_string().contains("line 2"));
    }

    #[test]
    fn what_cannot_serve_is_left_out_and_said() {
        let mut table = Routing::single("good");
        table.simple.models = ["gone", "prose", "good", "dear", "old"].map(str::to_owned).to_vec();
        table.complex.models = vec!["gone".to_owned()];
        let dear =
            ModelInfo { price: Some(Price::per_million(1, 50)), ..model("dear", &["structured_outputs"]) };
        let old =
            ModelInfo { expires: Some("2027-01-01".to_owned()), ..model("old", &["structured_outputs"]) };
        let list = vec![model("good", &["structured_outputs"]), model("prose", &["max_tokens"]), dear, old];
        let cap = Some(Femto::per_million(20, 0));
        let (checked, warnings) =
            table.checked(&Catalogue::new(list.clone()), &Capabilities::OPENROUTER, cap);
        assert_eq!(checked.simple.models, ["good", "old"]);
        assert_eq!(checked.standard, table.standard);
        assert!(checked.complex.models.is_empty());
        let said: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 6, "{said:#?}");
        assert!(matches!(warnings[5], RoutingWarning::Empty { .. }));
        let (all, none) = table.checked(&Catalogue::default(), &Capabilities::OPENROUTER, cap);
        assert_eq!((all, none), (table, vec![]));
    }
}
