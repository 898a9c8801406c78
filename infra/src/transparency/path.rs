//! The paths of tiles and entry bundles (c2sp.org/tlog-tiles): `0/x001/x234/067.p/17`,
//! `entries/000`.
use std::fmt;
use std::str::FromStr;

use super::proof::{TILE_WIDTH, Tile};

/// The highest level that a path names.
const LEVEL_MAX: u32 = 63;

/// What a path below `/log/tile/` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A row of hashes.
    Hashes(Tile),
    /// The entries whose hashes are this row of level 0.
    Entries(Tile),
}

/// A text that is no such path, in its one spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no path of a tile: they read like 0/x001/x234/067 or entries/000.p/17")]
pub struct NoPath;

impl FromStr for Resource {
    type Err = NoPath;

    fn from_str(text: &str) -> Result<Self, NoPath> {
        let (level, place) = text.split_once('/').ok_or(NoPath)?;
        let (place, width) = match place.rsplit_once(".p/") {
            Some((place, width)) => (place, decimal(width, TILE_WIDTH - 1)?),
            None => (place, TILE_WIDTH),
        };
        if width == 0 {
            return Err(NoPath);
        }
        let index = index(place)?;
        if level == "entries" {
            return Ok(Self::Entries(Tile { level: 0, index, width }));
        }
        let level = decimal(level, LEVEL_MAX.into())?;
        let level = u32::try_from(level).map_err(|_| NoPath)?;
        Ok(Self::Hashes(Tile { level, index, width }))
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tile = match self {
            Self::Hashes(tile) => {
                write!(f, "{}", tile.level)?;
                tile
            }
            Self::Entries(tile) => {
                f.write_str("entries")?;
                tile
            }
        };
        let mut thousands = 1_u64;
        while tile.index / thousands >= 1_000 {
            thousands *= 1_000;
        }
        while thousands > 1 {
            write!(f, "/x{:03}", tile.index / thousands % 1_000)?;
            thousands /= 1_000;
        }
        write!(f, "/{:03}", tile.index % 1_000)?;
        if tile.width == TILE_WIDTH { Ok(()) } else { write!(f, ".p/{}", tile.width) }
    }
}

/// Three digits an element, an `x` before all but the last, no element of zeroes before another.
fn index(text: &str) -> Result<u64, NoPath> {
    let mut index = 0_u64;
    let mut elements = text.split('/').peekable();
    while let Some(element) = elements.next() {
        let last = elements.peek().is_none();
        let digits = if last { element } else { element.strip_prefix('x').ok_or(NoPath)? };
        let three = digits.len() == 3 && digits.bytes().all(|it| it.is_ascii_digit());
        if !three || (index == 0 && !last && digits == "000") {
            return Err(NoPath);
        }
        let number: u64 = digits.parse().map_err(|_| NoPath)?;
        index = index.checked_mul(1_000).and_then(|it| it.checked_add(number)).ok_or(NoPath)?;
    }
    // Beyond this, the hashes of the tile would have no number.
    if index < u64::MAX / TILE_WIDTH { Ok(index) } else { Err(NoPath) }
}

/// A number up to `max` in digits alone, without a zero before it.
pub(crate) fn decimal(text: &str, max: u64) -> Result<u64, NoPath> {
    let plain =
        text.bytes().all(|it| it.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    let number: u64 = text.parse().map_err(|_| NoPath)?;
    if plain && number <= max { Ok(number) } else { Err(NoPath) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_example_of_the_specification_is_read_and_written() {
        let tile = Tile { level: 0, index: 1_234_067, width: 256 };
        assert_eq!("0/x001/x234/067".parse(), Ok(Resource::Hashes(tile)));
        assert_eq!(Resource::Hashes(tile).to_string(), "0/x001/x234/067");
        let partial = Resource::Entries(Tile { level: 0, index: 273, width: 112 });
        assert_eq!(partial.to_string(), "entries/273.p/112");
    }

    #[test]
    fn another_spelling_is_no_path() {
        let wrong = [
            "",
            "0",
            "0/",
            "0/0",
            "0/00",
            "00/000",
            "64/000",
            "-1/000",
            "+0/000",
            "0/x000/001",
            "0/001/002",
            "0/x001",
            "0/x001/x002",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/01",
            "0/000.p/",
            "0/000.p",
            "0/000/",
            "0/٠٠٠",
            "entries",
            "entries/",
            "entry/000",
            "0/x999/x999/x999/x999/x999/x999/999",
        ];
        for text in wrong {
            assert_eq!(text.parse::<Resource>(), Err(NoPath), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_path_is_read_as_it_was_written_and_as_another_program_writes_it(
            level in 0_u8..8, index in 0_u64..1 << 40, width in 1_u32..=256
        ) {
            let tile = Tile { level: level.into(), index, width: width.into() };
            let resource = Resource::Hashes(tile);
            prop_assert_eq!(resource.to_string().parse(), Ok(resource));
            let theirs = tlog_tiles::Tile::new(8, level, index, width, false).path();
            prop_assert_eq!(format!("tile/{resource}"), theirs.replacen("tile/8/", "tile/", 1));
            let entries = Resource::Entries(Tile { level: 0, ..tile });
            prop_assert_eq!(entries.to_string().parse(), Ok(entries));
        }

        #[test]
        fn no_text_makes_the_reader_stop(text in ".{0,40}|([0-9x/.p]|entries){0,20}") {
            if let Ok(resource) = text.parse::<Resource>() {
                prop_assert_eq!(resource.to_string(), text);
            }
        }
    }
}
