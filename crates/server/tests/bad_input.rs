//! Bad input gets a sentence with the mend, an exit code, and leaves nothing half-written.

mod support;

use std::fs::{self, File};
use std::process::Command;

use support::{Desk, example, ran, toolchain_page};

/// Runs `new` on a text that must be refused, and checks that no file was written.
fn refused(text: impl AsRef<[u8]>, words: &[&str]) {
    let desk = Desk::new();
    let file = desk.write("text.md", text);
    desk.run(&["new", &file, "--out", "out"]).refused(1, words);
    assert_eq!(desk.files("out"), [""; 0], "nothing half-written");
}

#[test]
fn an_empty_file() {
    refused("", &["is empty", "give a text"]);
    refused(" \n\t\n", &["is empty"]);
}

#[test]
fn a_binary() {
    let desk = Desk::new();
    let program = env!("CARGO_BIN_EXE_slidewright");
    // The test's own program is larger than a text may be; its first megabyte is as binary.
    let bytes = std::fs::read(program).unwrap();
    let file = desk.write("program", &bytes[..1 << 20]);
    desk.run(&["new", &file, "--out", "out"]).refused(1, &["can't be used"]);
}

#[test]
fn two_hundred_megabytes() {
    let desk = Desk::new();
    File::create(desk.path("large.md")).unwrap().set_len(200 << 20).unwrap();
    desk.run(&["new", "large.md"]).refused(1, &["200 MB", "5 MB", "cut it"]);
    let endless = vec![b'a'; 6 << 20];
    desk.run_with_input(&["new", "-"], &endless).refused(1, &["5 MB"]);
}

#[test]
fn too_little_to_tell() {
    let thirty = "The shop opens at nine and closes at six on every weekday. On Saturdays it opens at ten. \
                  Nobody works there on Sundays, since the owner likes to sleep.";
    refused(thirty, &["too short", "give a longer text"]);
    refused("word ".repeat(2_000), &["error: "]);
    refused("no sentence ever ends here and so ".repeat(100), &["error: "]);
    refused("😀🎉🚀 ".repeat(500), &["error: "]);
}

/// A note is refused with what it has, in words of what was asked, and nothing is begun.
#[test]
fn a_note_is_too_short_whatever_number_is_usual() {
    let desk = Desk::new();
    let file = desk
        .write("note.md", "# Bees\n\nA hive makes 18 kg of honey a year. Gardens flower until October.\n");
    let ran = desk.run(&["new", &file, "--out", "out"]);
    assert!(!ran.stderr.contains("8 slides") && !ran.stderr.contains("research"), "{}", ran.stderr);
    ran.refused(1, &["too short for a carousel", "give a longer text"]);
    assert_eq!(desk.files("out"), [""; 0]);
}

/// A second run leaves its own slides alone in the folder, and what is not ours beside them.
#[test]
fn a_second_run_with_fewer_slides_leaves_none_of_the_first() {
    let desk = Desk::new();
    let meetings = example("meetings.md");
    desk.run(&["new", &meetings, "--slides", "6", "--out", "out"]).ok();
    desk.write("out/slide-09.jpg", "mine");
    desk.write("out/notes.txt", "mine");
    desk.run(&["new", &meetings, "--slides", "3", "--out", "out"]).ok();
    let slides: Vec<String> = desk.files("out").into_iter().filter(|name| name.contains("slide-")).collect();
    assert_eq!(slides, ["slide-01.jpg", "slide-02.jpg", "slide-03.jpg", "slide-09.jpg"]);
    assert!(desk.files("out").iter().any(|name| name == "notes.txt"));
    let alt = fs::read_to_string(desk.path("out/alt.txt")).unwrap();
    let numbers: Vec<&str> = alt.lines().filter_map(|line| line.split_once(". ")).map(|(n, _)| n).collect();
    assert_eq!(numbers, ["1", "2", "3"], "{alt}");
}

/// A text that is too short for the usual slides gets as many as it fills, unless a number was asked for.
#[test]
fn a_short_text_gets_fewer_slides() {
    let text = "# Bees in the city\n\nA hive in a city makes about 18 kg of honey a year. City gardens flower from \
                March to October. Bees in the country go hungry in July, because nothing flowers after the harvest.\n\n\
                ## What it costs\n\nA complete hive costs 320 euros. Gloves, a veil and a smoker cost another 110 \
                euros. Most beginners buy no scale, and lose the best measure of a hive's health.\n";
    let desk = Desk::new();
    let file = desk.write("bees.md", text);
    desk.run(&["new", &file, "--slides", "8", "--out", "out"])
        .refused(1, &["too short for 8 slides", "or ask for"]);
    assert_eq!(desk.files("out"), [""; 0]);
    let made = desk.run(&["new", &file, "--out", "out"]).ok();
    assert!(made.stderr.contains("too short for 8 slides; making"), "{}", made.stderr);
    let slides = desk.files("out").iter().filter(|name| name.contains("slide-")).count();
    assert!((3..8).contains(&slides), "{slides} slides");
    assert!(made.stderr.contains(&format!("making {slides}.")), "{}", made.stderr);
}

#[test]
fn a_data_folder_that_nobody_can_make() {
    let desk = Desk::new();
    let ran = desk.run(&["new", &example("meetings.md"), "--data", "/proc/slidewright"]);
    ran.refused(1, &["/proc/slidewright", "can't be made", "--data"]);
}

#[test]
fn other_scripts_give_a_carousel_or_a_sentence() {
    let arabic = "الماء أساس الحياة على الأرض، وهو يغطي نحو سبعين في المئة من سطحها. تحتاج المدن الكبيرة إلى \
                  شبكات طويلة لنقل الماء النظيف. ";
    let mixed = "Die Straße ist lang. Улица длинная и тихая. 通りは長いです。 The street is long and quiet. ";
    for text in [arabic.repeat(20), mixed.repeat(20)] {
        let desk = Desk::new();
        let file = desk.write("text.txt", text);
        let ran = desk.run(&["new", &file, "--slides", "4", "--out", "out"]);
        match ran.code {
            Some(0) => assert_eq!(desk.files("out").len(), 4 + 4),
            code => {
                assert_eq!(code, Some(1), "{}", ran.stderr);
                assert!(ran.stderr.contains("error: "), "{}", ran.stderr);
                assert_eq!(desk.files("out"), [""; 0]);
            }
        }
    }
}

#[test]
fn invalid_utf8_is_read_as_what_it_is_or_refused() {
    let article = std::fs::read_to_string(example("sauerteig.md")).unwrap();
    let latin1: Vec<u8> = article.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'-')).collect();
    assert!(std::str::from_utf8(&latin1).is_err());
    let desk = Desk::new();
    let file = desk.write("latin1.md", latin1);
    desk.run(&["new", &file, "--out", "out"]).ok();
    refused([0x80, 0x8d, 0x00, 0xfd, 0x9d, 0x81].repeat(300), &["can't be used"]);
}

#[test]
fn a_missing_file_a_folder_and_an_address_that_is_none() {
    let desk = Desk::new();
    desk.run(&["new", "nowhere.md"]).refused(1, &["there is no file nowhere.md"]);
    desk.run(&["new", "."]).refused(1, &["is a folder"]);
    desk.run(&["new", "ftp://example.org/x"]).refused(1, &["http:// or https://"]);
    desk.run(&["new", "http://127.0.0.1:9/"]).refused(1, &["--allow-private-addresses"]);
    desk.run(&["new", "http://[::1]:9/"]).refused(1, &["--allow-private-addresses"]);
    desk.run(&["new", "http://localhost:9/"]).refused(1, &["--allow-private-addresses"]);
    desk.run(&["new", "http://127.0.0.1:9/", "--allow-private-addresses"]).refused(1, &["can't be reached"]);
    desk.run(&["new", "https://does-not-exist.invalid/"]).refused(1, &["can't be reached"]);
}

#[test]
fn wrong_usage() {
    let desk = Desk::new();
    let text = example("meetings.md");
    for slides in ["1", "11", "zero", "-2"] {
        let option = format!("--slides={slides}");
        desk.run(&["new", &text, &option]).refused(2, &["2 to 10 slides"]);
    }
    desk.run(&["new", &text, "--format", "16x9"]).refused(2, &["4x5, 1x1, 3x4, 9x16"]);
    desk.run(&["new", &text, "--lang", "english"]).refused(2, &["two letters"]);
    desk.run(&["new", &text, "--pick", "--json"]).refused(2, &["--json"]);
    desk.run(&["new"]).refused(2, &["FILE|URL|-"]);
    desk.run(&["new", &text, "--theme", "nope"]).refused(2, &["modern_minimal"]);
    desk.run(&["new", &text, "--lang", "fr"]).refused(1, &["translate"]);
}

/// Runs the program where `mount` has put a small or read-only disk over a folder of the desk.
fn on_disk(desk: &Desk, options: &str, folder: &str, arguments: &[&str]) -> support::Ran {
    std::fs::create_dir_all(desk.path(folder)).expect("a folder");
    let script = format!(
        "mount -t tmpfs -o {options} none {folder} && exec {program} \"$@\"",
        folder = desk.path(folder).display(),
        program = env!("CARGO_BIN_EXE_slidewright")
    );
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script, "sh"])
        .args(arguments)
        .current_dir(desk.path(""))
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("SLIDEWRIGHT_DATA", desk.path("data"))
        .output()
        .expect("unshare is installed with every Debian");
    ran(output)
}

#[test]
fn a_full_disk() {
    let text = example("meetings.md");
    let desk = Desk::new();
    on_disk(&desk, "size=200k", "out", &["new", &text, "--out", "out"])
        .refused(1, &["the disk", "is full", "run the same command again"]);
    desk.run(&["new", &text, "--out", "elsewhere"]).ok();
    let desk = Desk::new();
    on_disk(&desk, "size=64k", "data", &["new", &text, "--out", "out"]).refused(1, &["full"]);
    // Large enough to begin, and full in the midst of a stage.
    let desk = Desk::new();
    let page = toolchain_page("book/ch04-01-what-is-ownership.html").display().to_string();
    for size in ["size=600k", "size=800k", "size=1m"] {
        on_disk(&desk, size, "data", &["new", &page, "--out", "out"]).refused(1, &["full"]);
    }
}

#[test]
fn a_read_only_data_folder() {
    let desk = Desk::new();
    on_disk(&desk, "ro", "data", &["new", &example("meetings.md")]).refused(1, &["--data"]);
    on_disk(&desk, "ro", "out", &["new", &example("meetings.md"), "--out", "out"]).refused(1, &["--out"]);
}

#[test]
fn a_data_folder_that_is_none_or_damaged() {
    let desk = Desk::new();
    desk.write("data", "a file");
    desk.run(&["new", &example("meetings.md")]).refused(1, &["data"]);
    let desk = Desk::new();
    std::fs::create_dir(desk.path("data")).unwrap();
    desk.write(
        "data/slidewright.db",
        "this is no database at all, and much longer than its header".repeat(100),
    );
    desk.run(&["new", &example("meetings.md")]).refused(1, &["damaged", "/data", "restore it"]);
}

#[test]
fn an_out_folder_that_is_a_file() {
    let desk = Desk::new();
    desk.write("out", "a file");
    desk.run(&["new", &example("meetings.md"), "--out", "out"]).refused(1, &["--out"]);
    let again = desk.run(&["new", &example("meetings.md"), "--out", "elsewhere"]).ok();
    assert!(again.stderr.contains("Going on"), "what was written was not lost: {}", again.stderr);
}
