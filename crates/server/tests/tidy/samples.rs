//! Small files that break each rule, and their nearest neighbours that don't.

use crate::architecture::{arrows, check_arrows, check_paths, paths};
use crate::rules::{FILE_LINES, FUNCTION_LINES, RULES, SCRIPT_LINES, SHALLOW_LINES, TEMPLATE_LINES};
use crate::tree::File;

const HEAD: &str = "//! A module with a reason to be.\n";

/// The names of the rules that a file breaks, with the lines.
fn broken(path: &str, text: &str) -> Vec<(&'static str, usize)> {
    let file = File::new(path, text);
    RULES.iter().flat_map(|(name, rule)| rule(&file).into_iter().map(|one| (*name, one.line))).collect()
}

fn rust(text: &str) -> Vec<(&'static str, usize)> {
    broken("crates/studio/src/sample.rs", &format!("{HEAD}{text}"))
}

fn function(lines: usize) -> String {
    format!("fn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2))
}

#[test]
fn a_module_without_its_sentence_is_caught() {
    let rule = "a module says first why it is there";
    assert_eq!(broken("crates/domain/src/a.rs", "use std::fmt;\n"), [(rule, 1)]);
    assert_eq!(broken("crates/domain/src/a.rs", "//!\n"), [(rule, 1)]);
    assert_eq!(broken("crates/domain/build.rs", ""), [(rule, 1)]);
    assert_eq!(rust(""), []);
}

#[test]
fn a_long_file_is_caught_unless_a_tool_made_it() {
    let lines = "// line\n".repeat(FILE_LINES - 1);
    assert_eq!(rust(&lines), []);
    assert_eq!(rust(&format!("{lines}// line\n")), [("files are short", FILE_LINES + 1)]);
    assert_eq!(rust(&format!("// @generated\n{lines}")), []);
}

#[test]
fn a_long_function_is_caught_at_its_first_line() {
    assert_eq!(rust(&function(FUNCTION_LINES)), []);
    assert_eq!(rust(&function(FUNCTION_LINES + 1)), [("functions are short", 2)]);
    let job = |lines| broken("crates/studio/src/jobs/a.rs", &format!("{HEAD}{}", function(lines)));
    assert_eq!(job(SHALLOW_LINES), []);
    assert_eq!(job(SHALLOW_LINES + 1), [("functions are short", 2)]);
}

#[test]
fn a_long_template_or_script_is_caught() {
    let rule = "templates and scripts are short";
    let template = "<p></p>\n".repeat(TEMPLATE_LINES);
    assert_eq!(broken("crates/web/templates/a.html", &template), []);
    let longer = format!("{template}<p></p>\n");
    assert_eq!(broken("crates/web/templates/a.html", &longer), [(rule, TEMPLATE_LINES + 1)]);
    assert_eq!(broken("crates/writer/tests/pages/a.html", &longer), []);
    let script = format!("#!/bin/sh\n{}", "true\n".repeat(SCRIPT_LINES));
    assert_eq!(broken("tools/a", &script), [(rule, SCRIPT_LINES + 1)]);
}

/// One statement a line after the first line, which keeps this string from being one itself.
const STATEMENTS: &str = "what must be caught:
    SELECT 1
    SELECT id FROM t
    select id, name from variants where id = $1
    INSERT INTO t (id) VALUES ($1)
    UPDATE t SET a = 1
    update t set a = 1 where b = 2
    DELETE FROM t
    CREATE TABLE t (id TEXT)
    create table t (id text)
    WITH x AS (SELECT 1) SELECT * FROM x
    PRAGMA foreign_keys";

#[test]
fn sql_outside_the_store_is_caught_and_sentences_are_not() {
    let rule = ("only the store has SQL", 2);
    for sql in STATEMENTS.lines().skip(1).map(str::trim) {
        assert_eq!(rust(&format!("const A: &str = \"{sql}\";\n")), [rule], "{sql}");
        assert_eq!(rust(&format!("const A: &str = \"\n    {sql}\";\n")), [rule], "{sql}");
        assert_eq!(rust(&format!("const A: &str = r#\"{sql}\"#;\n")), [rule], "{sql}");
        assert_eq!(rust(&format!("// {sql}\n")), [], "{sql} in a comment");
    }
    for sentence in [
        "Select a theme from the list",
        "select what you want from it",
        "Update the settings",
        "Insert into the slot",
        "Delete the file",
        "Create a table of contents",
        "create an index card",
        "With this as (a) start",
        "SELECT",
    ] {
        assert_eq!(rust(&format!("const A: &str = \"{sentence}\";\n")), [], "{sentence}");
    }
    let statement = format!("{HEAD}const A: &str = \"{} * FROM t\";\n", "SELECT");
    assert_eq!(broken("crates/store/src/a.rs", &statement), []);
}

#[test]
fn reading_the_environment_is_caught_outside_the_server() {
    let source = format!("{HEAD}// std::env::var is the server's\nfn f() {{ std::env::var(\"A\"); }}\n");
    let rule = ("only the server reads the environment", 3);
    assert_eq!(broken("crates/writer/src/a.rs", &source), [rule]);
    assert_eq!(broken("crates/server/src/a.rs", &source), []);
    assert_eq!(broken("crates/writer/tests/a.rs", &source), []);
    assert_eq!(rust("const A: &str = env!(\"CARGO_PKG_VERSION\");\n"), []);
}

#[test]
fn a_machines_path_or_a_registrys_host_is_caught() {
    let rule = |line| ("no machine's paths and no registry's hosts", line);
    let place = |before: &str, after: &str| format!("one line\nsee {before}{after} here\n");
    assert_eq!(broken("README.md", &place("/ho", "me/ann/slides")), [rule(2)]);
    assert_eq!(broken("tools/a.sh", &place("`/wo", "rk/main`")), [rule(2)]);
    assert_eq!(broken("README.md", &place("https://pypi", ".org/simple")), [rule(2)]);
    assert_eq!(broken("README.md", &place("~/ho", "me/x and src/wo")), []);
    assert_eq!(broken("Cargo.lock", &place("index.crates", ".io")), []);
}

#[test]
fn work_put_off_is_caught() {
    let rule = ("nothing is put off in a comment", 2);
    for (before, after) in [("TO", "DO"), ("FIX", "ME")] {
        assert_eq!(rust(&format!("// {before}{after}: later\n")), [rule]);
        assert_eq!(rust(&format!("// a {before}{after}S b\n")), []);
    }
    assert_eq!(rust("// todo is a Spanish word\n"), []);
}

const DOCUMENT: &str =
    "# A\n## Allowed arrows\nWords.\n```\ndomain ->\nwriter -> domain scoring\nllm ->\n```\n## B\n";

#[test]
fn an_arrow_that_is_not_listed_is_caught() {
    let ours = ["domain", "scoring", "store", "writer"].map(str::to_owned);
    let check = |name: &str, manifest: &str| -> Vec<String> {
        let file = File::new(&format!("crates/{name}/Cargo.toml"), manifest);
        check_arrows(&file, &ours, &arrows(DOCUMENT)).iter().map(ToString::to_string).collect()
    };
    let manifest =
        "[dependencies]\ndomain.workspace = true\nscoring = { path = \"../scoring\" }\nserde = \"1\"\n";
    assert_eq!(check("writer", manifest), [""; 0]);
    assert_eq!(check("writer", &format!("{manifest}[dev-dependencies]\nstore.workspace = true\n")), [""; 0]);
    let forbidden = "crates/writer/Cargo.toml:6: `writer` must not know `store`; \
                     turn the arrow round, or say in ARCHITECTURE.md why it must be";
    for section in ["build-dependencies", "target.'cfg(unix)'.dependencies"] {
        assert_eq!(check("writer", &format!("{manifest}[{section}]\nstore.workspace = true\n")), [forbidden]);
    }
    let renamed =
        format!("{manifest}[build-dependencies]\nother = {{ package = \"store\", path = \"x\" }}\n");
    assert_eq!(check("writer", &renamed), [forbidden]);
    assert_eq!(
        check("writer", "[dependencies]\ndomain.workspace = true\n"),
        ["crates/writer/Cargo.toml:1: the arrow from `writer` to `scoring` is listed, but there is none; \
          take it out of ARCHITECTURE.md"]
    );
    assert_eq!(
        check("store", ""),
        ["crates/store/Cargo.toml:1: the crate `store` is not in ARCHITECTURE.md's list of arrows; \
          say there what it is and what it may know"]
    );
}

#[test]
fn a_path_that_is_gone_is_caught_and_other_words_are_not() {
    let document = "See `crates/domain/src/state.rs`, `limits.rs`, [the licence](LICENSE-MIT) and ![a](docs/a.png).\n\
                    `PUT /variants/{id}/rating` `domain::content` `--out` `out/` `1.5` `/health` `and` `a/b c`\n\
                    ```\nsrc/in/a/block.rs\n```\n`gone/of/old.rs` [x](https://example.org/a.md) [y](#head) `./test`\n";
    let found: Vec<_> = paths(document);
    let named: Vec<&str> = found.iter().map(|(_, path)| path.as_str()).collect();
    let expected =
        ["crates/domain/src/state.rs", "limits.rs", "LICENSE-MIT", "docs/a.png", "gone/of/old.rs", "./test"];
    assert_eq!(named, expected);
    let files = [File::new("crates/domain/src/content/limits.rs", "")];
    let there = ["crates/domain/src/state.rs", "LICENSE-MIT", "docs/a.png", "test"];
    let missing = check_paths(&File::new("README.md", document), &files, |path| there.contains(&path));
    let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
    let gone =
        "README.md:6: `gone/of/old.rs` does not exist; name what is there now, or take the sentence out";
    assert_eq!(missing, [gone]);
}
