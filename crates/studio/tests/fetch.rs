//! Fetching a page from a real server on this machine, with everything that may go wrong.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use domain::SourceKind;
use studio::intake::{FetchLimits, Fetcher, IntakeError, MOST_BYTES};

/// Serves one canned answer a path, each connection once, until the test's process ends.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || {
                let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
                let mut request = String::new();
                let _ = reader.read_line(&mut request);
                let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
                answer(stream, &path);
            });
        }
    });
    address
}

fn answer(mut stream: impl Write, path: &str) {
    let page = |kind: &str, body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let to = |place: &str| {
        format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    };
    let text = match path {
        "/article" => page("text/html; charset=utf-8", "<html><body><p>Bread needs time.</p></body></html>"),
        "/notes.md" => page("text/plain", "# Bread\n\nBread needs time.\n"),
        "/moved" => to("/article"),
        "/round" => to("/round"),
        "/away" => to("file:///etc/passwd"),
        "/picture" => page("image/png", "not really"),
        "/gone" => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
        "/slow" => {
            thread::sleep(Duration::from_secs(30));
            return;
        }
        "/endless" => {
            let _ =
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'a'; 65_536]).is_ok() {}
            return;
        }
        _ => page("text/html", ""),
    };
    let _ = stream.write_all(text.as_bytes());
}

fn here(time: Duration) -> Fetcher {
    Fetcher::new(FetchLimits { time, allow_private_addresses: true, ..FetchLimits::default() })
        .expect("a client")
}

#[tokio::test]
async fn a_page_is_fetched_through_a_redirect_and_its_kind_is_known() {
    let (server, fetcher) = (server(), here(Duration::from_secs(20)));
    let source = fetcher.fetch(&format!("{server}/moved")).await.unwrap();
    assert_eq!(source.kind, SourceKind::Html);
    assert_eq!(source.url, Some(format!("{server}/article")), "the address where it ended");
    assert!(source.text.contains("Bread needs time."));
    let notes = fetcher.fetch(&format!("{server}/notes.md")).await.unwrap();
    assert_eq!(notes.kind, SourceKind::Markdown);
}

#[tokio::test]
async fn what_can_not_be_fetched_is_refused_by_its_reason() {
    let (server, fetcher) = (server(), here(Duration::from_secs(20)));
    let fetch = async |path: &str| fetcher.fetch(&format!("{server}{path}")).await.unwrap_err();
    assert!(matches!(fetch("/round").await, IntakeError::TooManyRedirects { most: 5, .. }));
    assert!(matches!(fetch("/away").await, IntakeError::NotAnAddress(_)));
    assert!(matches!(fetch("/picture").await, IntakeError::NotText { .. }));
    assert!(matches!(fetch("/gone").await, IntakeError::BadStatus { status: 404, .. }));
    assert!(matches!(fetch("/").await, IntakeError::Empty { .. }));
    let endless = fetch("/endless").await;
    assert!(matches!(endless, IntakeError::TooLong { .. }), "{endless}");
    assert!(endless.to_string().contains(&format!("{} MB", MOST_BYTES >> 20)));
    assert!(matches!(fetcher.fetch("not an address").await.unwrap_err(), IntakeError::NotAnAddress(_)));
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let fetcher = here(Duration::from_millis(300));
    let slow = fetcher.fetch(&format!("{}/slow", server())).await.unwrap_err();
    assert!(slow.to_string().contains("can't be reached (no answer within"), "{slow}");
}

#[tokio::test]
async fn private_addresses_are_refused_by_number_by_name_and_after_a_redirect() {
    let server = server();
    let fetcher = Fetcher::new(FetchLimits::default()).unwrap();
    let by_name = server.replace("127.0.0.1", "localhost");
    for address in
        [&server, &by_name, "http://[::ffff:127.0.0.1]:80/", "http://2130706433/", "http://0x7f.1/"]
    {
        let refused = fetcher.fetch(address).await.unwrap_err();
        assert!(matches!(refused, IntakeError::PrivateAddress(_)), "{address}: {refused}");
        assert!(refused.to_string().contains("--allow-private-addresses"));
    }
}
