//! Others on the network, as tests meet them. Other crates include this file by its path.
pub mod authority;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// A status, what the body is, and the body.
pub type Reply = (u16, &'static str, Vec<u8>);

/// Answers every POST by `reply`, given its body, until the process ends. Gives its address.
pub fn answering(reply: impl Fn(&[u8]) -> Reply + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever hangs up hears nothing.
            let _ = answer(&stream, &reply);
        }
    });
    url
}

fn answer(stream: &TcpStream, reply: impl Fn(&[u8]) -> Reply) -> std::io::Result<()> {
    let (mut reader, mut length) = (BufReader::new(stream), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let (status, media, body) = reply(&body);
    let head = format!(
        "HTTP/1.1 {status} It\r\nContent-Type: {media}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = stream;
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}

/// Waits until `what` gives something, ten seconds at most.
pub async fn until<T>(what: impl AsyncFn() -> Option<T>) -> Option<T> {
    for _ in 0..500 {
        if let Some(found) = what().await {
            return Some(found);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    None
}
