//! The small commands: doctor, themes, completions, help.

mod support;

use support::Desk;

#[test]
fn doctor_is_content_with_a_fresh_machine() {
    let desk = Desk::new();
    let ran = desk.run(&["doctor"]).ok();
    assert!(ran.stdout.contains("modern_minimal"), "{}", ran.stdout);
}

#[test]
fn doctor_names_every_bad_setting_at_once() {
    let desk = Desk::new();
    let output = desk
        .command()
        .arg("doctor")
        .env("SLIDEWRIGHT_SLIDES", "11")
        .env("SLIDEWRIGHT_FORMAT", "16x9")
        .env("SLIDEWRIGHT_THEME", "nope")
        .env("SLIDEWRIGHT_LANG", "english")
        .env("SLIDEWRIGHT_SLIDE", "8")
        .output()
        .unwrap();
    let ran = support::ran(output);
    assert_eq!(ran.code, Some(1));
    for named in [
        "SLIDES: a carousel has 2 to 10",
        "FORMAT: `16x9`",
        "THEME: `nope`",
        "LANG: `english`",
        "SLIDEWRIGHT_SLIDE is not a setting",
    ] {
        assert!(ran.stdout.contains(named), "{named} is not in: {}", ran.stdout);
    }
}

#[test]
fn themes_are_listed_and_drawn() {
    let desk = Desk::new();
    let ran = desk.run(&["themes", "--preview", "looks"]).ok();
    for theme in ["modern_minimal", "bold_vibrant", "tech_professional"] {
        assert!(ran.stdout.contains(theme));
    }
    let drawn = desk.files("looks");
    assert_eq!(drawn.len(), 3 * 9);
    assert!(drawn.iter().any(|file| file.ends_with("bold_vibrant-image.png")), "{drawn:?}");
}

#[test]
fn help_names_every_command_and_completions_are_scripts() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]).ok();
    for command in ["new", "themes", "fonts", "doctor", "completions"] {
        assert!(help.stdout.contains(command), "{}", help.stdout);
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.run(&["completions", shell]).ok().stdout.contains("slidewright"));
    }
}

#[test]
fn nothing_is_coloured_where_no_terminal_is() {
    let desk = Desk::new();
    for arguments in [&["doctor"][..], &["themes"], &["--help"], &["new", "nowhere.md"]] {
        let ran = desk.run(arguments);
        assert!(!format!("{}{}", ran.stdout, ran.stderr).contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let desk = Desk::new();
    let mut child = desk.start(&["completions", "zsh"]);
    drop(child.stdout.take());
    let ran = support::ran(child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn settings_may_stand_in_a_file_and_the_environment_counts_before_it() {
    let desk = Desk::new();
    desk.write(
        "slidewright.toml",
        "SLIDEWRIGHT_FORMAT = \"1x1\"\nSLIDEWRIGHT_SLIDES = 6\nSLIDEWRIGHT_SLIDE = 6\n",
    );
    let help = desk.run(&["new", "--help"]).ok().stdout;
    assert!(help.contains("default: 1x1") && help.contains("default: 6"), "{help}");
    let named = desk.run(&["doctor"]);
    assert!(named.stdout.contains("SLIDEWRIGHT_SLIDE is not a setting"), "{}", named.stdout);
    let article = desk.write("short.txt", "Bread keeps.");
    let output = desk.command().args(["new", &article]).env("SLIDEWRIGHT_FORMAT", "round").output().unwrap();
    let ran = support::ran(output);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("round"), "{}", ran.stderr);
}

#[test]
fn a_file_of_settings_that_is_wrong_or_missing_is_said() {
    let desk = Desk::new();
    let other = desk.write("other.toml", "[models]\nname = 1\n");
    for (named, said) in [(other.as_str(), "models is neither"), ("nowhere.toml", "can't be read")] {
        let output = desk.command().arg("doctor").env("SLIDEWRIGHT_CONFIG", named).output().unwrap();
        let ran = support::ran(output);
        assert_eq!(ran.code, Some(2), "{named}");
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_says_what_the_connection_to_models_can_do() {
    let desk = Desk::new();
    let without = desk.run(&["doctor"]).ok();
    assert!(without.stdout.contains("models: none is connected"), "{}", without.stdout);
    let server = model_server::ModelServer::start().await;
    server.rule(|_| Some(model_server::Reply::chat("{\"ok\":true}")));
    let connected = |address: String| {
        let output =
            desk.command().arg("doctor").env("LLM_BASE_URL", address).env("LLM_MODEL", "small").output();
        support::ran(output.unwrap())
    };
    let ran = connected(server.address());
    assert!(ran.stdout.contains("models: connected"), "{}\n{}", ran.stdout, ran.stderr);
    let nobody = connected("http://127.0.0.1:9/v1".to_owned());
    assert_eq!(nobody.code, Some(1));
    assert!(nobody.stdout.contains("models: "), "{}", nobody.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_a_file_is_never_sent_a_key_of_the_environment() {
    let desk = Desk::new();
    let server = model_server::ModelServer::start().await;
    server.rule(|_| Some(model_server::Reply::chat("{\"ok\":true}")));
    let address = server.address();
    desk.write("slidewright.toml", format!("LLM_BASE_URL = \"{address}\"\nLLM_MODEL = \"small\"\n"));
    desk.command().arg("doctor").env("LLM_API_KEY", "secret-of-mine").output().unwrap();
    let asked = server.asked_at_all();
    assert!(!asked.is_empty());
    let sent = format!("{:?}", asked.iter().map(|asked| &asked.headers).collect::<Vec<_>>());
    assert!(!sent.contains("secret-of-mine"), "{sent}");
}
