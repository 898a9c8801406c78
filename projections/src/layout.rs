//! Where the parts of a model lie in memory.

/// What a processor gets from memory at once, in bytes.
const CACHE_LINE: usize = 64;
/// The counts that stand before what an `Arc` holds, in bytes.
const COUNTS: usize = 2 * size_of::<usize>();

/// Whether the first `bytes` of what an `Arc` holds lie within two cache lines, where it begins with one.
pub(crate) const fn fits_two_lines(bytes: usize) -> bool {
    COUNTS + bytes <= 2 * CACHE_LINE
}
