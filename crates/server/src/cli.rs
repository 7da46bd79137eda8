//! The command line, as clap reads it.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use domain::{Email, Format, Language, MemberRole, Mode, SlideCount, TokenId};
use url::Url;

use crate::settings;

/// Turns an article into an Instagram carousel: six stages, several variants each, scored openly.
#[derive(Debug, Parser)]
#[command(name = "slidewright", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    /// The folder that holds the database, your themes and your fonts
    #[arg(long, global = true, env = settings::DATA, value_name = "DIR", default_value_os_t = settings::default_data(), hide_default_value = true)]
    pub(crate) data: PathBuf,

    /// Write a log to standard error: error, warn, info, debug, or a filter such as store=debug
    #[arg(long, global = true, env = settings::LOG, value_name = "LEVEL")]
    pub(crate) log: Option<String>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  slidewright new article.md --out carousel/
  slidewright new https://example.org/article --slides 6 --theme bold_vibrant
  slidewright serve
  pandoc thesis.docx -t markdown | slidewright new - --topic \"What the thesis found\"

Exit codes: 0 done, 1 failed, 2 wrong usage.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a carousel from a text and write its slides, PDF, caption and alt text
    New(NewArguments),
    /// Open the studio in the browser, with its API
    Serve(ServeArguments),
    /// List the themes, or draw a preview of them
    Themes(ThemesArguments),
    /// Fonts for scripts that are not built in
    Fonts {
        #[command(subcommand)]
        command: FontsCommand,
    },
    /// Keys for programs that call the API
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Set a new password for whoever is locked out; it is asked for, or read from standard input
    Password {
        /// Whose password it is; not needed where there is one account alone
        #[arg(long)]
        email: Option<Email>,
    },
    /// Check the settings and the machine, and name everything that is wrong at once
    Doctor,
    /// Print a completion script for your shell
    Completions { shell: Shell },
}

#[derive(Debug, Args)]
pub(crate) struct NewArguments {
    /// A Markdown, HTML or text file, an address (https://...), or - for standard input
    #[arg(value_name = "FILE|URL|-")]
    pub(crate) source: String,

    /// What the carousel is about; without it, the article's own title
    #[arg(long, value_name = "T")]
    pub(crate) topic: Option<String>,

    /// How many slides, 2 to 10; without it 8, or fewer where the text has too little for 8
    #[arg(long, env = settings::SLIDES, value_name = "N", value_parser = settings::slides)]
    pub(crate) slides: Option<SlideCount>,

    /// The theme; without it three are tried. `slidewright themes` lists them
    #[arg(long, env = settings::THEME, value_name = "NAME")]
    pub(crate) theme: Option<String>,

    /// The shape of the slides: 4x5, 1x1, 3x4 or 9x16
    #[arg(long, env = settings::FORMAT, value_name = "FORMAT", default_value = "4x5", value_parser = settings::format)]
    pub(crate) format: Format,

    /// The carousel's language as two letters; without it, the article's own
    #[arg(long, env = settings::LANGUAGE, value_name = "xx", value_parser = settings::language)]
    pub(crate) lang: Option<Language>,

    /// How much work goes into it: fast, balanced or thorough
    #[arg(long, value_name = "MODE", default_value = "balanced", value_parser = settings::mode)]
    pub(crate) mode: Mode,

    /// Write without a model, even where one is connected
    #[arg(long)]
    pub(crate) offline: bool,

    /// Show the variants of every stage and ask which one to take
    #[arg(long)]
    pub(crate) pick: bool,

    /// Print one JSON object on standard output instead of the summary
    #[arg(long, conflicts_with = "pick")]
    pub(crate) json: bool,

    /// Where the files go; without it, a folder here named after the article
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Allow addresses on a private network or this machine
    #[arg(long)]
    pub(crate) allow_private_addresses: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, env = settings::ADDR, value_name = "HOST:PORT", default_value = "127.0.0.1:3000")]
    pub(crate) addr: SocketAddr,

    /// The address that people type, where a proxy stands before the server
    #[arg(long, env = settings::PUBLIC_URL, value_name = "URL", value_parser = settings::public_url)]
    pub(crate) public_url: Option<Url>,

    /// Believe the proxy's X-Forwarded-For about who the visitor is
    #[arg(long, env = settings::BEHIND_PROXY)]
    pub(crate) behind_proxy: bool,

    /// Allow texts from addresses on a private network or this machine
    #[arg(long)]
    pub(crate) allow_private_addresses: bool,

    /// Requests a second that one caller of the API may make; ten times as many may come at once
    #[arg(long, env = settings::API_RATE, value_name = "N", default_value = "20", value_parser = settings::api_rate)]
    pub(crate) api_rate: u32,
}

#[derive(Debug, Args)]
pub(crate) struct ThemesArguments {
    /// Draw the layouts of every theme into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) preview: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FontsCommand {
    /// Copy the TTF, OTF and WOFF2 fonts of a folder into the data folder
    Add { folder: PathBuf },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a token for the owner and print it; it is shown this once
    Create {
        /// What it is for
        #[arg(long, value_name = "N", default_value = "command line")]
        name: String,

        /// The most that it may do: owner, editor, reviewer or viewer
        #[arg(long, value_name = "ROLE", default_value = "owner")]
        scope: MemberRole,
    },
    /// List the tokens with their scope and last use
    List,
    /// Revoke a token by its id, as `token list` shows it
    Revoke { id: TokenId },
}
