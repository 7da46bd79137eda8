//! `slidewright new`: a text in, an approved carousel out.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use domain::content::ThemeName;
use domain::{Carousel, CarouselId, SlideCount, Source, Stage, State, WriterChoice};
use studio::intake::{self, FetchLimits, Fetcher, IntakeError};
use studio::{Actor, Event, NewCarousel, Outcome, RetryWith, Studio};
use tokio::sync::broadcast::error::RecvError;

use super::{open_to_write, pick, summary};
use crate::cli::NewArguments;
use crate::terminal::{self, STRONG, Terminal};

pub(crate) async fn run(
    data: &Path,
    arguments: NewArguments,
    terminal: Terminal,
) -> anyhow::Result<ExitCode> {
    if arguments.pick && arguments.source == "-" {
        bail!("--pick asks on standard input, which - reads the text from; save the text and give the file");
    }
    let source = read_source(&arguments).await?;
    let out = arguments.out.clone().unwrap_or_else(|| out_folder(&source));
    let (studio, actor) = open_to_write(data).await?;
    let slides = slides(&studio, &arguments, &source, &terminal).await?;
    let request = request(&arguments, source, slides);
    let carousel = match studio.unfinished(actor, &request).await? {
        Some(carousel) => {
            terminal
                .note(&format!("Going on with the carousel that an earlier run began: {}", carousel.title));
            studio.resume(actor, carousel, request.mode, request.writer).await?
        }
        None => studio.create_for_run(actor, request).await?,
    };
    let run = Run { studio, actor, id: carousel.id, pick: arguments.pick, terminal };
    if carousel.brief.writer == WriterChoice::Auto {
        run.look_at_models().await;
    }
    let ended = run.to_the_end().await;
    run.studio.settled().await;
    if !ended? {
        return Ok(ExitCode::FAILURE);
    }
    run.terminal.clear();
    let exported = run.studio.export(actor, run.id, &out).await?;
    if arguments.json {
        run.terminal.line(&serde_json::to_string_pretty(&exported.report)?);
    } else {
        summary::print(&run.terminal, &exported);
    }
    Ok(ExitCode::SUCCESS)
}

async fn read_source(arguments: &NewArguments) -> Result<Source, IntakeError> {
    let given = arguments.source.as_str();
    if given == "-" {
        return intake::read_stream(io::stdin().lock(), None);
    }
    if !given.contains("://") {
        return intake::read_file(Path::new(given));
    }
    let limits =
        FetchLimits { allow_private_addresses: arguments.allow_private_addresses, ..FetchLimits::default() };
    Fetcher::new(limits)?.fetch(given).await
}

/// The slides that were asked for; else as many as usual, or the most that a short text fills.
async fn slides(
    studio: &Studio,
    arguments: &NewArguments,
    source: &Source,
    terminal: &Terminal,
) -> anyhow::Result<SlideCount> {
    if let Some(asked) = arguments.slides {
        return Ok(asked);
    }
    let usual = SlideCount::default();
    let fitting = studio.fitting_slides(source.clone(), arguments.lang, writer(arguments)).await?;
    if fitting.get() < usual.get() {
        terminal.note(&format!(
            "The text is too short for {} slides; making {}. --slides sets another number.",
            usual.get(),
            fitting.get()
        ));
    }
    Ok(fitting)
}

fn request(arguments: &NewArguments, source: Source, slides: SlideCount) -> NewCarousel {
    NewCarousel {
        topic: arguments.topic.clone(),
        source: Some(source),
        slides,
        format: arguments.format,
        language: arguments.lang,
        theme: arguments.theme.clone().map(ThemeName),
        mode: arguments.mode,
        writer: writer(arguments),
        autopilot: !arguments.pick,
        profile: None,
    }
}

fn writer(arguments: &NewArguments) -> WriterChoice {
    if arguments.offline { WriterChoice::Offline } else { WriterChoice::Auto }
}

/// `sourdough.md` goes to `sourdough-carousel`, beside whatever is here.
fn out_folder(source: &Source) -> PathBuf {
    let name = source.name.as_deref().map(Path::new).and_then(Path::file_stem);
    let name = name.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if name.is_empty() { PathBuf::from("carousel") } else { PathBuf::from(format!("{name}-carousel")) }
}

/// One run of the command over one carousel.
struct Run {
    studio: Studio,
    actor: Actor,
    id: CarouselId,
    pick: bool,
    terminal: Terminal,
}

impl Run {
    /// Works until every stage is approved. `false` where it ended before, which was said.
    async fn to_the_end(&self) -> anyhow::Result<bool> {
        loop {
            let carousel = match self.work().await? {
                Outcome::Settled(carousel) => *carousel,
                Outcome::Stopped => {
                    self.stopped_for_now();
                    return Ok(false);
                }
            };
            match carousel.progress.state.clone() {
                State::AwaitingApproval { .. } if self.pick => {
                    if !pick::choose(&self.studio, self.actor, &carousel, &self.terminal).await? {
                        self.stopped_for_now();
                        return Ok(false);
                    }
                }
                State::AwaitingApproval { stage, .. } => self.below_floor(&carousel, stage).await?,
                // Before the first stage nothing was begun, and the reason says all.
                State::Failed { stage: Stage::Research, reason, .. } => {
                    bail!("{}", self.failed(&carousel, &reason))
                }
                State::Failed { stage, reason, .. } => {
                    bail!("the {stage} could not be written: {}", self.failed(&carousel, &reason))
                }
                _ => return Ok(true),
            }
        }
    }

    /// Says what is wrong with the models; the first stage says so again if nothing can be written.
    async fn look_at_models(&self) {
        match self.studio.look_at_models(self.actor).await {
            Ok(warnings) => warnings.iter().for_each(|warning| self.terminal.note(warning)),
            Err(error) => self.terminal.note(&error.to_string()),
        }
    }

    /// The reason of a failure with what can be done about it.
    fn failed(&self, carousel: &Carousel, reason: &str) -> String {
        let ways = self.studio.ways_to_retry(carousel);
        let options: Vec<&str> = ways
            .iter()
            .filter_map(|way| match way {
                RetryWith::Same => None,
                RetryWith::Cheaper => Some("--mode fast for cheaper models"),
                RetryWith::Offline => Some("--offline to write without a model"),
            })
            .collect();
        if options.is_empty() {
            return reason.to_owned();
        }
        format!("{reason}\nThe same command goes on from here; or add {}.", options.join(", or "))
    }

    /// Works on the carousel and shows what happens.
    async fn work(&self) -> anyhow::Result<Outcome> {
        let mut events = self.studio.subscribe();
        let worker = format!("new-{}", std::process::id());
        let work = self.studio.work_on(self.actor, self.id, &worker, terminal::interrupted());
        tokio::pin!(work);
        loop {
            tokio::select! {
                biased;
                event = events.recv() => match event {
                    Ok((id, event)) if id == self.id => self.show(&event),
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Ok(work.await?),
                },
                outcome = &mut work => return Ok(outcome?),
            }
        }
    }

    fn show(&self, event: &Event) {
        match event {
            Event::Stage { stage, wanted, .. } => self.terminal.begin(stage.name(), *wanted),
            Event::Variant { .. } => self.terminal.step(),
            Event::Note(note) => self.terminal.note_once(note),
            Event::State(_) => {}
        }
    }

    fn stopped_for_now(&self) {
        self.terminal.clear();
        self.terminal.note(&format!(
            "{STRONG}Stopped.{STRONG:#} What was finished is kept; run the same command again to go on."
        ));
    }

    async fn below_floor(&self, carousel: &Carousel, stage: Stage) -> anyhow::Result<()> {
        let variants = self.studio.last_round(self.actor, carousel, stage).await?;
        let best = variants.first().map_or(0.0, |variant| variant.score.total);
        bail!(
            "the best {stage} scores only {best:.1} of 10, too little to be approved unseen; \
             run the same command with --pick to choose yourself, or give a text with more to say"
        )
    }
}
