//! The connection to models, as the environment sets it: which server, which models, what they may cost.

use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use domain::MicroUsd;
use llm::{Attribution, Connection, Gateway, Limits, MemoryPurse, Route, Routing};
use studio::{Actor, Budgets, Studio};

use crate::settings;

/// What is connected and what it may cost; without an address or a key nothing is.
#[derive(Clone, Debug, Default)]
pub(crate) struct ModelSettings {
    openrouter_key: Option<String>,
    base_url: Option<String>,
    key: Option<String>,
    /// For the tiers that have none of their own.
    model: Option<String>,
    /// Each a list, the first one first: `simple`, `standard`, `complex`.
    tiers: [Option<String>; 3],
    carousel: Option<MicroUsd>,
    day: Option<MicroUsd>,
    month: Option<MicroUsd>,
}

impl ModelSettings {
    /// # Errors
    /// Where a budget is no amount.
    pub(crate) fn from_environment() -> anyhow::Result<Self> {
        let amount =
            |name| settings::read(name).map(|text| named(name, settings::dollars(&text))).transpose();
        Ok(Self {
            openrouter_key: settings::read(settings::OPENROUTER_KEY),
            base_url: settings::read(settings::BASE_URL),
            key: settings::key_of_the_server(),
            model: settings::read(settings::MODEL),
            tiers: [settings::SIMPLE, settings::STANDARD, settings::COMPLEX].map(settings::read),
            carousel: amount(settings::BUDGET_CAROUSEL)?,
            day: amount(settings::BUDGET_DAY)?,
            month: amount(settings::BUDGET_MONTH)?,
        })
    }

    /// The studio with its models, where some are connected, and with the budgets that were set.
    ///
    /// # Errors
    /// Where the address, the key or the models can't be used.
    pub(crate) async fn connect(&self, studio: Studio, owner: Actor) -> anyhow::Result<Studio> {
        self.set_budgets(&studio, owner).await?;
        let Some(connection) = self.connection()? else { return Ok(studio) };
        let routing = self.routing()?;
        let gateway =
            Gateway::new(connection, llm::Settings::new(routing), studio.purse(), llm::Surroundings::real())?;
        Ok(studio.with_models(gateway))
    }

    /// What the environment names replaces what was set; the rest stays as it is.
    async fn set_budgets(&self, studio: &Studio, owner: Actor) -> anyhow::Result<()> {
        let set = studio.budgets(owner).await?;
        let budgets = Budgets {
            carousel: self.carousel.or(set.carousel),
            day: self.day.or(set.day),
            month: self.month.or(set.month),
            ..set
        };
        Ok(studio.set_budgets(owner, budgets).await?)
    }

    /// A gateway to look at the connection with, apart from the accounts of any workspace.
    ///
    /// # Errors
    /// As [`ModelSettings::connect`].
    pub(crate) fn trial(&self) -> anyhow::Result<Option<Gateway>> {
        let Some(connection) = self.connection()? else { return Ok(None) };
        let purse = Arc::new(MemoryPurse::new(Limits::default()));
        let settings = llm::Settings::new(self.routing()?);
        Ok(Some(Gateway::new(connection, settings, purse, llm::Surroundings::real())?))
    }

    fn connection(&self) -> anyhow::Result<Option<Connection>> {
        let mut connection = match (&self.base_url, &self.openrouter_key) {
            (Some(address), _) => Connection::compatible(address, self.key.clone().map(Into::into))
                .context(settings::BASE_URL)?,
            (None, Some(key)) => Connection::openrouter(key.clone().into())?,
            (None, None) => return Ok(None),
        };
        connection.attribution = Attribution { site: None, title: Some("Slidewright".to_owned()) };
        Ok(Some(connection))
    }

    fn routing(&self) -> anyhow::Result<Routing> {
        let usual = if self.base_url.is_none() { Routing::openrouter()? } else { Routing::default() };
        let [simple, standard, complex] = &self.tiers;
        let tier = |own: &Option<String>, usual: &Route| match own.as_ref().or(self.model.as_ref()) {
            Some(models) => Route { models: list(models), effort: usual.effort.clone() },
            None => usual.clone(),
        };
        let routing = Routing {
            simple: tier(simple, &usual.simple),
            standard: tier(standard, &usual.standard),
            complex: tier(complex, &usual.complex),
            ..usual
        };
        if [&routing.simple, &routing.standard, &routing.complex].iter().any(|route| route.models.is_empty())
        {
            bail!(
                "{} is set, and no model for it; name one that the server has in {}",
                settings::BASE_URL,
                settings::MODEL
            );
        }
        Ok(routing)
    }
}

fn named<T>(name: &str, read: Result<T, String>) -> anyhow::Result<T> {
    read.map_err(|error| anyhow!("{name}: {error}"))
}

fn list(models: &str) -> Vec<String> {
    models.split(',').map(str::trim).filter(|model| !model.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::ModelSettings;

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn without_an_address_or_a_key_nothing_is_connected() {
        let none = ModelSettings { model: some("m"), key: some("k"), ..ModelSettings::default() };
        assert!(none.connection().unwrap().is_none());
    }

    #[test]
    fn a_server_of_ones_own_needs_a_model_and_takes_one_for_each_tier() {
        let server = ModelSettings { base_url: some("http://127.0.0.1:9/v1"), ..ModelSettings::default() };
        assert!(server.routing().unwrap_err().to_string().contains("LLM_MODEL"));
        let tiers = [some("small"), None, some("big, bigger")];
        let server = ModelSettings { model: some("m"), tiers, ..server };
        let routing = server.routing().unwrap();
        assert_eq!(routing.simple.models, ["small"]);
        assert_eq!(routing.standard.models, ["m"]);
        assert_eq!(routing.complex.models, ["big", "bigger"]);
        assert_eq!(server.connection().unwrap().unwrap().name, "127.0.0.1");
    }

    #[test]
    fn openrouter_has_models_of_its_own() {
        let openrouter = ModelSettings { openrouter_key: some("sk-or-x"), ..ModelSettings::default() };
        assert!(!openrouter.routing().unwrap().complex.models.is_empty());
        assert_eq!(openrouter.connection().unwrap().unwrap().name, "openrouter");
    }
}
