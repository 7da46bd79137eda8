//! Writing to a terminal, a file or a pipe: colours and progress bars only where they are seen.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const QUIET: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();

/// Standard output for results, standard error for progress.
pub(crate) struct Terminal {
    bar: ProgressBar,
    told: Mutex<BTreeSet<String>>,
}

impl Terminal {
    pub(crate) fn new() -> Self {
        let target = if io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{msg:10} {bar:24} {pos}/{len}") {
            bar.set_style(style.progress_chars("━╸─"));
        }
        Self { bar, told: Mutex::default() }
    }

    /// A line of the result. `false` where nobody reads any more, as after `| head`.
    pub(crate) fn line(&self, text: &str) -> bool {
        self.bar.suspend(|| writeln!(anstream::stdout().lock(), "{text}").is_ok())
    }

    /// A line beside the result: what is going on.
    pub(crate) fn note(&self, text: &str) {
        // Where standard error is closed there is nobody to tell.
        let _ = self.bar.suspend(|| writeln!(anstream::stderr().lock(), "{text}"));
    }

    /// A note that several variants may bring, told once.
    pub(crate) fn note_once(&self, note: &str) {
        let is_new = self.told.lock().is_ok_and(|mut told| told.insert(note.to_owned()));
        if is_new {
            self.note(&format!("{QUIET}note:{QUIET:#} {note}"));
        }
    }

    pub(crate) fn begin(&self, stage: &str, of: usize) {
        self.bar.set_length(of as u64);
        self.bar.set_position(0);
        self.bar.set_message(stage.to_owned());
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    /// One of the stage's variants is there; where no bar is seen, the last one is told of.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
        let done = self.bar.position();
        if self.bar.is_hidden() && Some(done) == self.bar.length() {
            self.note(&format!("{}: {done} variants", self.bar.message()));
        }
    }

    pub(crate) fn clear(&self) {
        self.bar.disable_steady_tick();
        self.bar.finish_and_clear();
    }

    /// Asks for what is not shown while it is typed.
    pub(crate) async fn ask_hidden(&self, question: &str) -> io::Result<String> {
        let question = question.to_owned();
        let read = tokio::task::spawn_blocking(move || {
            let terminal = console::Term::stderr();
            terminal.write_str(&format!("{question} "))?;
            terminal.read_secure_line()
        });
        read.await.map_err(io::Error::other)?
    }

    /// Asks on standard error and reads a line; `None` at the end of the input or at Ctrl-C.
    pub(crate) async fn ask(&self, question: &str) -> io::Result<Option<String>> {
        self.clear();
        {
            let mut error = anstream::stderr().lock();
            write!(error, "{question} ")?;
            error.flush()?;
        }
        let read = tokio::task::spawn_blocking(|| {
            let mut answer = String::new();
            io::stdin().read_line(&mut answer).map(|read| (read > 0).then(|| answer.trim().to_owned()))
        });
        tokio::select! {
            answer = read => answer.map_err(io::Error::other)?,
            () = interrupted() => Ok(None),
        }
    }
}

/// Waits for Ctrl-C; for ever where the machine has no such signal.
pub(crate) async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Says what failed, in red where colours are seen, and gives exit code 1.
pub(crate) fn failed(message: &str) -> ExitCode {
    let _ = writeln!(anstream::stderr().lock(), "{BAD}error:{BAD:#} {message}");
    ExitCode::FAILURE
}
