//! Server-sent events: bytes in as they arrive, the data of whole events out.

/// Takes a stream of bytes apart. Lines may end in LF, CR LF or CR, and be cut anywhere.
#[derive(Debug, Default)]
pub(crate) struct Events {
    line: Vec<u8>,
    data: Vec<String>,
    after_cr: bool,
}

impl Events {
    /// The data of the events that these bytes complete.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut events = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.after_cr = *byte == b'\r';
                    events.extend(self.end_line());
                }
                _ => {
                    self.after_cr = false;
                    self.line.push(*byte);
                }
            }
        }
        events
    }

    /// What the end of the stream completes: a server may leave out the last empty line.
    pub(crate) fn end(&mut self) -> Option<String> {
        self.end_line().or_else(|| self.end_line())
    }

    /// Bytes that are held back, so that a line without an end can be refused.
    pub(crate) fn held(&self) -> usize {
        self.line.len() + self.data.iter().map(String::len).sum::<usize>()
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            let data = std::mem::take(&mut self.data);
            return (!data.is_empty()).then(|| data.join("\n"));
        }
        let line = String::from_utf8_lossy(&line);
        // Comments, ids and the names of events say nothing here.
        if let Some(data) = line.strip_prefix("data:") {
            self.data.push(data.strip_prefix(' ').unwrap_or(data).to_owned());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Events;

    const STREAM: &str = ": OPENROUTER PROCESSING\n\ndata: {\"a\":\"ä\"}\r\n\r\nevent: x\nid: 1\ndata:one\ndata: two\n\n\
        data: three\r\rdata: [DONE]";

    #[test]
    fn events_are_the_same_however_the_bytes_are_cut() {
        let expected = ["{\"a\":\"ä\"}", "one\ntwo", "three", "[DONE]"];
        for size in 1..STREAM.len() {
            let mut events = Events::default();
            let mut found: Vec<String> =
                STREAM.as_bytes().chunks(size).flat_map(|part| events.push(part)).collect();
            found.extend(events.end());
            assert_eq!(found, expected, "in pieces of {size}");
        }
    }
}
