//! The house rules on single files: each takes a file and says what breaks the rule, where, and the mend.

use std::fmt;

use crate::rust::{functions, lex};
use crate::tree::File;

pub(crate) const FILE_LINES: usize = 800;
pub(crate) const FUNCTION_LINES: usize = 100;
pub(crate) const SHALLOW_LINES: usize = 40;
pub(crate) const TEMPLATE_LINES: usize = 60;
pub(crate) const SCRIPT_LINES: usize = 100;

/// Where handlers and job bodies live: they hand on to an operation and do little themselves.
const SHALLOW: [&str; 2] = ["crates/web/src/handlers/", "crates/studio/src/jobs/"];
/// What runs the jobs is none itself.
const NO_JOB: &str = "crates/studio/src/jobs/worker.rs";

/// What breaks a rule, where, and how to mend it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) what: String,
    pub(crate) mend: &'static str,
}

impl Violation {
    pub(crate) fn new(path: &str, line: usize, what: impl Into<String>, mend: &'static str) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), mend }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.path, self.line, self.what, self.mend)
    }
}

pub(crate) type Rule = fn(&File) -> Vec<Violation>;

/// Every rule on single files, by name.
pub(crate) const RULES: [(&str, Rule); 8] = [
    ("a module says first why it is there", says_why),
    ("files are short", short_file),
    ("functions are short", short_functions),
    ("templates and scripts are short", short_template_or_script),
    ("only the store has SQL", no_sql),
    ("only the server reads the environment", no_environment),
    ("no machine's paths and no registry's hosts", no_machine),
    ("nothing is put off in a comment", nothing_put_off),
];

fn one(violation: Option<Violation>) -> Vec<Violation> {
    violation.into_iter().collect()
}

/// Made by a tool, and says so in its first lines.
fn is_generated(file: &File) -> bool {
    file.text.lines().take(5).any(|line| line.contains("@generated"))
}

fn says_why(file: &File) -> Vec<Violation> {
    let first = file.text.lines().next().unwrap_or_default();
    let says = first.strip_prefix("//!").is_some_and(|words| words.trim().len() > 10);
    let mend = "begin it with a `//!` sentence on why the module is there";
    one((file.is_rust() && !says).then(|| Violation::new(&file.path, 1, "does not say what it is for", mend)))
}

fn short_file(file: &File) -> Vec<Violation> {
    let lines = file.text.lines().count();
    let long = file.is_rust() && !is_generated(file) && lines > FILE_LINES;
    let what = format!("has {lines} lines; the limit is {FILE_LINES}");
    one(long.then(|| Violation::new(&file.path, FILE_LINES + 1, what, "split it by what changes together")))
}

fn short_functions(file: &File) -> Vec<Violation> {
    if !file.is_rust() || is_generated(file) {
        return Vec::new();
    }
    let shallow = file.path != NO_JOB && SHALLOW.iter().any(|folder| file.path.starts_with(folder));
    let limit = if shallow { SHALLOW_LINES } else { FUNCTION_LINES };
    let long = functions(&lex(&file.text).code).into_iter().filter_map(|function| {
        let lines = function.last + 1 - function.first;
        let what = format!("`{}` has {lines} lines; the limit is {limit}", function.name);
        let mend = "name its parts and make them functions of their own";
        (lines > limit).then(|| Violation::new(&file.path, function.first, what, mend))
    });
    long.collect()
}

fn short_template_or_script(file: &File) -> Vec<Violation> {
    let is_script = file.has_extension("js") || file.has_extension("sh") || file.text.starts_with("#!");
    let (kind, limit) = match file {
        _ if file.is_test() || file.path.contains("/vendor/") => return Vec::new(),
        file if file.has_extension("html") => ("template", TEMPLATE_LINES),
        _ if is_script && !file.is_rust() => ("script", SCRIPT_LINES),
        _ => return Vec::new(),
    };
    let lines = file.text.lines().count();
    let what = format!("this {kind} has {lines} lines; the limit is {limit}");
    one((lines > limit).then(|| Violation::new(&file.path, limit + 1, what, "split it into parts")))
}

fn no_sql(file: &File) -> Vec<Violation> {
    if !file.is_rust() || file.owner() == Some("store") {
        return Vec::new();
    }
    let found = lex(&file.text).strings.into_iter().filter(|(_, text)| is_sql(text));
    let mend = "move it into the store crate and call a function that says what is wanted";
    found.map(|(line, _)| Violation::new(&file.path, line, "there is SQL in this string", mend)).collect()
}

/// Whether a string begins as a statement and goes on as one: sentences may begin with the same words.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let word = |n: usize| words.get(n).copied().unwrap_or_default();
    let upper = word(0).len() > 3 && word(0).bytes().all(|byte| byte.is_ascii_uppercase());
    let later = |wanted: &str| words.iter().any(|word| word.eq_ignore_ascii_case(wanted));
    match word(0).to_ascii_lowercase().as_str() {
        // In lower case it may be a sentence, unless what is selected looks like columns.
        "select" if upper => words.len() > 1,
        "select" => {
            let columns = word(1) == "*" || word(1).ends_with([',', ')']) || word(2) == "from";
            columns && later("from")
        }
        "insert" => word(1).eq_ignore_ascii_case("into") && (later("values") || later("select")),
        "update" => later("set") && (upper || later("where")),
        "delete" => word(1).eq_ignore_ascii_case("from"),
        "create" | "drop" | "alter" => {
            let objects =
                ["table", "index", "unique", "view", "trigger", "policy", "extension", "database", "role"];
            objects.iter().any(|object| word(1).eq_ignore_ascii_case(object)) && (upper || words.len() > 3)
        }
        "with" => later("as") && words.iter().any(|word| word.eq_ignore_ascii_case("(select")),
        "pragma" => words.len() == 2 || words.len() == 4,
        _ => false,
    }
}

fn no_environment(file: &File) -> Vec<Violation> {
    let bound = file.is_rust() && file.path.contains("/src/") && file.owner() != Some("server");
    if !bound {
        return Vec::new();
    }
    let mend = "let the server crate read it and hand the value in";
    let code = lex(&file.text).code;
    let reading = code.lines().enumerate().filter(|(_, line)| line.contains("env::var"));
    reading.map(|(n, _)| Violation::new(&file.path, n + 1, "reads the environment", mend)).collect()
}

/// Whether people write this kind of file here, as against data, locks, licences and snapshots.
fn is_written_here(file: &File) -> bool {
    let kinds = ["rs", "md", "toml", "sql", "html", "css", "js", "sh", "yml"];
    let licence =
        file.path.contains("LICENSE") || file.path.contains("OFL") || file.path.contains("/vendor/");
    !licence && (file.text.starts_with("#!") || kinds.iter().any(|kind| file.has_extension(kind)))
}

/// The lines of a file that have one of the words, not as a part of a longer word.
fn lines_with(file: &File, words: &[String], what: &str, mend: &'static str) -> Vec<Violation> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '~' | '>' | '}');
    let has = |line: &str, word: &str| {
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back().is_some_and(is_part);
            let after = line[at + word.len()..].chars().next().is_some_and(char::is_alphanumeric);
            // A path ends with a slash, and what comes after it belongs to it.
            !before && (!after || word.ends_with(['/', '\\']))
        })
    };
    let mut found = Vec::new();
    for (n, line) in file.text.lines().enumerate().filter(|_| is_written_here(file)) {
        let seen = words.iter().filter(|word| has(line, word));
        found.extend(seen.map(|word| Violation::new(&file.path, n + 1, format!("{what} `{word}`"), mend)));
    }
    found
}

// Both lists are put together from halves, or this file would break its own rules.
fn no_machine(file: &File) -> Vec<Violation> {
    let folders = [("/ho", "me/"), ("/ro", "ot/"), ("/wo", "rk/"), ("/Us", "ers/"), ("C:\\", "Users\\")];
    let hosts = [
        ("crates", ".io"),
        ("index.crates", ".io"),
        ("static.crates", ".io"),
        ("pypi", ".org"),
        ("files.pythonhosted", ".org"),
        ("registry.npmjs", ".org"),
        ("deb.debian", ".org"),
    ];
    let words: Vec<String> = folders.iter().chain(&hosts).map(|(a, b)| format!("{a}{b}")).collect();
    let mend = "say it in a way that holds on every machine";
    lines_with(file, &words, "names a place that other machines don't have:", mend)
}

fn nothing_put_off(file: &File) -> Vec<Violation> {
    let words = [("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("HA", "CK")].map(|(a, b)| format!("{a}{b}"));
    lines_with(file, &words, "says", "do it now, or file an issue")
}
