//! Programs that run beside a test and end with it, whatever becomes of it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a program may take until it listens.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program, and what it has printed so far.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    printed: Arc<Mutex<String>>,
}

impl Running {
    /// Starts it, and waits for the line from which `read` reads where it listens.
    pub(crate) fn start<T>(mut command: Command, read: impl Fn(&str) -> Option<T>) -> (Self, T) {
        let name = command.get_program().to_string_lossy().into_owned();
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = spawned.unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        let (tell, told) = channel();
        let printed = Arc::new(Mutex::new(String::new()));
        keep(child.stdout.take().expect("a pipe"), &printed, Some(tell));
        keep(child.stderr.take().expect("a pipe"), &printed, None);
        let running = Self { child, printed };
        while let Ok(line) = told.recv_timeout(PATIENCE) {
            if let Some(found) = read(&line) {
                return (running, found);
            }
        }
        panic!("{name} does not say where it listens: {}", running.printed());
    }

    pub(crate) fn printed(&self) -> String {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads to the end, so that the program never waits for a reader.
fn keep(pipe: impl Read + Send + 'static, printed: &Arc<Mutex<String>>, tell: Option<Sender<String>>) {
    let printed = Arc::clone(printed);
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let mut all = printed.lock().unwrap_or_else(PoisonError::into_inner);
            all.push_str(&line);
            all.push('\n');
            drop(all);
            // Once the test knows where the program listens, nobody waits for lines any more.
            let _ = tell.as_ref().map(|tell| tell.send(line));
        }
    });
}
