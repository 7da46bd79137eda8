//! The models that a connection lists, with prices and what each takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::money::{Femto, Price};

/// A model of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelInfo {
    pub id: String,
    /// `None` where the list says none, or one that varies.
    pub price: Option<Price>,
    /// For one image at the most.
    pub image_price: Option<Femto>,
    /// In tokens.
    pub context: Option<u64>,
    /// The most that it writes, in tokens.
    pub most_output: Option<u64>,
    /// Names of the parameters that it takes; `None` where the list says nothing of them.
    pub parameters: Option<Vec<String>>,
    /// How hard it may be asked to think.
    pub efforts: Option<Vec<String>>,
    /// The day from which on it is gone.
    pub expires: Option<String>,
}

impl ModelInfo {
    /// Whether it takes a parameter, as far as one knows.
    #[must_use]
    pub fn takes(&self, parameter: &str) -> bool {
        self.parameters.as_ref().is_none_or(|all| all.iter().any(|one| one == parameter))
    }
}

/// All models of a connection by their ids; empty where it has no list.
#[derive(Clone, Debug, Default)]
pub struct Catalogue(BTreeMap<String, Arc<ModelInfo>>);

impl Catalogue {
    #[must_use]
    pub fn new(models: Vec<ModelInfo>) -> Self {
        Self(models.into_iter().map(|model| (model.id.clone(), Arc::new(model))).collect())
    }

    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<ModelInfo>> {
        self.0.get(id)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of their ids.
    pub fn models(&self) -> impl Iterator<Item = &ModelInfo> {
        self.0.values().map(AsRef::as_ref)
    }
}
