//! How long the studio's pages take on the server, with 1,000 carousels in the database: the time
//! to the whole body over one connection on this machine. Run with
//! `cargo bench -p server --bench studio_pages`.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use domain::{Carousel, CarouselId, Format, Mode, SlideCount, Stage, State, VariantId, WriterChoice};
use store::Store;
use store::approvals::{self, Approval};
use studio::{Actor, NewCarousel, NewOwner, Outcome, Studio, Surroundings, intake};
use uuid::Uuid;

const CAROUSELS: u32 = 1_000;
const REQUESTS: usize = 200;
const WARM_UP: usize = 20;
const ARTICLE: &str = include_str!("../../../examples/city-trees.md");

type Broken = Box<dyn Error>;

#[tokio::main]
async fn main() -> Result<(), Broken> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::open(folder.path()).await?;
    let finished = desk.finished().await?;
    let hooks = desk.at_its_hooks().await?;
    let copies = copy(folder.path(), &desk, finished.id, CAROUSELS - 2).await?;
    println!(
        "{CAROUSELS} carousels ({copies} variants in the copies), {REQUESTS} requests a page after {WARM_UP}:"
    );
    let (_server, address) = Served::start(folder.path())?;
    let pages = [
        ("approval page, ten hooks", format!("carousels/{}/stages/hook", hooks.id)),
        ("approval page, three whole texts", format!("carousels/{}/stages/copy", hooks.id)),
        ("library", "carousels".to_owned()),
        ("finished carousel", format!("carousels/{}", finished.id)),
    ];
    for (name, path) in pages {
        measure(name, &format!("{address}{path}"), &desk.secret).await?;
    }
    Ok(())
}

/// A studio with its owner signed in.
struct Desk {
    studio: Studio,
    actor: Actor,
    secret: String,
}

impl Desk {
    async fn open(data: &Path) -> Result<Self, Broken> {
        let studio = Studio::open(data, Surroundings::real()).await?;
        let owner = NewOwner {
            name: "Ada Example".to_owned(),
            workspace_name: "Example".to_owned(),
            email: None,
            password: None,
        };
        let signed = studio.create_owner(owner).await?;
        Ok(Self { actor: signed.actor, secret: signed.secret, studio })
    }

    async fn begin(&self, autopilot: bool) -> Result<Carousel, Broken> {
        let request = NewCarousel {
            topic: None,
            source: Some(intake::read_stream(ARTICLE.as_bytes(), Some("city-trees.md".to_owned()))?),
            slides: SlideCount::default(),
            format: Format::Portrait,
            language: None,
            theme: None,
            mode: Mode::Balanced,
            writer: WriterChoice::Auto,
            autopilot,
            profile: None,
        };
        let carousel = self.studio.create_for_run(self.actor, request).await?;
        self.write(carousel.id).await
    }

    /// Works on it until it waits for a person, or is finished.
    async fn write(&self, id: CarouselId) -> Result<Carousel, Broken> {
        match self.studio.work_on(self.actor, id, "bench", std::future::pending()).await? {
            Outcome::Settled(carousel) => Ok(*carousel),
            Outcome::Stopped => Err("nobody stopped it".into()),
        }
    }

    async fn finished(&self) -> Result<Carousel, Broken> {
        let carousel = self.begin(true).await?;
        if carousel.progress.state == State::Ready { Ok(carousel) } else { Err("it is not finished".into()) }
    }

    /// Approved up to the hooks, which wait for a choice.
    async fn at_its_hooks(&self) -> Result<Carousel, Broken> {
        let mut carousel = self.begin(false).await?;
        for stage in [Stage::Research, Stage::Outline, Stage::Copy] {
            let best = self.studio.last_round(self.actor, &carousel, stage).await?;
            let best = best.first().ok_or("a round has variants")?.id;
            self.studio.approve(self.actor, carousel.id, best).await?;
            carousel = self.write(carousel.id).await?;
        }
        Ok(carousel)
    }
}

/// Copies a finished carousel's rows: the same texts and scores under ids of their own.
async fn copy(data: &Path, desk: &Desk, original: CarouselId, times: u32) -> Result<usize, Broken> {
    let store = Store::open_folder(data).await?;
    let mut tx = store.write(desk.actor.workspace).await?;
    let carousel = store::carousels::get(&mut tx, original).await?;
    let variants = store::variants::of_carousel(&mut tx, original).await?;
    let approved = approvals::live(&mut tx, original).await?;
    let mut ids = (1_u128..).map(Uuid::from_u128);
    let mut copied = 0;
    for n in 1..=times {
        let id = CarouselId(ids.next().unwrap_or_default());
        let title = format!("{} {n}", carousel.title);
        let copy = Carousel { id, title, ..carousel.clone() };
        store::carousels::insert(&mut tx, &copy, None).await?;
        for variant in &variants {
            let was = variant.id;
            let variant = domain::Variant {
                id: VariantId(ids.next().unwrap_or_default()),
                carousel: id,
                ..variant.clone()
            };
            store::variants::insert(&mut tx, &variant).await?;
            copied += 1;
            if let Some(approval) = approved.values().find(|approval| approval.variant == was) {
                let approval = Approval { carousel: id, variant: variant.id, ..*approval };
                approvals::approve(&mut tx, &approval).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(copied)
}

/// The program, which ends with the benchmark.
struct Served(Child);

impl Served {
    /// Starts it and tells its address, with a slash at the end.
    fn start(data: &Path) -> Result<(Self, String), Broken> {
        let child = Command::new(env!("CARGO_BIN_EXE_slidewright"))
            .args(["serve", "--addr", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut served = Self(child);
        let lines = BufReader::new(served.0.stdout.take().ok_or("a pipe")?).lines();
        let address = lines.map_while(Result::ok).find_map(|line| {
            let from = line.find("http://")?;
            line[from..].split_whitespace().next().map(str::to_owned)
        });
        Ok((served, address.ok_or("the program does not say where it listens")?))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Asks as a browser does, compression included.
async fn measure(name: &str, address: &str, secret: &str) -> Result<(), Broken> {
    // The client asks for one even where all is plain HTTP on this machine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(1).build()?;
    let mut times: Vec<Duration> = Vec::with_capacity(REQUESTS);
    let mut bytes = 0;
    for request in 0..WARM_UP + REQUESTS {
        let began = Instant::now();
        let answer = client
            .get(address)
            .header("accept", "text/html")
            .header("accept-encoding", "gzip, deflate, br")
            .header("cookie", format!("slidewright={secret}"))
            .send()
            .await?;
        let status = answer.status();
        bytes = answer.bytes().await?.len();
        if request >= WARM_UP {
            times.push(began.elapsed());
        }
        if status != 200 {
            return Err(format!("{address} answers {status}").into());
        }
    }
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    println!("  {name}: median {:.1} ms, p95 {:.1} ms, {bytes} bytes compressed", at(50), at(95));
    Ok(())
}
