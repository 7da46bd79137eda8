//! How long the offline main job takes: the whole program, from an article of 1,500 words to
//! its files, with a warm file cache. Run with `cargo bench -p server`.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const WORDS: usize = 1_500;
const RUNS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let article = folder.path().join("article.md");
    fs::write(&article, article_of(WORDS)?)?;
    let mut times = Vec::new();
    for run in 0..=RUNS {
        let time = once(&article, &folder.path().join(format!("data-{run}")), &folder.path().join("out"))?;
        if run > 0 {
            times.push(time); // the first run warms the caches
        }
    }
    times.sort();
    println!(
        "offline main job, {WORDS} words, 8 slides, {RUNS} runs after one to warm up, data folder new each time:"
    );
    println!(
        "  min {:.2} s, median {:.2} s, max {:.2} s",
        times[0].as_secs_f64(),
        times[RUNS / 2].as_secs_f64(),
        times[RUNS - 1].as_secs_f64()
    );
    Ok(())
}

/// Whole paragraphs of the example articles, up to this many words.
fn article_of(words: usize) -> Result<String, Box<dyn Error>> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut text = String::new();
    let all = fs::read_to_string(examples.join("city-trees.md"))?
        + "\n\n"
        + &fs::read_to_string(examples.join("meetings.md"))?;
    for paragraph in all.split("\n\n") {
        if text.split_whitespace().count() >= words {
            break;
        }
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    Ok(text)
}

fn once(article: &Path, data: &Path, out: &Path) -> Result<Duration, Box<dyn Error>> {
    let began = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_slidewright"))
        .arg("new")
        .args([article, Path::new("--out"), out, Path::new("--data"), data])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let time = began.elapsed();
    if status.success() { Ok(time) } else { Err("the main job failed".into()) }
}
