//! A profile's suggestions from a site's own page, by a real server on this machine.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use domain::MemberRole;
use studio::StudioError;
use studio::intake::{FetchLimits, Fetcher, IntakeError};

use crate::bench::Bench;

fn png() -> Vec<u8> {
    let mut bytes = vec![];
    let mut encoder = png::Encoder::new(&mut bytes, 8, 4);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&[90; 32]).unwrap();
    bytes
}

fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut request = String::new();
            let _ = BufReader::new(&stream).read_line(&mut request);
            let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
            let (kind, body) = match path.as_str() {
                "/" => ("text/html", PAGE.as_bytes().to_vec()),
                "/style.css" => ("text/css", b"a{color:#e11d48} b{color:#e11d48} c{color:#16a34a}".to_vec()),
                "/endless.css" => ("text/css", vec![b'a'; 3 << 20]),
                "/logo.png" => ("image/png", png()),
                "/broken.png" => ("image/png", b"not a picture".to_vec()),
                _ => ("text/plain", b"nothing".to_vec()),
            };
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&body);
        }
    });
    address
}

const PAGE: &str = "<title>Ada's Bakery</title><meta name='description' content='Bread with time.'>
    <meta name='theme-color' content='#1d4ed8'>
    <link rel='stylesheet' href='/style.css'><link rel='stylesheet' href='/endless.css'>
    <img class='logo' src='/broken.png'><link rel='icon' href='/logo.png'>
    <meta property='og:image' content='http://10.0.0.1/inside.png'>
    <a href='https://www.instagram.com/ada.bakes/'>us</a>";

#[tokio::test(flavor = "multi_thread")]
async fn a_sites_page_suggests_what_it_says() {
    let bench = Bench::new(&[]).await;
    let server = server();
    let limits = FetchLimits { allow_private_addresses: true, ..FetchLimits::default() };
    let fetcher = Fetcher::new(limits).unwrap();
    let suggested = bench.studio.prefill(bench.actor, &fetcher, &format!(" {server} ")).await.unwrap();
    assert_eq!(suggested.site, format!("{server}/"));
    assert_eq!(
        (suggested.title.as_str(), suggested.description.as_str()),
        ("Ada's Bakery", "Bread with time.")
    );
    assert_eq!(suggested.handle, "ada.bakes");
    let colors: Vec<_> = suggested.colors.iter().map(ToString::to_string).collect();
    assert_eq!(colors, ["#1d4ed8", "#e11d48", "#16a34a"]);
    let logos: Vec<_> = suggested.logos.iter().map(|logo| logo.url.as_str()).collect();
    assert_eq!(logos, [format!("{server}/logo.png")]);
    assert_eq!((suggested.logos[0].facts.width, suggested.logos[0].facts.media_type), (8, "image/png"));
    assert!(bench.studio.profiles(bench.actor).await.unwrap().is_empty(), "nothing is stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_address_and_what_is_none_are_refused() {
    let bench = Bench::new(&[]).await;
    let fetcher = Fetcher::new(FetchLimits::default()).unwrap();
    let server = server();
    for site in [server.as_str(), "http://169.254.169.254/latest/meta-data", "localhost:1"] {
        let refused = bench.studio.prefill(bench.actor, &fetcher, site).await.unwrap_err();
        assert!(matches!(refused, StudioError::Intake(IntakeError::PrivateAddress(_))), "{site}: {refused}");
    }
    for site in ["", "file:///etc/passwd", "https://", &"x".repeat(501)] {
        let refused = bench.studio.prefill(bench.actor, &fetcher, site).await.unwrap_err();
        assert!(matches!(refused, StudioError::Intake(IntakeError::NotAnAddress(_))), "{site}: {refused}");
    }
    let reviewer = bench.with_role(MemberRole::Reviewer);
    let refused = bench.studio.prefill(reviewer, &fetcher, &server).await.unwrap_err();
    assert!(matches!(refused, StudioError::Forbidden(_)));
}
