//! One keep-alive connection of HTTP/1.1: no more of it than two servers that are known need, and nothing
//! between it and the system, so that the cores are the servers'.
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context, Result, bail, ensure};

/// How much is read at once, in bytes: more than a page.
const READ_BYTES: usize = 64 * 1024;
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// A connection that asks one thing after another.
pub(super) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

/// The bytes of a POST of `body` to `/graphql`.
pub(super) fn request(body: &str) -> Vec<u8> {
    format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Accept: application/graphql-response+json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

impl Connection {
    pub(super) fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; READ_BYTES], filled: 0 })
    }

    /// The body of the answer to `request`, which must be a success.
    pub(super) fn ask(&mut self, request: &[u8]) -> Result<&[u8]> {
        self.stream.write_all(request)?;
        self.filled = 0;
        let head = loop {
            self.more()?;
            let read = &self.buffer[..self.filled];
            let found = read.windows(4).position(|it| it == END_OF_HEAD);
            if let Some(at) = found {
                break at + END_OF_HEAD.len();
            }
        };
        let text = std::str::from_utf8(&self.buffer[..head])?;
        ensure!(text.starts_with("HTTP/1.1 200 "), "it answered {text}");
        let end = head + length(text)?;
        while self.filled < end {
            self.more()?;
        }
        ensure!(self.filled == end, "it said more than it announced");
        Ok(&self.buffer[head..end])
    }

    fn more(&mut self) -> Result<()> {
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.filled + READ_BYTES, 0);
        }
        match self.stream.read(&mut self.buffer[self.filled..])? {
            0 => bail!("it hung up"),
            read => self.filled += read,
        }
        Ok(())
    }
}

/// What `head` says of the body's length, in bytes.
fn length(head: &str) -> Result<usize> {
    let fields = head.lines().filter_map(|it| it.split_once(':'));
    let mut lengths = fields.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    Ok(lengths.next().context("an answer without a length")?.1.trim().parse()?)
}
