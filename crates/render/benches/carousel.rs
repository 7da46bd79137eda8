//! What one carousel costs: `cargo bench -p render`.
//!
//! Prints cold start, slides per second per core, where the time goes, and peak memory, for the
//! sample carousel of eight slides (1080 x 1350, JPEG) in every theme.

use std::time::{Duration, Instant};

use domain::{Deck, Format};
use render::{Assets, Encoding, Renderer};

const ROUNDS: usize = 12;

fn main() {
    let start = Instant::now();
    let renderer = Renderer::new(None).expect("the built-in themes and fonts are sound");
    let loaded = start.elapsed();
    let decks: Vec<Deck> =
        renderer.themes().map(|theme| render::sample_deck(theme, Format::Portrait)).collect();
    render_all(&renderer, &decks[0], Encoding::Jpeg);
    println!(
        "cold start: fonts and themes {}, with the first eight JPEGs {}",
        ms(loaded),
        ms(start.elapsed())
    );
    for deck in &decks {
        report(&renderer, deck);
    }
    println!("peak memory: {}", peak_memory());
}

fn report(renderer: &Renderer, deck: &Deck) {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be started");
    let (all, none) = one.install(|| {
        let jpeg = median(|| render_all(renderer, deck, Encoding::Jpeg));
        (jpeg, median(|| checked(renderer, deck)))
    });
    let raw = one.install(|| median(|| render_all(renderer, deck, Encoding::PngFast)));
    let parallel = median(|| render_all(renderer, deck, Encoding::Jpeg));
    let pdf = median(|| drop(renderer.pdf(deck, &Assets::new(), "benchmark", &[])));
    let slides = deck.slides.len() as f64;
    println!(
        "{}: {:.0} slides a second on one core; {} a carousel on one core, {} on all; with fast PNG {}; checks {}; PDF {}",
        deck.theme,
        slides / all.as_secs_f64(),
        ms(all),
        ms(parallel),
        ms(raw),
        ms(none),
        ms(pdf)
    );
    println!("    the JPEG encoder's share: {:.0} %", share(renderer, deck, all) * 100.0);
}

/// The share of the whole that JPEG takes, from the difference to SVG-free drawing alone.
fn share(renderer: &Renderer, deck: &Deck, all: Duration) -> f64 {
    let slides = renderer.render(deck, &Assets::new(), Encoding::PngFast).expect("the sample renders");
    let pixels: Vec<Vec<u8>> = slides.into_iter().flatten().map(|png| decoded(&png)).collect();
    let (width, height) = deck.format.size();
    let encode = median(|| {
        for pixels in &pixels {
            let mut bytes = Vec::new();
            let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
            encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
            encoder
                .encode(pixels, width as u16, height as u16, jpeg_encoder::ColorType::Rgb)
                .expect("pixels of a slide are encodable");
        }
    });
    encode.as_secs_f64() / all.as_secs_f64()
}

fn decoded(bytes: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("our own PNG");
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    reader.next_frame(&mut pixels).expect("our own PNG");
    pixels
}

fn render_all(renderer: &Renderer, deck: &Deck, encoding: Encoding) {
    let slides = renderer.render(deck, &Assets::new(), encoding).expect("the sample renders");
    assert!(slides.iter().all(Result::is_ok));
}

fn checked(renderer: &Renderer, deck: &Deck) {
    let checks = renderer.check(deck, &Assets::new()).expect("the sample renders");
    assert!(checks.iter().all(|check| check.passed));
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

fn ms(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1_000.0)
}

/// The most memory that this process ever had, as Linux tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not known on this system".to_owned(), |kib| kib.trim().to_owned())
}
