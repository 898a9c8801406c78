//! The checkpoint of the log (c2sp.org/tlog-checkpoint): its origin, size and root, as the text of a
//! signed note.
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::path::decimal;
use super::tree::Hash;

/// The longest origin, in bytes.
pub const ORIGIN_BYTES_MAX: usize = 200;
/// The longest checkpoint with its signatures that is read, in bytes: room for a hundred of them.
pub const CHECKPOINT_BYTES_MAX: usize = 32 << 10;

/// What a log says of itself at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: its URL without a scheme.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

/// Why a text is no checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no checkpoint: three lines are expected, with an origin, a size and a root in Base 64")]
pub struct NoCheckpoint;

impl Checkpoint {
    /// Reads the text of a note. What follows the third line is for others, and left out.
    pub fn read(text: &[u8]) -> Result<Self, NoCheckpoint> {
        let text = std::str::from_utf8(text).map_err(|_| NoCheckpoint)?;
        let text = text.strip_suffix('\n').ok_or(NoCheckpoint)?;
        let mut lines = text.split('\n');
        let mut line = || lines.next().filter(|it| !it.is_empty()).ok_or(NoCheckpoint);
        let origin = line()?;
        let size = decimal(line()?, u64::MAX).map_err(|_| NoCheckpoint)?;
        let root = hash(line()?).ok_or(NoCheckpoint)?;
        if origin.len() > ORIGIN_BYTES_MAX || lines.any(str::is_empty) {
            return Err(NoCheckpoint);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}

/// The text that is signed.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, size, root } = self;
        writeln!(f, "{origin}\n{size}\n{}", BASE64.encode(root))
    }
}

/// A hash in Base 64, in its one spelling.
pub(super) fn hash(text: &str) -> Option<Hash> {
    BASE64.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The example of the specification.
    const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\n\
                           CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn the_example_of_the_specification_is_read_and_written() {
        let checkpoint = Checkpoint::read(EXAMPLE.as_bytes()).expect("a checkpoint");
        assert_eq!(
            (checkpoint.origin.as_str(), checkpoint.size),
            ("example.com/behind-the-sofa", 20_852_163)
        );
        assert_eq!(checkpoint.to_string(), EXAMPLE);
        let theirs = tlog_tiles::Checkpoint::from_bytes(EXAMPLE.as_bytes()).expect("a checkpoint");
        assert_eq!(theirs.hash().0, checkpoint.root);
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        let extended = format!("{EXAMPLE}extension\n");
        assert_eq!(Checkpoint::read(extended.as_bytes()), Checkpoint::read(EXAMPLE.as_bytes()));
        let wrong = [
            String::new(),
            EXAMPLE.trim_end().to_owned(),
            EXAMPLE.replace("20852163", "020852163"),
            EXAMPLE.replace("20852163", "-1"),
            EXAMPLE.replace("q2I=", "q2J="),
            EXAMPLE.replace("q2I=", "q2I"),
            EXAMPLE.replace("example.com/behind-the-sofa", ""),
            format!("{EXAMPLE}\n"),
            format!("{EXAMPLE}\nmore\n"),
            format!("{}{EXAMPLE}", "o".repeat(ORIGIN_BYTES_MAX)),
        ];
        for text in wrong {
            assert_eq!(Checkpoint::read(text.as_bytes()), Err(NoCheckpoint), "{text}");
        }
        assert_eq!(Checkpoint::read(b"\xff\n1\n\n"), Err(NoCheckpoint));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(origin in "[a-z./-]{1,40}", size: u64, root: [u8; 32]) {
            let checkpoint = Checkpoint { origin, size, root };
            prop_assert_eq!(Checkpoint::read(checkpoint.to_string().as_bytes()), Ok(checkpoint));
        }

        #[test]
        fn no_bytes_make_the_reader_stop(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Checkpoint::read(&bytes);
        }
    }
}
