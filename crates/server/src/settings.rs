//! The settings that the environment or a file may hold, each read by one function: the command line
//! uses them one at a time, `doctor` all at once.

pub(crate) mod file;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::{Format, Language, MicroUsd, Mode, SlideCount};
use url::Url;

pub(crate) const FILE: &str = "SLIDEWRIGHT_CONFIG";
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

/// A setting with what it is for and what it must look like.
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    /// What holds where it is not set; empty where nothing does.
    default: &'static str,
    about: &'static str,
    check: fn(&str, themes: &[String]) -> Result<(), String>,
}

/// Every setting: of the environment, or of the file.
#[rustfmt::skip]
pub(crate) const ALL: [Setting; 21] = [
    Setting { name: FILE, default: "slidewright.toml", about: "the file with the other settings, in the folder where the program runs", check: |_, _| Ok(()) },
    Setting { name: DATA, default: "", about: "the folder of the database, your themes and fonts; else your user's own data folder", check: |text, _| data(text) },
    Setting { name: LOG, default: "", about: "what is logged to standard error: error, warn, info, debug, or a filter such as store=debug", check: |text, _| log(text) },
    Setting { name: SLIDES, default: "", about: "slides of a new carousel, 2 to 10; else 8, or fewer where the text has too little", check: |text, _| slides(text).map(drop) },
    Setting { name: THEME, default: "", about: "the theme of a new carousel; else three are tried", check: theme },
    Setting { name: FORMAT, default: "4x5", about: "the shape of the slides: 4x5, 1x1, 3x4 or 9x16", check: |text, _| format(text).map(drop) },
    Setting { name: LANGUAGE, default: "", about: "the language of a new carousel as two letters; else the article's own", check: |text, _| language(text).map(drop) },
    Setting { name: ADDR, default: "127.0.0.1:3000", about: "where the studio listens", check: |text, _| addr(text) },
    Setting { name: PUBLIC_URL, default: "", about: "the address that people type, where a proxy stands before the studio", check: |text, _| public_url(text).map(drop) },
    Setting { name: BEHIND_PROXY, default: "false", about: "believe the proxy's X-Forwarded-For about who the visitor is", check: |text, _| yes_or_no(text) },
    Setting { name: API_RATE, default: "20", about: "requests a second that one caller of the API may make", check: |text, _| api_rate(text).map(drop) },
    Setting { name: OPENROUTER_KEY, default: "", about: "a key of OpenRouter: with it models write", check: |_, _| Ok(()) },
    Setting { name: BASE_URL, default: "", about: "any OpenAI-compatible server instead, such as http://127.0.0.1:11434/v1", check: |text, _| base_url(text) },
    Setting { name: LLM_KEY, default: "", about: "the key of that server, where it wants one; where the address stands in a file, so does the key", check: |_, _| Ok(()) },
    Setting { name: MODEL, default: "", about: "the model of all tiers that name none of their own; a list is tried from the first on", check: |_, _| Ok(()) },
    Setting { name: SIMPLE, default: "", about: "the models of the simple tier, which the mode fast asks", check: |_, _| Ok(()) },
    Setting { name: STANDARD, default: "", about: "the models of the standard tier", check: |_, _| Ok(()) },
    Setting { name: COMPLEX, default: "", about: "the models of the complex tier, which the mode thorough asks", check: |_, _| Ok(()) },
    Setting { name: BUDGET_CAROUSEL, default: "", about: "the most that one carousel may cost, in US dollars", check: |text, _| dollars(text).map(drop) },
    Setting { name: BUDGET_DAY, default: "", about: "the most that a day may cost, in US dollars", check: |text, _| dollars(text).map(drop) },
    Setting { name: BUDGET_MONTH, default: "", about: "the most that a month may cost, in US dollars", check: |text, _| dollars(text).map(drop) },
];

/// What the environment says; nothing where it is empty.
#[expect(clippy::disallowed_methods, reason = "this is the one crate that reads the environment")]
fn of_environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.trim().is_empty())
}

/// What the environment says, or else the file.
pub(crate) fn read(name: &str) -> Option<String> {
    of_environment(name).or_else(|| file::value(name).map(str::to_owned))
}

/// The key of the server that is named: an address of a file, which may be a stranger's, is never sent a key of
/// the environment.
pub(crate) fn key_of_the_server() -> Option<String> {
    match of_environment(BASE_URL) {
        Some(_) => read(LLM_KEY),
        None => file::value(LLM_KEY).map(str::to_owned),
    }
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

/// Every setting that is wrong or that nobody reads, each a sentence.
#[expect(clippy::disallowed_methods, reason = "this is the one crate that reads the environment")]
pub(crate) fn problems(themes: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    for Setting { name, about, check, .. } in ALL {
        match std::env::var_os(name).map(std::ffi::OsString::into_string) {
            Some(Err(_)) => problems.push(format!("{name} is not valid text")),
            Some(Ok(text)) => {
                let wrong = check(&text, themes).err();
                problems.extend(wrong.map(|error| format!("{name}: {error} (it is {about})")));
            }
            None => {
                let wrong = file::value(name).and_then(|text| check(text, themes).err());
                problems.extend(
                    wrong.map(|error| format!("{name} in the file of settings: {error} (it is {about})")),
                );
            }
        }
    }
    let ours = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let ours = ours.filter(|name| name.starts_with("SLIDEWRIGHT_") && !name.starts_with("SLIDEWRIGHT_TEST_"));
    for name in ours.chain(file::names().map(str::to_owned)) {
        if ALL.iter().all(|setting| setting.name != name) {
            problems.push(format!("{name} is not a setting; it is ignored, so it may be misspelt"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use domain::MicroUsd;

    use super::{ALL, dollars, slides};

    /// The text of `.env.example`: every setting with what it is for and what holds without it.
    fn example() -> String {
        let mut text = "# Every setting of Slidewright. Set one in the environment, or under the same name in slidewright.toml\n\
                        # (NAME = \"value\"); the environment counts before the file, and the command line before both.\n"
            .to_owned();
        for setting in ALL {
            text.push_str(&format!("\n# {}\n# {}={}\n", setting.about, setting.name, setting.default));
        }
        text
    }

    #[test]
    fn the_example_lists_every_setting_with_its_default() {
        let kept = include_str!("../../../.env.example");
        assert!(kept == example(), ".env.example is to be:\n{}", example());
    }

    #[test]
    fn every_default_is_a_value_that_is_taken() {
        for setting in ALL.iter().filter(|setting| !setting.default.is_empty()) {
            assert_eq!((setting.check)(setting.default, &[]), Ok(()), "{}", setting.name);
        }
    }

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
