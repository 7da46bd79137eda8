//! The main job through the front door: a text in, an approved carousel out.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use support::{Desk, example, toolchain_page};

const FILES: [&str; 12] = [
    "alt.txt",
    "caption.txt",
    "carousel.json",
    "carousel.pdf",
    "slide-01.jpg",
    "slide-02.jpg",
    "slide-03.jpg",
    "slide-04.jpg",
    "slide-05.jpg",
    "slide-06.jpg",
    "slide-07.jpg",
    "slide-08.jpg",
];

/// Width and height in a JPEG's first frame header.
fn jpeg_size(bytes: &[u8]) -> (u16, u16) {
    assert_eq!(&bytes[..2], [0xff, 0xd8], "not a JPEG");
    let mut at = 2;
    loop {
        let (marker, length) = (bytes[at + 1], u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
        if (0xc0..=0xc2).contains(&marker) {
            let read = |at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
            return (read(at + 7), read(at + 5));
        }
        at += 2 + usize::from(length);
    }
}

#[test]
fn every_example_becomes_a_carousel_whose_checks_all_pass() {
    for (name, language) in [("city-trees.md", "en"), ("sauerteig.md", "de"), ("meetings.md", "en")] {
        let desk = Desk::new();
        let ran = desk.run(&["new", &example(name), "--out", "out"]).ok();
        assert_eq!(desk.files("out"), FILES, "{name}");
        for slide in &FILES[4..] {
            assert_eq!(jpeg_size(&fs::read(desk.path("out").join(slide)).unwrap()), (1080, 1350), "{name}");
        }
        assert!(ran.stdout.contains("8 slides"), "{}", ran.stdout);
        let report: serde_json::Value =
            serde_json::from_slice(&fs::read(desk.path("out/carousel.json")).unwrap()).unwrap();
        assert_eq!(report["state"], "exported");
        assert_eq!(report["brief"]["language"], language);
        let pdf = fs::read(desk.path("out/carousel.pdf")).unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
    }
}

#[test]
fn json_is_one_object_with_every_variant_and_its_score() {
    let desk = Desk::new();
    let ran = desk.run(&["new", &example("city-trees.md"), "--json", "--out", "out"]).ok();
    let report = ran.json();
    let stages: Vec<_> = report["stages"].as_array().unwrap().iter().collect();
    let names: Vec<_> = stages.iter().map(|stage| stage["stage"].as_str().unwrap()).collect();
    assert_eq!(names, ["research", "outline", "copy", "hook", "visual", "caption"]);
    for stage in &stages {
        let variants = stage["variants"].as_array().unwrap();
        assert_eq!(variants.len(), if stage["stage"] == "hook" { 10 } else { 3 });
        let approved = stage["approved"].as_str().unwrap();
        assert_eq!(variants[0]["id"], approved, "the best is first, and approved");
        let strategies: BTreeSet<_> = variants.iter().map(|variant| variant["strategy"].as_str()).collect();
        assert_eq!(strategies.len(), variants.len());
        for variant in variants {
            assert_eq!(variant["writer"], "offline");
            assert_eq!(variant["cost_micro_usd"], 0);
            assert!((0.0..=10.0).contains(&variant["score"].as_f64().unwrap()));
            assert!(!variant["dimensions"].as_array().unwrap().is_empty());
        }
    }
    assert_eq!(report["files"].as_array().unwrap().len(), 12);
    assert_eq!(report["cost_micro_usd"], 0);
    assert!(report["carousel_id"].is_string());
}

#[test]
fn the_same_text_gives_the_same_slides_byte_for_byte() {
    let (one, other) = (Desk::new(), Desk::new());
    for desk in [&one, &other] {
        desk.run(&["new", &example("meetings.md"), "--out", "out"]).ok();
    }
    for file in FILES.iter().filter(|file| **file != "carousel.json") {
        let read = |desk: &Desk| fs::read(desk.path("out").join(file)).unwrap();
        assert!(read(&one) == read(&other), "{file} differs");
    }
}

#[test]
fn format_slides_and_theme_are_as_asked() {
    let desk = Desk::new();
    let text = example("city-trees.md");
    for (format, width, height) in [("1x1", 1080, 1080), ("3x4", 1080, 1440), ("9x16", 1080, 1920)] {
        let arguments = [
            "new",
            &text,
            "--format",
            format,
            "--slides",
            "5",
            "--theme",
            "tech_professional",
            "--json",
            "--out",
            format,
        ];
        let report = desk.run(&arguments).ok().json();
        assert_eq!(desk.files(format).len(), 5 + 4);
        assert_eq!(report["deck"]["theme"], "tech_professional");
        let slide = fs::read(desk.path(format).join("slide-05.jpg")).unwrap();
        assert_eq!(jpeg_size(&slide), (width, height));
    }
}

#[test]
fn a_page_of_the_toolchain_and_standard_input_work_as_well() {
    let desk = Desk::new();
    let page = toolchain_page("book/ch04-01-what-is-ownership.html");
    desk.run(&["new", &page.display().to_string(), "--out", "page"]).ok();
    assert_eq!(desk.files("page"), FILES);
    let article = fs::read(example("sauerteig.md")).unwrap();
    desk.run_with_input(&["new", "-", "--out", "piped"], &article).ok();
    assert_eq!(desk.files("piped"), FILES);
}

#[test]
fn pick_shows_the_variants_and_takes_the_chosen_ones() {
    let desk = Desk::new();
    // Third research, another round of outlines, then the best of everything.
    let answers = b"3\nr shorter please\n2\n\n\n\n\n\n";
    let ran = desk.run_with_input(&["new", &example("meetings.md"), "--pick", "--out", "out"], answers).ok();
    assert_eq!(desk.files("out"), FILES);
    for shown in ["comprehensive", "narrative", "curiosity_gap", "modern_minimal", "save_this"] {
        assert!(ran.stderr.contains(shown), "{shown} was not shown: {}", ran.stderr);
    }
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(desk.path("out/carousel.json")).unwrap()).unwrap();
    assert_eq!(report["stages"][1]["round"], 2, "the rejected outlines were written again");
    assert_eq!(report["stages"][0]["approved"], report["stages"][0]["variants"][2]["id"]);
}

#[test]
fn pick_without_answers_stops_and_the_next_run_goes_on() {
    let desk = Desk::new();
    let arguments = ["new", &example("meetings.md"), "--pick", "--out", "out"];
    let stopped = desk.run_with_input(&arguments, b"1\n");
    assert_eq!(stopped.code, Some(1));
    assert!(stopped.stderr.contains("run the same command again"), "{}", stopped.stderr);
    let ran = desk.run_with_input(&arguments, b"1\n1\n1\n1\n1\n").ok();
    assert!(ran.stderr.contains("Going on"), "{}", ran.stderr);
    assert_eq!(desk.files("out"), FILES);
}

#[test]
fn an_address_is_fetched_and_read_as_a_page() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/ownership", listener.local_addr().unwrap());
    let page = fs::read(toolchain_page("book/ch04-01-what-is-ownership.html")).unwrap();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).unwrap();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";
        stream.write_all(format!("{head}Content-Length: {}\r\n\r\n", page.len()).as_bytes()).unwrap();
        stream.write_all(&page).unwrap();
    });
    let desk = Desk::new();
    let arguments = ["new", &address, "--allow-private-addresses", "--json", "--out", "out"];
    let report = desk.run(&arguments).ok().json();
    server.join().unwrap();
    assert_eq!(report["brief"]["source"]["url"], address);
    let facts = report["stages"][0]["variants"][0]["content"]["facts"].as_array().unwrap().clone();
    assert!(facts.iter().all(|fact| fact["source"]["url"] == address), "each fact names its page: {facts:?}");
    assert_eq!(desk.files("out"), FILES);
}
