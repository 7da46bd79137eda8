//! The settings that the environment may hold, each read by one function: the command line
//! uses them one at a time, `doctor` all at once.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::{Format, Language, MicroUsd, Mode, SlideCount};
use url::Url;

pub(crate) const DATA: &str = "SLIDEWRIGHT_DATA";
pub(crate) const LOG: &str = "SLIDEWRIGHT_LOG";
pub(crate) const SLIDES: &str = "SLIDEWRIGHT_SLIDES";
pub(crate) const THEME: &str = "SLIDEWRIGHT_THEME";
pub(crate) const FORMAT: &str = "SLIDEWRIGHT_FORMAT";
pub(crate) const LANGUAGE: &str = "SLIDEWRIGHT_LANG";
pub(crate) const ADDR: &str = "SLIDEWRIGHT_ADDR";
pub(crate) const PUBLIC_URL: &str = "SLIDEWRIGHT_PUBLIC_URL";
pub(crate) const BEHIND_PROXY: &str = "SLIDEWRIGHT_BEHIND_PROXY";
pub(crate) const API_RATE: &str = "SLIDEWRIGHT_API_RATE";
pub(crate) const OPENROUTER_KEY: &str = "OPENROUTER_API_KEY";
pub(crate) const BASE_URL: &str = "LLM_BASE_URL";
pub(crate) const LLM_KEY: &str = "LLM_API_KEY";
pub(crate) const MODEL: &str = "LLM_MODEL";
pub(crate) const SIMPLE: &str = "LLM_MODEL_SIMPLE";
pub(crate) const STANDARD: &str = "LLM_MODEL_STANDARD";
pub(crate) const COMPLEX: &str = "LLM_MODEL_COMPLEX";
pub(crate) const BUDGET_CAROUSEL: &str = "SLIDEWRIGHT_BUDGET_CAROUSEL";
pub(crate) const BUDGET_DAY: &str = "SLIDEWRIGHT_BUDGET_DAY";
pub(crate) const BUDGET_MONTH: &str = "SLIDEWRIGHT_BUDGET_MONTH";

/// The user's own data folder for programs, else a folder here.
pub(crate) fn default_data() -> PathBuf {
    directories::ProjectDirs::from("", "", "slidewright")
        .map_or_else(|| PathBuf::from("slidewright-data"), |folders| folders.data_dir().to_owned())
}

pub(crate) fn slides(text: &str) -> Result<SlideCount, String> {
    let wrong = || format!("a carousel has 2 to 10 slides, not {text}");
    text.trim().parse::<u8>().ok().and_then(|count| SlideCount::try_from(count).ok()).ok_or_else(wrong)
}

pub(crate) fn format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|error: domain::UnknownName| error.to_string())
}

pub(crate) fn mode(text: &str) -> Result<Mode, String> {
    text.parse().map_err(|error: domain::UnknownName| error.to_string())
}

pub(crate) fn language(text: &str) -> Result<Language, String> {
    text.parse().map_err(|error: domain::NotALanguage| error.to_string())
}

/// A setting of the environment with what it must look like.
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) check: fn(&str, themes: &[String]) -> Result<(), String>,
}

/// Every setting that is read from the environment.
pub(crate) const ALL: [Setting; 20] = [
    Setting { name: DATA, check: |text, _| data(text) },
    Setting { name: LOG, check: |text, _| log(text) },
    Setting { name: SLIDES, check: |text, _| slides(text).map(drop) },
    Setting { name: THEME, check: theme },
    Setting { name: FORMAT, check: |text, _| format(text).map(drop) },
    Setting { name: LANGUAGE, check: |text, _| language(text).map(drop) },
    Setting { name: ADDR, check: |text, _| addr(text) },
    Setting { name: PUBLIC_URL, check: |text, _| public_url(text).map(drop) },
    Setting { name: BEHIND_PROXY, check: |text, _| yes_or_no(text) },
    Setting { name: API_RATE, check: |text, _| api_rate(text).map(drop) },
    Setting { name: OPENROUTER_KEY, check: |_, _| Ok(()) },
    Setting { name: BASE_URL, check: |text, _| base_url(text) },
    Setting { name: LLM_KEY, check: |_, _| Ok(()) },
    Setting { name: MODEL, check: |_, _| Ok(()) },
    Setting { name: SIMPLE, check: |_, _| Ok(()) },
    Setting { name: STANDARD, check: |_, _| Ok(()) },
    Setting { name: COMPLEX, check: |_, _| Ok(()) },
    Setting { name: BUDGET_CAROUSEL, check: |text, _| dollars(text).map(drop) },
    Setting { name: BUDGET_DAY, check: |text, _| dollars(text).map(drop) },
    Setting { name: BUDGET_MONTH, check: |text, _| dollars(text).map(drop) },
];

/// What the environment says; nothing where it is empty.
#[expect(clippy::disallowed_methods, reason = "this is the one crate that reads the environment")]
pub(crate) fn read(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.trim().is_empty())
}

fn base_url(text: &str) -> Result<(), String> {
    llm::Connection::compatible(text, None).map(drop).map_err(|error| error.to_string())
}

/// An amount such as `0.50`, in US dollars.
pub(crate) fn dollars(text: &str) -> Result<MicroUsd, String> {
    let amount = llm::Femto::parse(text.trim().trim_start_matches('$')).and_then(llm::Femto::to_micro);
    let amount = amount.filter(|amount| *amount >= MicroUsd::ZERO);
    amount.ok_or_else(|| format!("`{text}` is not an amount in dollars such as 0.50"))
}

pub(crate) fn api_rate(text: &str) -> Result<u32, String> {
    let rate = text.trim().parse().ok().filter(|rate| (1..=100_000).contains(rate));
    rate.ok_or_else(|| format!("`{text}` is not a number of requests from 1 to 100000"))
}

pub(crate) fn public_url(text: &str) -> Result<Url, String> {
    let wrong = || format!("`{text}` is not an address such as https://studio.example.org");
    let url: Url = text.trim().parse().map_err(|_| wrong())?;
    let is_origin = matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none();
    if is_origin && url.has_host() { Ok(url) } else { Err(wrong()) }
}

fn addr(text: &str) -> Result<(), String> {
    let wrong = |_| format!("`{text}` is not an address such as 127.0.0.1:3000");
    text.parse::<SocketAddr>().map(drop).map_err(wrong)
}

fn yes_or_no(text: &str) -> Result<(), String> {
    text.parse::<bool>().map(drop).map_err(|_| format!("`{text}` is neither true nor false"))
}

fn data(text: &str) -> Result<(), String> {
    match Path::new(text) {
        path if text.is_empty() => {
            Err(format!("`{}` is no folder; name one, or leave it out", path.display()))
        }
        path if path.exists() && !path.is_dir() => Err(format!("`{text}` is not a folder")),
        _ => Ok(()),
    }
}

fn log(text: &str) -> Result<(), String> {
    tracing_subscriber::EnvFilter::try_new(text)
        .map(drop)
        .map_err(|error| format!("`{text}` is not a log filter ({error}); use error, warn, info or debug"))
}

fn theme(text: &str, themes: &[String]) -> Result<(), String> {
    if themes.iter().any(|theme| theme == text) {
        return Ok(());
    }
    Err(format!("`{text}` is not a theme here; choose one of {}", themes.join(", ")))
}

/// Every setting of the environment that is wrong or that nobody reads, each a sentence.
#[expect(clippy::disallowed_methods, reason = "this is the one crate that reads the environment")]
pub(crate) fn problems(themes: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    for Setting { name, check } in ALL {
        let Some(value) = std::env::var_os(name) else { continue };
        match value.to_str() {
            None => problems.push(format!("{name} is not valid text")),
            Some(text) => problems.extend(check(text, themes).err().map(|error| format!("{name}: {error}"))),
        }
    }
    let ours = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in ours.filter(|name| name.starts_with("SLIDEWRIGHT_") && !name.starts_with("SLIDEWRIGHT_TEST_"))
    {
        if ALL.iter().all(|setting| setting.name != name) {
            problems.push(format!("{name} is not a setting; it is ignored, so it may be misspelt"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use domain::MicroUsd;

    use super::{dollars, slides};

    #[test]
    fn a_budget_is_an_amount_in_dollars() {
        assert_eq!(dollars("0.50"), Ok(MicroUsd(500_000)));
        assert_eq!(dollars(" $2 "), Ok(MicroUsd(2_000_000)));
        for wrong in ["", "-1", "many", "1,50"] {
            assert!(dollars(wrong).is_err_and(|said| said.contains("such as 0.50")), "{wrong}");
        }
    }

    #[test]
    fn a_number_of_slides_out_of_range_is_answered_in_a_sentence() {
        for wrong in ["1", "11", "0", "-3", "300", "eight", ""] {
            assert_eq!(slides(wrong).unwrap_err(), format!("a carousel has 2 to 10 slides, not {wrong}"));
        }
        assert_eq!(slides(" 10 ").unwrap().get(), 10);
    }
}
